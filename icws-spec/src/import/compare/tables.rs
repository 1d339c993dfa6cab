//! Tables row by row.

use crate::api::{Property, RecordId};
use crate::place::Place;

use super::super::page::{Row, What};
use super::doubts::why;
use super::rows::{Expectation, Rows};
use super::runs::Runs;
use super::table::{Pairs, Table};
use super::{Change, Comparison, Versions};

/// A table of the page beside a record of the model.
pub(super) struct Beside<'t, 'p, 'm> {
    pub table: &'t Table<'p>,
    pub id: RecordId,
    pub expected: Rows<'m>,
    pub pairs: Pairs,
    pub runs: Runs,
    /// Why a person has to decide about any of it.
    pub question: Option<String>,
}

impl<'p, 'm> Comparison<'p, 'm> {
    /// Compares the rows of a table with those that the model expects.
    pub(super) fn table(&mut self, table: &Table<'p>, id: RecordId) {
        let expected = Rows::of(self.model.api(), id);
        let pairs = table.pair(&expected);
        let beside = Beside {
            runs: Runs::of(table, &pairs, &expected),
            question: self.question_of(table.record, id),
            table,
            id,
            expected,
            pairs,
        };
        let mut after = None;
        for (at, row) in table.rows().enumerate() {
            let found = beside.pairs.of(at, &beside.expected);
            if let Some(Expectation::Property(model, _)) = found.map(|found| found.what)
                && found.is_some_and(|found| found.part.is_none())
            {
                after = Some(model.name.as_str());
            }
            self.row(&beside, at, row, after);
        }
        self.missing(&beside);
    }

    fn row(&mut self, beside: &Beside<'_, 'p, 'm>, at: usize, row: &'p Row, after: Option<&str>) {
        let question = beside.question.clone();
        let question = question.or_else(|| self.doubts.behind(beside.table.lines.0, row.line));
        let found = beside.pairs.of(at, &beside.expected);
        match (&row.what, found.map(|found| found.what)) {
            (What::Property(page), Some(Expectation::Property(model, owner))) => {
                if model.source.is_some() {
                    return;
                }
                let owner = self.owner_of(owner, model);
                let shared = self.users().of_record(owner);
                let question = shared.or(question).or_else(|| beside.lost(at));
                let questions = self.questions_of(row, question);
                self.property(row, page, model, &questions);
                let own = beside.id == owner;
                let around = beside.table.record.since.as_ref().filter(|_| own);
                self.since(Versions {
                    name: format!("`{}`", page.name),
                    line: row.line,
                    place: model.place,
                    item: model.place,
                    page: row.since.as_ref(),
                    page_around: around.or(self.page.since.as_ref()),
                    page_parent: around,
                    model: model.since.as_ref(),
                    model_around: self.model.api()[owner].since.as_ref(),
                    questions,
                });
            }
            (What::Value { name, number }, Some(Expectation::Value(model, of))) => {
                let shared = self.users().of_enum(of);
                let apart = *number != model.number && !beside.runs.is_beside_its_own(at, of);
                let question = shared.or(question).or_else(|| apart.then(|| lost(None)));
                let questions = self.questions_of(row, question);
                self.value(row, name, number, (model, of), questions.all);
            }
            (What::Dictionary { value }, Some(Expectation::Dictionary(property, model))) => {
                let question = question.or_else(|| beside.lost(at));
                let questions = self.questions_of(row, question);
                self.dictionary(row, value.as_deref(), property, model, questions.all);
            }
            _ => self.new_row(beside, at, row, after, question),
        }
    }

    /// A row that the model does not have.
    fn new_row(
        &mut self,
        beside: &Beside<'_, 'p, 'm>,
        at: usize,
        row: &'p Row,
        after: Option<&str>,
        question: Option<String>,
    ) {
        let api = self.model.api();
        let record = &api[beside.id];
        // Half a row at the end of a page is none.
        let half = self.doubts.of_more(row.line, row.end);
        let question = question.or(half);
        let mut name = "";
        let what = match &row.what {
            What::Property(property) => {
                name = &property.name;
                format!("property `{name}`")
            }
            What::Value { name, number } => {
                if let Some(of) = beside.runs.extended(at) {
                    let enumeration = api[of].place;
                    let shared = self.users().of_enum(of);
                    let message = format!("the model has no value `{name}` {number} here");
                    let after = beside.value_before(at, of);
                    let change = Change::AddValue {
                        enumeration,
                        row,
                        after,
                    };
                    let question = shared.or(question);
                    self.differs_or_asks(row.line, enumeration, message, change, question);
                    return;
                }
                if beside.runs.goes_on(at) {
                    return;
                }
                format!("enumeration with the value `{name}` {number}")
            }
            What::Dictionary { .. } => "such dictionary".to_owned(),
        };
        let message = format!("`{}` has no {what} in the model", record.name);
        let place = record.place;
        if !matches!(row.what, What::Property(_)) {
            let question = question.or_else(|| Some(NO_NAME.to_owned()));
            return self.differs_or_asks(row.line, place, message, Change::ByHand, question);
        }
        let change = Change::AddRow {
            record: beside.id,
            row,
            after: after.map(str::to_owned),
        };
        let question = question
            .or_else(|| beside.lost(at))
            .or_else(|| self.other_name(beside, at))
            .or_else(|| self.of_other_option(beside.table.record, beside.id, name));
        self.differs_or_asks(row.line, place, message, change, question);
    }

    /// Why a new row may be a part or another name of a property that the page
    /// lacks there.
    fn other_name(&self, beside: &Beside<'_, 'p, 'm>, at: usize) -> Option<String> {
        let mut lacking = beside.lacking();
        let lacking = lacking.find(|(number, _)| beside.gap(*number).contains(&at));
        lacking.map(|(_, property)| {
            format!(
                "the page lacks `{}` in this place: it may be another name of that, or part of its value",
                property.name
            )
        })
    }

    /// Rows of the model that the page does not have. When all rows of a part
    /// are missing, the page shows the type of the part elsewhere.
    fn missing(&mut self, beside: &Beside<'_, 'p, 'm>) {
        let lacking: Vec<_> = beside.lacking().collect();
        for (number, property) in lacking {
            if property.source.is_none() && !self.doubts.is_unread(&property.name) {
                self.missing_property(beside, number, property);
            }
        }
        self.missing_in_parts(beside);
        self.missing_values(beside);
    }

    fn missing_property(
        &mut self,
        beside: &Beside<'_, 'p, 'm>,
        number: usize,
        property: &'m Property,
    ) {
        let api = self.model.api();
        let owner = self.owner_of(beside.id, property);
        let base = (owner != beside.id).then(|| {
            format!(
                "it is of the base `{}`, which others have as well",
                api[owner].id()
            )
        });
        let gap = beside.gap(number);
        let is_open =
            self.doubts.is_last(beside.table.lines.1) && gap.end >= beside.pairs.found.len();
        let unexplained = beside
            .unexplained()
            .any(|at| gap.contains(&at) || beside.pairs.is_behind_trace(at));
        let question = beside
            .question
            .clone()
            .or(base)
            .or_else(|| self.users().of_record(owner))
            .or_else(|| self.doubts.of_absence())
            .or_else(|| is_open.then(|| why::CUT.to_owned()))
            .or_else(|| unexplained.then(|| MAY_BE_LOST.to_owned()))
            .or_else(|| self.of_other_option(beside.table.record, beside.id, &property.name));
        let message = format!(
            "`{}` has no `{}` on the page",
            api[beside.id].name, property.name
        );
        let change = Change::Drop {
            item: api[owner].place,
            section: Some("properties"),
            key: property.name.clone(),
        };
        let line = beside.table.record.line;
        self.differs_or_asks(line, property.place, message, change, question);
    }

    /// What lacks in a value whose type the page certainly shows.
    fn missing_in_parts(&mut self, beside: &Beside<'_, 'p, 'm>) {
        let api = self.model.api();
        let shown = beside.certainly_shown();
        let names = beside.names();
        // One of a base is told once.
        let lacking = beside.lacking().map(|(_, property)| property.place);
        let mut told: Vec<Place> = lacking.collect();
        for (row, matched) in beside.pairs.expected(&beside.expected) {
            let (Expectation::Property(property, id), Some(part)) = (row.what, row.part) else {
                continue;
            };
            let is_there = matched || names.contains(&property.name.as_str());
            if is_there
                || property.source.is_some()
                || !shown.contains(&id)
                || told.contains(&property.place)
            {
                continue;
            }
            told.push(property.place);
            let part = beside.expected.parts.get(part);
            let question = part.map(|part| {
                format!(
                    "`{}` is shown as the value of `{}`, whose row the text of the page lacks",
                    api[id].name, part.property.name
                )
            });
            let message = format!("`{}` has no `{}` on the page", api[id].name, property.name);
            let line = beside.table.record.line;
            self.differs_or_asks(line, property.place, message, Change::ByHand, question);
        }
    }

    fn missing_values(&mut self, beside: &Beside<'_, 'p, 'm>) {
        let api = self.model.api();
        let shown = beside.runs.shown();
        let unknown = beside.runs.has_unknown();
        let is_open = self.doubts.is_last(beside.table.lines.1);
        for (row, matched) in beside.pairs.expected(&beside.expected) {
            let Expectation::Value(value, of) = row.what else {
                continue;
            };
            let is_there = matched || beside.has_value(value);
            if is_there || !shown.contains(&of) || self.doubts.is_unread(&value.name) {
                continue;
            }
            let question = beside
                .question
                .clone()
                .or_else(|| self.users().of_enum(of))
                .or_else(|| self.doubts.of_absence())
                .or_else(|| is_open.then(|| why::CUT.to_owned()))
                .or_else(|| unknown.then(|| MAY_BE_LOST.to_owned()));
            let message = format!(
                "`{}` has no `{}` on the page",
                api[beside.id].name, value.name
            );
            let change = Change::Drop {
                item: api[of].place,
                section: Some("values"),
                key: value.name.clone(),
            };
            let line = beside.table.record.line;
            self.differs_or_asks(line, value.place, message, change, question);
        }
    }

    /// The record that a property is written in, which may be a base.
    pub(super) fn owner_of(&self, record: RecordId, property: &Property) -> RecordId {
        let api = self.model.api();
        let mut owner = record;
        while let Some(base) = api[owner].base {
            let mut inherited = api[base].properties.iter();
            if !inherited.any(|other| other.place == property.place) {
                break;
            }
            owner = base;
        }
        owner
    }
}

/// Why what has no name on the page is not added.
const NO_NAME: &str = "the text of the page lacks the row of the property that has it";

/// Why what a page does not show is not taken away.
const MAY_BE_LOST: &str =
    "its row may be one that the text of the page lacks, or it has another name now";

/// Why a row may be part of something else.
pub(super) fn lost(property: Option<&str>) -> String {
    let row = property.map_or("a row".to_owned(), |name| format!("the row of `{name}`"));
    format!("it stands behind {row} that the text of the page lacks, and may be part of its value")
}
