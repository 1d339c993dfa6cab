//! What traffic proves that a model does not say.

use super::shape::Shape;

/// So many names of a query are kept; no operation has so many parameters.
pub(super) const MOST_NAMES: usize = 256;

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
        reply: Option<Shape>,
    },
    /// A reply of an operation.
    Status {
        operation: String,
        status: u16,
        reply: Option<Shape>,
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
    /// Takes in another sight of the same fact.
    pub fn join(&mut self, other: &Fact) {
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
                for name in more {
                    if query.len() < MOST_NAMES && !query.contains(name) {
                        query.push(name.clone());
                    }
                }
                join(request, other_request.as_ref());
                join(reply, other_reply.as_ref());
            }
            (Fact::Status { reply, .. }, Fact::Status { reply: other, .. }) => {
                join(reply, other.as_ref());
            }
            (Fact::Property { shape, .. }, Fact::Property { shape: other, .. })
            | (Fact::Type { shape, .. }, Fact::Type { shape: other, .. }) => shape.join(other),
            _ => {}
        }
    }
}

fn join(shape: &mut Option<Shape>, other: Option<&Shape>) {
    match (shape, other) {
        (Some(shape), Some(other)) => shape.join(other),
        (shape @ None, Some(other)) => *shape = Some(other.clone()),
        (_, None) => {}
    }
}
