//! Enums over several objects, told apart by their `__type`: what derives from
//! a base, and all messages.

use std::collections::HashMap;

use crate::api::{Api, Arena, RecordId};
use crate::names;

use super::names::{Name, Path};
use super::records::Struct;
use super::types::{RustType, Types};
use crate::api::Record;

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

    /// The enum over all messages.
    pub(super) fn of_messages(api: &Api, structs: &Arena<Struct<'_>, Record>) -> Union {
        let messages = api.messages().filter(|(_, record)| record.urn.is_some());
        let messages: Vec<RecordId> = messages.map(|(id, _)| id).collect();
        Union {
            path: Path {
                modules: [].into(),
                name: Name::own("Message"),
            },
            choices: choices(&messages, structs),
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
    ) -> Union {
        let base = &structs[id];
        let choices = choices(&base.record.options, structs);
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
                (false, true) => (field.value.clone().inside("Field"), false),
                _ => (field.value.clone(), true),
            };
            choices.iter().all(alike).then_some(Shared {
                property: index,
                ty,
                is_option,
            })
        });
        Union {
            path: types.path(super::types::Item::Any(id)).clone(),
            shared: shared.collect(),
            untyped,
            choices,
        }
    }
}

fn choices(records: &[RecordId], structs: &Arena<Struct<'_>, Record>) -> Vec<Choice> {
    let named: Vec<&Struct<'_>> = records.iter().map(|id| &structs[*id]).collect();
    let names = named.iter();
    let names = variants(names.map(|s| (s.record.namespace.as_str(), s.path.name.as_str())));
    let choices = records.iter().zip(names);
    choices
        .map(|(record, variant)| Choice {
            record: *record,
            variant,
        })
        .collect()
}

/// The variants of an enum over items of several namespaces: their own names,
/// with the namespace in front where two are alike.
pub(super) fn variants<'a>(items: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Vec<Name> {
    let mut alike: HashMap<&str, usize> = HashMap::new();
    for (_, name) in items.clone() {
        *alike.entry(name).or_default() += 1;
    }
    items
        .map(|(namespace, name)| {
            if alike.get(name).is_some_and(|count| *count > 1) {
                Name::own(&format!("{}{name}", names::type_name(namespace)))
            } else {
                Name::own(name)
            }
        })
        .collect()
}
