//! Enums over several objects, told apart by their `__type`: what derives from
//! a base, and all messages.

use std::collections::HashSet;

use crate::api::{Api, Arena, BodyType, Record, RecordId, Type};
use crate::names;

use super::known::Generic;
use super::names::{Findings, Name, Owner, Path, Scope};
use super::ours;
use super::records::Struct;
use super::types::{RustType, Types};

/// An enum over objects.
pub struct Union {
    /// Where it is.
    pub path: Path,
    /// The options, in the order of the model.
    pub choices: Vec<Choice>,
    /// The option that an object without a `__type` is: the base itself, if that
    /// can travel.
    pub untyped: Option<usize>,
    /// The properties that all options hold in the same way.
    pub shared: Vec<Shared>,
}

/// An option of a union.
pub struct Choice {
    /// Which object or message it is.
    pub record: RecordId,
    /// Its variant.
    pub variant: Name,
}

/// A property of a base, whichever option it is.
pub struct Shared {
    /// The position among the properties of the base.
    pub property: usize,
    /// What a reference to it is of.
    pub ty: RustType,
    /// Whether the options have it in an `Option`.
    pub is_option: bool,
}

impl Union {
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
        structs: &Arena<Struct<'_>, Record>,
        findings: &mut Findings,
    ) -> Union {
        let messages = api.messages().filter(|(_, record)| record.urn.is_some());
        let messages: Vec<RecordId> = messages.map(|(id, _)| id).collect();
        let path = Path {
            modules: [].into(),
            name: Name::own(ours::MESSAGE),
        };
        Union {
            choices: choices(&messages, structs, &path, "", findings),
            path,
            untyped: None,
            shared: Vec::new(),
        }
    }

    /// The enum over the options of a base.
    pub(super) fn of_options(
        id: RecordId,
        api: &Api,
        types: &Types<'_>,
        structs: &Arena<Struct<'_>, Record>,
        findings: &mut Findings,
    ) -> Union {
        let base = &structs[id];
        let path = types.path(super::types::Item::Any(id)).clone();
        let namespace = &base.record.namespace;
        let choices = choices(&base.record.options, structs, &path, namespace, findings);
        let mut all = choices.iter();
        let untyped = all.position(|choice| !api[choice.record].is_typed);
        // What is optional in a base has three states in a delta, so that
        // messages share nothing.
        let fields = base.fields.iter().enumerate();
        let fields = fields.filter(|_| base.record.message.is_none());
        let shared = fields.filter_map(|(index, field)| {
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
            choices.iter().all(alike).then_some(Shared {
                property: index,
                ty,
                is_option,
            })
        });
        Union {
            path,
            shared: shared.collect(),
            untyped,
            choices,
        }
    }
}

/// The objects that anything but a base asks for. The enum over the options of
/// another one would be used by nothing.
pub(super) fn asked_for(api: &Api) -> HashSet<RecordId> {
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
