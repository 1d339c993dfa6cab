//! Where nodes stand.

use std::collections::HashMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::node::{Node, NodeId, Value, parse};

/// A place in a file, counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Position {
    /// The first character of a file.
    pub(crate) const START: Position = Position { line: 1, column: 1 };
}

#[cfg(test)]
thread_local! {
    /// How often this thread has read a text for positions.
    pub(crate) static READS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// The positions of all nodes and keys of a text.
#[derive(Debug, Clone)]
pub struct NodePositions(Vec<Position>);

impl NodePositions {
    /// Finds all nodes and keys by reading the text again, which costs three
    /// parses: it is for texts with findings. Returns no positions for a text
    /// that is not YAML.
    pub fn of(text: &str) -> NodePositions {
        #[cfg(test)]
        READS.set(READS.get() + 1);
        let mut finder = Finder::default();
        if let Ok(root) = parse(text) {
            let deserializer = || serde_yaml::Deserializer::from_str(text);
            let read = &mut |step: Step<'_>| step.deserialize(deserializer());
            // A text that was parsed is walked without an error.
            let _ = finder.value(&root, read);
        }
        NodePositions(finder.positions)
    }

    /// Returns the position of a node or key, if the text has it.
    pub fn get(&self, node: NodeId) -> Option<Position> {
        self.0.get(node.0 as usize).copied()
    }
}

/// Walks a text along its tree, node by node in the order of their numbers.
///
/// The parser tells a position only in an error, so each key and scalar is
/// refused once it was read. A map or list cannot be refused like that, because
/// its content must still be read: the parser is asked for an enumeration first,
/// which it refuses before it has read anything.
#[derive(Default)]
struct Finder {
    positions: Vec<Position>,
    /// The number of the map or list at a position.
    containers: HashMap<Position, usize>,
    /// The last position in the text so far.
    furthest: Option<Position>,
}

impl Finder {
    /// Finds a value and all that it holds. `read` takes a step with the parser.
    fn value<E: fmt::Display>(
        &mut self,
        node: &Node,
        read: &mut dyn FnMut(Step<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if !matches!(node.value, Value::List(_) | Value::Map(_)) {
            self.put(position(read(Step::Scalar)));
            return Ok(());
        }
        let position = position(read(Step::Peek));
        // Only the target of an alias lies behind. The parser has passed the
        // alias, and what is there has the positions of the target.
        if self.furthest.is_some_and(|furthest| position <= furthest) {
            self.repeat(node, position);
            return Ok(());
        }
        self.containers.insert(position, self.positions.len());
        self.put(position);
        read(Step::Inside(node, self))
    }

    fn put(&mut self, position: Position) {
        self.positions.push(position);
        self.furthest = self.furthest.max(Some(position));
    }

    fn repeat(&mut self, node: &Node, target: Position) {
        let start = self.containers.get(&target).copied().unwrap_or_default();
        for index in start..start + count(node) {
            let position = self.positions.get(index).copied();
            self.positions.push(position.unwrap_or(target));
        }
    }
}

/// How many numbers a node takes, with all that it holds.
fn count(node: &Node) -> usize {
    let items = node.as_list().iter().map(count);
    let entries = node.as_map().iter().map(|entry| 1 + count(&entry.node));
    1 + items.sum::<usize>() + entries.sum::<usize>()
}

/// The position that an error tells. The parser leaves it out at the first
/// character of a text.
fn position<E: fmt::Display>(read: Result<(), E>) -> Position {
    let told = |error: E| {
        let text = error.to_string();
        let (line, column) = text.rsplit_once(" at line ")?.1.split_once(" column ")?;
        Some(Position {
            line: line.parse().ok()?,
            column: column.parse().ok()?,
        })
    };
    read.err().and_then(told).unwrap_or(Position::START)
}

/// What the parser is asked to read.
enum Step<'a> {
    Key,
    Scalar,
    /// The start of a map or list, which stays unread.
    Peek,
    /// The content of a map or list.
    Inside(&'a Node, &'a mut Finder),
}

impl<'de> DeserializeSeed<'de> for Step<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self {
            Step::Key => deserializer.deserialize_str(Refuse),
            Step::Scalar => deserializer.deserialize_any(Refuse),
            Step::Peek => deserializer.deserialize_enum("", &[], Refuse),
            Step::Inside(node, finder) => deserializer.deserialize_any(Inside(node, finder)),
        }
    }
}

/// Refuses whatever comes.
struct Refuse;

impl Visitor<'_> for Refuse {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("its position")
    }
}

/// Walks what a map or list holds.
struct Inside<'a>(&'a Node, &'a mut Finder);

impl<'de> Visitor<'de> for Inside<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the content of a map or list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Inside(node, finder) = self;
        for item in node.as_list() {
            let read = &mut |step: Step<'_>| access.next_element_seed(step).map(drop);
            finder.value(item, read)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Inside(node, finder) = self;
        for entry in node.as_map() {
            finder.put(position(access.next_key_seed(Step::Key).map(drop)));
            finder.value(&entry.node, &mut |step| access.next_value_seed(step))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every key and scalar of the text as `line:column text`.
    fn places(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        walk(&NodePositions::of(text), &parse(text).unwrap(), &mut out);
        out
    }

    fn walk(positions: &NodePositions, node: &Node, out: &mut Vec<String>) {
        let at = |id, what: &str| {
            let at = positions.get(id).unwrap();
            format!("{}:{} {what}", at.line, at.column)
        };
        match &node.value {
            Value::Map(entries) => {
                for entry in entries {
                    out.push(at(entry.key.id, &entry.key.text));
                    walk(positions, &entry.node, out);
                }
            }
            Value::List(items) => items.iter().for_each(|item| walk(positions, item, out)),
            Value::Str(value) => out.push(at(node.id, value)),
            _ => out.push(at(node.id, node.kind())),
        }
    }

    #[test]
    fn block_and_flow_forms() {
        assert_eq!(
            places("# note\na:\n  b: x\n  c: [1, {d: 'q'}]\n200: true\n"),
            [
                "2:1 a",
                "3:3 b",
                "3:6 x",
                "4:3 c",
                "4:7 a whole number",
                "4:11 d",
                "4:14 q",
                "5:1 200",
                "5:6 a boolean"
            ]
        );
    }

    #[test]
    fn block_texts_nulls_and_windows_lines() {
        assert_eq!(
            places("a: |\r\n  one\r\n  two\r\nb:\r\nc: ü\r\nd: 1\r\n"),
            [
                "1:1 a",
                "1:4 one\ntwo\n",
                "4:1 b",
                "4:3 nothing",
                "5:1 c",
                "5:4 ü",
                "6:1 d",
                "6:4 a whole number"
            ]
        );
    }

    #[test]
    fn the_same_key_twice_has_two_places() {
        assert_eq!(places("a: x\na: x\n"), ["1:1 a", "1:4 x", "2:1 a", "2:4 x"]);
    }

    #[test]
    fn an_alias_does_not_upset_the_count() {
        assert_eq!(
            places("a: &x {b: c}\nd: *x\ne: f\n").last().unwrap(),
            "3:4 f"
        );
    }

    #[test]
    fn what_an_alias_repeats_stands_where_it_was_written() {
        assert_eq!(
            places("a: &x {b: [c]}\nd: [*x, {}]\ne: *x\n"),
            [
                "1:1 a", "1:8 b", "1:12 c", "2:1 d", "1:8 b", "1:12 c", "3:1 e", "1:8 b", "1:12 c"
            ]
        );
    }

    #[test]
    fn maps_and_lists_stand_where_they_begin() {
        let text = "a: {}\nb:\n- &x\n  c: []\n- - d\n";
        let root = parse(text).unwrap();
        let positions = NodePositions::of(text);
        let at = |node: &Node| {
            let at = positions.get(node.id).unwrap();
            (at.line, at.column)
        };
        let list = root.get("b").unwrap();
        let [map, inner] = list.as_list() else {
            panic!("two items")
        };
        assert_eq!(at(&root), (1, 1));
        assert_eq!(at(root.get("a").unwrap()), (1, 4));
        assert_eq!((at(list), at(map), at(inner)), ((3, 1), (3, 3), (5, 3)));
        assert_eq!(at(map.get("c").unwrap()), (4, 6));
    }
}
