//! What a page says of an item, key by key: one table for each kind of thing on
//! a page. What is read is written as YAML and held against a model by these
//! tables; a key that is in none of them is one that no page shows.

use crate::api::{Api, List, Location, Type};
use crate::delta::Known;
use crate::facts::{Value, type_name};

use super::page::{Parameter, Property, Status};
use super::yaml::{Field, Yaml, field, truth};

/// A key of the language that things of a page can say.
pub(super) struct Says<P: 'static> {
    /// The key.
    pub key: &'static str,
    /// What a thing says by it.
    pub of: for<'p> fn(&'p P) -> Known<Value<'p>>,
    /// How it is told that the model says something else.
    pub words: Words,
}

/// The words for a difference.
pub(super) enum Words {
    /// What an item does of which it is true: "can be null".
    Does(&'static str),
    /// A sentence, where `{page}` and `{model}` are the values as they are called.
    Is(&'static str, fn(&Value<'_>) -> String),
    /// A type, of which the model may know less than the page.
    Type,
}

const fn says<P>(
    key: &'static str,
    of: for<'p> fn(&'p P) -> Known<Value<'p>>,
    words: Words,
) -> Says<P> {
    Says { key, of, words }
}

/// The row of a property.
pub(super) static PROPERTY: &[Says<Property>] = &[
    says(
        "type",
        |page| Known::Said(Value::word(&page.ty)),
        Words::Type,
    ),
    says(
        "required",
        |page| {
            Known::Said(match (page.required, page.conditional) {
                (false, true) => Value::word("conditionally"),
                (required, _) => Value::Flag(required),
            })
        },
        Words::Is("is {page} on the page, {model} in the model", required),
    ),
    says(
        "nullable",
        |page| Known::Said(Value::Flag(page.nullable)),
        Words::Does("can be null"),
    ),
    says(
        "ignore_case",
        |page| Known::Said(Value::Flag(page.ignore_case)),
        Words::Does("ignores case"),
    ),
];

/// The number of a value.
pub(super) static VALUE: &[Says<i64>] = &[says(
    "value",
    |number| Known::Said(Value::Number(*number)),
    Words::Is("is {page} on the page, {model} in the model", bare),
)];

/// A parameter. What is in the path cannot be left out, whatever the page says.
pub(super) static PARAMETER: &[Says<Parameter>] = &[
    says(
        "required",
        |page| {
            let required = page.required || page.location == Location::Path;
            Known::Said(Value::Flag(required))
        },
        Words::Is("is {page} on the page", required),
    ),
    says(
        "default",
        |page| Known::Said(Value::option(page.default.as_deref())),
        Words::Is("has {page} on the page, {model} in the model", default),
    ),
];

/// A header of a reply.
pub(super) static HEADER: &[Says<Parameter>] = &[says(
    "required",
    |page| Known::Said(Value::Flag(page.required)),
    Words::Is("is {page} on the page", required),
)];

/// A status. Beside a representation, content is an open question.
pub(super) static STATUS: &[Says<Status>] = &[says(
    "content",
    |page| match page.body {
        Some(_) => Known::Silent,
        None => Known::Said(Value::option(page.content.as_deref())),
    },
    Words::Is("has {page} on the page, {model} in the model", content),
)];

/// The keys of a thing as they are written.
pub(super) fn fields<P>(table: &[Says<P>], page: &P) -> Vec<Field> {
    let fields = table.iter().filter_map(|says| match (says.of)(page) {
        Known::Said(value) => Some(field(says.key, yaml(says.key, &value)?)),
        Known::Silent => None,
    });
    fields.collect()
}

/// Whether two things of a page say the same.
pub(super) fn is_same<P>(table: &[Says<P>], one: &P, other: &P) -> bool {
    table.iter().all(|says| (says.of)(one) == (says.of)(other))
}

/// A value as it is written; `None` when the key is left out for it.
pub(super) fn yaml(key: &str, value: &Value<'_>) -> Option<Yaml> {
    match value {
        Value::Flag(true) => Some(truth()),
        Value::Number(number) => Some(Yaml::Raw(number.to_string())),
        // It can be any text.
        Value::Word(word) if key == "default" => Some(Yaml::Text(word.to_string())),
        Value::Word(word) => Some(Yaml::Word(word.to_string())),
        _ => None,
    }
}

/// A type in the words that a page can have for it: what items can be null is on
/// none.
pub(super) fn word(api: &Api, ty: &Type) -> String {
    match ty {
        Type::List(list) => {
            let list = List {
                nullable_items: false,
                ..list.clone()
            };
            type_name(api, &Type::List(list))
        }
        other => type_name(api, other),
    }
}

fn required(value: &Value<'_>) -> String {
    let word = match value {
        Value::Flag(true) => "required",
        Value::Word(_) => "conditionally required",
        _ => "optional",
    };
    word.to_owned()
}

fn bare(value: &Value<'_>) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Word(word) => format!("`{word}`"),
        _ => "nothing".to_owned(),
    }
}

fn default(value: &Value<'_>) -> String {
    match value {
        Value::Word(word) => format!("the default `{word}`"),
        _ => "no default".to_owned(),
    }
}

fn content(value: &Value<'_>) -> String {
    match value {
        Value::Word(word) => format!("`{word}`"),
        _ => "no content of its own".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{self, Fact};

    fn is_of<P, T>(table: &[Says<P>], facts: &[Fact<T>]) {
        for says in table {
            assert!(
                facts.iter().any(|fact| fact.key == says.key),
                "{}",
                says.key
            );
        }
    }

    #[test]
    fn what_pages_say_are_facts() {
        is_of(PROPERTY, facts::PROPERTY);
        is_of(VALUE, facts::ENUM_VALUE);
        is_of(PARAMETER, facts::PARAMETER);
        is_of(HEADER, facts::HEADER);
        is_of(STATUS, facts::REPLY);
    }
}
