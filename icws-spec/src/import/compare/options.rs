//! The options of a base, which stand one after another in its table.

use std::collections::HashSet;
use std::ops::Range;

use crate::api::RecordId;

use super::super::page::{Group, Record, What};
use super::rows::Rows;
use super::table::Table;
use super::{Change, Comparison};

impl<'p> Comparison<'p, '_> {
    pub(super) fn options(&mut self, page: &'p Record, id: RecordId) {
        let mut found: HashSet<RecordId> = HashSet::from([id]);
        let mut tables: Vec<(RecordId, Range<usize>)> = Vec::new();
        // Whether what comes is still of the last table.
        let mut goes_on = false;
        for (at, group) in page.groups.iter().enumerate() {
            let option = self.option(id, group);
            let is_new =
                option.is_some_and(|option| option == id && at == 0 || found.insert(option));
            let last = tables.last_mut().filter(|_| goes_on);
            match (option, last) {
                (Some(option), _) if is_new => {
                    tables.push((option, at..at + 1));
                    goes_on = true;
                }
                // The value of a property whose row is missing.
                (_, Some((last, groups))) if self.is_within(*last, group) => groups.end = at + 1,
                _ => {
                    self.new_option(page, id, group);
                    goes_on = false;
                }
            }
        }
        for (option, groups) in tables {
            self.table(&Table::of_option(page, groups), option);
        }
        let base = &self.model.api()[id];
        let others = base.options.iter().filter(|id| !found.contains(id));
        for option in others.map(|id| &self.model.api()[*id]) {
            let message = format!(
                "`{}` has no option `{}` on the page",
                base.name, option.name
            );
            self.differs(page.line, option.place, message, Change::ByHand);
        }
    }

    /// The option that a group is of, or the base itself.
    fn option(&self, id: RecordId, group: &Group) -> Option<RecordId> {
        let api = self.model.api();
        let Some(urn) = &group.urn else {
            return Some(id);
        };
        let mut options = std::iter::once(&id).chain(&api[id].options);
        options
            .find(|id| api[**id].urn.as_ref() == Some(urn))
            .copied()
    }

    fn is_within(&self, id: RecordId, group: &Group) -> bool {
        let urn = group.urn.as_deref().unwrap_or_default();
        Rows::of(self.model.api(), id).typed(urn).is_some()
    }

    /// An option that the model does not have. A `__type` alone may be that of a
    /// value in the option before; one that has what all options have is not.
    fn new_option(&mut self, page: &'p Record, id: RecordId, group: &'p Group) {
        let base = &self.model.api()[id];
        let urn = group.urn.as_deref().unwrap_or_default();
        let message = format!("`{}` has no option `{urn}` in the model", base.name);
        let end = group.rows.last().map_or(group.line, |row| row.end);
        let names = |row: &super::super::page::Row| match &row.what {
            What::Property(property) => Some(property.name.clone()),
            _ => None,
        };
        let names: HashSet<String> = group.rows.iter().filter_map(names).collect();
        let common = self.common_to_options(id);
        let is_one = !common.is_empty() && common.iter().all(|name| names.contains(*name));
        let question = self
            .question_of(page, id)
            .or_else(|| self.doubts.behind(page.line, end + 1))
            .or_else(|| (!is_one).then(|| MAY_BE_VALUE.to_owned()));
        let change = Change::AddOption { base: id, group };
        self.differs_or_asks(group.line, base.place, message, change, question);
    }

    /// The names of the properties that all options of a base have.
    fn common_to_options(&self, id: RecordId) -> HashSet<&str> {
        let api = self.model.api();
        let options = api[id].options.iter().filter(|option| **option != id);
        let mut common: Option<HashSet<&str>> = None;
        for option in options {
            let properties = api[*option].properties.iter();
            let properties = properties.filter(|property| super::rows::is_shown(&property.ty));
            let names: HashSet<&str> = properties.map(|property| property.name.as_str()).collect();
            common = Some(match common {
                None => names,
                Some(common) => common.intersection(&names).copied().collect(),
            });
        }
        common.unwrap_or_default()
    }

    /// Why what an option has and lacks may be of another one: where one holds
    /// another, the text does not show where that ends.
    pub(super) fn of_other_option(
        &self,
        page: &Record,
        id: RecordId,
        name: &str,
    ) -> Option<String> {
        let api = self.model.api();
        let own = |group: &Group| group.urn.is_some() && group.urn == api[id].urn;
        if !page.has_options && page.groups.len() < 2 {
            return None;
        }
        let others = page.groups.iter().filter(|group| !own(group));
        let mut rows = others.flat_map(|group| &group.rows);
        let shown =
            rows.any(|row| matches!(&row.what, What::Property(other) if other.name == name));
        let mut base = api[id].base;
        let mut options: Vec<RecordId> = Vec::new();
        while let Some(id) = base {
            options.extend(&api[id].options);
            base = api[id].base;
        }
        let known = options.iter().any(|option| {
            let mut properties = api[*option].properties.iter();
            *option != id && properties.any(|property| property.name == name)
        });
        (shown || known).then(|| OTHER_OPTION.to_owned())
    }
}

/// Why a `__type` is not taken for an option.
const MAY_BE_VALUE: &str = "it may be the value of a property whose row the text of the page lacks";

/// Why a row is not taken for one of an option.
const OTHER_OPTION: &str = "another option has it as well, and one may hold the other";
