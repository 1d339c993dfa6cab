//! What differs between two sides that describe the same things: two models, or
//! a reference page and a model. The caller judges it and puts it into words.

use crate::facts::{Fact, Value};

/// What a side says by a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Known<V> {
    /// This, which may be nothing.
    Said(V),
    /// The side cannot show it: no difference to anything.
    Silent,
}

/// A fact that is another one on the other side.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed<'a> {
    /// The key of the language.
    pub key: &'static str,
    /// What the old side says.
    pub old: Value<'a>,
    /// What the new side says.
    pub new: Value<'a>,
}

/// Compares the facts of an item; `same` tells whether two values of a key are
/// one.
pub fn changed<'a, T>(
    facts: &[Fact<T>],
    old: impl Fn(&Fact<T>) -> Known<Value<'a>>,
    new: impl Fn(&Fact<T>) -> Known<Value<'a>>,
    same: impl Fn(&str, &Value<'a>, &Value<'a>) -> bool,
) -> Vec<Changed<'a>> {
    let facts = facts.iter().filter_map(|fact| {
        let (Known::Said(old), Known::Said(new)) = (old(fact), new(fact)) else {
            return None;
        };
        let key = fact.key;
        (!same(key, &old, &new)).then_some(Changed { key, old, new })
    });
    facts.collect()
}

/// A part of one side, of the other, or of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<A, B> {
    /// Both sides have it.
    Both(A, B),
    /// Only the old side has it.
    Removed(A),
    /// Only the new side has it.
    Added(B),
}

/// Pairs the parts of two items: those of the old side in their order, then what
/// only the new side has.
pub fn entries<'a, 'b, A, B>(
    old: &'a [A],
    new: &'b [B],
    is_same: impl Fn(&A, &B) -> bool,
) -> Vec<Entry<&'a A, &'b B>> {
    let twin = |one: &A| new.iter().find(|other| is_same(one, other));
    let both = old.iter().map(|one| match twin(one) {
        Some(other) => Entry::Both(one, other),
        None => Entry::Removed(one),
    });
    let added = new
        .iter()
        .filter(|new| !old.iter().any(|old| is_same(old, new)));
    both.chain(added.map(Entry::Added)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    static FACTS: &[Fact<(bool, i64)>] = &[
        crate::facts::fact("flag", |item| Value::Flag(item.0)),
        crate::facts::fact("number", |item| Value::Number(item.1)),
    ];

    #[test]
    fn what_a_side_does_not_show_is_no_difference() {
        let (old, new) = ((true, 1), (false, 2));
        let said = |fact: &Fact<_>| Known::Said((fact.of)(&old));
        let shown = |fact: &Fact<_>| match fact.key {
            "flag" => Known::Silent,
            _ => Known::Said((fact.of)(&new)),
        };
        let found = changed(FACTS, said, shown, |_, old, new| old == new);
        let number = Changed {
            key: "number",
            old: Value::Number(1),
            new: Value::Number(2),
        };
        assert_eq!(found, [number]);
    }

    #[test]
    fn parts_are_paired_in_the_order_of_the_old_side() {
        let found = entries(&[3, 1, 2], &[2, 4, 3], |one, other| one == other);
        let expected = [
            Entry::Both(&3, &3),
            Entry::Removed(&1),
            Entry::Both(&2, &2),
            Entry::Added(&4),
        ];
        assert_eq!(found, expected);
    }
}
