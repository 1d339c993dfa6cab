//! A server for development and tests: stateful ICWS over HTTP, which tests can
//! control. The command `icws-mock` runs it from a shell.
//!
//! Start a [`MockServer`] in a test. [`Control`] changes its state, injects
//! faults, and lists the requests that arrived.
//!
//! ```
//! use icws_mock::{Callback, Fault, MockServer};
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! let server = MockServer::start().await?;
//! let control = server.control();
//! let id = control.create_callback(Callback::new("+13175550142", "Invoice 4711"));
//! control.inject_fault_at("messaging.poll", Fault::DropMidAnswer)?;
//! // Connect to `server.base_url()` as `agent` with `secret`, watch the callback, poll:
//! // the first poll ends in the middle, and what it carried is lost.
//! control.change(&id, |callback| callback.attempts = Some(1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it does
//!
//! The shipped model is served with state behind it: sessions with cookie and
//! CSRF token, the queue of messages by poll and by server-sent events,
//! callbacks and other interactions, and who watches them. What is sent is taken
//! as leniently as live servers were seen to take it: any content type, the
//! whole `Set-Cookie` line as a cookie, bodies where there should be none,
//! unknown properties, numbers and booleans in quotes, double slashes. What the
//! reference pages demand is demanded: cookie, token, rights, known
//! interactions.
//!
//! [`MockBuilder::model`] also serves the operations of any other model.
//! Requests are checked against it, and a refusal says what is wrong. A response
//! has the first documented status of a success and a representation made up of
//! the required properties. [`Control::inject_raw`] feeds its subscriptions.
//!
//! # What it chooses
//!
//! Where no source says what real servers do, the server does this:
//!
//! - Of a session that has ended all calls but `GET connection` get 401. After
//!   [`Control::disconnect`] the queue can be read once more. A 401 has the code
//!   1 when the session id is no number, 4 without a cookie, 2 without the right
//!   token, -2147221499 otherwise, in this order.
//! - Sessions last, unless [`MockBuilder::idle_timeout`] is set; every call and an
//!   open stream is a use.
//! - An operation of a newer feature version than the server's is a 404.
//! - A poll or stream takes the place of the stream before it, which ends.
//! - A value that is taken away from a callback makes a full message, since no
//!   property of `callbackMessage` may be null. Later `interactionChangedMessage`s
//!   have the attributes that changed.
//! - A call that answers a callback becomes its `associatedCallId` and counts as
//!   an attempt, the dispositions `Failure` and `Retry` count one more, and
//!   `Success` takes the callback away. Dispositions are answered with 204,
//!   attributes that are set with 200.
//! - A new callback has the attributes `Eic_State`, `O`, and `Eic_RemoteId`, the
//!   number to call; its call has the state `A`.
//! - A body of `POST interactions` whose `__type` the model does not know makes
//!   an interaction that is no callback.
//! - `Access-Control-Allow-Origin` is the origin of the request, or `*` without
//!   one, as browsers need it.
//!
//! # Control over HTTP
//!
//! `/mock`, beside `/icws`, is a [`Control`] for shells, in JSON and for peers of
//! the same machine only. `GET /mock` lists all of it:
//!
//! ```text
//! curl http://127.0.0.1:8018/mock
//! curl http://127.0.0.1:8018/mock/callbacks -d '{"target": "+1317", "subject": "Invoice"}'
//! curl -X PATCH http://127.0.0.1:8018/mock/callbacks/2001234567 -d '{"snoozed": true}'
//! curl http://127.0.0.1:8018/mock/messages -d '{"__type": "urn:x", "isDelta": false}'
//! curl http://127.0.0.1:8018/mock/faults -d '{"fault": "truncateJson", "operation": "messaging.poll"}'
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo)
)]

mod answer;
mod areas;
mod builder;
mod callback;
mod control;
mod endpoint;
mod fault;
mod modelled;
mod record;
mod refusal;
mod router;
mod sample;
mod scenario;
mod serve;
mod server;
mod settings;
mod shared;
mod topics;
mod world;

pub use builder::MockBuilder;
pub use callback::Callback;
pub use control::{Control, UnknownOperation};
pub use fault::Fault;
pub use modelled::ModelSource;
pub use record::RecordedRequest;
pub use scenario::{Scenario, ScenarioError};
pub use server::MockServer;

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
