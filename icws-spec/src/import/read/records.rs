//! Representations and messages: a name, a comment, and a table of properties.

use super::super::page::{Group, Property, Record, Row, Text, Use, What};
use super::words::{self, Cell};
use super::{Reader, Version};

impl Reader {
    /// Marks the names that tables have: the last name alone on its line before
    /// a table, with nothing but text and a version between the two.
    pub(super) fn find_names(&mut self) {
        for table in 0..self.lines.len() {
            if !self.has(table, words::PROPERTIES) && self.text(table) != words::OPTIONS {
                continue;
            }
            let mut at = table;
            while at > 0 {
                at -= 1;
                if at > 0 && self.starts_version(at - 1) {
                    at -= 1;
                    continue;
                }
                let text = self.text(at);
                if words::is_record_name(text) {
                    let is_parameter = at > 0 && words::location(self.text(at - 1)).is_some();
                    if !is_parameter {
                        let name = text.to_owned();
                        self.names.insert(name);
                        if let Some(mark) = self.names_table.get_mut(at) {
                            *mark = true;
                        }
                    }
                    break;
                }
                // The name of options is that of their table.
                let is_open = text == words::OPTIONS && self.text(table) != words::OPTIONS;
                if !is_open && (words::is_stray(text) || words::status(text).is_some()) {
                    break;
                }
            }
        }
    }

    /// Whether a representation or message begins here, with its name or, when
    /// it has none, with its table.
    pub(super) fn starts_record(&self, at: usize) -> bool {
        self.names_table.get(at).copied().unwrap_or_default()
            || self.has(at, words::PROPERTIES)
            || self.text(at) == words::OPTIONS
    }

    pub(super) fn record(&mut self) -> Record {
        let named = self.names_table.get(self.at).copied().unwrap_or_default();
        let unread = self.unread;
        let mut record = Record {
            line: self.number(self.at),
            end: 0,
            name: named.then(|| self.take(Use::Record)),
            doc: Text::new(),
            since: None,
            has_table: true,
            has_options: false,
            inner_options: None,
            groups: Vec::new(),
        };
        while !self.is_end() {
            if self.starts_version(self.at) {
                self.version(&mut record.since, unread);
            } else if self.text(self.at) == words::OPTIONS {
                self.take(Use::Label);
                record.has_options = true;
            } else if self.has(self.at, words::PROPERTIES) {
                self.take_all(words::PROPERTIES.len());
                break;
            } else if self.is_boundary(self.at) || self.starts_row(self.at) {
                break;
            } else {
                self.prose(&mut record.doc);
            }
        }
        self.rows(&mut record);
        record.end = self.number(self.at.saturating_sub(1));
        // Where a table comes again, scripts fill it in, and the text has none.
        record.has_table = !record.groups.is_empty();
        record
    }

    fn starts_row(&self, at: usize) -> bool {
        let text = self.text(at);
        [words::KEY, words::VALUE].contains(&text)
            || words::is_name(text)
                && words::cell(self.text(at + 1)).is_some()
                && !self.is_required(at)
    }

    /// Whether `Required` is said of a property here, and is no value of an
    /// enumeration, which has a number and stands behind no type.
    fn is_required(&self, at: usize) -> bool {
        let cell = |at: usize| words::cell(self.text(at));
        let before = at.checked_sub(1).and_then(cell);
        self.text(at) == words::REQUIRED
            && (!matches!(cell(at + 1), Some(Cell::Number(_)))
                || matches!(before, Some(Cell::Type(_) | Cell::Constant(_))))
    }

    fn rows(&mut self, record: &mut Record) {
        while !self.is_end() {
            if self.starts_row(self.at) {
                self.row(record);
            } else if self.text(self.at) == words::OPTIONS {
                let line = self.number(self.at);
                self.take(Use::Label);
                if record.groups.is_empty() {
                    record.has_options = true;
                } else {
                    let message = "these options are of a property whose row is missing from the text of the page";
                    self.note(line, message.to_owned());
                    record.inner_options = record.inner_options.or(Some(line));
                    // The text about them is that of the lost row.
                    self.comment(None);
                }
            } else if self.is_boundary(self.at) {
                return;
            } else if record.groups.is_empty() {
                self.prose(&mut record.doc);
            } else {
                self.report("belongs to no property");
            }
        }
    }

    fn row(&mut self, record: &mut Record) {
        let line = self.number(self.at);
        let name = self.text(self.at).to_owned();
        let cell = words::cell(self.text(self.at + 1));
        match (name.as_str(), cell) {
            (words::KEY, cell) => {
                self.take(Use::Dictionary);
                if cell.is_some() {
                    self.take(Use::Dictionary);
                }
                if !matches!(&cell, Some(Cell::Type(ty)) if ty == "string") {
                    self.note(
                        line,
                        "the keys of a dictionary are strings, which the page does not show"
                            .to_owned(),
                    );
                }
                let found = push(record, line, What::Dictionary { value: None });
                self.comment(found);
            }
            (words::VALUE, cell) => {
                self.take(Use::Dictionary);
                let ty = match cell {
                    Some(Cell::Type(ty)) => {
                        self.take(Use::Dictionary);
                        Some(ty)
                    }
                    _ => None,
                };
                let last = record
                    .groups
                    .last_mut()
                    .and_then(|group| group.rows.last_mut());
                match last.filter(|row| matches!(row.what, What::Dictionary { value: None })) {
                    Some(row) => {
                        row.what = What::Dictionary { value: ty };
                        self.comment(Some(row));
                    }
                    None => {
                        self.note(
                            line,
                            "there is no `[key]` that this value belongs to".to_owned(),
                        );
                        self.comment(None);
                    }
                }
            }
            (words::TYPE, Some(Cell::Constant(urn))) => {
                self.take(Use::Property);
                self.take(Use::Property);
                self.urn(record, line, urn);
            }
            (_, Some(Cell::Number(number))) => {
                self.take(Use::Value);
                self.take(Use::Value);
                let found = push(record, line, What::Value { name, number });
                self.comment(found);
            }
            (_, Some(Cell::Type(ty))) => {
                self.take(Use::Property);
                self.take(Use::Property);
                let property = Property {
                    name,
                    ty,
                    required: false,
                    conditional: false,
                    nullable: false,
                    ignore_case: false,
                };
                let found = push(record, line, What::Property(property));
                self.comment(found);
            }
            _ => {
                self.report("has a constant for a value, which only `__type` has elsewhere");
                self.report("is a constant of a property other than `__type`");
                self.comment(None);
            }
        }
    }

    /// A `__type`, which begins a group.
    fn urn(&mut self, record: &mut Record, line: usize, urn: String) {
        record.groups.push(Group {
            line,
            urn: Some(urn),
            rows: Vec::new(),
        });
        self.comment(None);
    }

    /// What stands behind name and value of a row, or of one that is not kept.
    fn comment(&mut self, row: Option<&mut Row>) {
        let mut lost = Row {
            line: 0,
            end: 0,
            what: What::Dictionary { value: None },
            doc: Text::new(),
            since: None,
        };
        let row = row.unwrap_or(&mut lost);
        let unread = self.unread;
        while !self.is_end() && !self.starts_row(self.at) {
            let text = self.text(self.at);
            if self.starts_version(self.at) {
                let since: &mut Option<Version> = &mut row.since;
                self.version(since, unread);
                continue;
            }
            if self.is_boundary(self.at) {
                break;
            }
            if self.is_lost(unread) && is_fact(text) {
                self.report_lost();
                continue;
            }
            let is_key = matches!(row.what, What::Dictionary { .. });
            let property = match &mut row.what {
                What::Property(property) => Some(property),
                _ => None,
            };
            match (text, property) {
                // Keys and `__type` are always there.
                (words::REQUIRED, None) if is_key => {
                    self.take(Use::Required);
                }
                (words::REQUIRED, Some(property))
                    if !property.required && !property.conditional =>
                {
                    property.required = true;
                    self.take(Use::Required);
                }
                (words::CONDITIONAL, Some(property))
                    if !property.required && !property.conditional =>
                {
                    property.conditional = true;
                    self.take(Use::Required);
                }
                (words::NULLABLE, Some(property)) => {
                    property.nullable = true;
                    self.take(Use::Nullable);
                }
                (words::IGNORE_CASE, Some(property)) => {
                    property.ignore_case = true;
                    self.take(Use::IgnoreCase);
                }
                (text, _) if words::TYPE_DOCS.contains(&text) => {
                    self.take(Use::Label);
                }
                _ => self.prose(&mut row.doc),
            }
        }
        row.end = self.number(self.at.saturating_sub(1));
    }
}

/// Whether a line says something of the row that it stands behind.
fn is_fact(text: &str) -> bool {
    [
        words::REQUIRED,
        words::CONDITIONAL,
        words::NULLABLE,
        words::IGNORE_CASE,
    ]
    .contains(&text)
}

/// Adds a row to the group that is open.
fn push(record: &mut Record, line: usize, what: What) -> Option<&mut Row> {
    if record.groups.is_empty() {
        record.groups.push(Group {
            line,
            urn: None,
            rows: Vec::new(),
        });
    }
    let rows = &mut record.groups.last_mut()?.rows;
    rows.push(Row {
        line,
        end: line,
        what,
        doc: Text::new(),
        since: None,
    });
    rows.last_mut()
}
