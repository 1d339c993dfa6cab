//! Typed bindings to ICWS, the REST API of PureConnect, and a client: the whole
//! API, of which a program compiles the areas that it names.
//!
//! | to | look at |
//! |---|---|
//! | connect, stay connected, and follow what changes | `client` (feature `client`) |
//! | send a request by any HTTP client | [`runtime::Request`], below |
//! | read the messages of a session | [`runtime::Batch`], [`Message`] |
//! | keep the state that delta messages add up to | [`runtime::Cache`], [`runtime::follow`] |
//! | find an operation | the module of its path: [`interactions`], [`connection`], `status`, `configuration::users` |
//! | see what went wrong | [`runtime::ApiError`] |
//! | write a server, or a test against one | [`AnyRequest`], [`ROUTES`], [`runtime::route`], the crate `icws-mock` |
//! | add operations of one's own | [`bindings!`] |
//!
//! An operation is called by what it does, `status::SetUserStatus`; its page lists
//! the setters of its builder, its statuses, and the messages that follow.
//!
//! # Features
//!
//! A feature compiles the operations and messages of one namespace at the top of
//! the API and of those below it, and the types that these need. `connection`,
//! `interactions` and `messaging` are on by default; `full` is all of the model,
//! and `client` is a client on tokio. `client-no-provider` is the same with the
//! cryptography that a program installs for rustls, and `client-core` with a
//! transport of the program's own: neither needs a C compiler. `recording`, a part of
//! each of them, writes exchanges down.
//! Types are the same whatever else is on.
//! [`bindings!`]`(shipped, only: [configuration.users])` chooses more finely.
//!
#![doc = include_str!("../features.md")]
//! # Use
//!
//! The bindings do no input or output. They build an [`http::Request`] and parse
//! an [`http::Response`]; use any HTTP client or server.
//!
//! ```
//! use icws_generated::interactions::callback::{Subscribe, SubscribeOutcome};
//! use icws_generated::runtime::{ApiSession, Request, Response, SessionParts};
//!
//! let session = ApiSession::new(SessionParts {
//!     base_url: "https://cic.example:8019",
//!     session_id: "1731001",
//!     csrf_token: "WAVpbml",
//!     cookie: "icws_1731001=5f5dd5a4",
//! })?;
//! let request = Subscribe::builder().interaction_id("2001234567").build();
//! let http_request = request.to_http(&session)?;
//! // Send it with any HTTP client; here is what may come back.
//! # let _ = http_request;
//! let http_response = http::Response::builder().status(404).body(bytes::Bytes::new())?;
//! match Subscribe::parse(http_response)? {
//!     SubscribeOutcome::Ok(()) => println!("subscribed"),
//!     SubscribeOutcome::NotFound(_) => println!("no such interaction"),
//!     other => println!("{}", other.into_result().unwrap_err()),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo)
)]

#[cfg(feature = "client-core")]
pub mod client;
#[cfg(feature = "recording")]
pub mod recording;
#[cfg(test)]
mod sizes;
#[doc(inline)]
pub use icws_runtime as runtime;
pub use icws_runtime::bindings;
pub use {bytes, http};

// `bindings!(shipped, only: […], tests: true)` with what the features are.
include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
