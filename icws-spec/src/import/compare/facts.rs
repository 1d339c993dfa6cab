//! What a row says against what the model says.

use crate::api::{Api, EnumId, EnumValue, List, Property, Type};
use crate::place::Place;

use super::super::page::{self, Row};
use super::doubts::why;
use super::known::{Known, known};
use super::{Change, Comparison, Value, Versions, required};

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

impl<'p, 'm> Comparison<'p, 'm> {
    pub(super) fn property(
        &mut self,
        row: &'p Row,
        page: &'p page::Property,
        model: &'m Property,
        questions: &Questions,
    ) {
        let api = self.model.api();
        let item = model.place;
        let name = &page.name;
        let mut facts = vec![];
        match known(&page.ty, &word(api, &model.ty)) {
            Known::Same => {}
            found => {
                let whole = crate::facts::type_name(api, &model.ty);
                let now = if found == Known::Now {
                    "known now: "
                } else {
                    ""
                };
                let message = format!(
                    "`{name}` is `{}` on the page, {now}`{}` in the model",
                    page.ty,
                    word(api, &model.ty)
                );
                let ty = found.in_place_of(&whole, &page.ty);
                facts.push((message, "type", Some(Value::Word(ty))));
            }
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
            facts.push((message, "required", value));
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
                    ("on the page", "in the model")
                } else {
                    ("in the model", "on the page")
                };
                let message = format!("`{name}` {what} {here}, not {there}");
                facts.push((message, key, page.then_some(Value::True)));
            }
        }
        for (message, key, value) in facts {
            let question = questions.about(value.is_none());
            let change = Change::Key { item, key, value };
            self.differs_or_asks(row.line, item, message, change, question);
        }
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
        let found = known(page, &word(api, model));
        if property.source.is_some() || found == Known::Same {
            return;
        }
        let now = if found == Known::Now {
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
        let whole = crate::facts::type_name(api, &property.ty);
        let change = match property.ty {
            Type::Map(_) => Change::Key {
                item,
                key: "type",
                value: Some(Value::Word(
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
        number: i64,
        (model, of): (&'m EnumValue, EnumId),
        question: Option<String>,
    ) {
        let item: Place = model.place;
        if number != model.number {
            let message = format!(
                "`{name}` is {number} on the page, {} in the model",
                model.number
            );
            let value = Some(Value::Number(number));
            let change = Change::Key {
                item,
                key: "value",
                value,
            };
            self.differs_or_asks(row.line, item, message, change, question.clone());
        }
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
    known(page, &word(api, model)) != Known::Other
}

/// Whether a row can be that of a property: where a name stands twice, the rest
/// tells which is which.
pub(super) fn is_alike(api: &Api, page: &page::Property, model: &Property) -> bool {
    fits(api, &page.ty, &model.ty)
        && page.required == model.required
        && page.conditional == model.conditional
        && page.nullable == model.nullable
}

fn word(api: &Api, ty: &Type) -> String {
    match ty {
        // What items can be null is on no page.
        Type::List(list) => {
            let list = List {
                nullable_items: false,
                ..list.clone()
            };
            crate::facts::type_name(api, &Type::List(list))
        }
        other => crate::facts::type_name(api, other),
    }
}
