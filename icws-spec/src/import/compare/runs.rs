//! Values of enumerations, which stand on a page one after another with nothing
//! that tells where one enumeration ends.

use std::collections::HashSet;

use crate::api::EnumId;

use super::super::page::What;
use super::rows::{Expectation, Rows};
use super::table::{Pairs, Table};

/// What is known of each row of a table that is a value.
pub(super) struct Runs {
    rows: Vec<Run>,
}

#[derive(Clone, Copy, Default)]
struct Run {
    is_value: bool,
    /// The enumeration that has it by name and number.
    of: Option<EnumId>,
    /// Whether the model has it by name or number.
    is_found: bool,
    /// Whether another enumeration has it too.
    is_ambiguous: bool,
    /// The enumeration that it goes on with.
    extends: Option<EnumId>,
}

impl Runs {
    pub fn of(table: &Table<'_>, pairs: &Pairs, expected: &Rows<'_>) -> Runs {
        let mut rows = Vec::new();
        for (at, row) in table.rows().enumerate() {
            let What::Value { name, number } = &row.what else {
                rows.push(Run::default());
                continue;
            };
            let found = pairs.of(at, expected).map(|found| found.what);
            let of = match found {
                Some(Expectation::Value(value, of)) => {
                    let whole = value.number == *number && value.name.eq_ignore_ascii_case(name);
                    whole.then_some(of)
                }
                _ => None,
            };
            rows.push(Run {
                is_value: true,
                of,
                is_found: found.is_some(),
                is_ambiguous: pairs.ambiguous.get(at).copied().unwrap_or_default(),
                extends: None,
            });
        }
        let mut runs = Runs { rows };
        runs.extend(table, pairs, expected);
        runs
    }

    /// Finds the values that are new in a known enumeration: the page has all
    /// others of it, stands next to one, and repeats no name and no number.
    fn extend(&mut self, table: &Table<'_>, pairs: &Pairs, expected: &Rows<'_>) {
        let mut last: Option<(EnumId, HashSet<String>, HashSet<i64>)> = None;
        for (at, row) in table.rows().enumerate() {
            let What::Value { name, number } = &row.what else {
                last = None;
                continue;
            };
            let found = pairs.of(at, expected).map(|found| found.what);
            if let Some(Expectation::Value(_, of)) = found {
                if last.as_ref().is_none_or(|(last, ..)| *last != of) {
                    let values = &expected.api[of].values;
                    let names = values.iter().map(|value| value.name.to_ascii_lowercase());
                    let numbers = values.iter().map(|value| value.number).collect();
                    last = Some((of, names.collect(), numbers));
                }
                continue;
            }
            let of = last.as_mut().and_then(|(of, names, numbers)| {
                let fresh = names.insert(name.to_ascii_lowercase()) & numbers.insert(*number);
                let others = pairs.expected(expected).all(|(row, matched)| {
                    matched || !matches!(row.what, Expectation::Value(_, other) if other == *of)
                });
                (fresh && others).then_some(*of)
            });
            if of.is_none() {
                last = None;
            }
            if let Some(run) = self.rows.get_mut(at) {
                run.extends = of;
            }
        }
        // One between two enumerations may be of either.
        let mut next: Option<EnumId> = None;
        for (at, run) in self.rows.iter_mut().enumerate().rev() {
            let found = pairs.of(at, expected).map(|found| found.what);
            match found {
                Some(Expectation::Value(_, of)) => next = Some(of),
                _ if !run.is_value => next = None,
                _ => {}
            }
            if run.extends.is_some() && next.is_some() && run.extends != next {
                run.extends = None;
            }
        }
    }

    /// The enumeration that a row is a new value of.
    pub fn extended(&self, at: usize) -> Option<EnumId> {
        self.rows.get(at)?.extends
    }

    /// Whether a row is the next of several values that the model does not have.
    pub fn goes_on(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.rows.get(before));
        before.is_some_and(|run| run.is_value && !run.is_found && run.extends.is_none())
    }

    /// Whether a value stands next to another of its enumeration.
    pub fn is_beside_its_own(&self, at: usize, of: EnumId) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.rows.get(before));
        let behind = self.rows.get(at + 1);
        before
            .into_iter()
            .chain(behind)
            .any(|run| run.of == Some(of))
    }

    /// Whether the page has values of which nothing is known.
    pub fn has_unknown(&self) -> bool {
        self.rows
            .iter()
            .any(|run| run.is_value && !run.is_found && run.extends.is_none())
    }

    /// The enumerations that the page has values of that no other one has.
    pub fn shown(&self) -> HashSet<EnumId> {
        let sure = self.rows.iter().filter(|run| !run.is_ambiguous);
        sure.filter_map(|run| run.of).collect()
    }
}
