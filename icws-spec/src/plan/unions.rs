//! Enums over several objects, told apart by their `__type`: what derives from
//! a base, and all messages.

use std::collections::HashSet;

use crate::api::{Api, Arena, BodyType, Property, Record, RecordId, Type};
use crate::names;

use super::known::Generic;
use super::names::{Findings, Name, Owner, Path, Scope};
use super::ours;
use super::records::Struct;
use super::types::{RustType, Types};

/// An enum over objects.
pub struct Union<'a> {
    /// Where it is.
    pub path: Path,
    /// The options, in the order of the model.
    pub choices: Vec<Choice>,
    /// The variants by their numbers: in the order of their `__type`s, and behind
    /// them those of options that have none.
    pub numbered: Vec<Name>,
    /// The `__type`s, each at the number of its variant.
    pub urns: Vec<&'a str>,
    /// The number of the option that an object without a `__type` is: the base
    /// itself, if that can travel.
    pub untyped: Option<usize>,
    /// The properties that all options hold in the same way.
    pub shared: Vec<Shared<'a>>,
}

/// An option of a union.
pub struct Choice {
    /// Which object or message it is.
    pub record: RecordId,
    /// Its variant.
    pub variant: Name,
}

/// A property of a base, whichever option it is.
pub struct Shared<'a> {
    /// The property of the base.
    pub property: &'a Property,
    /// The field of each option.
    pub field: Name,
    /// What a reference to it is of.
    pub ty: RustType,
    /// Whether the options have it in an `Option`.
    pub is_option: bool,
}

impl<'a> Union<'a> {
    /// The variant of an object or message.
    pub fn variant(&self, record: RecordId) -> Option<&Name> {
        let mut choices = self.choices.iter();
        let found = choices.find(|choice| choice.record == record);
        found.map(|choice| &choice.variant)
    }

    /// Returns the variant of an object or message behind the name of the enum,
    /// as `AnyRoom::Hall`.
    pub fn variant_path(&self, record: RecordId) -> Option<String> {
        let variant = self.variant(record)?;
        Some(format!("{}::{variant}", self.path.name))
    }

    /// The enum over all messages.
    pub(super) fn of_messages(
        api: &Api,
        structs: &Arena<Struct<'a>, Record>,
        findings: &mut Findings,
    ) -> Self {
        let messages = api.messages().filter(|(_, record)| record.urn.is_some());
        let messages: Vec<RecordId> = messages.map(|(id, _)| id).collect();
        let path = Path {
            modules: [].into(),
            name: Name::own(ours::MESSAGE),
        };
        let choices = choices(&messages, structs, &path, "", findings);
        Union::over(path, choices, structs)
    }

    /// An enum over these options, which share nothing.
    fn over(path: Path, choices: Vec<Choice>, structs: &Arena<Struct<'a>, Record>) -> Self {
        let urn = |choice: &Choice| structs[choice.record].record.urn.as_deref();
        let mut numbered: Vec<&Choice> = choices.iter().collect();
        numbered.sort_by_key(|choice| (urn(choice).is_none(), urn(choice)));
        Union {
            path,
            urns: numbered.iter().filter_map(|choice| urn(choice)).collect(),
            numbered: numbered.iter().map(|one| one.variant.clone()).collect(),
            untyped: None,
            shared: Vec::new(),
            choices,
        }
    }

    /// The enum over the options of a base.
    fn of_options(
        id: RecordId,
        api: &Api,
        types: &Types<'_>,
        structs: &Arena<Struct<'a>, Record>,
        findings: &mut Findings,
    ) -> Self {
        let base = &structs[id];
        let path = types.path(super::types::Item::Any(id)).clone();
        let namespace = &base.record.namespace;
        let choices = choices(&base.record.options, structs, &path, namespace, findings);
        let mut union = Union::over(path, choices, structs);
        let mut all = union.choices.iter();
        let untyped = all.find(|choice| !api[choice.record].is_typed);
        let number = |choice: &Choice| union.numbered.iter().position(|n| *n == choice.variant);
        let untyped = untyped.and_then(number);
        // What is optional in a base has three states in a delta, so that
        // messages share nothing.
        let fields = base.fields.iter();
        let fields = fields.filter(|_| base.record.message.is_none());
        let shared = fields.filter_map(|field| {
            let alike = |choice: &Choice| {
                let mut others = structs[choice.record].fields.iter();
                others.any(|other| other.name == field.name && other.value == field.value)
            };
            let property = field.property;
            let (ty, is_option) = match (property.required, property.nullable) {
                (true, false) => (field.value.clone(), false),
                (false, true) => (field.value.clone().inside(Generic::Field), false),
                _ => (field.value.clone(), true),
            };
            union.choices.iter().all(alike).then(|| Shared {
                property,
                field: field.name.clone(),
                ty,
                is_option,
            })
        });
        union.shared = shared.collect();
        union.untyped = untyped;
        union
    }
}

/// Makes the enums over the options of bases, where one is asked for.
pub(super) fn of_options<'a>(
    api: &Api,
    types: &Types<'_>,
    structs: &mut Arena<Struct<'a>, Record>,
    findings: &mut Findings,
) {
    let asked = asked_for(api);
    for (id, record) in api.records.entries() {
        if !record.options.is_empty() && asked.contains(&id) {
            structs[id].any = Some(Union::of_options(id, api, types, structs, findings));
        }
    }
}

/// The objects that anything but a base asks for. The enum over the options of
/// another one would be used by nothing.
fn asked_for(api: &Api) -> HashSet<RecordId> {
    let properties = api.records.iter().flat_map(|record| &record.properties);
    let properties = properties.filter_map(|property| property.ty.record());
    let bodies = api.operations().flat_map(|(_, operation)| {
        let replies = operation
            .replies
            .iter()
            .filter_map(|reply| match &reply.body {
                Some(BodyType::Value(ty)) => Some(ty),
                _ => None,
            });
        operation.body.iter().chain(replies)
    });
    properties.chain(bodies.filter_map(Type::record)).collect()
}

/// The variants of options. What stands in the namespace of the base has its
/// own name, everything else that of its namespace in front: a name depends on
/// the option and its base alone.
fn choices(
    records: &[RecordId],
    structs: &Arena<Struct<'_>, Record>,
    union: &Path,
    namespace: &str,
    findings: &mut Findings,
) -> Vec<Choice> {
    let mut scope = Scope::new(format!("`{}`", union.name), &[ours::UNRECOGNIZED]);
    let records = records.iter();
    records
        .map(|id| {
            let planned = &structs[*id];
            let record = planned.record;
            let within = record.namespace == namespace;
            let wanted = if within {
                planned.path.name.plain().to_owned()
            } else {
                variant(&record.namespace, &planned.path.name)
            };
            let what = format!("the variant of `{}`", record.id());
            let owner = Owner::item(what, record.place);
            Choice {
                record: *id,
                variant: scope.take(&wanted, owner, findings),
            }
        })
        .collect()
}

/// The variant of an item in an enum over all namespaces: its whole id, so that
/// it stays what it is when another namespace gains the name.
pub(super) fn variant(namespace: &str, name: &Name) -> String {
    format!("{}{}", names::type_name(namespace), name.plain())
}
