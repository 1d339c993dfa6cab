//! The tree of a file with nodes of other files in it.

use std::collections::HashSet;

use crate::place::{FileId, Place};
use crate::syntax::{Entry, Key, Node, NodeId, Value};

/// Gives numbers to what is taken over from other files, and knows where all of
/// a tree was written.
pub(super) struct Grafts {
    /// The file of the tree.
    file: FileId,
    /// Where each number was written.
    origins: Vec<Place>,
    /// The nodes of entries that were taken away: a later change of one would
    /// otherwise seem to be an addition.
    gone: HashSet<NodeId>,
}

impl Grafts {
    /// Counts the nodes of a tree, which are its own so far.
    pub fn of(file: FileId, root: &Node) -> Grafts {
        let mut origins = Vec::new();
        number(&mut root.clone(), &mut |id| {
            origins.push(Place { file, node: id });
            id
        });
        Grafts {
            file,
            origins,
            gone: HashSet::new(),
        }
    }

    /// Returns where a node was written.
    pub fn origin(&self, id: NodeId) -> Place {
        let own = Place {
            file: self.file,
            node: id,
        };
        self.origins.get(id.index()).copied().unwrap_or(own)
    }

    /// Returns a node as a part of this tree.
    pub fn node(&mut self, node: &Node, from: FileId) -> Node {
        let mut node = node.clone();
        number(&mut node, &mut |id| self.take(id, from));
        node
    }

    /// Returns an entry as a part of this tree.
    pub fn entry(&mut self, entry: &Entry, from: FileId) -> Entry {
        Entry {
            key: Key {
                id: self.take(entry.key.id, from),
                text: entry.key.text.clone(),
            },
            node: self.node(&entry.node, from),
        }
    }

    /// Marks a node as taken away by a node of another file.
    pub fn remove(&mut self, node: &mut Node, by: &Node, from: FileId) {
        *node = self.node(by, from);
        self.gone.insert(node.id);
    }

    /// Returns true if a node was taken away.
    pub fn is_gone(&self, node: &Node) -> bool {
        self.gone.contains(&node.id)
    }

    /// Returns where another file has changed a node, or something in it.
    pub fn changed(&self, node: &Node) -> Option<Place> {
        let own = self.origin(node.id);
        if own.file != self.file {
            return Some(own);
        }
        let items = node.as_list().iter();
        let entries = node.as_map().iter().map(|entry| &entry.node);
        items.chain(entries).find_map(|inner| self.changed(inner))
    }

    /// Takes out what is gone, and numbers the tree anew in its order. Returns
    /// where each number was written.
    pub fn close(self, root: &mut Node) -> Vec<Place> {
        self.sweep(root);
        let mut origins = Vec::new();
        number(root, &mut |id| {
            origins.push(self.origin(id));
            NodeId::nth(origins.len() - 1)
        });
        origins
    }

    fn sweep(&self, node: &mut Node) {
        match &mut node.value {
            Value::Map(entries) => {
                entries.retain(|entry| !self.is_gone(&entry.node));
                entries
                    .iter_mut()
                    .for_each(|entry| self.sweep(&mut entry.node));
            }
            Value::List(items) => {
                items.retain(|item| !self.is_gone(item));
                items.iter_mut().for_each(|item| self.sweep(item));
            }
            _ => {}
        }
    }

    fn take(&mut self, id: NodeId, from: FileId) -> NodeId {
        self.origins.push(Place {
            file: from,
            node: id,
        });
        NodeId::nth(self.origins.len() - 1)
    }
}

/// Gives all nodes and keys of a tree other numbers, in the order in which they
/// are counted.
fn number(node: &mut Node, next: &mut dyn FnMut(NodeId) -> NodeId) {
    node.id = next(node.id);
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| number(item, next)),
        Value::Map(entries) => {
            for Entry { key, node } in entries {
                key.id = next(key.id);
                number(node, next);
            }
        }
        _ => {}
    }
}
