//! Typed bindings to ICWS, the REST API of PureConnect, generated from a YAML
//! model of its reference pages.
//!
//! - a module for each namespace of the API with its operations, objects and
//!   messages, `interactions::callback` for one;
//! - [`Message`], any message of a session's queue;
//! - [`AnyRequest`] and [`ROUTES`], any request, for those who write servers;
//! - [`runtime`], the hand-written part that all of them share, a crate of its own;
//! - [`bindings!`], the macro that makes the same of another model.
//!
//! # Features
//!
//! A feature compiles the operations and messages of one namespace at the top of
//! the API and of those below it, and the types that these need. `connection`,
//! `interactions` and `messaging` are on by default; `full` is all of the model,
//! and `client` is a client on tokio. Types are the same whatever else is on.
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
//! use icws_generated::runtime::{Request, Response, ApiSession, SessionParts};
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

#[cfg(feature = "client")]
pub mod client;
#[doc(inline)]
pub use icws_runtime as runtime;
pub use icws_runtime::bindings;

// `bindings!(shipped, only: […], tests: true)` with what the features are.
include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
