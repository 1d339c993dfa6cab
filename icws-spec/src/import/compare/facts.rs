//! What a row says against what the model says.

use crate::api::{Api, EnumId, EnumValue, Property, Type};
use crate::delta::{Changed, Known, changed};
use crate::facts::{self, Fact, Value, type_name};
use crate::place::Place;

use super::super::page::{self, Row};
use super::super::said::{self, Says, Words, word, yaml};
use super::super::yaml::Yaml;
use super::doubts::why;
use super::matched::{Match, matched};
use super::{Change, Comparison, Versions};

/// Why a person has to decide about what a row says.
pub(super) struct Questions {
    /// About all of it.
    pub all: Option<String>,
    /// About what it does not say.
    pub absent: Option<String>,
}

impl Questions {
    fn about(&self, absent: bool) -> Option<String> {
        let absent = self.absent.as_ref().filter(|_| absent);
        self.all.clone().or_else(|| absent.cloned())
    }
}

/// Something of a page beside its item of the model.
pub(super) struct Beside {
    /// What it is called in messages.
    pub name: String,
    /// The line of the page.
    pub line: usize,
    /// Where it is told.
    pub place: Place,
    /// Where the keys stand.
    pub item: Place,
}

impl<'p, 'm> Comparison<'p, 'm> {
    /// Compares the facts that a page can say of an item. `question` gives the
    /// reason why a person has to decide, also about what the page does not say.
    pub(super) fn facts<P, T>(
        &mut self,
        (says, facts): (&'static [Says<P>], &[Fact<T>]),
        (page, model): (&'p P, &'m T),
        beside: &Beside,
        question: impl Fn(bool) -> Option<String>,
    ) {
        let api = self.model.api();
        let on_page = |key: &str| says.iter().find(|says| says.key == key);
        let found = changed(
            facts,
            |fact| Known::Said((fact.of)(model)),
            |fact| on_page(fact.key).map_or(Known::Silent, |says| (says.of)(page)),
            |_, model, page| match (model, page) {
                (Value::Type(model), Value::Word(page)) => fits_wholly(api, page, model),
                (model, page) => model == page,
            },
        );
        for Changed { key, old, new } in found {
            let Some(says) = on_page(key) else { continue };
            let name = &beside.name;
            let message = match &says.words {
                Words::Does(what) if new == Value::Flag(true) => {
                    format!("{name} {what} on the page, not in the model")
                }
                Words::Does(what) => format!("{name} {what} in the model, not on the page"),
                Words::Is(words, called) => {
                    let words = words.replace("{page}", &called(&new));
                    format!("{name} {}", words.replace("{model}", &called(&old)))
                }
                Words::Type => type_message(api, name, &old, &new),
            };
            let value = match (&says.words, &old) {
                (Words::Type, Value::Type(ty)) => Some(type_in_place_of(api, ty, &new)),
                _ => yaml(key, &new),
            };
            let question = question(value.is_none());
            let item = beside.item;
            let change = Change::Key { item, key, value };
            self.differs_or_asks(beside.line, beside.place, message, change, question);
        }
    }

    pub(super) fn property(
        &mut self,
        row: &'p Row,
        page: &'p page::Property,
        model: &'m Property,
        questions: &Questions,
    ) {
        let beside = Beside {
            name: format!("`{}`", page.name),
            line: row.line,
            place: model.place,
            item: model.place,
        };
        let tables = (said::PROPERTY, facts::PROPERTY);
        self.facts(tables, (page, model), &beside, |absent| {
            questions.about(absent)
        });
    }

    pub(super) fn dictionary(
        &mut self,
        row: &'p Row,
        page: Option<&str>,
        property: &'m Property,
        model: Option<&'m Type>,
        question: Option<String>,
    ) {
        let (Some(page), Some(model)) = (page, model) else {
            return;
        };
        let api = self.model.api();
        let found = matched(page, &word(api, model));
        if property.source.is_some() || found == Match::Same {
            return;
        }
        let now = if found == Match::Now {
            "known now: "
        } else {
            ""
        };
        let message = format!(
            "the values of `{}` are `{page}` on the page, {now}`{}` in the model",
            property.name,
            word(api, model)
        );
        let item = property.place;
        let whole = type_name(api, &property.ty);
        let change = match property.ty {
            Type::Map(_) => Change::Key {
                item,
                key: "type",
                value: Some(Yaml::Word(
                    found.in_place_of(&whole, &format!("map {page}")),
                )),
            },
            _ => Change::ByHand,
        };
        self.differs_or_asks(row.line, item, message, change, question);
    }

    pub(super) fn value(
        &mut self,
        row: &'p Row,
        name: &str,
        number: &'p i64,
        (model, of): (&'m EnumValue, EnumId),
        question: Option<String>,
    ) {
        let item: Place = model.place;
        let beside = Beside {
            name: format!("`{name}`"),
            line: row.line,
            place: item,
            item,
        };
        let tables = (said::VALUE, facts::ENUM_VALUE);
        let asked = question.clone();
        self.facts(tables, (number, model), &beside, |_| asked.clone());
        // Pages differ in the case of one and the same name.
        if !name.eq_ignore_ascii_case(&model.name) {
            let message = format!(
                "{number} is `{name}` on the page, `{}` in the model",
                model.name
            );
            self.differs(row.line, item, message, Change::ByHand);
        }
        let absent = self.doubts.of_more(row.line, row.end);
        self.since(Versions {
            name: format!("`{name}`"),
            line: row.line,
            place: item,
            item,
            page: row.since.as_ref(),
            page_around: self.page.since.as_ref(),
            page_parent: None,
            model: model.since.as_ref(),
            model_around: self.model.api()[of].since.as_ref(),
            questions: Questions {
                all: question,
                absent,
            },
        });
    }

    /// Why a person has to decide about a row that stands where it may be about
    /// something else.
    pub(super) fn questions_of(&self, row: &Row, all: Option<String>) -> Questions {
        // The last line of a page may be half of one.
        let cut = self.doubts.is_last(row.end).then(|| why::CUT.to_owned());
        Questions {
            all: all.or(cut),
            absent: self.doubts.of_more(row.line, row.end),
        }
    }
}

/// Whether the type of the page is that of the model, or makes it known.
pub(super) fn fits(api: &Api, page: &str, model: &Type) -> bool {
    matched(page, &word(api, model)) != Match::Other
}

/// Whether a row can be that of a property: where a name stands twice, the rest
/// tells which is which.
pub(super) fn is_alike(api: &Api, page: &page::Property, model: &Property) -> bool {
    fits(api, &page.ty, &model.ty)
        && page.required == model.required
        && page.conditional == model.conditional
        && page.nullable == model.nullable
}

/// Whether the type of the page is that of the model.
fn fits_wholly(api: &Api, page: &str, model: &Type) -> bool {
    matched(page, &word(api, model)) == Match::Same
}

fn type_message(api: &Api, name: &str, model: &Value<'_>, page: &Value<'_>) -> String {
    let (page, model) = (
        page.bare(api),
        match model {
            Value::Type(ty) => word(api, ty),
            other => other.bare(api),
        },
    );
    let now = match matched(&page, &model) {
        Match::Now => "known now: ",
        _ => "",
    };
    format!("{name} is `{page}` on the page, {now}`{model}` in the model")
}

/// The type of the page as the model says it, with what it knows beyond.
fn type_in_place_of(api: &Api, model: &Type, page: &Value<'_>) -> Yaml {
    let page = page.bare(api);
    let found = matched(&page, &word(api, model));
    Yaml::Word(found.in_place_of(&type_name(api, model), &page))
}
