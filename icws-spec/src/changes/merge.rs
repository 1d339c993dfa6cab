//! Merges a change into what it changes, as the language tells what is inside.

use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::place::{FileId, Place};
use crate::rules;
use crate::spelling::suggest;
use crate::syntax::language::{Kind, Shape};
use crate::syntax::{Entry, Key, Node, NodeId, Value};

use super::graft::Grafts;

/// A change on its way into a tree.
pub(super) struct Merge<'a> {
    /// The tree that is changed.
    pub grafts: &'a mut Grafts,
    /// The file of the change.
    pub from: FileId,
    /// The names of what was changed, each where the change has it.
    pub changed: &'a mut Vec<(String, Place)>,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

/// What the entries of a map are.
#[derive(Clone, Copy)]
enum Inside<'s> {
    /// Things with names of the author's.
    Names(&'s Shape),
    /// The keys of a kind.
    Keys(&'s Kind),
}

impl Inside<'_> {
    fn shape(&self, key: &str) -> Shape {
        match self {
            Inside::Names(item) => **item,
            Inside::Keys(kind) => {
                let key = kind.keys.iter().find(|known| known.name == key);
                key.map_or(Shape::Any, |key| key.shape)
            }
        }
    }

    fn is_required(&self, key: &str) -> bool {
        let known = |kind: &Kind| kind.keys.iter().any(|k| k.name == key && k.required);
        matches!(self, Inside::Keys(kind) if known(kind))
    }
}

impl Merge<'_> {
    /// Merges things by their names.
    pub fn things(&mut self, old: &mut Node, new: &[&Entry], item: &Shape) {
        self.entries(old, new, Inside::Names(item));
    }

    /// Merges the value of a key; `at` is that key in the file of the change.
    fn value(&mut self, old: &mut Node, new: &Node, shape: &Shape, at: NodeId) {
        match (shape, &new.value) {
            (Shape::Names(item) | Shape::Statuses(item), Value::Map(_)) => {
                self.map(old, new, Inside::Names(item), at);
            }
            (Shape::Kind(kind) | Shape::Part(kind), Value::Map(_)) => {
                self.map(old, new, Inside::Keys(kind), at);
            }
            (Shape::IdOr(kind), Value::Map(_)) => {
                lengthen(old, "use", kind);
                self.map(old, new, Inside::Keys(kind), at);
            }
            (Shape::NumberOr(kind), Value::Map(_)) => {
                lengthen(old, "value", kind);
                self.map(old, new, Inside::Keys(kind), at);
            }
            (Shape::List(item), Value::List(items)) if matches!(old.value, Value::List(_)) => {
                self.list(old, items, item, at);
            }
            _ => self.replace(old, new, at),
        }
    }

    fn map(&mut self, old: &mut Node, new: &Node, inside: Inside<'_>, at: NodeId) {
        if !matches!(old.value, Value::Map(_)) {
            return self.replace(old, new, at);
        }
        if new.as_map().is_empty() {
            return self.idle(at);
        }
        self.entries(old, &new.as_map().iter().collect::<Vec<_>>(), inside);
    }

    fn entries(&mut self, old: &mut Node, new: &[&Entry], inside: Inside<'_>) {
        let Value::Map(entries) = &mut old.value else {
            return;
        };
        // A key that stands twice is for the check of the form.
        let mut seen = HashSet::new();
        for entry in new.iter().filter(|entry| seen.insert(&entry.key.text)) {
            let key = entry.key.text.as_str();
            if matches!(inside, Inside::Names(_)) {
                self.note(key, entry.key.id);
            }
            let removes = matches!(entry.node.value, Value::Null);
            let found = entries.iter().position(|other| other.key.text == key);
            let Some(found) = found.and_then(|found| entries.get_mut(found)) else {
                if removes {
                    let names = entries.iter().map(|entry| entry.key.text.as_str());
                    self.nothing_to_remove(&entry.key, names);
                } else {
                    entries.push(self.grafts.entry(entry, self.from));
                }
                continue;
            };
            if self.grafts.is_gone(&found.node) {
                let first = self.grafts.origin(found.node.id);
                self.twice(entry.key.id, first);
            } else if !removes {
                let shape = inside.shape(key);
                self.value(&mut found.node, &entry.node, &shape, entry.key.id);
            } else if inside.is_required(key) {
                self.needed(&entry.key);
            } else if let Some(first) = self.grafts.changed(&found.node) {
                self.twice(entry.key.id, first);
            } else {
                self.grafts.remove(&mut found.node, &entry.node, self.from);
            }
        }
    }

    /// Merges the items of a list: things by their `name` or id, texts as they
    /// are. `{ name: ~ }` takes one away.
    fn list(&mut self, old: &mut Node, new: &[Node], item: &Shape, at: NodeId) {
        let Value::List(items) = &mut old.value else {
            return;
        };
        if new.is_empty() {
            self.idle(at);
        }
        for node in new {
            if let Some(leaving) = leaving(node) {
                self.remove_item(items, leaving);
                continue;
            }
            if let Some(name) = name(node) {
                self.note(name, node.id);
            }
            let same = |other: &&mut Node| match (name(node), name(other)) {
                (Some(new), Some(old)) => new == old && node.kind() == other.kind(),
                _ => false,
            };
            match (items.iter_mut().find(same), item) {
                (None, _) => items.push(self.grafts.node(node, self.from)),
                (Some(old), Shape::IdOr(kind)) if node.as_str().is_none() => {
                    let rest = node.as_map().iter();
                    // The name says which item is meant.
                    let rest: Vec<_> = rest.filter(|entry| entry.key.text != "name").collect();
                    if rest.is_empty() {
                        self.idle(node.id);
                    }
                    self.entries(old, &rest, Inside::Keys(kind));
                }
                (Some(old), _) => self.replace(old, node, node.id),
            }
        }
    }

    fn remove_item(&mut self, items: &mut [Node], leaving: &Entry) {
        self.note(&leaving.key.text, leaving.key.id);
        let names: Vec<String> = items.iter().filter_map(name).map(str::to_owned).collect();
        let mut items = items.iter_mut();
        let Some(item) = items.find(|item| name(item) == Some(&leaving.key.text)) else {
            let names = names.iter().map(String::as_str);
            return self.nothing_to_remove(&leaving.key, names);
        };
        match self.grafts.changed(item) {
            Some(first) => self.twice(leaving.key.id, first),
            None => self.grafts.remove(item, &leaving.node, self.from),
        }
    }

    fn replace(&mut self, old: &mut Node, new: &Node, at: NodeId) {
        if let Some(first) = self.grafts.changed(old) {
            self.twice(at, first);
        } else if is_same(old, new) {
            self.idle(at);
        } else {
            *old = self.grafts.node(new, self.from);
        }
    }

    fn note(&mut self, name: &str, at: NodeId) {
        let place = self.place(at);
        self.changed.push((name.to_owned(), place));
    }

    fn place(&self, node: NodeId) -> Place {
        Place {
            file: self.from,
            node,
        }
    }

    fn idle(&mut self, at: NodeId) {
        let message = "the extended model says so without this change";
        self.diagnostics.push(
            Diagnostic::new(&rules::IDLE_CHANGE, self.place(at), message)
                .help("take the change away"),
        );
    }

    fn twice(&mut self, at: NodeId, first: Place) {
        let message = "another change is about the same fact";
        self.diagnostics.push(
            Diagnostic::new(&rules::DUPLICATE_CHANGE, self.place(at), message)
                .related(first, "the other change")
                .help("keep one of them"),
        );
    }

    fn needed(&mut self, key: &Key) {
        let message = format!("`{}` cannot be taken away: it is needed here", key.text);
        self.diagnostics.push(
            Diagnostic::new(&rules::MISSING_KEY, self.place(key.id), message)
                .help("give it another value, or take the whole item away"),
        );
    }

    fn nothing_to_remove<'n>(&mut self, key: &Key, names: impl Iterator<Item = &'n str> + Clone) {
        let message = format!("there is no `{}` here that could be taken away", key.text);
        let help = match suggest(&key.text, names.clone()) {
            Some(name) => format!("did you mean `{name}`?"),
            None if names.clone().next().is_none() => "there is nothing in it".to_owned(),
            None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
        };
        self.diagnostics
            .push(Diagnostic::new(&rules::UNKNOWN_TARGET, self.place(key.id), message).help(help));
    }
}

/// Writes the short form of a value, an id or a number, as the map that it stands
/// for, so that a change adds to it.
fn lengthen(node: &mut Node, key: &str, kind: &Kind) {
    let is_short = matches!(node.value, Value::Str(_) | Value::Int(_));
    if is_short && kind.keys.iter().any(|known| known.name == key) {
        let key = Key {
            id: node.id,
            text: key.to_owned(),
        };
        let inner = Node {
            id: node.id,
            value: std::mem::replace(&mut node.value, Value::Null),
        };
        node.value = Value::Map(vec![Entry { key, node: inner }]);
    }
}

/// What an item of a list takes away.
fn leaving(item: &Node) -> Option<&Entry> {
    match item.as_map() {
        [only] if matches!(only.node.value, Value::Null) => Some(only),
        _ => None,
    }
}

/// By what an item of a list is known.
fn name(item: &Node) -> Option<&str> {
    item.as_str()
        .or_else(|| item.get("name").and_then(Node::as_str))
}

/// Returns true if two nodes say the same, wherever they were written.
fn is_same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            let same = |a: &Entry, b: &Entry| a.key.text == b.key.text && is_same(&a.node, &b.node);
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (a, b) => a == b,
    }
}
