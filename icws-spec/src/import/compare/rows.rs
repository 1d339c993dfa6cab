//! The rows that the text of a page has for a record of the model. The text
//! leaves out the row of a property whose value is an object, an enumeration, a
//! dictionary or a list of either, and shows only what the value is made of.

use std::collections::HashSet;

use crate::api::{Api, EnumId, EnumValue, Property, RecordId, Type};

/// A row that is expected.
#[derive(Clone, Copy)]
pub(super) struct Expected<'m> {
    pub what: Expectation<'m>,
    /// Which part it belongs to; none for a row of the record itself.
    pub part: Option<usize>,
}

#[derive(Clone, Copy)]
pub(super) enum Expectation<'m> {
    /// A property, and the record that it was found in.
    Property(&'m Property, RecordId),
    /// A value of an enumeration.
    Value(&'m EnumValue, EnumId),
    /// A dictionary, the property that has it, and the type of its values when
    /// that is a basic one.
    Dictionary(&'m Property, Option<&'m Type>),
}

/// What stands in place of a property whose row is missing.
#[derive(Clone, Copy)]
pub(super) struct Part<'m> {
    /// The property.
    pub property: &'m Property,
    /// Whether it is a property of the record itself.
    pub is_own: bool,
}

/// The rows for a record, those of each type once, and their parts.
pub(super) struct Rows<'m> {
    pub api: &'m Api,
    records: HashSet<RecordId>,
    enums: HashSet<EnumId>,
    pub rows: Vec<Expected<'m>>,
    pub parts: Vec<Part<'m>>,
}

impl<'m> Rows<'m> {
    pub fn of(api: &'m Api, id: RecordId) -> Self {
        let mut rows = Rows {
            api,
            records: HashSet::from([id]),
            enums: HashSet::new(),
            parts: Vec::new(),
            rows: Vec::new(),
        };
        rows.record(id, None);
        rows
    }

    fn record(&mut self, id: RecordId, part: Option<usize>) {
        for property in &self.api[id].properties {
            if is_shown(&property.ty) {
                let what = Expectation::Property(property, id);
                self.rows.push(Expected { what, part });
            } else {
                let is_own = part.is_none();
                self.parts.push(Part { property, is_own });
                self.value(property, &property.ty, self.parts.len() - 1);
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
                self.rows.push(Expected {
                    what: Expectation::Dictionary(property, shown),
                    part: Some(part),
                });
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
            self.rows.push(Expected {
                what: Expectation::Value(value, id),
                part: Some(part),
            });
        }
    }

    fn options(&mut self, id: RecordId, part: usize) {
        let record = &self.api[id];
        for id in std::iter::once(id).chain(record.options.iter().copied()) {
            if self.records.insert(id) {
                self.record(id, Some(part));
            }
        }
    }

    /// The record with this `__type` in one of the parts.
    pub fn typed(&self, urn: &str) -> Option<RecordId> {
        let mut records = self.records.iter().copied();
        records.find(|id| self.api[*id].urn.as_deref() == Some(urn))
    }
}

/// Whether the text of a page has a row for a property of this type.
pub(super) fn is_shown(ty: &Type) -> bool {
    match ty {
        Type::List(list) => is_shown(&list.item),
        Type::Record(_) | Type::Enum(_) | Type::Map(_) => false,
        _ => true,
    }
}
