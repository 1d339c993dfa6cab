//! The rows of a table of a page beside those that the model expects there.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::api::RecordId;

use super::super::page::{Record, Row, What};
use super::facts::{fits, is_alike};
use super::rows::{Expectation, Expected, Rows};

/// A table of a page, or the part of it that is about one option.
pub(super) struct Table<'p> {
    /// The representation or message.
    pub record: &'p Record,
    /// The rows, each with the `__type` that it stands behind if that is not the
    /// one of the table.
    rows: Vec<(&'p Row, Option<&'p str>)>,
    /// Its first and last line.
    pub lines: (usize, usize),
    /// Where a second `__type` or options show that a row before is missing.
    inner: Option<usize>,
}

impl<'p> Table<'p> {
    /// The table of a record that has no options of its own.
    pub fn whole(record: &'p Record) -> Self {
        Table::of(record, 0..record.groups.len(), true)
    }

    /// A table that begins within the value of a property.
    pub fn of_part(record: &'p Record) -> Self {
        Table::of(record, 0..record.groups.len(), false)
    }

    /// The groups of one option: its own, and those of its values.
    pub fn of_option(record: &'p Record, groups: Range<usize>) -> Self {
        Table::of(record, groups, true)
    }

    fn of(record: &'p Record, groups: Range<usize>, begins_with_own: bool) -> Self {
        let is_whole = groups.len() == record.groups.len();
        let groups = record.groups.get(groups).unwrap_or_default();
        let own = usize::from(begins_with_own);
        let rows = groups.iter().enumerate().flat_map(|(index, group)| {
            let urn = group.urn.as_deref().filter(|_| index >= own);
            group.rows.iter().map(move |row| (row, urn))
        });
        let rows: Vec<_> = rows.collect();
        let first = groups.first().map_or(record.line, |group| group.line);
        let begin = if is_whole { record.line } else { first };
        let end = rows.last().map_or(begin, |(row, _)| row.end);
        let lines = (begin, if is_whole { record.end } else { end });
        let second = groups.get(own).map(|group| group.line);
        let label = record
            .inner_options
            .filter(|line| (begin..=lines.1).contains(line));
        Table {
            record,
            rows,
            lines,
            inner: label.into_iter().chain(second).min(),
        }
    }

    pub fn rows(&self) -> impl Iterator<Item = &'p Row> {
        self.rows.iter().map(|(row, _)| *row)
    }

    /// Finds the row of the model for each row of the page.
    pub fn pair<'m>(&self, expected: &Rows<'m>) -> Pairs {
        let index = Index::new(expected);
        let mut pairs = Pairs {
            found: Vec::new(),
            matched: vec![false; expected.rows.len()],
            trace: None,
            ambiguous: Vec::new(),
        };
        let mut seen = HashSet::new();
        for (at, (row, urn)) in self.rows.iter().enumerate() {
            let typed = urn.and_then(|urn| expected.typed(urn));
            let found = index.find(row, typed, &pairs.matched);
            if let Some(matched) = found.and_then(|found| pairs.matched.get_mut(found)) {
                *matched = true;
            }
            pairs.found.push(found);
            pairs.ambiguous.push(index.is_ambiguous(row));
            let again = match &row.what {
                What::Property(property) => !seen.insert(property.name.as_str()),
                _ => false,
            };
            let is_behind = self.inner.is_some_and(|line| row.line >= line);
            if pairs.trace.is_none() && (is_behind || again || is_trace(row, found, expected)) {
                pairs.trace = Some(at);
            }
        }
        pairs
    }
}

/// Whether a row shows that a row before it is missing whose value may have
/// others behind it. A known enumeration of the record itself has not.
fn is_trace(row: &Row, found: Option<usize>, expected: &Rows<'_>) -> bool {
    let found = found.and_then(|found| expected.rows.get(found));
    let part = found.and_then(|found| expected.parts.get(found.part?));
    match found.map(|found| found.what) {
        None => !matches!(row.what, What::Property(_)),
        Some(Expectation::Property(..)) => part.is_some(),
        Some(Expectation::Value(..)) => part.is_none_or(|part| !part.is_own),
        Some(Expectation::Dictionary(_, value)) => {
            value.is_none() || part.is_none_or(|part| !part.is_own)
        }
    }
}

/// Which row of the model each row of a page is.
pub(super) struct Pairs {
    /// The number of the row of the model, for each of the page.
    pub found: Vec<Option<usize>>,
    /// Whether the page has the row, for each of the model.
    pub matched: Vec<bool>,
    /// The first row that shows that a row before it is missing.
    pub trace: Option<usize>,
    /// Whether a row could be several rows of the model, for each of the page.
    pub ambiguous: Vec<bool>,
}

impl Pairs {
    /// Whether a row may be part of the value of a property whose row is missing.
    pub fn is_behind_trace(&self, at: usize) -> bool {
        self.trace.is_some_and(|trace| at >= trace)
    }

    /// The row of the model for one of the page.
    pub fn of<'e, 'm>(&self, at: usize, expected: &'e Rows<'m>) -> Option<&'e Expected<'m>> {
        expected.rows.get((*self.found.get(at)?)?)
    }

    /// The rows of the model with whether the page has them.
    pub fn expected<'e, 'm>(
        &self,
        expected: &'e Rows<'m>,
    ) -> impl Iterator<Item = (&'e Expected<'m>, bool)> {
        expected.rows.iter().zip(self.matched.iter().copied())
    }
}

/// Rows of the model by what they can be found by.
struct Index<'e, 'm> {
    rows: &'e Rows<'m>,
    properties: HashMap<&'m str, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
    numbers: HashMap<i64, Vec<usize>>,
    dictionaries: Vec<usize>,
}

impl<'e, 'm> Index<'e, 'm> {
    fn new(rows: &'e Rows<'m>) -> Self {
        let mut index = Index {
            rows,
            properties: HashMap::new(),
            names: HashMap::new(),
            numbers: HashMap::new(),
            dictionaries: Vec::new(),
        };
        for (at, row) in rows.rows.iter().enumerate() {
            match row.what {
                Expectation::Property(property, _) => {
                    index.properties.entry(&property.name).or_default().push(at)
                }
                Expectation::Value(value, _) => {
                    let name = value.name.to_ascii_lowercase();
                    index.names.entry(name).or_default().push(at);
                    index.numbers.entry(value.number).or_default().push(at);
                }
                Expectation::Dictionary(..) => index.dictionaries.push(at),
            }
        }
        index
    }

    /// The row of the model for one of the page: one of the type whose `__type`
    /// stands above, one that says the same, the first that is free, or one of a
    /// part that the page shows twice.
    fn find(&self, row: &Row, typed: Option<RecordId>, matched: &[bool]) -> Option<usize> {
        let free = |at: &usize| !matched.get(*at).copied().unwrap_or(true);
        let is_part = |at: &usize| {
            self.rows
                .rows
                .get(*at)
                .is_some_and(|row| row.part.is_some())
        };
        let first = |all: &[usize], fits: &dyn Fn(Expectation<'m>) -> bool| {
            let fits = |at: &&usize| self.rows.rows.get(**at).is_some_and(|row| fits(row.what));
            let mut fitting = all.iter().filter(fits).filter(|at| free(at));
            fitting.next().copied()
        };
        let any = |all: &[usize]| {
            let again = all.iter().copied().find(is_part);
            first(all, &|_| true).or(again)
        };
        let api = self.rows.api;
        match &row.what {
            What::Property(property) => {
                let all = self.properties.get(property.name.as_str())?;
                let of_type =
                    |what| matches!(what, Expectation::Property(_, id) if Some(id) == typed);
                let alike = |what| matches!(what, Expectation::Property(model, _) if is_alike(api, property, model));
                let own: Vec<usize> = all.iter().filter(|at| !is_part(at)).copied().collect();
                let both = |what| of_type(what) && alike(what);
                let same = first(all, &both).or_else(|| first(&own, &alike));
                let same = same.or_else(|| first(all, &alike));
                // A part that the page shows twice.
                let again = |at: &usize| {
                    let row = self.rows.rows.get(*at);
                    row.is_some_and(|row| row.part.is_some() && alike(row.what))
                };
                let same = same.or_else(|| all.iter().copied().find(again));
                let same = same.or_else(|| first(all, &of_type));
                same.or_else(|| any(all))
            }
            What::Dictionary { value } => {
                let alike = |what| match (what, value) {
                    (Expectation::Dictionary(_, Some(model)), Some(value)) => {
                        fits(api, value, model)
                    }
                    (Expectation::Dictionary(_, model), value) => {
                        model.is_some() == value.is_some()
                    }
                    _ => false,
                };
                first(&self.dictionaries, &alike).or_else(|| any(&self.dictionaries))
            }
            What::Value { name, number } => {
                let lower = name.to_ascii_lowercase();
                let named = self.names.get(&lower).map_or(&[][..], Vec::as_slice);
                let numbered = self.numbers.get(number).map_or(&[][..], Vec::as_slice);
                let both: Vec<usize> = named
                    .iter()
                    .filter(|at| numbered.contains(at))
                    .copied()
                    .collect();
                // Of a name or number alone, one that is another's is no sign.
                any(&both)
                    .or_else(|| first(named, &|_| true))
                    .or_else(|| first(numbered, &|_| true))
            }
        }
    }

    /// Whether several properties have the name of a row, or several enumerations
    /// its value.
    fn is_ambiguous(&self, row: &Row) -> bool {
        let name = match &row.what {
            What::Property(property) => property.name.clone(),
            What::Value { name, .. } => name.to_ascii_lowercase(),
            What::Dictionary { .. } => return false,
        };
        let all = match &row.what {
            What::Property(_) => self.properties.get(name.as_str()),
            _ => self.names.get(&name),
        };
        let rows = all
            .into_iter()
            .flatten()
            .filter_map(|at| self.rows.rows.get(*at));
        let places = rows.filter_map(|expected| match (expected.what, &row.what) {
            (Expectation::Property(property, _), _) => Some(property.place),
            (Expectation::Value(value, of), What::Value { number, .. }) => {
                (value.number == *number).then(|| self.rows.api[of].place)
            }
            _ => None,
        });
        places.collect::<HashSet<_>>().len() > 1
    }
}
