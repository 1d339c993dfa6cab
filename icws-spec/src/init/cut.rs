//! Cuts items out of the text of a file, with the comments that belong to them.

use std::collections::HashSet;
use std::ops::Range;

use crate::place::{FileId, Place};
use crate::source::SourceFile;
use crate::syntax::{Entry, Node, NodeId, NodePositions};

/// The sections whose items can be cut out.
const SECTIONS: &[&str] = &["features", "enums", "objects", "messages", "resources"];

/// Returns the text of a file with the items that are needed and without the
/// files that it no longer includes; `None` if nothing is left in it.
pub(super) fn cut(
    id: FileId,
    file: &SourceFile,
    needed: &HashSet<Place>,
    dropped: &[&str],
) -> Option<String> {
    let text = Lines::of(&file.text);
    let entries = file.root.as_map();
    let mut gone: Vec<Range<usize>> = Vec::new();
    let mut left = false;
    for (index, section) in entries.iter().enumerate() {
        let start = text.line(section.key.id)?;
        let end = match entries.get(index + 1) {
            Some(next) => text.above(text.line(next.key.id)?, start),
            None => text.lines.len(),
        };
        match section.key.text.as_str() {
            "include" => {
                let files = section.node.as_list().iter();
                let names = |node: &&Node| node.as_str().is_some_and(|f| dropped.contains(&f));
                let lines = files.filter(names).filter_map(|node| text.line(node.id));
                gone.extend(lines.map(|line| line..line + 1));
                left = true;
            }
            name if SECTIONS.contains(&name) => {
                let is_needed = |entry: &Entry| needed.contains(&id.at(entry.key.id));
                if section.node.as_map().iter().any(is_needed) {
                    gone.extend(text.items(section, end, is_needed)?);
                    left = true;
                } else {
                    gone.push(text.above(start, 0)..end);
                }
            }
            "parameters" | "replies" => left = true,
            _ => {}
        }
    }
    left.then(|| text.without(&gone))
}

/// The lines of a text, counted from 0.
struct Lines<'a> {
    lines: Vec<&'a str>,
    positions: NodePositions,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Lines {
            lines: text.split_inclusive('\n').collect(),
            positions: NodePositions::of(text),
        }
    }

    /// The line of a node or key.
    fn line(&self, node: NodeId) -> Option<usize> {
        self.positions.get(node)?.line.checked_sub(1)
    }

    fn is(&self, line: usize, what: impl Fn(&str) -> bool) -> bool {
        self.lines.get(line).is_some_and(|text| what(text.trim()))
    }

    /// The first of the blank lines and comments right above a line, of those
    /// behind `after`.
    fn above(&self, line: usize, after: usize) -> usize {
        let belongs = |text: &str| text.is_empty() || text.starts_with('#');
        let lines = (after + 1..line).rev();
        lines
            .take_while(|line| self.is(*line, belongs))
            .last()
            .unwrap_or(line)
    }

    /// The lines of the items of a section that are not needed.
    fn items(
        &self,
        section: &Entry,
        end: usize,
        is_needed: impl Fn(&Entry) -> bool,
    ) -> Option<Vec<Range<usize>>> {
        let key = self.line(section.key.id)?;
        let entries = section.node.as_map();
        let mut starts = Vec::new();
        let mut before = key;
        for entry in entries {
            let line = self.line(entry.key.id)?;
            starts.push(self.above(line, before));
            before = line;
        }
        let ends = starts.iter().copied().skip(1).chain([end]);
        let ranges = starts.iter().copied().zip(ends);
        let mut gone: Vec<_> = ranges
            .zip(entries)
            .filter(|(_, entry)| !is_needed(entry))
            .map(|((start, end), _)| start..end)
            .collect();
        // No blank line stands below the key of a section.
        let first = entries.iter().position(is_needed)?;
        if let Some(start) = starts.get(first).copied().filter(|_| first > 0) {
            let blank = (start..end).take_while(|line| self.is(*line, str::is_empty));
            gone.push(start..start + blank.count());
        }
        Some(gone)
    }

    fn without(&self, gone: &[Range<usize>]) -> String {
        let lines = self.lines.iter().enumerate();
        lines
            .filter(|(line, _)| !gone.iter().any(|range| range.contains(line)))
            .map(|(_, text)| *text)
            .collect()
    }
}
