//! Representations and messages with their rows.

use crate::api::RecordId;

use super::super::page::{Group, Record, Version};
use super::doubts::why;
use super::facts::Questions;
use super::rows::{Rows, is_shown};
use super::table::Table;
use super::{Change, Comparison, Versions};

impl<'p, 'm> Comparison<'p, 'm> {
    /// Compares a representation or message, each once.
    pub(super) fn record(&mut self, page: &'p Record, id: RecordId, around: Option<&'p Version>) {
        if !self.seen.insert(id) {
            return;
        }
        let table = match &page.name {
            Some(name) => self.tables.get(name.as_str()).copied(),
            None => Some(page).filter(|page| page.has_table),
        };
        let Some(page) = table else {
            return self.no_rows(page, id);
        };
        let record = &self.model.api()[id];
        let all = self.question_of(page, id);
        let place = record.place;
        let first = page.groups.first().map_or(page.end, |group| group.line);
        self.since(Versions {
            name: format!("`{}`", record.name),
            line: page.line,
            place,
            item: place,
            page: page.since.as_ref(),
            page_around: around.or(self.page.since.as_ref()),
            page_parent: None,
            model: record.since.as_ref(),
            model_around: None,
            questions: Questions {
                all,
                absent: self.doubts.of_more(page.line, first),
            },
        });
        let own = page.groups.first();
        if self.has_options(page, id) {
            self.options(page, id);
        } else if self.is_of_part(page, id) {
            self.table(&Table::of_part(page), id);
        } else if own.is_none_or(|own| self.urn(own, id)) {
            self.table(&Table::whole(page), id);
        }
    }

    /// Whether a table begins within the value of a property: with options that
    /// the record itself does not have, or with the `__type` of a part.
    fn is_of_part(&self, page: &Record, id: RecordId) -> bool {
        let api = self.model.api();
        let first = page.groups.first().and_then(|group| group.urn.as_ref());
        let of_part = |urn: &String| {
            api[id].urn.as_ref() != Some(urn) && Rows::of(api, id).typed(urn).is_some()
        };
        page.has_options || first.is_some_and(of_part)
    }

    /// The page has no row of a record anywhere.
    fn no_rows(&mut self, page: &'p Record, id: RecordId) {
        let record = &self.model.api()[id];
        let mut properties = record.properties.iter();
        if properties.any(|property| property.source.is_none() && is_shown(&property.ty)) {
            let message = format!("`{}` has no row on the page", record.name);
            let question = Some(why::NO_ROWS.to_owned());
            self.differs_or_asks(page.line, record.place, message, Change::ByHand, question);
        }
    }

    /// Why a person has to decide about anything of a table.
    pub(super) fn question_of(&self, page: &Record, id: RecordId) -> Option<String> {
        if self.doubts.has_copies(page) {
            return Some(why::COPIES.to_owned());
        }
        self.users().of_record(id)
    }

    /// Whether a table lists the options of a record: it says so, or has the
    /// `__type` of one of them. A record that nothing derives from has none, and
    /// those of a table are of one of its properties.
    fn has_options(&self, page: &Record, id: RecordId) -> bool {
        let api = self.model.api();
        let options = &api[id].options;
        let mut urns = page.groups.iter().filter_map(|group| group.urn.as_ref());
        let expected = Rows::of(api, id);
        if page.has_options {
            return !options.is_empty() || !urns.any(|urn| expected.typed(urn).is_some());
        }
        let own = api[id].urn.as_ref();
        urns.any(|urn| {
            let is_option = |id: &RecordId| api[*id].urn.as_ref() == Some(urn);
            Some(urn) != own && options.iter().any(is_option) && expected.typed(urn).is_none()
        })
    }

    /// Compares the `__type` of a table; whether it is that of the record. A table
    /// with another one is of something else.
    fn urn(&mut self, own: &'p Group, id: RecordId) -> bool {
        let Some(urn) = &own.urn else {
            return true;
        };
        let record = &self.model.api()[id];
        if record.urn.as_ref() == Some(urn) {
            return true;
        }
        // What is known by another is another, and a `__type` that is new may be
        // of a property whose row the text lacks.
        let shown = record.urn.as_ref();
        let shown = shown.map_or("none".to_owned(), |urn| format!("`{urn}`"));
        let message = format!(
            "`{}` has the `__type` `{urn}` on the page, {shown} in the model",
            record.name
        );
        self.differs(own.line, record.place, message, Change::ByHand);
        false
    }
}
