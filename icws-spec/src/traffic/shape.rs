//! The type of values, as far as the values that came tell it.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::check::misfit;
use super::exchange::{MASKED, TYPE};
use crate::api::Type;

/// What values of one place have in common. It has no value in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Shape {
    /// How many values there were.
    pub seen: u64,
    pub null: bool,
    pub boolean: bool,
    pub integer: bool,
    pub fraction: bool,
    pub text: bool,
    /// What form all texts have, if they have one.
    pub form: Option<Form>,
    pub object: Option<Object>,
    /// The items of arrays; without a shape, no array had one.
    pub array: Option<Option<Box<Shape>>>,
}

/// What objects of one place have in common.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Object {
    pub seen: u64,
    /// In how many exchanges, as far as that can be told from the shapes.
    pub exchanges: u64,
    pub properties: BTreeMap<String, Shape>,
    /// The `__type`s, as far as there were any.
    pub urns: Vec<String>,
    /// Whether there were more properties than are kept.
    pub more: bool,
    /// Whether all names of one of them are texts of other places: the ids of users are,
    /// and the names of properties are not.
    pub has_texts_for_names: bool,
}

/// A form of texts that the language has a type for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    DateTime,
    Guid,
}

impl Form {
    fn of(text: &str) -> Option<Form> {
        let fits = |ty| misfit(text, &ty).is_none();
        // A number of twelve digits may be a moment, too.
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        match () {
            () if fits(Type::Guid) => Some(Form::Guid),
            () if !is_number && fits(Type::DateTime) => Some(Form::DateTime),
            () => None,
        }
    }
}

/// Whether two values came in one exchange. A list with many objects is no more evidence
/// than one with a few.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    Same,
    Other,
}

/// Objects within objects are looked at so deep; more is a text of a model that
/// nobody reads.
const DEEPEST: usize = 8;

/// So many properties of an object are kept, and so many `__type`s.
const MOST: usize = 200;

impl Shape {
    pub fn of(value: &Value) -> Shape {
        let mut texts = HashSet::new();
        add_texts(value, &mut texts);
        Shape::within(value, 0, &texts)
    }

    /// Returns true if a property or `__type` at any depth has a name of a kind.
    #[cfg(feature = "cli")]
    pub fn has_name(&self, is: &dyn Fn(&str) -> bool) -> bool {
        let object = self.object.as_ref().is_some_and(|object| {
            let mut properties = object.properties.iter();
            object.urns.iter().any(|urn| is(urn))
                || properties.any(|(name, shape)| is(name) || shape.has_name(is))
        });
        let items = self.array.as_ref().and_then(Option::as_ref);
        object || items.is_some_and(|item| item.has_name(is))
    }

    fn within(value: &Value, depth: usize, texts: &HashSet<&str>) -> Shape {
        let mut shape = Shape {
            seen: 1,
            ..Shape::default()
        };
        match value {
            Value::Null => shape.null = true,
            Value::Bool(_) => shape.boolean = true,
            // What is beyond a whole number of 64 bits is one with a point.
            Value::Number(number) if !number.is_i64() => shape.fraction = true,
            Value::Number(_) => shape.integer = true,
            // It may be anything.
            Value::String(text) if text == MASKED => {}
            Value::String(text) => {
                shape.text = true;
                shape.form = Form::of(text);
            }
            Value::Array(items) if depth < DEEPEST => {
                let items = items
                    .iter()
                    .map(|item| Shape::within(item, depth + 1, texts));
                let all = items.reduce(|mut all, item| {
                    all.join(&item, Sight::Same);
                    all
                });
                shape.array = Some(all.map(Box::new));
            }
            Value::Array(_) => shape.array = Some(None),
            Value::Object(object) => {
                let mut own = Object {
                    seen: 1,
                    exchanges: 1,
                    ..Object::default()
                };
                for (name, value) in object {
                    if name == TYPE {
                        own.urns.extend(value.as_str().map(str::to_owned));
                    } else if depth < DEEPEST && own.properties.len() < MOST {
                        let shape = Shape::within(value, depth + 1, texts);
                        own.properties.insert(name.clone(), shape);
                    } else {
                        own.more = true;
                    }
                }
                let mut names = own.properties.keys();
                own.has_texts_for_names =
                    !own.properties.is_empty() && names.all(|name| texts.contains(name.as_str()));
                shape.object = Some(own);
            }
        }
        shape
    }

    /// Takes in what other values of the place are.
    pub fn join(&mut self, other: &Shape, sight: Sight) {
        self.seen += other.seen;
        self.null |= other.null;
        self.boolean |= other.boolean;
        self.integer |= other.integer;
        self.fraction |= other.fraction;
        self.form = match (self.text, other.text) {
            (true, true) => self.form.filter(|form| other.form == Some(*form)),
            (true, false) => self.form,
            (false, _) => other.form,
        };
        self.text |= other.text;
        match (&mut self.array, &other.array) {
            (Some(Some(own)), Some(Some(other))) => own.join(other, sight),
            (Some(own @ None), Some(other)) => own.clone_from(other),
            (own @ None, other) => own.clone_from(other),
            _ => {}
        }
        match (&mut self.object, &other.object) {
            (Some(own), Some(other)) => own.join(other, sight),
            (own @ None, other) => own.clone_from(other),
            _ => {}
        }
    }
}

impl Object {
    fn join(&mut self, other: &Object, sight: Sight) {
        self.seen += other.seen;
        self.exchanges = match sight {
            Sight::Same => self.exchanges.max(other.exchanges),
            Sight::Other => self.exchanges + other.exchanges,
        };
        self.more |= other.more;
        self.has_texts_for_names |= other.has_texts_for_names;
        for urn in &other.urns {
            if !self.urns.contains(urn) && self.urns.len() < MOST {
                self.urns.push(urn.clone());
            }
        }
        for (name, shape) in &other.properties {
            if let Some(own) = self.properties.get_mut(name) {
                own.join(shape, sight);
            } else if self.properties.len() < MOST {
                self.properties.insert(name.clone(), shape.clone());
            } else {
                self.more = true;
            }
        }
    }
}

/// Adds the texts of a value.
fn add_texts<'v>(value: &'v Value, texts: &mut HashSet<&'v str>) {
    match value {
        Value::String(text) => {
            texts.insert(text);
        }
        Value::Array(items) => items.iter().for_each(|item| add_texts(item, texts)),
        Value::Object(object) => object
            .iter()
            .filter(|(name, _)| *name != TYPE)
            .for_each(|(_, value)| add_texts(value, texts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_shape_has_what_all_values_have() {
        let mut shape = Shape::of(&json!([{ "a": 1 }, { "a": 1.5, "b": null }]));
        let other = Shape::of(&json!([{ "a": "***", "__type": "urn:x" }]));
        shape.join(&other, Sight::Other);
        let item = shape.array.unwrap().unwrap();
        assert_eq!(item.seen, 3);
        let object = item.object.unwrap();
        assert_eq!((object.seen, object.exchanges), (3, 2));
        assert_eq!(object.urns, ["urn:x"]);
        let a = &object.properties["a"];
        assert_eq!(
            (a.seen, a.integer, a.fraction, a.text),
            (3, true, true, false)
        );
        assert!(object.properties["b"].null);
    }

    #[test]
    fn texts_have_a_form_if_all_of_them_have_it() {
        let form = |values: Value| Shape::of(&values).array.unwrap().unwrap().form;
        let (moment, guid) = ("20201029T082018Z", "5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2");
        assert_eq!(form(json!([moment, null, moment])), Some(Form::DateTime));
        assert_eq!(form(json!(["***", guid])), Some(Form::Guid));
        assert_eq!(form(json!([guid, moment])), None);
        assert_eq!(form(json!([moment, "soon"])), None);
        assert_eq!(form(json!(["202010290820"])), None);
    }

    #[test]
    fn what_is_large_is_kept_in_part() {
        let many: serde_json::Map<_, _> = (0..300).map(|n| (format!("p{n}"), n.into())).collect();
        let object = Shape::of(&Value::Object(many)).object.unwrap();
        assert_eq!((object.properties.len(), object.more), (MOST, true));
        let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
        let mut shape = &Shape::of(&deep);
        let mut depth = 0;
        while let Some(Some(inner)) = &shape.array {
            (shape, depth) = (inner, depth + 1);
        }
        assert_eq!(depth, DEEPEST);
    }
}
