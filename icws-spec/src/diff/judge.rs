//! Which rule a changed fact is told by, and in which words: one table for each
//! kind of item, beside that of its facts.

use crate::api::{
    EnumValue, Enumeration, ErrorIdentifier, Feature, Namespace, Operation, Parameter, Property,
    Record, Reply, ReplyHeader, Resource,
};
use crate::delta::Changed;
use crate::facts::{self, Fact, Value};

use super::rules::{self, Rule};

/// A rule with its words, where `{old}` and `{new}` are the values as code, and
/// `[old]` and `[new]` as they are.
pub(super) type Said = (&'static Rule, &'static str);

/// How a changed fact is told.
pub(super) enum How {
    /// By one rule.
    By(Said),
    /// By one rule when it comes to be so, and by another when it no longer is.
    Flag { on: Said, off: Said },
    /// By what was and what is.
    Either(fn(&Changed<'_>) -> Said),
    /// Where the items are compared, because it takes more than both values.
    Elsewhere,
}

impl How {
    /// Returns the rule and the words; `None` when they are found elsewhere.
    pub fn said(&self, changed: &Changed<'_>) -> Option<Said> {
        match self {
            How::By(said) => Some(*said),
            How::Flag { on, .. } if changed.new == Value::Flag(true) => Some(*on),
            How::Flag { off, .. } => Some(*off),
            How::Either(choose) => Some(choose(changed)),
            How::Elsewhere => None,
        }
    }
}

/// The facts of a kind of item, and how a change of each is told.
pub(super) struct Table<T: 'static> {
    pub facts: &'static [Fact<T>],
    judges: &'static [(&'static str, How)],
}

impl<T> Table<T> {
    /// How a change of a key is told.
    pub fn how(&self, key: &str) -> Option<&'static How> {
        let judges = self.judges.iter().chain(OF_ALL);
        judges
            .clone()
            .find(|(own, _)| *own == key)
            .map(|(_, how)| how)
    }
}

/// Keys that many kinds have.
static OF_ALL: &[(&str, How)] = &[
    ("doc", How::By((&rules::TEXT_CHANGED, "has another text"))),
    (
        "source",
        How::By((&rules::TEXT_CHANGED, "has another source")),
    ),
    ("since", How::Either(since)),
];

pub(super) static FEATURE: Table<Feature> = Table {
    facts: facts::FEATURE,
    judges: &[],
};

pub(super) static NAMESPACE: Table<Namespace> = Table {
    facts: facts::NAMESPACE,
    judges: &[],
};

pub(super) static ENUM: Table<Enumeration> = Table {
    facts: facts::ENUM,
    judges: &[(
        "flags",
        How::Flag {
            on: (&rules::FLAGS_CHANGED, "became flags"),
            off: (&rules::FLAGS_CHANGED, "no longer are flags"),
        },
    )],
};

pub(super) static ENUM_VALUE: Table<EnumValue> = Table {
    facts: facts::ENUM_VALUE,
    judges: &[(
        "value",
        How::By((&rules::ENUM_VALUE_RENUMBERED, "was [old] and is [new]")),
    )],
};

pub(super) static RECORD: Table<Record> = Table {
    facts: facts::RECORD,
    judges: &[
        (
            "urn",
            How::By((&rules::URN_CHANGED, "had the `__type` {old} and has {new}")),
        ),
        (
            "base",
            How::By((
                &rules::BASE_CHANGED,
                "derived from {old} and derives from {new}",
            )),
        ),
        (
            "abstract",
            How::Flag {
                on: (&rules::ABSTRACT_CHANGED, "became abstract"),
                off: (&rules::ABSTRACT_CHANGED, "became concrete"),
            },
        ),
        (
            "id",
            How::By((
                &rules::DELTA_CHANGED,
                "was told apart by {old}, and is by {new}",
            )),
        ),
        (
            "delta",
            How::By((
                &rules::DELTA_CHANGED,
                "updated a cache by {old}, and does by {new}",
            )),
        ),
        (
            "standing",
            How::By((
                &rules::STANDING_CHANGED,
                "told how its subscription stands by {old}, and does by {new}",
            )),
        ),
        (
            "ends",
            How::Flag {
                on: (&rules::ENDS_CHANGED, "ends its subscription"),
                off: (&rules::ENDS_CHANGED, "no longer ends its subscription"),
            },
        ),
    ],
};

pub(super) static PROPERTY: Table<Property> = Table {
    facts: facts::PROPERTY,
    judges: &[
        ("type", How::Elsewhere),
        ("required", How::Either(required)),
        (
            "nullable",
            How::Flag {
                on: (&rules::PROPERTY_BECAME_NULLABLE, "may be null"),
                off: (
                    &rules::PROPERTY_NO_LONGER_NULLABLE,
                    "is never null any more",
                ),
            },
        ),
        (
            "ignore_case",
            How::Flag {
                on: (&rules::CASE_RULE_CHANGED, "is the same in any case"),
                off: (
                    &rules::CASE_RULE_CHANGED,
                    "is no longer the same in any case",
                ),
            },
        ),
        (
            "delta",
            How::By((&rules::DELTA_CHANGED, "was {old} in a delta, and is {new}")),
        ),
    ],
};

pub(super) static RESOURCE: Table<Resource> = Table {
    facts: facts::RESOURCE,
    judges: &[],
};

pub(super) static OPERATION: Table<Operation> = Table {
    facts: facts::OPERATION,
    judges: &[("name", How::Elsewhere), ("body", How::Elsewhere)],
};

pub(super) static PARAMETER: Table<Parameter> = Table {
    facts: facts::PARAMETER,
    judges: &[
        ("name", How::Elsewhere),
        (
            "in",
            How::By((
                &rules::PARAMETER_MOVED,
                "was in the [old] and is in the [new]",
            )),
        ),
        ("type", How::Elsewhere),
        (
            "required",
            How::Flag {
                on: (&rules::PARAMETER_BECAME_REQUIRED, "became required"),
                off: (&rules::PARAMETER_BECAME_OPTIONAL, "became optional"),
            },
        ),
        ("session", How::Either(session)),
        (
            "default",
            How::By((
                &rules::DEFAULT_CHANGED,
                "had the default {old} and has {new}",
            )),
        ),
    ],
};

pub(super) static REPLY: Table<Reply> = Table {
    facts: facts::REPLY,
    judges: &[("body", How::Elsewhere), ("content", How::Elsewhere)],
};

pub(super) static HEADER: Table<ReplyHeader> = Table {
    facts: facts::HEADER,
    judges: &[
        ("type", How::Elsewhere),
        (
            "required",
            How::Flag {
                on: (&rules::HEADER_BECAME_REQUIRED, "became required"),
                off: (&rules::HEADER_BECAME_OPTIONAL, "became optional"),
            },
        ),
    ],
};

pub(super) static ERROR: Table<ErrorIdentifier> = Table {
    facts: facts::ERROR,
    judges: &[(
        "type",
        How::By((
            &rules::ERROR_TYPE_CHANGED,
            "came with {old} and comes with {new}",
        )),
    )],
};

fn since(changed: &Changed<'_>) -> Said {
    let words = match (&changed.old, &changed.new) {
        (Value::Nothing, _) => "was of no version and is since {new}",
        (_, Value::Nothing) => "was since {old} and is of no version",
        _ => "was since {old} and is since {new}",
    };
    (&rules::SINCE_CHANGED, words)
}

fn required(changed: &Changed<'_>) -> Said {
    match (&changed.old, &changed.new) {
        (_, Value::Flag(true)) => (&rules::PROPERTY_BECAME_REQUIRED, "became required"),
        (Value::Flag(true), Value::Word(_)) => (
            &rules::PROPERTY_BECAME_OPTIONAL,
            "became conditionally required",
        ),
        (Value::Flag(true), _) => (&rules::PROPERTY_BECAME_OPTIONAL, "became optional"),
        (_, Value::Word(_)) => (&rules::CONDITION_CHANGED, "became conditionally required"),
        _ => (
            &rules::CONDITION_CHANGED,
            "is no longer conditionally required",
        ),
    }
}

fn session(changed: &Changed<'_>) -> Said {
    let words = match (&changed.old, &changed.new) {
        (Value::Nothing, _) => "came from the caller and comes from the session ({new})",
        (_, Value::Nothing) => "came from the session ({old}) and comes from the caller",
        _ => "came from the session ({old}) and comes from the session ({new})",
    };
    (&rules::PARAMETER_ORIGIN_CHANGED, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_whole<T>(table: &Table<T>) {
        for fact in table.facts {
            assert!(table.how(fact.key).is_some(), "`{}`", fact.key);
        }
        for (key, _) in table.judges {
            assert!(table.facts.iter().any(|fact| fact.key == *key), "`{key}`");
        }
    }

    #[test]
    fn each_fact_is_told_when_it_changes() {
        is_whole(&FEATURE);
        is_whole(&NAMESPACE);
        is_whole(&ENUM);
        is_whole(&ENUM_VALUE);
        is_whole(&RECORD);
        is_whole(&PROPERTY);
        is_whole(&RESOURCE);
        is_whole(&OPERATION);
        is_whole(&PARAMETER);
        is_whole(&REPLY);
        is_whole(&HEADER);
        is_whole(&ERROR);
    }
}
