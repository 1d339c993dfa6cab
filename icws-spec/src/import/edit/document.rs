//! The text of a file with the places of its nodes.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::ops::Range;

use super::super::tree;
use super::super::yaml::{Field, Yaml, todo};
use super::flow;
use crate::syntax::{Entry, Node, NodeId, NodePositions, Value};
use crate::texts::without_mark;

/// A piece of text in place of another.
pub(super) struct Patch {
    range: Range<usize>,
    text: String,
}

/// A file and its tree.
pub(super) struct Document<'a> {
    pub(super) text: &'a str,
    root: &'a Node,
    /// Where lines begin, the first one behind the mark.
    pub(super) starts: Vec<usize>,
    /// The length of a mark at the start of the file that the tree does not
    /// know of.
    mark: usize,
    /// Where nodes begin, once it was asked for.
    positions: OnceCell<NodePositions>,
}

impl<'a> Document<'a> {
    pub fn new(text: &'a str, root: &'a Node) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let mark = text.len() - without_mark(text).len();
        Document {
            text,
            root,
            starts: std::iter::once(mark).chain(ends).collect(),
            mark,
            positions: OnceCell::new(),
        }
    }

    /// What a number stands for.
    pub fn item(&self, id: NodeId) -> Option<&'a Node> {
        tree::item(self.root, id)
    }

    /// The same, if it is a map.
    pub fn map(&self, id: NodeId) -> Option<&'a Node> {
        self.item(id)
            .filter(|node| matches!(node.value, Value::Map(_)))
    }

    /// The list that an item is in, the entry that has it, and the map around.
    pub fn list_of(&self, id: NodeId) -> Option<(&'a Node, &'a Entry, &'a Node)> {
        tree::list_of(self.root, id)
    }

    /// Fills an empty map of an item.
    pub fn fill(&self, item: &Node, map: &Node, fields: &[Field]) -> Option<Patch> {
        let range = self.value(map)?;
        // Between braces there is no room for lines.
        if self.style(item)? == Style::Flow {
            let text = Yaml::Line(fields.to_vec()).on_one_line();
            return Some(Patch { range, text });
        }
        let line = self.text.get(*self.starts.get(self.line(range.start))?..)?;
        let indent = line.len() - line.trim_start_matches(' ').len() + 2;
        let mut text = "\n".to_owned();
        fields
            .iter()
            .for_each(|field| field.lines(indent, &mut text));
        let start = self.text.get(..range.start)?.trim_end().len();
        let text = self.with_line_ends(text.trim_end_matches('\n').to_owned());
        let range = start..range.end;
        Some(Patch { range, text })
    }

    /// Gives a value another text.
    pub fn replace_value(&self, node: &Node, value: &Yaml) -> Option<Patch> {
        let range = self.value(node)?;
        let mut text = value.on_one_line();
        if self.text.get(..range.start)?.ends_with(':') {
            text.insert(0, ' ');
        }
        // A value in lines of its own goes behind its key, in place of them.
        let line = self.starts.get(self.line(range.start))?;
        let own_line = self.text.get(*line..range.start)?.trim().is_empty();
        let start = if own_line && self.style(node)? == Style::Block {
            text.insert(0, ' ');
            self.text.get(..range.start)?.trim_end().len()
        } else {
            range.start
        };
        Some(Patch {
            range: start..range.end,
            text,
        })
    }

    /// Gives a key another name.
    pub fn rename(&self, key: NodeId, to: &str) -> Option<Patch> {
        let start = self.offset(key)?;
        let rest = self.text.get(start..)?;
        let end = match rest.chars().next()? {
            quote @ ('"' | '\'') => flow::quote_end(self.text, start, quote)?,
            _ => start + rest.find(|c: char| c == ':' || c.is_whitespace())?,
        };
        Some(Patch {
            range: start..end,
            text: to.to_owned(),
        })
    }

    /// Takes a key with its value out of a map that has others.
    pub fn remove_entry(&self, map: &Node, entry: &Entry) -> Option<Patch> {
        let range = match self.style(map)? {
            Style::Flow => {
                let index = map
                    .as_map()
                    .iter()
                    .position(|other| other.key.id == entry.key.id)?;
                self.parts(map)?.without(index)?
            }
            Style::Block => {
                let start = self.offset(entry.key.id)?;
                let line = self.line(start);
                let first = *self.starts.get(line)?;
                // Behind a dash, the next key would lose its place.
                self.text
                    .get(first..start)?
                    .trim()
                    .is_empty()
                    .then_some(())?;
                first..self.entry_end(start, &entry.node)?
            }
        };
        Some(Patch {
            range,
            text: String::new(),
        })
    }

    /// Takes an item out of a list that has others.
    pub fn remove_list_item(&self, list: &Node, item: NodeId) -> Option<Patch> {
        let index = list.as_list().iter().position(|other| other.id == item)?;
        let range = match self.style(list)? {
            Style::Flow => self.parts(list)?.without(index)?,
            Style::Block => {
                let dash = self.dash(self.offset(item)?)?;
                *self.starts.get(self.line(dash))?..self.item_end(dash)
            }
        };
        Some(Patch {
            range,
            text: String::new(),
        })
    }

    /// Adds an item at the end of a list.
    pub fn add_item(&self, list: &Node, value: &Yaml) -> Option<Patch> {
        let value = value.on_one_line();
        match self.style(list)? {
            Style::Flow => self.append(list, &value),
            Style::Block => {
                let last = list.as_list().last()?;
                let dash = self.dash(self.offset(last.id)?)?;
                let margin = " ".repeat(dash - self.starts.get(self.line(dash))?);
                let end = self.item_end(dash);
                Some(self.lines_at(end, format!("{margin}- {value}\n")))
            }
        }
    }

    /// Adds a key behind another, or as the first.
    pub fn insert_entry(&self, map: &Node, behind: Option<&Entry>, field: &Field) -> Option<Patch> {
        match self.style(map)? {
            Style::Flow => self.insert_in_flow(map, behind, field),
            Style::Block => {
                let first = map.as_map().first()?;
                let column = self.column(self.offset(first.key.id)?)?;
                let mut text = String::new();
                field.lines(column, &mut text);
                let at = match behind {
                    Some(entry) => self.entry_end(self.offset(entry.key.id)?, &entry.node)?,
                    None => *self.starts.get(self.line(self.offset(first.key.id)?))?,
                };
                Some(self.lines_at(at, text))
            }
        }
    }

    fn insert_in_flow(&self, map: &Node, behind: Option<&Entry>, field: &Field) -> Option<Patch> {
        let mut text = field.on_one_line();
        if !field.todos.is_empty() {
            // A comment needs a line of its own, also between braces.
            let start = self.offset(map.id)?;
            let line = self.text.get(*self.starts.get(self.line(start))?..)?;
            let margin = " ".repeat(line.len() - line.trim_start_matches(' ').len() + 2);
            let todos = field
                .todos
                .iter()
                .map(|(asker, text)| todo(&margin, *asker, text));
            text = format!("\n{}{margin}{text}", todos.collect::<String>());
        }
        let index = behind.and_then(|behind| {
            map.as_map()
                .iter()
                .position(|entry| entry.key.id == behind.key.id)
        });
        match index {
            None => match self.parts(map)?.items.first() {
                None => self.append(map, &text),
                Some(first) => Some(Patch {
                    range: first.start..first.start,
                    text: format!("{text}, "),
                }),
            },
            Some(index) => {
                let end = self.parts(map)?.items.get(index)?.end;
                Some(Patch {
                    range: end..end,
                    text: format!(", {text}"),
                })
            }
        }
    }

    /// Adds to the end of what stands between brackets.
    fn append(&self, node: &Node, text: &str) -> Option<Patch> {
        let parts = self.parts(node)?;
        Some(match parts.items.last() {
            Some(last) => Patch {
                range: last.end..last.end,
                text: format!(", {text}"),
            },
            None => {
                let inside = parts.open + 1..parts.close;
                let text = if matches!(node.value, Value::Map(_)) {
                    format!(" {text} ")
                } else {
                    text.to_owned()
                };
                Patch {
                    range: inside,
                    text,
                }
            }
        })
    }

    /// The text with pieces replaced; of two that overlap the later one is left
    /// for the next round. Of lines that come at the same place, those of the innermost
    /// item come first: the others would end it.
    pub fn patched(&self, mut patches: Vec<Patch>) -> Option<String> {
        patches.sort_by_key(|patch| {
            let depth = Reverse(indentation(&patch.text));
            (patch.range.start, patch.range.end, depth)
        });
        let mut out = String::with_capacity(self.text.len());
        let mut done = 0;
        for patch in patches {
            if patch.range.start < done {
                continue;
            }
            out.push_str(self.text.get(done..patch.range.start)?);
            out.push_str(&patch.text);
            done = patch.range.end;
        }
        out.push_str(self.text.get(done..)?);
        Some(out)
    }

    /// Whole lines to be inserted at the start of a line, with the line ends of
    /// the file.
    fn lines_at(&self, at: usize, text: String) -> Patch {
        let before = self.text.get(..at).unwrap_or_default();
        let unfinished = !before.is_empty() && !before.ends_with('\n');
        let text = if unfinished {
            format!("\n{text}")
        } else {
            text
        };
        Patch {
            range: at..at,
            text: self.with_line_ends(text),
        }
    }

    fn with_line_ends(&self, text: String) -> String {
        if self.text.contains("\r\n") {
            text.replace('\n', "\r\n")
        } else {
            text
        }
    }

    fn offset(&self, id: NodeId) -> Option<usize> {
        let text = self.text.get(self.mark..)?;
        let positions = self.positions.get_or_init(|| NodePositions::of(text));
        let position = positions.get(id)?;
        let start = *self.starts.get(position.line.checked_sub(1)?)?;
        let line = self.text.get(start..)?;
        let column = position.column.checked_sub(1)?;
        let skipped: usize = line.chars().take(column).map(char::len_utf8).sum();
        Some(start + skipped)
    }

    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= offset)
            .saturating_sub(1)
    }

    pub(super) fn column(&self, offset: usize) -> Option<usize> {
        let start = *self.starts.get(self.line(offset))?;
        Some(self.text.get(start..offset)?.chars().count())
    }

    /// The dash before an item.
    fn dash(&self, item: usize) -> Option<usize> {
        let start = *self.starts.get(self.line(item))?;
        self.text.get(start..item)?.rfind('-').map(|at| start + at)
    }

    fn parts(&self, node: &Node) -> Option<flow::Parts> {
        let open = self.content(node)?;
        let parts = flow::parts(self.text, open)?;
        let count = node.as_map().len().max(node.as_list().len());
        (parts.items.len() == count).then_some(parts)
    }

    /// Where the value stands, behind an anchor.
    fn content(&self, node: &Node) -> Option<usize> {
        let start = self.offset(node.id)?;
        let rest = self.text.get(start..)?;
        if !rest.starts_with('&') {
            return Some(start);
        }
        let name = rest.find(char::is_whitespace)?;
        let blank = rest.get(name..)?.find(|c: char| !c.is_whitespace())?;
        Some(start + name + blank)
    }

    fn style(&self, node: &Node) -> Option<Style> {
        let at = self.content(node)?;
        let first = self.text.get(at..)?.chars().next();
        Some(match (&node.value, first) {
            // What is meant is somewhere else, where others use it.
            (_, Some('*')) => return None,
            (Value::Map(_), Some('{')) | (Value::List(_), Some('[')) => Style::Flow,
            (Value::Map(_) | Value::List(_), _) => Style::Block,
            _ => Style::Flow,
        })
    }

    /// The text of a value.
    fn value(&self, node: &Node) -> Option<Range<usize>> {
        let start = self.content(node)?;
        let rest = self.text.get(start..)?;
        let end = match (&node.value, rest.chars().next()) {
            (_, Some('*')) => return None,
            (Value::Null, _) => start,
            (_, Some('{' | '[')) => flow::parts(self.text, start)?.close + 1,
            (_, Some(quote @ ('"' | '\''))) => flow::quote_end(self.text, start, quote)?,
            (Value::Map(_) | Value::List(_), _) | (_, Some('|' | '>')) => {
                self.block_value_end(start, node)?
            }
            // Without quotes it says what it is; a comma may be part of it.
            (Value::Str(text), _) if rest.starts_with(text.as_str()) => start + text.len(),
            _ => flow::plain_end(self.text, start)?,
        };
        Some(start..end)
    }
}

/// How far the first line that has something is indented.
fn indentation(text: &str) -> usize {
    let mut lines = text.lines();
    let first = lines.find(|line| !line.trim().is_empty());
    first.map_or(0, |line| line.len() - line.trim_start_matches(' ').len())
}

/// How a map or list is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Between braces or brackets.
    Flow,
    /// Over lines, by its indentation.
    Block,
}
