//! The hand-written part of the bindings to ICWS: everything that is the same
//! for all operations and messages, and [`bindings!`], the macro that makes the
//! rest of a YAML model.
//!
//! Programs that use the API as it is depend on `icws-generated`, which has this
//! crate as its module `runtime`. Depend on it directly for a model of your own:
//! then nothing else is compiled.
//!
//! The crate does no input or output. A request becomes an [`http::Request`], and
//! an [`http::Response`] becomes a response enum; servers use the reverse
//! direction. The program chooses the HTTP client or server. Generated code is
//! data and small functions over this crate.
//!
//! - [`ApiSession`], [`Features`]: what requests are made for.
//! - [`Request`], [`Response`], [`ApiError`]: a request and its response.
//! - [`drift`]: what a server sends that the model does not know.
//! - [`Batch`], [`Union`], [`Cache`]: messages and the state merged from them.
//! - [`route`], [`Incoming`]: requests as a server receives them; [`find_route`]
//!   finds the operation before the request is read.
//!
//! With the feature `serde`, generated types, messages and states are `Serialize`
//! and `Deserialize` in the form that they have on the wire, secrets among it.
//! They are read from formats that describe themselves, as JSON does.
//!
//! With the feature `recording`, [`recording`] writes exchanges down, without secrets.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo)
)]

mod builder;
pub mod drift;
mod exchange;
pub mod follow;
mod json;
mod messages;
pub mod meta;
#[cfg(feature = "recording")]
pub mod recording;
mod serde_impls;
mod session;
mod shown;
mod wire;

// What expansions name. The number is that of the contract between them and
// this crate, and is raised when code that was generated before would not
// compile any more. It is not the version: the macro is pinned to its runtime
// and always fits, but code that `icws-spec expand` wrote is kept in other
// repositories. An update must not break it for nothing, and what has to be
// generated anew must fail at its first line and not in all the others.
#[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
#[path = "private/mod.rs"]
pub mod __private1;

pub use builder::{Missing, Provided, Set};
pub use exchange::{
    ApiError, Call, Challenge, ChallengeError, Content, DecodeError, Failure, Incoming, Property,
    RawReply, Request, RequestError, Response, Route, RouteError, Routed, SessionClaim,
    SessionProblem, Sessionless, ToBody, Unexpected, find_route, route,
};
pub use json::{
    Boxed, CaseMap, DateTime, DateTimeError, Enumeration, Field, Items, ItemsIter, KeyPart, Keyed,
    Moment, Patch, ReadError, ReadErrorKind, Record, Seconds, Secret, Union, UnknownObject,
    UnknownProperties,
};
pub use messages::{
    Applied, Arriving, Batch, Cache, Changes, Collected, Delta, DeltaState, Followed, MergeError,
    MessageError, Standing, Subscription,
};
pub use meta::FeatureVersion;
pub use session::{ApiSession, Features, Server, SessionError, SessionParts};

/// Generates the bindings of an ICWS model where it is called.
///
/// ```
/// // A model in place.
/// icws_runtime::bindings!(inline: r#"
///     icws: 1
///     namespace: system
///     messages: { pingMessage: { urn: "urn:example:ping", properties: {} } }
/// "#);
///
/// # fn main() {
/// use icws_runtime::Union;
///
/// let message = Message::from_json(br#"{ "__type": "urn:example:ping" }"#);
/// assert_eq!(message, Ok(Message::from(system::PingMessage::new())));
/// # }
/// ```
///
/// ```ignore
/// // A model of one's own, relative to the package, or with `./` to this file.
/// icws_runtime::bindings!("model/icws.yaml");
///
/// // The model that icws-spec ships.
/// icws_runtime::bindings!(shipped);
/// ```
///
/// Options follow, separated by commas:
///
/// - `only: [status, configuration.users]` generates the operations and messages
///   of these namespaces and of those below them, and what they need: types with
///   all their options, and messages that follow. Nothing else is compiled. A type
///   is the same whatever else is selected;
/// - `features: { interactions: 8 }` leaves out what came with a newer version
///   of a feature;
/// - `tests: true` makes a `#[test]` of each example in the model;
/// - `cargo_features: { status: "status" }` says in the docs of a namespace which
///   feature of the calling crate turns it on;
/// - `crate: path::to::icws_runtime` is for macros that call this one where the
///   crate is known by another path.
///
/// Each finding in the model is a compile error with file, line and column.
/// Everything without a finding is still generated.
#[macro_export]
macro_rules! bindings {
    ($($input:tt)*) => {
        $crate::__private1::bindings! { crate: $crate, $($input)* }
    };
}
