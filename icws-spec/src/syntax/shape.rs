//! Holds a file against the language, reports everything at once, and takes
//! out what cannot be used.

use std::collections::HashMap;

use crate::rules::{self, Rule};
use crate::spelling::{did_you_mean, suggest};

use super::language::{self, Key, Kind, Shape};
use super::node::{Node, NodeId, Value};

/// The version of the language that this crate reads.
pub(crate) const VERSION: i64 = 1;

/// What is wrong with the shape of a file.
pub(crate) struct ShapeError {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// The node or key that breaks it.
    pub node: NodeId,
    /// What is wrong there.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Another node or key that has to do with it.
    pub related: Option<(NodeId, &'static str)>,
}

impl ShapeError {
    fn new(rule: &'static Rule, node: NodeId, message: impl Into<String>) -> Self {
        ShapeError {
            rule,
            node,
            message: message.into(),
            help: None,
            related: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// What the check of a file found.
#[derive(Default)]
pub(crate) struct Checked {
    pub errors: Vec<ShapeError>,
    /// The names of items with an error: what follows from one is not worth
    /// another.
    pub broken: Vec<String>,
}

/// Checks a whole file. Unknown keys and ill-typed values are taken out; an
/// item that lacks what it needs is taken out with all that it holds.
pub(crate) fn check(root: &mut Node) -> Checked {
    let mut checker = Checker {
        found: Checked::default(),
    };
    let at = root.id;
    // A file without its version is reported, and read all the same.
    let keep = checker.value(root, &Shape::Kind(&language::FILE), at);
    if !keep && !matches!(root.value, Value::Map(_)) {
        root.value = Value::Map(Vec::new());
    }
    checker.found
}

struct Checker {
    found: Checked,
}

impl Checker {
    fn report(&mut self, error: ShapeError) {
        self.found.errors.push(error);
    }

    /// Returns true if the value can be kept. `owner` is where an item as a
    /// whole is reported: its key.
    fn value(&mut self, node: &mut Node, shape: &Shape, owner: NodeId) -> bool {
        match shape {
            // A part is checked where it was merged into the whole.
            Shape::Any | Shape::Part(_) => {
                self.any(node);
                true
            }
            Shape::Text => node.as_str().is_some() || self.wrong_type(node, "a text"),
            Shape::Flag => node.as_bool().is_some() || self.wrong_type(node, "`true` or `false`"),
            Shape::FlagOr(words) => {
                let word = node.as_str().is_some_and(|text| words.contains(&text));
                let wanted = format!("`true`, `false` or `{}`", words.join("`, `"));
                word || node.as_bool().is_some() || self.wrong_type(node, &wanted)
            }
            Shape::NumberOr(kind) => {
                matches!(node.value, Value::Int(_)) || self.kind(node, kind, owner)
            }
            Shape::Number => {
                matches!(node.value, Value::Int(_)) || self.wrong_type(node, "a whole number")
            }
            Shape::Version => self.version(node),
            Shape::Word(words) => self.word(node, words),
            Shape::List(item) | Shape::Whole(item) => self.list(node, item),
            Shape::Names(item) => self.names(node, item, false),
            Shape::Statuses(item) => self.names(node, item, true),
            Shape::Kind(kind) => self.kind(node, kind, owner),
            Shape::IdOr(kind) => node.as_str().is_some() || self.kind(node, kind, owner),
        }
    }

    fn wrong_type(&mut self, node: &Node, wanted: &str) -> bool {
        let mut error = ShapeError::new(
            &rules::WRONG_TYPE,
            node.id,
            format!("this is {}, but {wanted} is expected", node.kind()),
        );
        if wanted == "a text"
            && matches!(node.value, Value::Bool(_) | Value::Int(_) | Value::Float(_))
        {
            error = error.help("put quotes around it");
        }
        self.report(error);
        false
    }

    fn version(&mut self, node: &Node) -> bool {
        match node.value {
            Value::Int(VERSION) => true,
            Value::Int(other) => {
                let message = format!("version {other} of the model language is not known");
                let help = format!("this release reads version {VERSION}");
                self.report(ShapeError::new(&rules::INVALID_VALUE, node.id, message).help(help));
                false
            }
            _ => self.wrong_type(node, "a whole number"),
        }
    }

    fn word(&mut self, node: &Node, words: &[&'static str]) -> bool {
        let Some(text) = node.as_str() else {
            return self.wrong_type(node, "a text");
        };
        if words.contains(&text) {
            return true;
        }
        let message = format!("`{text}` is not one of {}", words.join(", "));
        let mut error = ShapeError::new(&rules::INVALID_VALUE, node.id, message);
        error.help = did_you_mean(text, words.iter().copied());
        self.report(error);
        false
    }

    fn list(&mut self, node: &mut Node, item: &Shape) -> bool {
        if !matches!(node.value, Value::List(_)) {
            return self.wrong_type(node, "a list");
        }
        if let Value::List(items) = &mut node.value {
            items.retain_mut(|node| {
                let owner = node.id;
                let name = node.get("name").and_then(Node::as_str).map(str::to_owned);
                let found = self.found.errors.len();
                let keep = self.value(node, item, owner);
                if self.found.errors.len() > found {
                    self.found.broken.extend(name);
                }
                keep
            });
        }
        true
    }

    /// A map with names of the author's. What happens to a status given twice
    /// is for the check of the replies.
    fn names(&mut self, node: &mut Node, item: &Shape, statuses: bool) -> bool {
        if !matches!(node.value, Value::Map(_)) {
            return self.wrong_type(node, "a map");
        }
        if !statuses {
            self.duplicates(node);
        }
        if let Value::Map(entries) = &mut node.value {
            entries.retain_mut(|entry| {
                let found = self.found.errors.len();
                let keep = self.value(&mut entry.node, item, entry.key.id);
                if self.found.errors.len() > found {
                    self.found.broken.push(entry.key.text.clone());
                }
                keep
            });
        }
        true
    }

    fn kind(&mut self, node: &mut Node, kind: &Kind, owner: NodeId) -> bool {
        if !matches!(node.value, Value::Map(_)) {
            return self.wrong_type(node, &format!("a map with the keys of {}", named(kind)));
        }
        self.duplicates(node);
        let Value::Map(entries) = &mut node.value else {
            return false;
        };
        let mut sound = true;
        let mut meant: Vec<&str> = Vec::new();
        let present = |key: &&Key| entries.iter().any(|entry| entry.key.text == key.name);
        let absent: Vec<&Key> = kind.keys.iter().filter(|key| !present(key)).collect();
        entries.retain_mut(|entry| {
            let name = entry.key.text.as_str();
            let Some(key) = kind.keys.iter().find(|key| key.name == name) else {
                meant.extend(self.unknown_key(name, entry.key.id, kind, &absent));
                return false;
            };
            let keep = self.value(&mut entry.node, &key.shape, entry.key.id);
            sound &= keep || !key.required;
            keep
        });
        for key in absent.into_iter().filter(|key| key.required) {
            sound = false;
            // A misspelt key has had its finding.
            if !meant.contains(&key.name) {
                self.missing_key(kind, key, owner);
            }
        }
        sound
    }

    fn unknown_key(
        &mut self,
        name: &str,
        at: NodeId,
        kind: &Kind,
        absent: &[&Key],
    ) -> Option<&'static str> {
        let meant = suggest(name, absent.iter().map(|key| key.name));
        let help = match meant {
            Some(key) => format!("did you mean `{key}`?"),
            None => {
                let keys: Vec<&str> = kind.keys.iter().map(|key| key.name).collect();
                format!("its keys are {}", keys.join(", "))
            }
        };
        let message = format!("{} has no key `{name}`", named(kind));
        self.report(ShapeError::new(&rules::UNKNOWN_KEY, at, message).help(help));
        meant
    }

    fn missing_key(&mut self, kind: &Kind, key: &Key, owner: NodeId) {
        let message = format!("{} needs the key `{}`", named(kind), key.name);
        self.report(
            ShapeError::new(&rules::MISSING_KEY, owner, message)
                .help(format!("for example `{}`", key.example)),
        );
    }

    /// Reports keys that stand twice, and keeps the first.
    fn duplicates(&mut self, node: &mut Node) {
        let Value::Map(entries) = &mut node.value else {
            return;
        };
        let mut seen: HashMap<String, NodeId> = HashMap::new();
        entries.retain(|entry| {
            if let Some(first) = seen.get(&entry.key.text).copied() {
                let message = format!("`{}` stands twice in this map", entry.key.text);
                let mut error = ShapeError::new(&rules::DUPLICATE_KEY, entry.key.id, message)
                    .help("remove one of them, or rename it if two items were meant");
                error.related = Some((first, "the first one"));
                self.report(error);
                return false;
            }
            seen.insert(entry.key.text.clone(), entry.key.id);
            true
        });
    }

    fn any(&mut self, node: &mut Node) {
        self.duplicates(node);
        match &mut node.value {
            Value::Map(entries) => entries
                .iter_mut()
                .for_each(|entry| self.any(&mut entry.node)),
            Value::List(items) => items.iter_mut().for_each(|item| self.any(item)),
            _ => {}
        }
    }
}

/// A kind with its article.
fn named(kind: &Kind) -> String {
    let vowel = kind.name.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {}", if vowel { "an" } else { "a" }, kind.name)
}
