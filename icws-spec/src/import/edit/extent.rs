//! How far entries and values reach that are written over lines.

use crate::syntax::{Node, Value};

use super::document::Document;

impl Document<'_> {
    pub(super) fn block_value_end(&self, start: usize, node: &Node) -> Option<usize> {
        let column = match &node.value {
            Value::Map(_) => self.column(start)?.checked_sub(1)?,
            Value::List(_) => self.column(start)?,
            // A text in a block is indented more than the line of its key.
            _ => {
                let line = self.text.get(*self.starts.get(self.line(start))?..)?;
                line.len() - line.trim_start_matches([' ', '-']).len()
            }
        };
        let mut end = self.lines_end(self.line(start), |indent, line| {
            indent > column
                || matches!(node.value, Value::List(_)) && indent == column && is_item(line)
        });
        end = self.text.get(..end)?.trim_end().len();
        Some(end)
    }

    /// The start of the line behind an entry whose key is here.
    pub(super) fn entry_end(&self, key: usize, value: &Node) -> Option<usize> {
        let column = self.column(key)?;
        let list = matches!(value.value, Value::List(_));
        Some(self.lines_end(self.line(key), |indent, line| {
            indent > column || list && indent == column && is_item(line)
        }))
    }

    /// The start of the line behind an item whose dash is here.
    pub(super) fn item_end(&self, dash: usize) -> usize {
        let column = self.column(dash).unwrap_or_default();
        self.lines_end(self.line(dash), |indent, _| indent > column)
    }

    /// The end of the last line behind `first` that belongs to it. Blank lines
    /// and comments belong only when such a line follows.
    fn lines_end(&self, first: usize, belongs: impl Fn(usize, &str) -> bool) -> usize {
        let mut last = first;
        for (index, start) in self.starts.iter().enumerate().skip(first + 1) {
            let end = self
                .starts
                .get(index + 1)
                .copied()
                .unwrap_or(self.text.len());
            let line = self.text.get(*start..end).unwrap_or_default();
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') {
                continue;
            }
            if !belongs(line.len() - line.trim_start_matches(' ').len(), trimmed) {
                break;
            }
            last = index;
        }
        self.starts
            .get(last + 1)
            .copied()
            .unwrap_or(self.text.len())
    }
}

fn is_item(line: &str) -> bool {
    line == "-" || line.starts_with("- ")
}
