//! What a table of the page lacks and has more than the record of the model.

use std::collections::HashSet;
use std::ops::Range;

use crate::api::{EnumId, EnumValue, Property, RecordId};

use super::super::page::What;
use super::rows::Expectation;
use super::tables::{Beside, lost};

impl<'m> Beside<'_, '_, 'm> {
    /// Why a row may be part of the value of a property whose row is missing, or
    /// one of several of its name.
    pub fn lost(&self, at: usize) -> Option<String> {
        let ambiguous = self.pairs.ambiguous.get(at).copied().unwrap_or_default();
        if !self.pairs.is_behind_trace(at) && !ambiguous {
            return None;
        }
        let before = (0..=at)
            .rev()
            .filter_map(|at| self.pairs.of(at, &self.expected));
        let mut parts = before.filter_map(|found| self.expected.parts.get(found.part?));
        Some(lost(parts.next().map(|part| part.property.name.as_str())))
    }

    /// The names of the properties of the page.
    pub fn names(&self) -> HashSet<&str> {
        let names = self.table.rows().filter_map(|row| match &row.what {
            What::Property(property) => Some(property.name.as_str()),
            _ => None,
        });
        names.collect()
    }

    /// Whether the page has a value, in whichever enumeration.
    pub fn has_value(&self, value: &EnumValue) -> bool {
        self.table.rows().any(|row| match &row.what {
            What::Value { name, number } => {
                *number == value.number && name.eq_ignore_ascii_case(&value.name)
            }
            _ => false,
        })
    }

    /// The properties of the record itself that the page does not have, each with
    /// its number among the rows of the model.
    pub fn lacking(&self) -> impl Iterator<Item = (usize, &'m Property)> {
        let names = self.names();
        let rows = self.pairs.expected(&self.expected).enumerate();
        rows.filter_map(move |(number, (row, matched))| match row.what {
            Expectation::Property(property, _) if row.part.is_none() && !matched => {
                (!names.contains(property.name.as_str())).then_some((number, property))
            }
            _ => None,
        })
    }

    /// The rows of the page between those that the model has before and behind
    /// one that is missing; all of them when these stand in another order.
    pub fn gap(&self, number: usize) -> Range<usize> {
        let found = self.pairs.found.iter().enumerate();
        let own = found.filter_map(|(at, found)| {
            let found = (*found)?;
            let row = self.expected.rows.get(found)?;
            row.part.is_none().then_some((at, found))
        });
        let own: Vec<(usize, usize)> = own.collect();
        let before = own.iter().filter(|(_, found)| *found < number);
        let behind = own.iter().filter(|(_, found)| *found > number);
        let start = before.map(|(at, _)| at + 1).max().unwrap_or(0);
        let end = behind.map(|(at, _)| *at).min();
        let end = end.unwrap_or(self.pairs.found.len());
        if start <= end {
            start..end
        } else {
            0..self.pairs.found.len()
        }
    }

    /// The rows of the page that the model does not have and that extend no
    /// enumeration of it.
    pub fn unexplained(&self) -> impl Iterator<Item = usize> {
        let found = self.pairs.found.iter().enumerate();
        found.filter_map(|(at, found)| {
            let extends = self.runs.extended(at).is_some();
            (found.is_none() && !extends).then_some(at)
        })
    }

    /// The last value of an enumeration that stands before a row.
    pub fn value_before(&self, at: usize, of: EnumId) -> Option<String> {
        let mut before = (0..at)
            .rev()
            .filter_map(|at| self.pairs.of(at, &self.expected));
        before.find_map(|found| match found.what {
            Expectation::Value(value, other) if other == of => Some(value.name.clone()),
            _ => None,
        })
    }

    /// The types in parts that the page shows: it has a row that is of nothing
    /// else.
    pub fn certainly_shown(&self) -> HashSet<RecordId> {
        let found = self.pairs.found.iter().zip(&self.pairs.ambiguous);
        let sure = found.filter(|(_, ambiguous)| !**ambiguous);
        let rows = sure.filter_map(|(found, _)| self.expected.rows.get((*found)?));
        let shown = rows.filter_map(|row| match row.what {
            Expectation::Property(_, id) => row.part.map(|_| id),
            _ => None,
        });
        shown.collect()
    }
}
