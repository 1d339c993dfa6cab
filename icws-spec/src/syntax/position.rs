//! Where a node stands.

use serde::de::DeserializeSeed;

use super::node::{Counter, FOUND, NodeId};

/// A place in a file, counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Finds a node by reading the text again up to it. That costs a parse, so it
/// is for findings, not for every node.
pub fn locate(text: &str, node: NodeId) -> Option<Position> {
    let mut counter = Counter {
        next: 0,
        target: Some(node),
    };
    let error = counter
        .deserialize(serde_yaml::Deserializer::from_str(text))
        .err()?;
    if !error.to_string().contains(FOUND) {
        return None;
    }
    let location = error.location()?;
    Some(Position {
        line: location.line(),
        column: location.column(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Node, Value, parse};

    /// Every key and scalar of the text as `line:column text`.
    fn places(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        walk(text, &parse(text).unwrap(), &mut out);
        out
    }

    fn walk(text: &str, node: &Node, out: &mut Vec<String>) {
        let at = |id, what: &str| {
            let at = locate(text, id).unwrap();
            format!("{}:{} {what}", at.line, at.column)
        };
        match &node.value {
            Value::Map(entries) => {
                for entry in entries {
                    out.push(at(entry.key.id, &entry.key.text));
                    walk(text, &entry.node, out);
                }
            }
            Value::List(items) => items.iter().for_each(|item| walk(text, item, out)),
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
}
