//! YAML as a tree that keeps what a map of a programming language would lose:
//! the order of keys, keys given twice, and a number for every node by which
//! its place can be found again.

use std::fmt;

use super::depth;
use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};

/// The number of a node or key, counted in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The whole file.
    pub(crate) const ROOT: NodeId = NodeId(0);

    /// The number at a position in the order of a tree.
    pub(crate) fn nth(index: usize) -> NodeId {
        NodeId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The position in the order of the tree.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A node of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its number.
    pub id: NodeId,
    /// What it holds.
    pub value: Value,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `null` or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number of 64 bits.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Str(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Vec<Entry>),
}

/// A key of a mapping with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// The value.
    pub node: Node,
}

/// A key of a mapping; `200:` has the text `200`.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// Its number.
    pub id: NodeId,
    /// Its text as written.
    pub text: String,
}

impl Node {
    /// The content of a file without any.
    pub(crate) fn empty() -> Node {
        Node {
            id: NodeId::ROOT,
            value: Value::Map(Vec::new()),
        }
    }

    /// The value of a key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let found = self.as_map().iter().find(|entry| entry.key.text == key)?;
        Some(&found.node)
    }

    /// The text, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The entries; none if this is not a mapping.
    pub fn as_map(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items; none if this is not a sequence.
    pub fn as_list(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// What kind of value it is, for messages.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Int(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Str(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

/// Why a text is not YAML, and where, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What the parser says.
    pub message: String,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for SyntaxError {}

/// Reads one YAML document.
///
/// # Errors
/// When the text is not YAML, holds several documents, or uses what the model
/// language has no meaning for: tags, keys that are not scalars, numbers beyond
/// 64 bits.
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    if let Some(error) = odd_break(text).or_else(|| depth::too_deep(text)) {
        return Err(error);
    }
    Counter { next: 0 }
        .deserialize(serde_yaml::Deserializer::from_str(text))
        .map_err(|error| syntax_error(&error))
}

/// Finds a character that ends a line in YAML and in no editor: places behind it
/// would not be where they are said to be.
fn odd_break(text: &str) -> Option<SyntaxError> {
    let odd = |(at, c): (usize, char)| {
        let lone = c == '\r' && !text[at + 1..].starts_with('\n');
        let odd = lone || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
        odd.then_some((at, c))
    };
    let (at, c) = text.char_indices().find_map(odd)?;
    let before = &text[..at];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let code = u32::from(c);
    Some(SyntaxError {
        message: format!(
            "the character U+{code:04X} ends a line here; in quotes it is written \"\\u{code:04X}\""
        ),
        line: before.matches('\n').count() + 1,
        column: line.chars().count() + 1,
    })
}

/// The place, and the parser's message without it. What the parser was in the
/// middle of keeps its own place: an open quote is found at the end of the file.
fn syntax_error(error: &serde_yaml::Error) -> SyntaxError {
    let (line, column) = error
        .location()
        .map_or((1, 1), |location| (location.line(), location.column()));
    let text = error.to_string();
    let message = match text.split_once(" at line ") {
        Some(("recursion limit exceeded", _)) => depth::message(),
        None => text,
        Some((problem, rest)) => match rest.split_once(", ") {
            None => problem.to_owned(),
            Some((_, context)) => format!("{problem}, {context}"),
        },
    };
    SyntaxError {
        message,
        line,
        column,
    }
}

/// Builds the tree and counts its nodes.
struct Counter {
    next: u32,
}

impl Counter {
    fn count(&mut self) -> NodeId {
        let id = NodeId(self.next);
        self.next = self.next.saturating_add(1);
        id
    }

    fn leaf<E>(&mut self, value: Value) -> Result<Node, E> {
        let id = self.count();
        Ok(Node { id, value })
    }
}

impl<'de> DeserializeSeed<'de> for &mut Counter {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Counter {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value without a tag")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        self.leaf(Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Node, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Node, E> {
        self.leaf(Value::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Node, E> {
        self.leaf(Value::Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Node, E> {
        let value = i64::try_from(value).map_err(|_| E::custom("a whole number beyond 64 bits"))?;
        self.visit_i64(value)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Node, E> {
        self.leaf(Value::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Node, E> {
        self.leaf(Value::Str(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let id = self.count();
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(&mut *self)? {
            items.push(item);
        }
        Ok(Node {
            id,
            value: Value::List(items),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let id = self.count();
        let mut entries = Vec::new();
        while let Some(key) = access.next_key_seed(KeySeed(&mut *self))? {
            let node = access.next_value_seed(&mut *self)?;
            entries.push(Entry { key, node });
        }
        Ok(Node {
            id,
            value: Value::Map(entries),
        })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Node, A::Error> {
        Err(de::Error::custom(
            "a tag, which the model language does not use",
        ))
    }
}

/// Keys are read as text, whatever they look like: `200` and `true` name things.
struct KeySeed<'a>(&'a mut Counter);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is a plain text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Key, E> {
        Ok(Key {
            id: self.0.count(),
            text: text.to_owned(),
        })
    }
}
