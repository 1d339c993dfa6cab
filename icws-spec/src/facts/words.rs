//! Types and items in the words of the language.

use crate::api::{Api, List, Map, RecordId, Type};

/// A type as the model language writes it, with whole ids.
pub fn type_name(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Record(id) => record_id(api, *id),
        Type::Enum(id) => api[*id].id(),
        Type::Map(map) => {
            let Map {
                value,
                nullable_values,
            } = map;
            let null = if *nullable_values { "?" } else { "" };
            format!("map {}{null}", type_name(api, value))
        }
        Type::List(list) => {
            let List {
                item,
                nullable_items,
                least,
                most,
            } = list;
            let bounds = match (*least, *most) {
                (0, None) => String::new(),
                (least, None) => format!("[{least}..*]"),
                (least, Some(most)) => format!("[{least}..{most}]"),
            };
            let null = if *nullable_items { "?" } else { "" };
            format!("list{bounds} {}{null}", type_name(api, item))
        }
        basic => {
            let found = Type::BASIC.iter().find(|(_, ty)| ty == basic);
            found
                .map(|(name, _)| (*name).to_owned())
                .unwrap_or_default()
        }
    }
}

/// The whole id of a record.
pub fn record_id(api: &Api, id: RecordId) -> String {
    api[id].id()
}
