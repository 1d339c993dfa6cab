//! What the text of a page leaves in doubt. A page that was copied badly, or not
//! to its end, does not show all that is there; what it does not show is then
//! no fact.

use std::collections::HashSet;

use super::super::page::{Page, Record};

/// Why a person has to decide.
pub(super) mod why {
    pub const UNREAD: &str = "lines of the page were not understood, and it may stand there";
    pub const BEHIND: &str =
        "it stands behind a line that was not understood, and may be about something else";
    pub const CUT: &str = "the page may have been cut here";
    pub const COPIES: &str = "the page has other tables of this name, which say something else";
    pub const METHOD: &str = "a page that lacks a method does not say that it is gone";
    pub const ERRORS: &str = "pages do not list all of them: take it out by hand if it is gone";
    pub const MERGED: &str =
        "its line may be missing: the status before it has more than in the model";
    pub const NO_ROWS: &str = "the text of a page lacks the rows of a table that it shows twice";
    pub const NO_TABLE: &str = "the page has no table for it";
}

/// The lines of a page that cannot be relied on.
pub(super) struct Doubts<'p> {
    /// Lines that were not understood or contradict others, in order.
    lines: Vec<usize>,
    /// The last line.
    last: usize,
    unread: HashSet<&'p str>,
    /// The names of tables whose copies differ.
    differing: HashSet<&'p str>,
}

impl<'p> Doubts<'p> {
    pub fn of(page: &'p Page) -> Self {
        let doubtful = page.notices.iter().filter(|notice| notice.doubtful);
        let mut lines: Vec<usize> = doubtful.map(|notice| notice.line).collect();
        lines.sort_unstable();
        let tables = page.tables();
        let records = page.records().map(|(record, _)| record);
        let records = records.chain(&page.spare).filter(|record| record.has_table);
        let differing = records.filter_map(|record| {
            let name = record.name.as_deref()?;
            let first = tables.get(name)?;
            (!record.is_copy_of(first)).then_some(name)
        });
        Doubts {
            lines,
            last: page.ledger.last().map_or(usize::MAX, |entry| entry.line),
            unread: page
                .notices
                .iter()
                .filter_map(|notice| notice.text.as_deref())
                .collect(),
            differing: differing.collect(),
        }
    }

    /// Why what the page does not show anywhere may be there.
    pub fn of_absence(&self) -> Option<String> {
        (!self.lines.is_empty()).then(|| why::UNREAD.to_owned())
    }

    /// Whether one of these lines is in doubt.
    pub fn within(&self, from: usize, to: usize) -> bool {
        let first = self.lines.partition_point(|line| *line < from);
        self.lines.get(first).is_some_and(|line| *line <= to)
    }

    /// Why what stands on a line may be about something else than the thing that
    /// begins on another.
    pub fn behind(&self, begin: usize, line: usize) -> Option<String> {
        let before = line.saturating_sub(1);
        (begin <= before && self.within(begin, before)).then(|| why::BEHIND.to_owned())
    }

    /// Whether the page ends with this line.
    pub fn is_last(&self, line: usize) -> bool {
        line >= self.last
    }

    /// Why something with these lines may say more than the page shows.
    pub fn of_more(&self, from: usize, to: usize) -> Option<String> {
        if self.within(from, to) {
            Some(why::UNREAD.to_owned())
        } else {
            self.is_last(to).then(|| why::CUT.to_owned())
        }
    }

    /// Whether a name stands on a line that was not understood.
    pub fn is_unread(&self, name: &str) -> bool {
        self.unread.contains(name)
    }

    /// Whether the page has the table several times and not alike.
    pub fn has_copies(&self, record: &Record) -> bool {
        let name = record.name.as_deref();
        name.is_some_and(|name| self.differing.contains(name))
    }
}
