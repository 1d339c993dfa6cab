//! The resolved model: every reference followed, every default filled in, every
//! Rust name decided. [`crate::resolve::resolve`] is the only place that makes
//! one, so the generator behind it has nothing left to check.

use std::fmt;

use crate::source::Place;

/// A whole model.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Api {
    /// The features that versions refer to, in the order of the model.
    pub features: Vec<Feature>,
    /// Enumerations; an [`EnumId`] is an index into this list.
    pub enums: Vec<Enumeration>,
    /// Objects and messages; a [`RecordId`] is an index into this list.
    pub records: Vec<Record>,
    /// The resources, each with its operations.
    pub resources: Vec<Resource>,
}

/// A group of the API with one version number of its own.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Feature {
    /// The name as the server spells it, `interactions`.
    pub name: String,
    /// What the feature is for.
    pub doc: String,
}

/// The feature version that introduced an item: `interactions 8`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Since {
    /// The feature's name.
    pub feature: String,
    /// Its version, from 1.
    pub version: u32,
}

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.feature, self.version)
    }
}

/// Which object or message of [`Api::records`] is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(pub(crate) usize);

/// An object or a message: a JSON object with named properties.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Record {
    /// The namespace, `interactions.callback`.
    pub namespace: String,
    /// The name on the wire, `callbackMessage`.
    pub name: String,
    /// The Rust type's name, `CallbackMessage`.
    pub rust_name: String,
    /// What it is.
    pub doc: String,
    /// Where the facts come from, when that is not the page of a resource.
    pub source: Option<String>,
    /// The value of `__type`.
    pub urn: Option<String>,
    /// The feature version that introduced it.
    pub since: Option<Since>,
    /// What makes it a message; `None` for an object.
    pub message: Option<MessageFacts>,
    /// What it derives from.
    pub base: Option<RecordId>,
    /// Whether only what derives from it travels.
    pub is_abstract: bool,
    /// The objects that may stand where this one is asked for; none unless
    /// others derive from it. It is one of them itself unless it is abstract.
    pub options: Vec<RecordId>,
    /// The Rust name of the type that may be any of the options,
    /// `AnyStationSettings`.
    pub any_rust_name: String,
    /// The properties, those of the base first, each in the order of the
    /// reference page and without `__type`.
    pub properties: Vec<Property>,
    /// Examples from the model, to be tested.
    pub examples: Vec<MessageExample>,
    /// Where it stands in the model.
    pub place: Place,
    /// Whether the bindings do without it: it has a finding, or is newer than
    /// a pin. It keeps its place in the list, so that ids stay valid.
    pub omitted: bool,
}

impl Record {
    /// The name with its namespace: `interactions.callback.callbackMessage`.
    pub fn id(&self) -> String {
        format!("{}.{}", self.namespace, self.name)
    }

    /// Whether it says what it is by its `__type`: messages and derived objects
    /// do.
    pub fn is_typed(&self) -> bool {
        self.message.is_some() || self.base.is_some()
    }
}

/// Which enumeration of [`Api::enums`] is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnumId(pub(crate) usize);

/// An enumeration: names for whole numbers. Other numbers are possible, since a
/// newer server may know more.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Enumeration {
    /// The namespace.
    pub namespace: String,
    /// The name in the reference, `queueType`.
    pub name: String,
    /// The Rust type's name, `QueueType`.
    pub rust_name: String,
    /// What it tells apart.
    pub doc: String,
    /// Where the facts come from.
    pub source: Option<String>,
    /// The feature version that introduced it.
    pub since: Option<Since>,
    /// Whether values can be combined bit by bit.
    pub flags: bool,
    /// The values in the order of the page.
    pub values: Vec<EnumValue>,
    /// Where it stands in the model.
    pub place: Place,
    /// As [`Record::omitted`].
    pub omitted: bool,
}

impl Enumeration {
    /// The name with its namespace.
    pub fn id(&self) -> String {
        format!("{}.{}", self.namespace, self.name)
    }
}

/// A value of an enumeration.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct EnumValue {
    /// The name in the reference.
    pub name: String,
    /// The Rust name: of a variant, or of a constant for flags.
    pub rust_name: String,
    /// The number on the wire.
    pub number: i64,
    /// What it means.
    pub doc: String,
    /// The feature version that introduced it.
    pub since: Option<Since>,
    /// Where it stands in the model.
    pub place: Place,
}

/// What a message has beyond an object.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct MessageFacts {
    /// How the message updates a cache; `None` when it stands for itself.
    pub delta: Option<DeltaFacts>,
}

/// How a message says whether it is in full, and what it is about.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DeltaFacts {
    /// Index of the boolean property that is true on a delta.
    pub flag: usize,
    /// Index of the property that tells the subjects of one subscription apart.
    pub key: Option<usize>,
    /// The Rust name of the merged state, `CallbackState`.
    pub state_rust_name: String,
}

/// A property of an object or message.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Property {
    /// The name on the wire.
    pub name: String,
    /// The Rust field's name.
    pub rust_name: String,
    /// Its type.
    pub ty: Type,
    /// Whether it is always there.
    pub required: bool,
    /// Whether other properties decide if it must be there; the text says how.
    pub conditional: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// Whether its type holds the object that it belongs to, so that Rust has
    /// to put it in a box.
    pub boxed: bool,
    /// What it says.
    pub doc: String,
    /// Where the fact comes from, when the page does not have it.
    pub source: Option<String>,
    /// The feature version that introduced it.
    pub since: Option<Since>,
    /// Where it stands in the model.
    pub place: Place,
}

/// The type of a value in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Type {
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 64 bits.
    Long,
    /// A number of single precision.
    Float,
    /// A number of double precision.
    Double,
    /// A URI, as text.
    Uri,
    /// A GUID, as text.
    Guid,
    /// Seconds, as a number.
    Duration,
    /// A point in time.
    DateTime,
    /// A date, as text in a form that is not documented.
    Date,
    /// A time of day, as text in a form that is not documented.
    Time,
    /// An enumeration of the model.
    Enum(EnumId),
    /// An object of the model, or one that derives from it.
    Record(RecordId),
    /// An array.
    List(List),
    /// An object whose keys are data.
    Map(Box<Type>),
}

/// The type of an array.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct List {
    /// The type of the items.
    pub item: Box<Type>,
    /// Whether items may be null.
    pub nullable_items: bool,
    /// How many items there are at least.
    pub least: u64,
    /// How many items there are at most; `None` without a bound.
    pub most: Option<u64>,
}

impl Type {
    /// Whether its values are text without a structure that is known here.
    pub fn is_text(&self) -> bool {
        matches!(
            self,
            Type::String | Type::Uri | Type::Guid | Type::Date | Type::Time
        )
    }

    /// The types that are not declared in a model, by their names in it.
    pub const BASIC: &[(&str, Type)] = &[
        ("string", Type::String),
        ("boolean", Type::Boolean),
        ("int", Type::Int),
        ("long", Type::Long),
        ("float", Type::Float),
        ("double", Type::Double),
        ("uri", Type::Uri),
        ("guid", Type::Guid),
        ("duration", Type::Duration),
        ("dateTime", Type::DateTime),
        ("date", Type::Date),
        ("time", Type::Time),
    ];
}

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

/// A piece of a path between two slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Text that stands as it is.
    Literal(String),
    /// A parameter, by its name on the wire.
    Parameter(String),
}

/// A method of a resource.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Operation {
    /// The namespace of the file it stands in.
    pub namespace: String,
    /// Its name in the model, `subscribe`.
    pub name: String,
    /// The Rust type's name, `Subscribe`.
    pub rust_name: String,
    /// `GET`, `PUT` and so on.
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
}

/// A parameter of an operation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// The Rust name of field and setter.
    pub rust_name: String,
    /// Where it travels.
    pub location: Location,
    /// Who supplies it.
    pub origin: Origin,
    /// Its type: a scalar one, an enumeration, or a list of these.
    pub ty: Type,
    /// Whether every request has it.
    pub required: bool,
    /// What it is for.
    pub doc: String,
    /// Where the fact comes from, when the page does not have it.
    pub source: Option<String>,
    /// The feature version that introduced it.
    pub since: Option<Since>,
    /// Where it stands in the model.
    pub place: Place,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The caller, for each request.
    Caller,
    /// The session's id.
    SessionId,
    /// The session's CSRF token.
    CsrfToken,
    /// The session's cookie.
    Cookie,
}

impl Origin {
    /// The word of the model language; `None` for the caller.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Origin::Caller => None,
            Origin::SessionId => Some("id"),
            Origin::CsrfToken => Some("csrfToken"),
            Origin::Cookie => Some("cookie"),
        }
    }
}

/// What comes back with one status.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Reply {
    /// The status code.
    pub status: u16,
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
    /// The messages that follow on the channel because of this reply.
    pub messages: Vec<RecordId>,
    /// The identifiers that errors with this status can have.
    pub errors: Vec<ErrorIdentifier>,
    /// Where it stands in the model.
    pub place: Place,
}

impl Reply {
    /// Whether the status says that the request did what it was for.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
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
    /// The name of the Rust constant, `ERROR_REQUEST_NO_STATION`.
    pub rust_name: String,
    /// The representation that comes with it.
    pub ty: Option<RecordId>,
    /// When it comes.
    pub doc: String,
}

/// A header of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplyHeader {
    /// The header's name.
    pub name: String,
    /// The Rust field's name.
    pub rust_name: String,
    /// How its value is read.
    pub ty: HeaderType,
    /// Whether the reply always has it.
    pub required: bool,
    /// What it says.
    pub doc: String,
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

/// An example of a message.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MessageExample {
    /// Its name in the model.
    pub name: String,
    /// What it shows.
    pub doc: String,
    /// The message as JSON.
    pub json: String,
}

/// An example of a request and its reply.
#[derive(Debug, Clone)]
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
