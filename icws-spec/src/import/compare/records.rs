//! Representations and messages with their rows.

use std::collections::HashSet;

use crate::api::{Property, RecordId};
use crate::place::Place;

use super::super::page::{Group, Record, Row, Version, What};
use super::rows::{Expectation, Expected, Index, expected};
use super::{Change, Comparison, Value, Versions};

impl<'p, 'm> Comparison<'p, 'm> {
    /// Compares a representation or message, each once.
    pub(super) fn record(&mut self, page: &'p Record, id: RecordId, around: Option<&'p Version>) {
        let table = match &page.name {
            Some(name) => self.tables.get(name.as_str()).copied(),
            None => Some(page),
        };
        let Some(page) = table else {
            return;
        };
        let record = &self.model.api()[id];
        if !self.seen.insert(id) {
            return;
        }
        let place = record.place;
        self.since(Versions {
            name: format!("`{}`", record.name),
            line: page.line,
            place,
            item: place,
            page: page.since.as_ref(),
            page_around: around.or(self.page.since.as_ref()),
            model: record.since.as_ref(),
            model_around: None,
        });
        if let Some(own) = page.own() {
            self.urn(own, id);
        }
        if page.has_options {
            if let Some(own) = page.own() {
                self.rows(&own.rows.iter().collect::<Vec<_>>(), id, page);
            }
            self.options(page, id);
        } else {
            let rows = page.groups.iter().flat_map(|group| &group.rows);
            self.rows(&rows.collect::<Vec<_>>(), id, page);
        }
    }

    fn urn(&mut self, page: &'p Group, id: RecordId) {
        let Some(urn) = &page.urn else {
            return;
        };
        let record = &self.model.api()[id];
        if record.urn.as_ref() != Some(urn) {
            let shown = record
                .urn
                .as_ref()
                .map_or("none".to_owned(), |urn| format!("`{urn}`"));
            let message = format!(
                "`{}` has the `__type` `{urn}` on the page, {shown} in the model",
                record.name
            );
            let value = Some(Value::Word(urn.clone()));
            self.differs(
                page.line,
                record.place,
                message,
                Change::Key {
                    item: record.place,
                    key: "urn",
                    value,
                },
            );
        }
    }

    fn options(&mut self, page: &'p Record, id: RecordId) {
        let api = self.model.api();
        let base = &api[id];
        let mut found = HashSet::from([id]);
        for group in page.options() {
            let mut options = base.options.iter();
            let option = options.find(|id| api[**id].urn == group.urn);
            match option {
                Some(option) => {
                    found.insert(*option);
                    self.rows(&group.rows.iter().collect::<Vec<_>>(), *option, page);
                }
                None => {
                    let urn = group.urn.as_deref().unwrap_or_default();
                    let message = format!("`{}` has no option `{urn}` in the model", base.name);
                    self.differs(
                        group.line,
                        base.place,
                        message,
                        Change::AddOption { base: id, group },
                    );
                }
            }
        }
        let others = base.options.iter().filter(|id| !found.contains(id));
        for option in others.map(|id| &api[*id]) {
            let message = format!(
                "`{}` has no option `{}` on the page",
                base.name, option.name
            );
            self.differs(page.line, option.place, message, Change::ByHand);
        }
    }

    fn rows(&mut self, page: &[&'p Row], id: RecordId, record: &'p Record) {
        let api = self.model.api();
        let rows = expected(api, id);
        let index = Index::new(&rows);
        let mut matched = vec![false; rows.len()];
        let found: Vec<Option<usize>> = page
            .iter()
            .map(|row| {
                let found = index.find(row, &rows, &matched)?;
                *matched.get_mut(found)? = true;
                Some(found)
            })
            .collect();
        let enums = self.enumerations(page, &found, &rows);
        let mut after = None;
        let mut last_value = None;
        // Where the difference is that a missing value goes with.
        let mut open: Option<usize> = None;
        for (row, (found, enumeration)) in page.iter().zip(found.iter().zip(enums)) {
            let is_value = matches!(row.what, What::Value { .. });
            let expected = found.and_then(|found| rows.get(found));
            match (&row.what, expected.map(|row| row.what)) {
                (What::Property(property), Some(Expectation::Property(model, _))) => {
                    let Some(expected) = expected else { continue };
                    if expected.part == 0 {
                        after = Some(model.name.clone());
                    }
                    if model.source.is_none() {
                        self.property(row, property, model, expected, record, id);
                    }
                }
                (What::Value { name, number }, Some(Expectation::Value(model, id))) => {
                    last_value = Some(model.name.clone());
                    let around = api[id].since.as_ref();
                    self.value(row, name, *number, model, around);
                }
                (What::Dictionary { value }, Some(Expectation::Dictionary(property, model))) => {
                    self.dictionary(row, value.as_deref(), property, model);
                }
                (What::Value { name, number }, None) if enumeration.is_some() => {
                    let message = format!("the model has no value `{name}` {number} here");
                    if let Some(enumeration) = enumeration {
                        let change = Change::AddValue {
                            enumeration,
                            row,
                            after: last_value.clone(),
                        };
                        self.differs(row.line, enumeration, message, change);
                    }
                }
                (_, None) => {
                    let with = open
                        .filter(|_| is_value)
                        .and_then(|open| self.differences.get_mut(open));
                    if let Some(Change::AddRows { rows, .. }) = with.map(|with| &mut with.change) {
                        rows.push(row);
                        continue;
                    }
                    self.missing(row, id, after.clone());
                    open = is_value.then(|| self.differences.len().saturating_sub(1));
                    continue;
                }
                _ => {}
            }
            open = None;
            if !is_value {
                last_value = None;
            }
        }
        self.unmatched(&rows, &matched, id, record);
    }

    /// The enumeration of each row that is a value: that of the known values
    /// before or behind it.
    fn enumerations(
        &self,
        page: &[&'p Row],
        found: &[Option<usize>],
        rows: &[Expected<'m>],
    ) -> Vec<Option<Place>> {
        let own = |index: usize| {
            let row = rows.get((*found.get(index)?)?)?;
            match row.what {
                Expectation::Value(_, id) => Some(self.model.api()[id].place),
                _ => None,
            }
        };
        let is_value = |index: &usize| {
            page.get(*index)
                .is_some_and(|row| matches!(row.what, What::Value { .. }))
        };
        let mut enums: Vec<Option<Place>> = vec![None; page.len()];
        let spread = |order: &mut dyn Iterator<Item = usize>, enums: &mut Vec<Option<Place>>| {
            let mut last = None;
            for index in order {
                last = own(index).or(last).filter(|_| is_value(&index));
                if let Some(place) = enums.get_mut(index) {
                    *place = place.or(last);
                }
            }
        };
        spread(&mut (0..page.len()), &mut enums);
        spread(&mut (0..page.len()).rev(), &mut enums);
        enums
    }

    fn missing(&mut self, row: &'p Row, id: RecordId, after: Option<String>) {
        let record = &self.model.api()[id];
        let what = match &row.what {
            What::Property(property) => format!("property `{}`", property.name),
            What::Value { name, number } => format!("enumeration with the value `{name}` {number}"),
            What::Dictionary { .. } => "such dictionary".to_owned(),
        };
        let message = format!("`{}` has no {what} in the model", record.name);
        let change = Change::AddRows {
            record: id,
            rows: vec![row],
            after,
        };
        self.differs(row.line, record.place, message, change);
    }

    /// Rows of the model that the page does not have. When all rows of a part
    /// are missing, the page shows the type of the part elsewhere.
    fn unmatched(
        &mut self,
        rows: &[Expected<'m>],
        matched: &[bool],
        id: RecordId,
        record: &'p Record,
    ) {
        let owner = &self.model.api()[id];
        let mut shown: HashSet<usize> = HashSet::from([0]);
        let found = rows.iter().zip(matched).filter(|(_, matched)| **matched);
        shown.extend(found.map(|(row, _)| row.part));
        let missing = rows
            .iter()
            .zip(matched)
            .filter(|(row, matched)| !**matched && shown.contains(&row.part));
        for (row, _) in missing {
            let (place, name, section, item) = match row.what {
                Expectation::Property(property, record) if property.source.is_none() => (
                    property.place,
                    &property.name,
                    "properties",
                    self.owner_of(record, property).place,
                ),
                Expectation::Value(value, enumeration) => {
                    let enumeration = &self.model.api()[enumeration];
                    (value.place, &value.name, "values", enumeration.place)
                }
                _ => continue,
            };
            let message = format!("`{}` has no `{name}` on the page", owner.name);
            let change = Change::Drop {
                item,
                section: Some(section),
                key: name.clone(),
            };
            self.differs(record.line, place, message, change);
        }
    }

    /// The record that a property is written in, which may be a base.
    pub(super) fn owner_of(
        &self,
        record: &'m crate::api::Record,
        property: &Property,
    ) -> &'m crate::api::Record {
        let api = self.model.api();
        let mut owner = record;
        while let Some(base) = owner.base.map(|base| &api[base]) {
            if !base
                .properties
                .iter()
                .any(|other| other.place == property.place)
            {
                break;
            }
            owner = base;
        }
        owner
    }
}
