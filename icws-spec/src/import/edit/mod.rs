//! Changes the text of a model in place: what is not changed keeps its form,
//! its comments and its order.

mod document;
mod extent;
mod flow;

use std::collections::BTreeMap;

use crate::syntax::{Entry, Node, NodeId, Value};

use super::yaml::{Field, Yaml, field};
use document::{Document, Patch};

/// A change of a file, by the nodes of its tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Edit {
    /// Gives a key of an item another value, adds it, or takes it out. The item
    /// is named by its key, its own node, or the node of its `name`; the path
    /// leads from it to the map that has the key.
    Set {
        item: NodeId,
        path: Vec<String>,
        key: String,
        value: Option<Field>,
        /// The key to stand behind, for keys without a place of their own.
        after: Option<String>,
    },
    /// Gives an item another value.
    Replace { item: NodeId, value: Yaml },
    /// Adds to a list of an item.
    Add {
        item: NodeId,
        list: &'static str,
        value: Yaml,
    },
    /// Takes an item out of a list of another.
    Remove { item: NodeId },
    /// Gives a key another name; its value stays as it is.
    Rename { key: NodeId, to: String },
}

impl Edit {
    /// Sets a key of an item, or of a section of it.
    pub fn set(item: NodeId, path: &[&str], value: Field, after: Option<String>) -> Edit {
        Edit::Set {
            item,
            path: path.iter().map(|step| (*step).to_owned()).collect(),
            key: value.key.clone(),
            value: Some(value),
            after,
        }
    }
}

/// The order of keys in all kinds of maps.
const ORDER: &[&str] = &[
    "icws",
    "include",
    "namespace",
    "use",
    "name",
    "in",
    "type",
    "value",
    "required",
    "nullable",
    "ignore_case",
    "session",
    "default",
    "doc",
    "since",
    "source",
    "urn",
    "delta",
    "standing",
    "ends",
    "base",
    "abstract",
    "id",
    "flags",
    "features",
    "parameters",
    "body",
    "content",
    "headers",
    "messages",
    "errors",
    "replies",
    "enums",
    "objects",
    "values",
    "properties",
    "resources",
    "GET",
    "PUT",
    "POST",
    "DELETE",
    "PATCH",
    "examples",
    "rust_name",
];

/// The sections of a file, other than of an item.
const FILE_ORDER: &[&str] = &[
    "icws",
    "include",
    "extends",
    "namespace",
    "since",
    "features",
    "parameters",
    "replies",
    "enums",
    "objects",
    "messages",
    "resources",
    "changes",
];

/// The text with the changes made; those that meet others have to wait for
/// another round. `None` when a change cannot be made.
pub(super) fn apply(text: &str, root: &Node, edits: &[&Edit]) -> Option<String> {
    let document = Document::new(text, root);
    let mut patches = Vec::new();
    // Sections and lists that are not there yet come with all that they hold.
    let mut sections: BTreeMap<(NodeId, &str), Vec<Field>> = BTreeMap::new();
    let mut lists: BTreeMap<(NodeId, &str), Vec<Yaml>> = BTreeMap::new();
    for edit in edits {
        match edit {
            Edit::Replace { item, value } => patches.push(replace(&document, *item, value)?),
            Edit::Remove { item } => patches.extend(remove_item(&document, *item)?),
            Edit::Rename { key, to } => patches.push(document.rename(*key, to)?),
            Edit::Add { item, list, value } => {
                let map = document.map(*item)?;
                match map.get(list) {
                    Some(list) => patches.push(document.add_item(list, value)?),
                    None => lists.entry((map.id, list)).or_default().push(value.clone()),
                }
            }
            Edit::Set {
                item,
                path,
                key,
                value,
                after,
            } => {
                let mut item = document.item(*item)?;
                let Some((section, path)) = path.split_last() else {
                    patches.extend(set(&document, item, key, value.as_ref(), after.as_deref())?);
                    continue;
                };
                for step in path {
                    item = item.get(step)?;
                }
                let here = item.get(section);
                match (here, value) {
                    (Some(map), None) if map.as_map().len() == 1 && map.get(key).is_some() => {
                        patches.extend(empty(&document, item, section)?);
                    }
                    (Some(map), _) if !map.as_map().is_empty() => {
                        patches.extend(set(&document, map, key, value.as_ref(), after.as_deref())?);
                    }
                    (_, Some(value)) => sections
                        .entry((item.id, section))
                        .or_default()
                        .push(value.clone()),
                    (_, None) => {}
                }
            }
        }
    }
    for ((item, section), fields) in sections {
        let map = document.map(item)?;
        if let Some(section) = map.get(section) {
            patches.push(document.fill(map, section, &fields)?);
            continue;
        }
        let mut whole = field(section, Yaml::Block(fields));
        whole.spaced = item == NodeId::ROOT;
        patches.push(insert(&document, map, &whole, None)?);
    }
    for ((item, list), items) in lists {
        let map = document.map(item)?;
        patches.push(insert(
            &document,
            map,
            &field(list, Yaml::List(items)),
            None,
        )?);
    }
    document.patched(patches)
}

fn set(
    document: &Document<'_>,
    map: &Node,
    key: &str,
    value: Option<&Field>,
    after: Option<&str>,
) -> Option<Option<Patch>> {
    // A value of an enumeration with nothing but its number.
    if let (Value::Int(number), Some(value)) = (&map.value, value) {
        let number = field("value", Yaml::Raw(number.to_string()));
        let whole = if key == "value" {
            value.value.clone()
        } else {
            Yaml::Line(vec![number, value.clone()])
        };
        return Some(Some(document.replace_value(map, &whole)?));
    }
    let entries = map.as_map();
    let present = entries.iter().find(|entry| entry.key.text == key);
    Some(match (present, value) {
        (None, None) => None,
        (Some(entry), Some(field)) => Some(document.replace_value(&entry.node, &field.value)?),
        (Some(entry), None) => Some(document.remove_entry(map, entry)?),
        (None, Some(field)) => Some(insert(document, map, field, after)?),
    })
}

/// Takes the last entry out of a section. Properties stay as an empty map,
/// since no record is without.
fn empty(document: &Document<'_>, item: &Node, section: &str) -> Option<Option<Patch>> {
    let none = Yaml::Block(Vec::new());
    let value = (section == "properties").then(|| field(section, none));
    set(document, item, section, value.as_ref(), None)
}

fn replace(document: &Document<'_>, item: NodeId, value: &Yaml) -> Option<Patch> {
    document.replace_value(document.item(item)?, value)
}

fn remove_item(document: &Document<'_>, item: NodeId) -> Option<Option<Patch>> {
    let (owner, entry, list) = document.list_of(item)?;
    if list.as_list().len() == 1 {
        return set(document, owner, &entry.key.text, None, None);
    }
    Some(Some(document.remove_list_item(list, item)?))
}

/// Inserts a key behind the one that it goes with.
fn insert(
    document: &Document<'_>,
    map: &Node,
    field: &Field,
    after: Option<&str>,
) -> Option<Patch> {
    let order = if map.id == NodeId::ROOT {
        FILE_ORDER
    } else {
        ORDER
    };
    let rank = |key: &str| order.iter().position(|other| *other == key);
    let entries = map.as_map();
    let behind: Option<&Entry> = match (after, rank(&field.key)) {
        (Some(after), _) => entries.iter().find(|entry| entry.key.text == after),
        (None, Some(own)) => entries
            .iter()
            .filter(|entry| rank(&entry.key.text).is_some_and(|other| other < own))
            .max_by_key(|entry| rank(&entry.key.text)),
        (None, None) => entries.last(),
    };
    document.insert_entry(map, behind, field)
}
