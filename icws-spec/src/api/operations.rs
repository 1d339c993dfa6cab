//! Resources, their operations, and what requests and replies carry.

use super::status::Status;
use super::{Id, RecordId, Since, Type};
use crate::place::Place;

/// A resource: a path and what can be done with it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Resource {
    /// The path with its parameters in braces.
    pub path: String,
    /// The path in pieces.
    pub segments: Vec<Segment>,
    /// What the resource is.
    pub doc: String,
    /// Where the facts come from; the page of the path when absent.
    pub source: Option<String>,
    /// The feature version that introduced the resource.
    pub since: Option<Since>,
    /// The operations in the order of the model.
    pub operations: Vec<Operation>,
    /// Where it stands in the model.
    pub place: Place,
}

impl Resource {
    /// The path, whatever its parameters are called: `/icws/{}/status`.
    pub fn template(&self) -> String {
        let segments = self.segments.iter();
        let pieces = segments.flat_map(|segment| ["/", segment.literal().unwrap_or("{}")]);
        pieces.collect()
    }

    /// Returns which piece of the path a parameter is, if it is one.
    pub fn piece(&self, parameter: &Parameter) -> Option<usize> {
        let is_path = parameter.location == Location::Path;
        let mut segments = self.segments.iter().filter(|_| is_path);
        segments.position(
            |segment| matches!(segment, Segment::Parameter(name) if *name == parameter.name),
        )
    }
}

/// What a request has to show of its session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs {
    /// The piece of the path that is the session's id.
    pub session: Option<usize>,
    /// Whether it has the cookie.
    pub cookie: bool,
    /// Whether it has the CSRF token.
    pub token: bool,
}

/// A piece of a path between two slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Text that stands as it is.
    Literal(String),
    /// A parameter, by its name on the wire.
    Parameter(String),
}

impl Segment {
    /// The text that stands as it is; `None` for a parameter.
    pub(crate) fn literal(&self) -> Option<&str> {
        match self {
            Segment::Literal(text) => Some(text),
            Segment::Parameter(_) => None,
        }
    }
}

/// The methods that an operation can have.
pub(crate) const METHODS: &[&str] = &["GET", "PUT", "POST", "DELETE", "PATCH"];

/// Which operation is meant: ids go along [`Api::operations`](super::Api::operations).
pub type OperationId = Id<Operation>;

/// A method of a resource.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Operation {
    /// The namespace of the file it stands in.
    pub namespace: String,
    /// Its name in the model, `subscribe`.
    pub name: String,
    /// The Rust type's name, when the model gives one.
    pub rust_name: Option<String>,
    /// `GET`, `PUT`, `POST`, `DELETE` or `PATCH`.
    pub method: String,
    /// What it does.
    pub doc: String,
    /// Where the facts come from, beyond the page.
    pub source: Option<String>,
    /// The feature version that introduced it.
    pub since: Option<Since>,
    /// The parameters: the resource's, then its own.
    pub parameters: Vec<Parameter>,
    /// The representation in the body of the request.
    pub body: Option<Type>,
    /// Where its type stands in the model.
    pub body_place: Option<Place>,
    /// The replies in the order of the page.
    pub replies: Vec<Reply>,
    /// Examples from the model, to be tested.
    pub examples: Vec<OperationExample>,
    /// Where it stands in the model.
    pub place: Place,
}

impl Operation {
    /// The name with its namespace: `interactions.callback.subscribe`.
    pub fn id(&self) -> String {
        format!("{}.{}", self.namespace, self.name)
    }

    /// The parameters that the caller gives, with their positions among all.
    pub fn given(&self) -> impl Iterator<Item = (usize, &Parameter)> {
        let parameters = self.parameters.iter().enumerate();
        parameters.filter(|(_, parameter)| parameter.is_given())
    }

    /// Returns true if it is called without a session.
    pub fn is_sessionless(&self) -> bool {
        self.parameters.iter().all(Parameter::is_given)
    }

    /// Returns what requests have to show of their session.
    pub fn needs(&self, resource: &Resource) -> Needs {
        let mut needs = Needs::default();
        for parameter in &self.parameters {
            match parameter.supplier {
                Supplier::Caller => {}
                Supplier::SessionId => needs.session = needs.session.or(resource.piece(parameter)),
                Supplier::CsrfToken => needs.token = true,
                Supplier::Cookie => needs.cookie = true,
            }
        }
        needs
    }

    /// The replies that say that the request succeeded.
    pub fn successes(&self) -> impl Iterator<Item = &Reply> {
        self.replies.iter().filter(|reply| reply.is_success())
    }
}

/// A parameter of an operation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// The Rust name of field and setter, when the model gives one.
    pub rust_name: Option<String>,
    /// Where it travels.
    pub location: Location,
    /// Who supplies it.
    pub supplier: Supplier,
    /// Its type: a scalar one, an enumeration, or a list of these.
    pub ty: Type,
    /// Whether every request has it.
    pub required: bool,
    /// What the server takes when it is left out, as it travels.
    pub default: Option<String>,
    /// What it is for.
    pub doc: String,
    /// Where the fact comes from, when the page does not have it.
    pub source: Option<String>,
    /// The feature version that introduced it.
    pub since: Option<Since>,
    /// Where it stands in the model.
    pub place: Place,
}

impl Parameter {
    /// Returns true if the caller gives it, and not the session.
    pub fn is_given(&self) -> bool {
        self.supplier == Supplier::Caller
    }
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// In the path; the reference pages call it `Template`.
    Path,
    /// In the query string.
    Query,
    /// In a header.
    Header,
}

impl Location {
    /// The word of the model language.
    pub fn word(self) -> &'static str {
        match self {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
        }
    }
}

/// Who supplies a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Supplier {
    /// The caller, for each request.
    Caller,
    /// The session's id.
    SessionId,
    /// The session's CSRF token.
    CsrfToken,
    /// The session's cookie.
    Cookie,
}

impl Supplier {
    /// The word of the model language; `None` for the caller.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Supplier::Caller => None,
            Supplier::SessionId => Some("id"),
            Supplier::CsrfToken => Some("csrfToken"),
            Supplier::Cookie => Some("cookie"),
        }
    }
}

/// What comes back with one status.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Reply {
    /// The status.
    pub status: Status,
    /// What it means here.
    pub doc: String,
    /// Where the fact comes from, when the page does not have it.
    pub source: Option<String>,
    /// The feature version that introduced it.
    pub since: Option<Since>,
    /// The representation in the body.
    pub body: Option<BodyType>,
    /// Headers that carry facts of their own.
    pub headers: Vec<ReplyHeader>,
    /// The messages that follow in the queue of the session because of this reply.
    pub messages: Vec<RecordId>,
    /// The identifiers that errors with this status can have.
    pub errors: Vec<ErrorIdentifier>,
    /// Where it stands in the model.
    pub place: Place,
}

impl Reply {
    /// Returns true if the status says that the request succeeded.
    pub fn is_success(&self) -> bool {
        self.status.is_success()
    }
}

/// What a body holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyType {
    /// One value.
    Value(Type),
    /// A bare array of messages of any type.
    Messages,
    /// Content of another media type, `text/html`.
    Media(String),
}

/// An identifier by which an error says what went wrong.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ErrorIdentifier {
    /// The identifier, `error.request.noStation`.
    pub id: String,
    /// The name of the Rust constant, when the model gives one.
    pub rust_name: Option<String>,
    /// The representation that comes with it.
    pub ty: Option<RecordId>,
    /// When it comes.
    pub doc: String,
    /// Where it stands in the model.
    pub place: Place,
}

/// A header of a reply.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ReplyHeader {
    /// The header's name.
    pub name: String,
    /// The Rust field's name, when the model gives one.
    pub rust_name: Option<String>,
    /// How its value is read.
    pub ty: HeaderType,
    /// Whether the reply always has it.
    pub required: bool,
    /// What it says.
    pub doc: String,
    /// Where it stands in the model.
    pub place: Place,
}

/// How the value of a header is read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderType {
    /// As a value of a basic type.
    Value(Type),
    /// As an authentication challenge: scheme, realm, location.
    Challenge,
}

/// An example of a request and its reply.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationExample {
    /// Its name in the model.
    pub name: String,
    /// What it shows.
    pub doc: String,
    /// Parameter values by name on the wire, in the order of the operation.
    pub parameters: Vec<(String, String)>,
    /// Method and path of the request that must come of them.
    pub request: String,
    /// The body of the request as JSON.
    pub request_body: Option<String>,
    /// The status of the reply.
    pub status: u16,
    /// The headers of the reply.
    pub headers: Vec<(String, String)>,
    /// The media type of the reply, when it is not JSON.
    pub media: Option<String>,
    /// The body of the reply: JSON, or text of its media type.
    pub body: Option<String>,
}
