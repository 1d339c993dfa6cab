//! What traffic proves that a model does not say.

use super::shape::{Shape, Sight};

/// So many names of a query are kept; no operation has so many parameters.
pub(super) const MOST_NAMES: usize = 256;

/// Returns true if a status alone proves that its operation is there.
pub(super) fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// What came as the body of a response.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Came {
    /// JSON.
    Json(Shape),
    /// Something else, by its media type.
    Other(String),
}

#[cfg(feature = "cli")]
impl Came {
    fn has_name(&self, is: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Came::Json(shape) => shape.has_name(is),
            Came::Other(media) => is(media),
        }
    }
}

/// A fact that a model lacks. Items of the model are named by their ids.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fact {
    /// An operation of a resource that may not be there either.
    Operation {
        /// The path in pieces; `None` for a parameter.
        path: Vec<Option<String>>,
        method: String,
        /// The names in the query.
        query: Vec<String>,
        request: Option<Shape>,
        status: u16,
        reply: Option<Came>,
    },
    /// A reply of an operation.
    Status {
        operation: String,
        status: u16,
        reply: Option<Came>,
    },
    /// A property of an object or message.
    Property {
        record: String,
        name: String,
        shape: Shape,
    },
    /// A value of an enumeration.
    Number { enumeration: String, number: i64 },
    /// An object or message with a `__type` of its own.
    Type {
        urn: String,
        is_message: bool,
        /// The id of the type that it stands for.
        base: Option<String>,
        shape: Shape,
    },
}

impl Fact {
    /// Returns true if one of its names is of a kind, at any depth.
    #[cfg(feature = "cli")]
    pub fn has_name(&self, is: &dyn Fn(&str) -> bool) -> bool {
        let in_shape = |shape: &Option<Shape>| shape.as_ref().is_some_and(|own| own.has_name(is));
        let in_reply = |came: &Option<Came>| came.as_ref().is_some_and(|own| own.has_name(is));
        match self {
            Fact::Operation {
                path,
                query,
                request,
                reply,
                ..
            } => {
                let mut names = path.iter().flatten().chain(query);
                names.any(|name| is(name)) || in_shape(request) || in_reply(reply)
            }
            Fact::Status { reply, .. } => in_reply(reply),
            Fact::Property { name, shape, .. } => is(name) || shape.has_name(is),
            Fact::Number { .. } => false,
            Fact::Type { urn, shape, .. } => is(urn) || shape.has_name(is),
        }
    }

    /// Takes in another sight of the same fact.
    pub fn join(&mut self, other: &Fact, sight: Sight) {
        match (self, other) {
            (
                Fact::Operation {
                    query,
                    request,
                    reply,
                    ..
                },
                Fact::Operation {
                    query: more,
                    request: other_request,
                    reply: other_reply,
                    ..
                },
            ) => {
                join_names(query, more);
                join(request, other_request.as_ref(), sight);
                join_reply(reply, other_reply.as_ref(), sight);
            }
            (Fact::Status { reply, .. }, Fact::Status { reply: other, .. }) => {
                join_reply(reply, other.as_ref(), sight);
            }
            (Fact::Property { shape, .. }, Fact::Property { shape: other, .. })
            | (Fact::Type { shape, .. }, Fact::Type { shape: other, .. }) => {
                shape.join(other, sight);
            }
            _ => {}
        }
    }
}

/// Takes in more names of a query.
pub(super) fn join_names(names: &mut Vec<String>, others: &[String]) {
    for name in others {
        if names.len() < MOST_NAMES && !names.contains(name) {
            names.push(name.clone());
        }
    }
}

/// Takes in the shape of other values.
pub(super) fn join(shape: &mut Option<Shape>, other: Option<&Shape>, sight: Sight) {
    match (shape, other) {
        (Some(shape), Some(other)) => shape.join(other, sight),
        (shape @ None, Some(other)) => *shape = Some(other.clone()),
        (_, None) => {}
    }
}

/// Of JSON and something else the first counts.
fn join_reply(came: &mut Option<Came>, other: Option<&Came>, sight: Sight) {
    match (came, other) {
        (Some(Came::Json(shape)), Some(Came::Json(other))) => shape.join(other, sight),
        (came @ None, Some(other)) => *came = Some(other.clone()),
        _ => {}
    }
}
