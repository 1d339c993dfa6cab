//! Parts of a page by what is asked of them, and whether two say the same.

use std::collections::HashMap;

use super::super::said;
use super::{Group, Method, Page, Parameter, Record, Row, Text, Version};

impl Page {
    /// A page with nothing but a representation.
    pub(in super::super) fn of(record: Record) -> Page {
        let method = Method {
            line: record.line,
            end: record.end,
            verb: String::new(),
            doc: Text::new(),
            since: None,
            parameters: Vec::new(),
            body: Some(record),
            statuses: Vec::new(),
        };
        Page {
            file: String::new(),
            path: String::new(),
            other_paths: Vec::new(),
            line: method.line,
            doc: Text::new(),
            since: None,
            methods: vec![method],
            spare: Vec::new(),
            ledger: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// All representations and messages, each with whether it is a message.
    pub(in super::super) fn records(&self) -> impl Iterator<Item = (&Record, bool)> {
        self.methods.iter().flat_map(|method| {
            let statuses = method.statuses.iter().flat_map(|status| {
                let body = status.body.iter().map(|record| (record, false));
                body.chain(status.messages.iter().map(|record| (record, true)))
            });
            method
                .body
                .iter()
                .map(|record| (record, false))
                .chain(statuses)
        })
    }

    /// The first table of each name; a page may show its copies without one.
    pub(in super::super) fn tables(&self) -> HashMap<&str, &Record> {
        let mut tables: HashMap<&str, &Record> = HashMap::new();
        let placed = self.records().map(|(record, _)| record);
        for record in placed.chain(&self.spare).filter(|record| record.has_table) {
            if let Some(name) = &record.name {
                let first = tables.entry(name.as_str()).or_insert(record);
                if record.line < first.line {
                    *first = record;
                }
            }
        }
        tables
    }
}

impl Record {
    /// Whether the table says what another one says, whatever their texts. It may
    /// lack rows: scripts fill in what a page shows again.
    pub(in super::super) fn is_copy_of(&self, other: &Record) -> bool {
        let mut others = other.rows();
        self.has_options == other.has_options
            && is_same(self.since.as_ref(), other.since.as_ref())
            && self.rows().all(|(urn, row)| {
                let same = |(other_urn, other_row): (Option<&String>, Option<&Row>)| {
                    urn == other_urn
                        && match (row, other_row) {
                            (Some(row), Some(other)) => row.says(other),
                            (row, other) => row.is_none() && other.is_none(),
                        }
                };
                others.any(same)
            })
    }

    /// The rows, each with the `__type` of its group, which comes before them.
    fn rows(&self) -> impl Iterator<Item = (Option<&String>, Option<&Row>)> {
        self.groups.iter().flat_map(|group| {
            let urn = group.urn.as_ref();
            let begin = urn.map(|urn| (Some(urn), None));
            let rows = group.rows.iter().map(move |row| (urn, Some(row)));
            begin.into_iter().chain(rows)
        })
    }

    /// The rows that are its own, rather than of one of its options.
    pub(in super::super) fn own(&self) -> Option<&Group> {
        let first = self.groups.first();
        first.filter(|group| !self.has_options || group.urn.is_none())
    }

    /// The groups that begin with a `__type` of an option.
    pub(in super::super) fn options(&self) -> impl Iterator<Item = &Group> {
        let options = self.groups.iter().filter(|group| group.urn.is_some());
        options.filter(|_| self.has_options)
    }

    /// Groups of a property whose row is missing.
    pub(in super::super) fn strays(&self) -> impl Iterator<Item = &Group> {
        let strays = self.groups.iter().skip(1);
        strays.filter(|_| !self.has_options)
    }
}

impl Parameter {
    /// Whether two methods have the parameter alike, whatever its texts.
    pub(in super::super) fn says(&self, other: &Parameter) -> bool {
        self.location == other.location
            && self.name == other.name
            && said::is_same(said::PARAMETER, self, other)
            && is_same(self.since.as_ref(), other.since.as_ref())
            && all(&self.choices, &other.choices, |one, other| {
                one.text == other.text && is_same(one.since.as_ref(), other.since.as_ref())
            })
    }
}

impl Row {
    /// Whether the rows say the same, whatever their comments.
    pub(in super::super) fn says(&self, other: &Row) -> bool {
        self.what == other.what && is_same(self.since.as_ref(), other.since.as_ref())
    }
}

/// Whether two versions are the same, wherever they stand.
pub(in super::super) fn is_same(one: Option<&Version>, other: Option<&Version>) -> bool {
    let facts = |version: &Version| (version.feature.clone(), version.number);
    one.map(facts) == other.map(facts)
}

fn all<T>(some: &[T], others: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    some.len() == others.len() && some.iter().zip(others).all(|(one, other)| same(one, other))
}
