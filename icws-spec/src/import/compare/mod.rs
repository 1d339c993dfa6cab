//! Holds what a page says against what a model says of the same resource. What
//! the model has from elsewhere, and says so in `source`, is no difference; nor
//! are texts, and names that a page does not give.

mod beside;
mod bodies;
mod difference;
mod doubts;
mod facts;
mod matched;
mod operations;
mod options;
mod parameters;
mod records;
mod replies;
mod rows;
mod runs;
mod statuses;
mod table;
mod tables;
mod users;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::api::{RecordId, Since};
use crate::model::Model;
use crate::place::Place;
use crate::syntax::Node;

use super::page::{Page, Record, Status, Version, is_same};
use super::tree;
use super::yaml::Yaml;
pub(super) use difference::{Change, Difference};
use doubts::{Doubts, why};
use facts::Questions;
use replies::Shown;
use users::Users;

/// Compares the page with the model; `None` when the model does not have the
/// resource.
pub(super) fn compare<'p>(page: &'p Page, model: &Model) -> Option<Vec<Difference<'p>>> {
    let mut resources = model.api().resources.iter();
    let resource = resources.find(|resource| resource.path == page.path)?;
    let mut comparison = Comparison::new(page, model);
    comparison.resource(resource);
    Some(comparison.differences)
}

/// Whether a reply says what a status of the page says.
pub(super) fn is_same_reply(
    page: &Page,
    status: &Status,
    reply: &crate::api::Reply,
    model: &Model,
) -> bool {
    let mut comparison = Comparison::new(page, model);
    let shown = Shown {
        method: None,
        status,
        question: None,
    };
    comparison.reply_facts(&shown, reply);
    comparison.differences.is_empty()
}

/// Whether a record says what one of the page says.
pub(super) fn is_same_record(page: &Record, record: RecordId, model: &Model) -> bool {
    let facts = Page::of(page.clone());
    let mut comparison = Comparison::new(&facts, model);
    if let Some((page, _)) = facts.records().next() {
        comparison.record(page, record, None);
    }
    comparison.differences.is_empty()
}

/// What is compared.
struct Comparison<'p, 'm> {
    page: &'p Page,
    model: &'m Model,
    tables: HashMap<&'p str, &'p Record>,
    doubts: Doubts<'p>,
    users: OnceCell<Users<'p, 'm>>,
    seen: HashSet<RecordId>,
    /// Parameters that go from the resource to its methods.
    split: HashSet<Place>,
    /// Replies whose line may be missing, so that the one before has what is
    /// theirs.
    lacking: HashSet<Place>,
    differences: Vec<Difference<'p>>,
}

/// A version of the page with that of what is around.
struct Versions<'a, 'p> {
    name: String,
    line: usize,
    place: Place,
    /// Where `since` stands in the model.
    item: Place,
    page: Option<&'p Version>,
    page_around: Option<&'p Version>,
    /// The version that the page states for what the model inherits it from.
    page_parent: Option<&'p Version>,
    model: Option<&'a Since>,
    model_around: Option<&'a Since>,
    questions: Questions,
}

impl<'p, 'm> Comparison<'p, 'm> {
    fn new(page: &'p Page, model: &'m Model) -> Self {
        Comparison {
            page,
            model,
            tables: page.tables(),
            doubts: Doubts::of(page),
            users: OnceCell::new(),
            seen: HashSet::new(),
            split: HashSet::new(),
            lacking: HashSet::new(),
            differences: Vec::new(),
        }
    }

    fn differs(&mut self, line: usize, place: Place, message: String, change: Change<'p>) {
        self.differs_or_asks(line, place, message, change, None);
    }

    /// Something differs, and a person has to decide if there is a question.
    fn differs_or_asks(
        &mut self,
        line: usize,
        place: Place,
        message: String,
        change: Change<'p>,
        question: Option<String>,
    ) {
        let change = match question {
            Some(_) => Change::ByHand,
            None => change,
        };
        self.differences.push(Difference {
            line,
            place,
            message,
            question,
            change,
        });
    }

    /// Which resources use what.
    fn users(&self) -> &Users<'p, 'm> {
        self.users
            .get_or_init(|| Users::of(self.model.api(), &self.page.path))
    }

    /// The node of the model that a place stands for.
    fn node(&self, place: Place) -> Option<&'m Node> {
        let file = self.model.sources().get(place.file)?;
        tree::item(&file.root, place.node)
    }

    /// A version that the page states must be that of the model. One that it
    /// does not state is that of what is around, or the first of the feature.
    fn since(&mut self, versions: Versions<'_, 'p>) {
        let Versions {
            name,
            line,
            place,
            item,
            page,
            page_around,
            page_parent,
            model,
            model_around,
            questions,
        } = versions;
        let shown = |since: Option<&Since>| {
            since.map_or("no version".to_owned(), |since| format!("`{since}`"))
        };
        let same = |page: &Version, model: &Since| {
            page.feature == model.feature && Some(page.number) == model.version
        };
        let inherited = model.is_some() && model_around == model;
        match (page, model) {
            (Some(page), Some(model)) if same(page, model) => {}
            // What is around differs, and brings this with it.
            (Some(page), Some(_)) if inherited && is_same(Some(page), page_parent) => {}
            (Some(page), model) => {
                let is_known = model
                    .is_some_and(|model| model.version.is_none() && model.feature == page.feature);
                let now = if is_known { "known now: " } else { "" };
                let message = format!(
                    "{name} has `{page}` on the page, {now}{} in the model",
                    shown(model)
                );
                let value = Some(Yaml::Word(page.to_string()));
                let cut = self.doubts.is_last(page.line).then(|| why::CUT.to_owned());
                let change = Change::Key {
                    item,
                    key: "since",
                    value,
                };
                let question = questions.all.or(cut);
                self.differs_or_asks(page.line, place, message, change, question);
            }
            (None, Some(model)) => {
                let around = page_around.is_some_and(|page| same(page, model));
                if inherited || around || matches!(model.version, None | Some(1)) {
                    return;
                }
                let message = format!("{name} has no version on the page, `{model}` in the model");
                let change = Change::Key {
                    item,
                    key: "since",
                    value: None,
                };
                let question = questions.all.or(questions.absent);
                self.differs_or_asks(line, place, message, change, question);
            }
            (None, None) => {}
        }
    }
}
