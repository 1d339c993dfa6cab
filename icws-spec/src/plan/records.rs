//! The structs of objects and messages, and the states merged from messages.

use crate::api::{Property, Record};
use crate::names;

use super::items::{RecordNames, own};
use super::known::Generic;
use super::names::{Findings, Name, Owner, Path, Scope};
use super::types::{RustType, Takes, Types};

/// What a function cannot call an argument, and `new` has the fields as
/// arguments.
const NEVER_BOUND: &[&str] = &["None", "Some", "Ok", "Err"];

/// The struct of an object or message.
pub struct Struct<'a> {
    /// What it is the struct of.
    pub record: &'a Record,
    /// Where it is.
    pub path: Path,
    /// A field for each property, in their order.
    pub fields: Vec<Field<'a>>,
    /// The arguments of its constructor, in their order: the properties that are
    /// required.
    pub arguments: Vec<Argument>,
    /// What its messages add up to, if they say whether they are deltas.
    pub state: Option<State>,
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
}

/// An argument of a constructor.
pub struct Argument {
    /// The position of the field that it fills.
    pub field: usize,
    /// Its type: that of the field, which may have it in a box.
    pub ty: RustType,
    /// What it takes.
    pub takes: Takes,
}

/// The merged state of a message.
pub struct State {
    /// Its name, beside the message.
    pub name: Name,
    /// The position of the property that tells deltas from full messages.
    pub flag: usize,
    /// The position of the property that tells subjects apart.
    pub key: Option<usize>,
    /// Position and type of each property that it keeps.
    pub fields: Vec<(usize, RustType)>,
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

    pub(super) fn of(
        record: &'a Record,
        names: &RecordNames,
        types: &Types<'a>,
        findings: &mut Findings,
    ) -> Self {
        let mut scope = Scope::new(format!("`{}`", names.own.name), NEVER_BOUND);
        let in_delta = record.delta().is_some();
        let fields = record.properties.iter().map(|property| {
            let owner = Owner::part(
                format!("the property `{}`", property.name),
                property.place,
                record.place,
            );
            let wanted = own(&property.rust_name, &property.name, names::value_name);
            Field {
                property,
                name: scope.take(&wanted, owner, findings),
                ty: types.field(property, in_delta),
                value: types.property(property),
            }
        });
        let fields: Vec<Field<'a>> = fields.collect();
        let arguments = fields.iter().enumerate();
        let arguments = arguments.filter(|(_, field)| field.property.required);
        let arguments = arguments.map(|(index, field)| argument(index, field, types));
        let state = record.delta().zip(names.state.clone());
        let state = state.map(|(delta, name)| State {
            name,
            flag: delta.flag,
            key: delta.key,
            fields: kept(delta.flag, &fields),
        });
        Struct {
            record,
            path: names.own.clone(),
            arguments: arguments.collect(),
            fields,
            state,
        }
    }
}

/// The argument for a field that is required.
fn argument(index: usize, field: &Field<'_>, types: &Types<'_>) -> Argument {
    let property = field.property;
    Argument {
        field: index,
        ty: field.ty.unboxed().clone(),
        takes: if property.nullable {
            Takes::Value
        } else {
            types.takes(&property.ty)
        },
    }
}

/// A state keeps all but the flag. What was never sent, or was taken back, is
/// `None`.
fn kept(flag: usize, fields: &[Field<'_>]) -> Vec<(usize, RustType)> {
    let fields = fields.iter().enumerate();
    let fields = fields.filter(|(index, _)| *index != flag);
    fields
        .map(|(index, field)| {
            let always = field.property.required && !field.property.nullable;
            let value = field.value.clone();
            let ty = if always {
                value
            } else {
                value.inside(Generic::Option)
            };
            (index, ty)
        })
        .collect()
}
