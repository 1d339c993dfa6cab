//! Representations and messages with their rows.

use std::collections::{HashMap, HashSet};

use crate::api::{Api, EnumValue, List, Property, RecordId, Since, Type};
use crate::source::Place;

use super::super::page::{self, Group, Record, Row, Version, What};
use super::rows::{Expectation, Expected, expected};
use super::{Change, Comparison, Value, Versions, required};

impl<'p, 'm> Comparison<'p, 'm> {
    /// Compares a representation or message, each once.
    pub(super) fn record(&mut self, page: &'p Record, id: RecordId, around: Option<&'p Version>) {
        let table = match &page.name {
            Some(name) => self.tables.get(name.as_str()).copied(),
            None => Some(page),
        };
        let model = self.model;
        let (Some(page), Some(record)) = (table, model.api().records.get(id.0)) else {
            return;
        };
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
        let (Some(urn), Some(record)) = (&page.urn, self.model.api().records.get(id.0)) else {
            return;
        };
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
        let Some(base) = api.records.get(id.0) else {
            return;
        };
        let mut found = HashSet::from([id]);
        for group in page.options() {
            let mut options = base.options.iter();
            let option = options.find(|id| {
                api.records
                    .get(id.0)
                    .is_some_and(|option| option.urn == group.urn)
            });
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
        for option in others.filter_map(|id| api.records.get(id.0)) {
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
                    let around = api
                        .enums
                        .get(id.0)
                        .and_then(|enumeration| enumeration.since.as_ref());
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
                Expectation::Value(_, id) => self
                    .model
                    .api()
                    .enums
                    .get(id.0)
                    .map(|enumeration| enumeration.place),
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
        let Some(record) = self.model.api().records.get(id.0) else {
            return;
        };
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
        let Some(owner) = self.model.api().records.get(id.0) else {
            return;
        };
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
                    let Some(enumeration) = self.model.api().enums.get(enumeration.0) else {
                        continue;
                    };
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
    fn owner_of(
        &self,
        record: &'m crate::api::Record,
        property: &Property,
    ) -> &'m crate::api::Record {
        let api = self.model.api();
        let mut owner = record;
        while let Some(base) = owner.base.and_then(|base| api.records.get(base.0)) {
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

    fn property(
        &mut self,
        row: &'p Row,
        page: &'p page::Property,
        model: &'m Property,
        expected: &Expected<'m>,
        record: &'p Record,
        id: RecordId,
    ) {
        let api = self.model.api();
        let item = model.place;
        let name = &page.name;
        if !fits(api, &page.ty, &model.ty) {
            let message = format!(
                "`{name}` is `{}` on the page, `{}` in the model",
                page.ty,
                word(api, &model.ty)
            );
            let value = Some(Value::Word(page.ty.clone()));
            self.differs(
                row.line,
                item,
                message,
                Change::Key {
                    item,
                    key: "type",
                    value,
                },
            );
        }
        if (page.required, page.conditional) != (model.required, model.conditional) {
            let message = format!(
                "`{name}` is {} on the page, {} in the model",
                required(page.required, page.conditional),
                required(model.required, model.conditional)
            );
            let value = match (page.required, page.conditional) {
                (true, _) => Some(Value::True),
                (false, true) => Some(Value::Word("conditionally".to_owned())),
                (false, false) => None,
            };
            self.differs(
                row.line,
                item,
                message,
                Change::Key {
                    item,
                    key: "required",
                    value,
                },
            );
        }
        let yes_or_no = [
            ("nullable", "can be null", page.nullable, model.nullable),
            (
                "ignore_case",
                "ignores case",
                page.ignore_case,
                model.ignore_case,
            ),
        ];
        for (key, what, page, model) in yes_or_no {
            if page != model {
                let (here, there) = if page {
                    ("page", "model")
                } else {
                    ("model", "page")
                };
                let message = format!("`{name}` {what} on the {here}, not on the {there}");
                let value = page.then_some(Value::True);
                self.differs(row.line, item, message, Change::Key { item, key, value });
            }
        }
        let Expectation::Property(_, owner) = expected.what else {
            return;
        };
        // One inherited has the version of its base.
        let owner = self.owner_of(owner, model);
        let own = api
            .records
            .get(id.0)
            .is_some_and(|record| record.place == owner.place);
        let around = record.since.as_ref().filter(|_| own);
        self.since(Versions {
            name: format!("`{name}`"),
            line: row.line,
            place: item,
            item,
            page: row.since.as_ref(),
            page_around: around.or(self.page.since.as_ref()),
            model: model.since.as_ref(),
            model_around: owner.since.as_ref(),
        });
    }

    fn dictionary(
        &mut self,
        row: &'p Row,
        page: Option<&str>,
        property: &'m Property,
        model: Option<&'m Type>,
    ) {
        let (Some(page), Some(model)) = (page, model) else {
            return;
        };
        let api = self.model.api();
        if property.source.is_some() || fits(api, page, model) {
            return;
        }
        let message = format!(
            "the values of `{}` are `{page}` on the page, `{}` in the model",
            property.name,
            word(api, model)
        );
        let item = property.place;
        let change = match property.ty {
            Type::Map(_) => Change::Key {
                item,
                key: "type",
                value: Some(Value::Word(format!("map {page}"))),
            },
            _ => Change::ByHand,
        };
        self.differs(row.line, item, message, change);
    }

    fn value(
        &mut self,
        row: &'p Row,
        name: &str,
        number: i64,
        model: &'m EnumValue,
        around: Option<&'m Since>,
    ) {
        let item = model.place;
        if number != model.number {
            let message = format!(
                "`{name}` is {number} on the page, {} in the model",
                model.number
            );
            let value = Some(Value::Number(number));
            self.differs(
                row.line,
                item,
                message,
                Change::Key {
                    item,
                    key: "value",
                    value,
                },
            );
        }
        // Pages differ in the case of one and the same name.
        if !name.eq_ignore_ascii_case(&model.name) {
            let message = format!(
                "{number} is `{name}` on the page, `{}` in the model",
                model.name
            );
            self.differs(row.line, item, message, Change::ByHand);
        }
        self.since(Versions {
            name: format!("`{name}`"),
            line: row.line,
            place: item,
            item,
            page: row.since.as_ref(),
            page_around: self.page.since.as_ref(),
            model: model.since.as_ref(),
            model_around: around,
        });
    }
}

/// Rows of the model by what they can be found by.
struct Index<'m> {
    properties: HashMap<&'m str, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
    numbers: HashMap<i64, Vec<usize>>,
    dictionaries: Vec<usize>,
}

impl<'m> Index<'m> {
    fn new(rows: &[Expected<'m>]) -> Self {
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
    fn find(&self, row: &Row, rows: &[Expected<'m>], matched: &[bool]) -> Option<usize> {
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

/// Whether the type of the page is that of the model, which knows more of some
/// texts: that they are secret.
fn fits(api: &Api, page: &str, model: &Type) -> bool {
    let model = word(api, model);
    page == model || page == model.replace("secret", "string")
}

fn word(api: &Api, ty: &Type) -> String {
    match ty {
        // What items can be null is on no page.
        Type::List(list) => {
            let list = List {
                nullable_items: false,
                ..list.clone()
            };
            crate::export::type_name(api, &Type::List(list))
        }
        other => crate::export::type_name(api, other),
    }
}
