//! The rows that the text of a page has for a record of the model. The text
//! leaves out the row of a property whose value is an object, an enumeration, a
//! dictionary or a list of either, and shows only what the value is made of.

use std::collections::{HashMap, HashSet};

use crate::api::{Api, EnumId, EnumValue, Property, Record, RecordId, Type};

use super::super::page::{Row, What};

/// A row that is expected.
#[derive(Clone, Copy)]
pub(super) struct Expected<'m> {
    pub what: Expectation<'m>,
    /// Which property it is a part of, counted from 1; 0 for one of the record
    /// itself.
    pub part: usize,
}

#[derive(Clone, Copy)]
pub(super) enum Expectation<'m> {
    /// A property, and the record that it was found in.
    Property(&'m Property, &'m Record),
    /// A value of an enumeration.
    Value(&'m EnumValue, EnumId),
    /// A dictionary, the property that has it, and the type of its values when
    /// that is a basic one.
    Dictionary(&'m Property, Option<&'m Type>),
}

/// The rows for a record; those of each type come once.
pub(super) fn expected(api: &Api, id: RecordId) -> Vec<Expected<'_>> {
    let mut rows = Rows {
        api,
        records: HashSet::from([id]),
        enums: HashSet::new(),
        parts: 0,
        rows: Vec::new(),
    };
    rows.record(id, 0);
    rows.rows
}

struct Rows<'m> {
    api: &'m Api,
    records: HashSet<RecordId>,
    enums: HashSet<EnumId>,
    parts: usize,
    rows: Vec<Expected<'m>>,
}

impl<'m> Rows<'m> {
    fn record(&mut self, id: RecordId, part: usize) {
        let record = &self.api[id];
        for property in &record.properties {
            if is_shown(&property.ty) {
                let what = Expectation::Property(property, record);
                self.rows.push(Expected { what, part });
            } else {
                self.parts += 1;
                self.value(property, &property.ty, self.parts);
            }
        }
    }

    /// What the value of a property is made of.
    fn value(&mut self, property: &'m Property, ty: &'m Type, part: usize) {
        match ty {
            Type::Enum(id) => self.enumeration(*id, part),
            Type::Record(id) => self.options(*id, part),
            Type::List(list) => self.value(property, &list.item, part),
            Type::Map(map) => {
                let value = &*map.value;
                let shown = Some(value).filter(|value| is_shown(value));
                let what = Expectation::Dictionary(property, shown);
                self.rows.push(Expected { what, part });
                self.value(property, value, part);
            }
            _ => {}
        }
    }

    fn enumeration(&mut self, id: EnumId, part: usize) {
        if !self.enums.insert(id) {
            return;
        }
        for value in &self.api[id].values {
            let what = Expectation::Value(value, id);
            self.rows.push(Expected { what, part });
        }
    }

    fn options(&mut self, id: RecordId, part: usize) {
        let record = &self.api[id];
        for id in std::iter::once(id).chain(record.options.iter().copied()) {
            if self.records.insert(id) {
                self.record(id, part);
            }
        }
    }
}

/// Whether the text of a page has a row for a property of this type.
fn is_shown(ty: &Type) -> bool {
    match ty {
        Type::List(list) => is_shown(&list.item),
        Type::Record(_) | Type::Enum(_) | Type::Map(_) => false,
        _ => true,
    }
}

/// Rows of the model by what they can be found by.
pub(super) struct Index<'m> {
    properties: HashMap<&'m str, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
    numbers: HashMap<i64, Vec<usize>>,
    dictionaries: Vec<usize>,
}

impl<'m> Index<'m> {
    pub fn new(rows: &[Expected<'m>]) -> Self {
        let mut index = Index {
            properties: HashMap::new(),
            names: HashMap::new(),
            numbers: HashMap::new(),
            dictionaries: Vec::new(),
        };
        for (at, row) in rows.iter().enumerate() {
            match row.what {
                Expectation::Property(property, _) => {
                    index.properties.entry(&property.name).or_default().push(at)
                }
                Expectation::Value(value, _) => {
                    index
                        .names
                        .entry(value.name.to_ascii_lowercase())
                        .or_default()
                        .push(at);
                    index.numbers.entry(value.number).or_default().push(at);
                }
                Expectation::Dictionary(..) => index.dictionaries.push(at),
            }
        }
        index
    }

    /// The row of the model for one of the page: the first that is free, or one
    /// of a part that the page shows twice. A value is found by name and
    /// number, then by either.
    pub fn find(&self, row: &Row, rows: &[Expected<'m>], matched: &[bool]) -> Option<usize> {
        let free = |at: &usize| !matched.get(*at).copied().unwrap_or(true);
        let part = |at: &usize| rows.get(*at).is_some_and(|row| row.part > 0);
        let pick = |candidates: &[usize]| {
            let first = candidates.iter().find(|at| free(at));
            first
                .or_else(|| candidates.iter().find(|at| part(at)))
                .copied()
        };
        match &row.what {
            What::Property(property) => pick(self.properties.get(property.name.as_str())?),
            What::Dictionary { .. } => pick(&self.dictionaries),
            What::Value { name, number } => {
                let named = self
                    .names
                    .get(&name.to_ascii_lowercase())
                    .map_or(&[][..], Vec::as_slice);
                let numbered = self.numbers.get(number).map_or(&[][..], Vec::as_slice);
                let both: Vec<usize> = named
                    .iter()
                    .filter(|at| numbered.contains(at))
                    .copied()
                    .collect();
                let free_numbers: Vec<usize> =
                    numbered.iter().filter(|at| free(at)).copied().collect();
                pick(&both)
                    .or_else(|| pick(named))
                    .or_else(|| free_numbers.first().copied())
            }
        }
    }
}
