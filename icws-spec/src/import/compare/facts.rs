//! What a row says against what the model says.

use crate::api::{Api, EnumValue, List, Property, RecordId, Since, Type};

use super::super::page::{self, Record, Row};
use super::rows::{Expectation, Expected};
use super::{Change, Comparison, Value, Versions, required};

impl<'p, 'm> Comparison<'p, 'm> {
    pub(super) fn property(
        &mut self,
        row: &'p Row,
        page: &'p page::Property,
        model: &'m Property,
        expected: &Expected<'m>,
        record: &'p Record,
        id: RecordId,
    ) {
        let api = self.model.api();
        let item = model.place;
        let name = &page.name;
        if !fits(api, &page.ty, &model.ty) {
            let message = format!(
                "`{name}` is `{}` on the page, `{}` in the model",
                page.ty,
                word(api, &model.ty)
            );
            let value = Some(Value::Word(page.ty.clone()));
            self.differs(
                row.line,
                item,
                message,
                Change::Key {
                    item,
                    key: "type",
                    value,
                },
            );
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
            self.differs(
                row.line,
                item,
                message,
                Change::Key {
                    item,
                    key: "required",
                    value,
                },
            );
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
                let value = page.then_some(Value::True);
                self.differs(row.line, item, message, Change::Key { item, key, value });
            }
        }
        let Expectation::Property(_, owner) = expected.what else {
            return;
        };
        // One inherited has the version of its base.
        let owner = self.owner_of(owner, model);
        let own = api[id].place == owner.place;
        let around = record.since.as_ref().filter(|_| own);
        self.since(Versions {
            name: format!("`{name}`"),
            line: row.line,
            place: item,
            item,
            page: row.since.as_ref(),
            page_around: around.or(self.page.since.as_ref()),
            model: model.since.as_ref(),
            model_around: owner.since.as_ref(),
        });
    }

    pub(super) fn dictionary(
        &mut self,
        row: &'p Row,
        page: Option<&str>,
        property: &'m Property,
        model: Option<&'m Type>,
    ) {
        let (Some(page), Some(model)) = (page, model) else {
            return;
        };
        let api = self.model.api();
        if property.source.is_some() || fits(api, page, model) {
            return;
        }
        let message = format!(
            "the values of `{}` are `{page}` on the page, `{}` in the model",
            property.name,
            word(api, model)
        );
        let item = property.place;
        let change = match property.ty {
            Type::Map(_) => Change::Key {
                item,
                key: "type",
                value: Some(Value::Word(format!("map {page}"))),
            },
            _ => Change::ByHand,
        };
        self.differs(row.line, item, message, change);
    }

    pub(super) fn value(
        &mut self,
        row: &'p Row,
        name: &str,
        number: i64,
        model: &'m EnumValue,
        around: Option<&'m Since>,
    ) {
        let item = model.place;
        if number != model.number {
            let message = format!(
                "`{name}` is {number} on the page, {} in the model",
                model.number
            );
            let value = Some(Value::Number(number));
            self.differs(
                row.line,
                item,
                message,
                Change::Key {
                    item,
                    key: "value",
                    value,
                },
            );
        }
        // Pages differ in the case of one and the same name.
        if !name.eq_ignore_ascii_case(&model.name) {
            let message = format!(
                "{number} is `{name}` on the page, `{}` in the model",
                model.name
            );
            self.differs(row.line, item, message, Change::ByHand);
        }
        self.since(Versions {
            name: format!("`{name}`"),
            line: row.line,
            place: item,
            item,
            page: row.since.as_ref(),
            page_around: self.page.since.as_ref(),
            model: model.since.as_ref(),
            model_around: around,
        });
    }
}

/// Whether the type of the page is that of the model, which knows more of some
/// texts: that they are secret.
fn fits(api: &Api, page: &str, model: &Type) -> bool {
    let model = word(api, model);
    page == model || page == model.replace("secret", "string")
}

fn word(api: &Api, ty: &Type) -> String {
    match ty {
        // What items can be null is on no page.
        Type::List(list) => {
            let list = List {
                nullable_items: false,
                ..list.clone()
            };
            crate::export::type_name(api, &Type::List(list))
        }
        other => crate::export::type_name(api, other),
    }
}
