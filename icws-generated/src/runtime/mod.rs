//! The hand-written part of the bindings: everything that is the same for all
//! operations and messages.
//!
//! It does no input or output. A request becomes an [`http::Request`], an
//! [`http::Response`] becomes an answer, and the same the other way round for
//! servers; what carries them is up to the user. Generated code is data and
//! small functions over this module.
//!
//! - [`Session`], [`Features`]: what requests are made for.
//! - [`Endpoint`], [`Response`], [`ApiError`]: a request and its answer.
//! - [`Batch`], [`Union`], [`Cache`]: messages and what they add up to.
//! - [`route`], [`Incoming`]: requests as a server meets them.

mod builder;
mod exchange;
mod json;
mod messages;
mod meta;
mod names;
mod session;
#[doc(hidden)]
pub mod testing;
mod wire;

pub use builder::{Missing, Provided, Set};
pub use exchange::{
    ApiError, Arguments, Body, Challenge, ChallengeError, Content, Credentials, DecodeError,
    Endpoint, Failure, Incoming, OperationKind, Parameter, ParameterError, RawReply, RequestError,
    RequestHead, Response, Route, RouteError, Routed, SessionProblem, Sessionless, ToBody,
    Unexpected, decode_request, find_route, route,
};
pub use http::Method;
#[cfg(feature = "client")]
pub(crate) use json::option_of;
pub use json::{
    Blank, Boxed, DateTime, DateTimeError, Dynamic, Enumeration, Field, ReadError, ReadErrorKind,
    Reader, Record, Row, Seconds, Secret, Union, UnknownObject, Value, Visitor, Writer,
    clone_record, debug_record, debug_union, enum_read_text, enum_to_text, eq_record, eq_union,
    read_enum, read_new, read_union, visit_enum, visit_union, write_enum, write_union,
};
pub use messages::{
    Applied, Batch, Cache, Delta, DeltaState, MessageError, Subscription, SubscriptionKind,
    clone_state, debug_state, eq_state,
};
pub use meta::{
    DeltaMeta, EndpointMeta, EnumMeta, FeatureVersion, Location, Origin, ParameterMeta,
    PropertyMeta, RecordMeta, Segment,
};
#[doc(hidden)]
pub use names::*;
pub use session::{Features, Server, Session, SessionError, SessionParts};
