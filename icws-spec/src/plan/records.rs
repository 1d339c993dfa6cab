//! The structs of objects and messages, and the states merged from messages.

use std::collections::BTreeSet;

use crate::api::{Api, Arena, DeltaRule, Property, Record, RecordId, Since, Type};
use crate::names;

use super::deltas::{self, Merge};
use super::fields::{FieldNames, NEVER_BOUND};
use super::items::{RecordNames, own};
use super::known::Generic;
use super::names::{Findings, Name, Owner, Path, Scope};
use super::ours;
use super::requests::newer;
use super::types::{RustType, Takes, Types};
use super::unions::Union;

/// The struct of an object or message.
pub struct Struct<'a> {
    /// What it is the struct of.
    pub record: &'a Record,
    /// Where it is.
    pub path: Path,
    /// A field for each property, in their order.
    pub fields: Vec<Field<'a>>,
    /// What its messages add up to, if they say whether they are deltas.
    pub state: Option<State<'a>>,
    /// What its properties do to what is known, as far as they do not replace it.
    pub merges: Vec<Merge>,
    /// What tells it apart in a collection, where it stands in one.
    pub key: Option<Key>,
    /// The enum over its options, where one is asked for.
    pub any: Option<Union<'a>>,
    /// The constants of its properties, in their order, where pages of it are listed
    /// and properties can be selected; else none.
    pub constants: Vec<Name>,
}

/// What tells an object apart: the fields that are its key.
pub struct Key(pub Vec<KeyPart>);

/// A field that is a part of a key.
pub struct KeyPart {
    /// The steps to the object that has it.
    pub within: Vec<Step>,
    /// The field.
    pub last: Step,
    /// Whether it is an enumeration, of which the number counts.
    pub is_number: bool,
}

/// A step to a part of a key.
pub struct Step {
    /// The name of a field.
    pub name: Name,
    /// Whether what it holds may be absent.
    pub may_be_absent: bool,
}

/// A field of a struct.
pub struct Field<'a> {
    /// The property that it holds.
    pub property: &'a Property,
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: RustType,
    /// The type of the property's value, without what stands for its absence.
    pub value: RustType,
    /// The argument of the constructor that fills it: of what is required.
    pub argument: Option<Argument>,
    /// The version of the property, when it is not that of the struct.
    pub since: Option<&'a Since>,
}

/// An argument of a constructor.
pub struct Argument {
    /// Its type: that of the field, which may have it in a box.
    pub ty: RustType,
    /// What it takes.
    pub takes: Takes,
}

/// The merged state of a message.
pub struct State<'a> {
    /// Its name, beside the message.
    pub name: Name,
    /// The position of the property that tells deltas from full messages.
    pub flag: usize,
    /// The position of the property that tells subjects apart.
    pub key: Option<usize>,
    /// What it keeps.
    pub fields: Vec<StateField<'a>>,
    /// The collection of items by their keys that it has, if it has one.
    pub collected: Option<Collected>,
}

/// The collection of a merged state.
pub struct Collected {
    /// Its field.
    pub field: Name,
    /// The type of its items.
    pub item: RustType,
}

/// A field of a merged state.
pub struct StateField<'a> {
    /// The position of the property that it is kept of; of a collection, that of
    /// the first property that brings items.
    pub position: usize,
    /// The property; `None` for a collection.
    pub property: Option<&'a Property>,
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: RustType,
}

impl<'a> Struct<'a> {
    /// The path of the merged state.
    pub fn state_path(&self) -> Option<Path> {
        let state = self.state.as_ref()?;
        Some(Path {
            modules: self.path.modules.clone(),
            name: state.name.clone(),
        })
    }

    /// The field of a property, by its name on the wire.
    pub fn field(&self, property: &str) -> Option<&Field<'a>> {
        let mut fields = self.fields.iter();
        fields.find(|field| field.property.name == property)
    }

    /// The arguments of its constructor in their order, each with the field that it
    /// fills.
    pub fn arguments(&self) -> impl Iterator<Item = (&Field<'a>, &Argument)> {
        let fields = self.fields.iter();
        fields.filter_map(|field| Some((field, field.argument.as_ref()?)))
    }

    pub(super) fn of(
        record: &'a Record,
        names: &RecordNames,
        types: &Types<'a>,
        findings: &mut Findings,
    ) -> Self {
        let mut field_names = FieldNames::new(&names.own.name);
        let in_delta = record.delta().is_some();
        let fields = record.properties.iter().map(|property| {
            let ty = types.field(property, in_delta);
            let argument = || argument(property, &ty, types);
            Field {
                property,
                name: field_names.take(property, record, findings),
                argument: property.required.then(argument),
                ty,
                value: types.property(property),
                since: newer(property.since.as_ref(), record.since.as_ref()),
            }
        });
        let fields: Vec<Field<'a>> = fields.collect();
        let state = record.delta().zip(names.state.clone());
        let state = state.map(|(delta, name)| {
            let fields = kept(delta.flag, record, &fields, types, findings);
            State {
                name,
                flag: delta.flag,
                key: delta.key,
                collected: fields.iter().find_map(collected),
                fields,
            }
        });
        Struct {
            record,
            path: names.own.clone(),
            fields,
            state,
            merges: deltas::merges(record, types),
            key: None,
            any: None,
            constants: Vec::new(),
        }
    }
}

/// The argument for the field of a property that is required.
fn argument(property: &Property, field: &RustType, types: &Types<'_>) -> Argument {
    let ty = field.unboxed().clone();
    Argument {
        takes: match property.nullable {
            _ if ty != *field => Takes::Boxed,
            true => Takes::Value,
            false => types.takes_of(property),
        },
        ty,
    }
}

/// The collection that a field of a state is, if it has items by their keys.
fn collected(field: &StateField<'_>) -> Option<Collected> {
    match (field.property, &field.ty) {
        (None, RustType::Of(Generic::Items, item)) => Some(Collected {
            field: field.name.clone(),
            item: item.first()?.clone(),
        }),
        _ => None,
    }
}

/// A state keeps all but the flag and what is only told. What was never sent, or
/// was taken back, is `None`. Items of all kinds are in one collection.
fn kept<'a>(
    flag: usize,
    record: &'a Record,
    fields: &[Field<'a>],
    types: &Types<'_>,
    findings: &mut Findings,
) -> Vec<StateField<'a>> {
    let mut kept = Vec::new();
    let collection = deltas::collection(record, types);
    for (position, field) in fields.iter().enumerate() {
        let property = field.property;
        let rule = property.delta.unwrap_or(DeltaRule::Replace);
        if position == flag || rule == DeltaRule::Tell || rule.is_of_items() {
            continue;
        }
        // What is appended or merged starts out empty.
        let always = property.required && !property.nullable
            || matches!(rule, DeltaRule::Append)
            || rule == DeltaRule::Merge && matches!(property.ty, Type::Map(_));
        let value = field.value.clone();
        kept.push(StateField {
            position,
            property: Some(property),
            name: field.name.clone(),
            ty: if always {
                value
            } else {
                value.inside(Generic::Option)
            },
        });
    }
    if let Some((position, ty)) = collection {
        let mut scope = Scope::new(format!("the state of `{}`", record.name), NEVER_BOUND);
        for one in &kept {
            if let Some(property) = one.property {
                let what = format!("the property `{}`", property.name);
                let owner = Owner::part(what, property.place, record.place);
                scope.take(one.name.plain(), owner, findings);
            }
        }
        let owner = Owner::part("its collection".to_owned(), record.place, record.place);
        let name = scope.take(ours::ITEMS_FIELD, owner, findings);
        kept.push(StateField {
            position,
            property: None,
            name,
            ty,
        });
    }
    kept
}

/// Finds what tells objects apart that stand in collections.
pub(super) fn keys<'a>(api: &Api, structs: &mut Arena<Struct<'a>, Record>) {
    let messages = api.records.iter().filter(|record| record.delta().is_some());
    let items = messages.flat_map(|message| &message.properties);
    let items = items.filter(|property| property.delta.is_some_and(DeltaRule::is_of_items));
    let items: BTreeSet<RecordId> = items
        .filter(|property| matches!(property.ty, Type::List(_)))
        .filter_map(|property| property.ty.record())
        .collect();
    for id in items {
        let paths = api[id].identity.iter();
        let parts: Option<Vec<_>> = paths.map(|path| key_part(structs, id, path)).collect();
        structs[id].key = parts.filter(|parts| !parts.is_empty()).map(Key);
    }
}

/// The part of a key that a path leads to.
fn key_part(structs: &Arena<Struct<'_>, Record>, id: RecordId, path: &[String]) -> Option<KeyPart> {
    let mut steps = Vec::new();
    let mut found = Some(id);
    let mut is_number = false;
    for step in path {
        let field = structs[found?].field(step)?;
        found = match field.property.ty {
            Type::Record(next) => Some(next),
            _ => None,
        };
        is_number = matches!(field.property.ty, Type::Enum(_));
        steps.push(Step {
            name: field.name.clone(),
            may_be_absent: matches!(field.ty, RustType::Of(Generic::Option | Generic::Field, _)),
        });
    }
    Some(KeyPart {
        last: steps.pop()?,
        within: steps,
        is_number,
    })
}

/// Names the constants of the properties of objects that are listed in pages.
pub(super) fn constants(
    listed: &BTreeSet<RecordId>,
    structs: &mut Arena<Struct<'_>, Record>,
    findings: &mut Findings,
) {
    for id in listed {
        let planned = &mut structs[*id];
        let record = planned.record;
        let mut scope = Scope::new(format!("the constants of `{}`", record.name), &["META"]);
        let names = record.properties.iter().map(|property| {
            let what = format!("the constant of `{}`", property.name);
            let owner = Owner::part(what, property.place, record.place);
            let field = own(&property.rust_name, &property.name, names::value_name);
            let wanted = field.strip_prefix("r#").unwrap_or(&field).to_uppercase();
            scope.take(&wanted, owner, findings)
        });
        planned.constants = names.collect();
    }
}
