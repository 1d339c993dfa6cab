//! The facts of items: for each kind of item a table of the keys of the language,
//! each with how its value is read off the resolved item. What compares, shows
//! or exports items reads these tables, so that a fact is said here once.
//!
//! A fact is a value of a key. The parts of an item are items themselves; its
//! examples are compared as a whole, and its names in Rust are decided by `plan`.

mod enums;
mod operations;
mod records;
mod value;
mod words;

pub use enums::{ENUM, ENUM_VALUE, FEATURE, NAMESPACE};
pub use operations::{ERROR, HEADER, OPERATION, PARAMETER, REPLY, RESOURCE};
pub use records::{PROPERTY, RECORD};
pub use value::Value;
pub use words::{record_id, type_name};

/// A key of the language, and what an item says by it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Fact<T: 'static> {
    /// The key.
    pub key: &'static str,
    /// The value that an item has.
    pub of: for<'a> fn(&'a T) -> Value<'a>,
}

pub(crate) const fn fact<T>(key: &'static str, of: for<'a> fn(&'a T) -> Value<'a>) -> Fact<T> {
    Fact { key, of }
}

/// Returns what an item says by the first of these keys by which it says something.
pub fn said<'a, T>(facts: &[Fact<T>], item: &'a T, keys: &[&str]) -> Value<'a> {
    let facts = facts.iter().filter(|fact| keys.contains(&fact.key));
    let mut values = facts.map(|fact| (fact.of)(item));
    let said = values.find(|value| *value != Value::Nothing);
    said.unwrap_or(Value::Nothing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::language::{self, Kind};

    /// Holds a table against the keys of its kind; `others` are no facts.
    fn is_whole<T>(facts: &[Fact<T>], kinds: &[&Kind], others: &[&str]) {
        for kind in kinds {
            for key in kind.keys {
                let known = facts.iter().any(|fact| fact.key == key.name);
                let is_other = others.contains(&key.name) || key.name == "rust_name";
                assert!(
                    known != is_other,
                    "`{}` of {}: a fact or listed here, not both",
                    key.name,
                    kind.name
                );
            }
        }
        for fact in facts {
            let mut kinds = kinds.iter();
            let is_key = kinds.any(|kind| kind.keys.iter().any(|key| key.name == fact.key));
            assert!(is_key, "`{}` is no key", fact.key);
        }
    }

    #[test]
    fn each_key_of_the_language_is_a_fact_or_an_item() {
        is_whole(FEATURE, &[&language::FEATURE], &[]);
        let parts = ["properties", "examples"];
        is_whole(RECORD, &[&language::OBJECT, &language::MESSAGE], &parts);
        is_whole(PROPERTY, &[&language::PROPERTY], &[]);
        is_whole(ENUM, &[&language::ENUM], &["values"]);
        is_whole(ENUM_VALUE, &[&language::ENUM_VALUE], &[]);
        let parts = ["parameters", "GET", "PUT", "POST", "PATCH", "DELETE"];
        is_whole(RESOURCE, &[&language::RESOURCE], &parts);
        let parts = ["parameters", "replies", "examples"];
        is_whole(OPERATION, &[&language::OPERATION], &parts);
        is_whole(PARAMETER, &[&language::PARAMETER], &[]);
        let parts = ["use", "headers", "messages", "errors"];
        is_whole(REPLY, &[&language::REPLY, &language::SHARED_REPLY], &parts);
        is_whole(HEADER, &[&language::HEADER], &[]);
        is_whole(ERROR, &[&language::ERROR], &[]);
    }
}
