//! Finds nodes of a file by their numbers, which count in the order of the text.

use crate::syntax::{Entry, Node, NodeId, Value};

/// What a number stands for: the value of the key, the item of the list, or the
/// map around a scalar value.
pub(super) fn item(root: &Node, id: NodeId) -> Option<&Node> {
    let mut node = root;
    while node.id != id {
        let Some(entry) = entry_around(node, id) else {
            node = item_around(node, id)?;
            continue;
        };
        if entry.key.id == id {
            return Some(&entry.node);
        }
        if entry.node.id == id && !matches!(entry.node.value, Value::Map(_) | Value::List(_)) {
            return Some(node);
        }
        node = &entry.node;
    }
    Some(node)
}

/// A step on the way to a node.
pub(super) enum Step<'a> {
    Key(&'a str),
    /// An item of a list.
    Item(&'a Node),
}

/// The steps to what a number stands for.
pub(super) fn way(root: &Node, id: NodeId) -> Option<Vec<Step<'_>>> {
    let target = item(root, id)?.id;
    let mut node = root;
    let mut steps = Vec::new();
    while node.id != target {
        node = match entry_around(node, target) {
            Some(entry) => {
                steps.push(Step::Key(&entry.key.text));
                &entry.node
            }
            None => {
                let item = item_around(node, target)?;
                steps.push(Step::Item(item));
                item
            }
        };
    }
    Some(steps)
}

/// The list that an item is in, the entry that has the list, and the map around.
pub(super) fn list_of(root: &Node, id: NodeId) -> Option<(&Node, &Entry, &Node)> {
    let mut node = root;
    loop {
        let Some(entry) = entry_around(node, id) else {
            node = item_around(node, id)?;
            continue;
        };
        if entry.node.as_list().iter().any(|item| item.id == id) {
            return Some((node, entry, &entry.node));
        }
        node = &entry.node;
    }
}

fn entry_around(node: &Node, id: NodeId) -> Option<&Entry> {
    let entries = node.as_map();
    let index = entries.partition_point(|entry| entry.key.id <= id);
    entries.get(index.checked_sub(1)?)
}

fn item_around(node: &Node, id: NodeId) -> Option<&Node> {
    let items = node.as_list();
    let index = items.partition_point(|item| item.id <= id);
    items.get(index.checked_sub(1)?)
}
