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
//! The server has a world: users and their statuses, workgroups, skills, roles and all
//! other configuration lists, queues with calls, chats and callbacks, stations, licences,
//! statistics. Operations read and change it, and a session that follows a part of it by one of
//! the 74 subscriptions receives a full message and then deltas, as the model has them.
//! [`Scenario`] says what there is to begin with; [`MockBuilder::tick`] lets it live. What
//! no area knows is made up from the model, and refers to things that exist.
//!
//! What is sent is taken as leniently as live servers were seen to take it: any content
//! type, the whole `Set-Cookie` line as a cookie, bodies where there should be none,
//! unknown properties, numbers and booleans in quotes, double slashes. What the reference
//! pages demand is demanded: cookie, token, rights, required parameters and properties,
//! things that exist.
//!
//! [`MockBuilder::model`] also serves the operations of any other model.
//! Requests are checked against it, and a refusal says what is wrong. A response
//! has the first documented status of a success and a representation made up of
//! the required properties. [`Control::inject_raw`] feeds its subscriptions.
//!
//! Everything is held in tables of JSON objects, which [`Control::items`],
//! [`Control::put`] and the others read and change: a change there is told like any
//! other. With [`MockBuilder::messages_by_hand`] subscriptions bring nothing by
//! themselves, for tests that say each message.
//!
//! # Recordings
//!
//! [`MockBuilder::record`] writes down what comes and what is answered, as the command does
//! with `--record`. With the feature `forward` the command is also a recording proxy before
//! a real server; the library is the same with it and without.
//!
//! # What it chooses
//!
//! Where no source says what real servers do, the server does this:
//!
//! - Of a session that has ended all calls but `GET connection` get 401. After
//!   [`Control::disconnect`] the queue can be read once more. A 401 has the code
//!   1 when the session id is no number, 4 without a cookie, 2 without the right
//!   token, -2147221499 otherwise, in this order. Below the path of a session a 401 goes
//!   before the 404 of an unknown path.
//! - Sessions last, unless [`MockBuilder::idle_timeout`] is set; every call and an
//!   open stream is a use. One for which 100,000 messages or 64 MiB of them wait ends
//!   ([`MockBuilder::waiting_messages`]), and of those that have ended 1,000 are
//!   remembered ([`MockBuilder::kept_sessions`]).
//! - With 10,000 sessions ([`MockBuilder::sessions`]) connecting is a 503 that names the
//!   alternate hosts; with 100,000 subscriptions of all sessions
//!   ([`MockBuilder::subscriptions`]) one more is a 400.
//! - An operation of a newer feature version than the server's is a 404. A body of more
//!   than 10 MiB is a 413 ([`MockBuilder::body_limit`]), one that takes longer than two
//!   minutes a 408 ([`MockBuilder::request_time`]).
//! - A client that closes only its sending side gets its response, but a stream of events
//!   ends then: its client is taken to be gone, and messages wait for the next one.
//! - A poll or stream takes the place of the stream before it, which ends.
//! - A success of which no source tells the status is a 200, of a `DELETE` a 204.
//! - What is not there is a 404 where the operation has one, and a 400 otherwise.
//! - What a delta cannot say is said by a full message: that a value is gone which cannot
//!   be null, for example.
//! - An empty list of ids or properties in a subscription to a configuration list stands
//!   for all. Without `select` an item has only what says which it is; `*` selects all.
//! - `where` is `path operator value` with `eq`, `ne`, `sw` and `ct`, joined by `and`;
//!   `orderBy` is paths, each with `desc` or without. The grammar of real servers is not
//!   known.
//! - The attribute `Eic_State` is `O` for offered, `A` alerting, `C` connected, `H` held,
//!   `P` parked, `M` leaving a voicemail, `I` ended. What is recorded, listened to and so
//!   on is in attributes that begin with `Mock_`.
//! - An interaction that is picked up is on the queue of the user besides that of the
//!   workgroup; one that has ended is on none, and can be read until 1,000 others have
//!   ended.
//! - Of a chat with 1,000 texts the older half is forgotten, which a full message tells.
//! - Attributes that are appended with a separator have a semicolon between them.
//! - Directories: `company` has all users as contacts, `workgroup.` with the id of a
//!   workgroup its members, `general` those that clients make; a directory of speed dials is
//!   seen by the user alone who made it. Contacts are sorted by their names unless a
//!   subscription says otherwise, their places count from 0, and one of several expressions
//!   of a filter is enough.
//! - A user is logged in (`loggedIn`) while a session of the user is up, and on the phone
//!   (`onPhone`) while a call on the queue of the user is connected or held. What is set by
//!   hand stays until a session or a call of the user comes or goes.
//! - When a user is removed, the sessions of the user end as by expiry, and nobody connects as
//!   that user, with a password or by a token. Interactions that the user had, and those that
//!   alerted the user, wait on the queue of their workgroup again; those that are on no other
//!   queue end. A workgroup that is removed takes with it what waits on its queue alone, and a
//!   station is left by those who are on it. Workgroups, skills and users list no more what is
//!   gone, and licences, notes and speed dials of a user are gone, too.
//! - Who is connected where: sessions that nothing tells apart are one. Of those at no
//!   station the id of the station is empty; the name of the machine always is, and no
//!   station is on a layout.
//! - Of states that are made up, and of statistics and licences, 1,000 are kept when nobody
//!   follows them.
//! - Statistics have identifiers of their own (`mock.workgroup:interactionsWaiting`), as
//!   the catalog tells. Every licence that is asked for is granted.
//! - [`Control::cut_stream`] closes the connection within a comment; messages that wait
//!   stay. A request that is tried at `/mock/sessions/ID/try` has the faults of any
//!   other, but those that a connection is needed for are told, and not carried out.
//! - Handlers send each notification that they get back to those who watch for it.
//! - A completion can come before the response to its operation. Statuses and users that
//!   do not exist are accepted, and the completion has the error.
//! - A call that answers a callback becomes its `associatedCallId` and counts as
//!   an attempt, the dispositions `Failure` and `Retry` count one more, and
//!   `Success` takes the callback away. Dispositions are answered with 204,
//!   attributes that are set with 200.
//! - A new callback has the attributes `Eic_State`, `O`, and `Eic_RemoteId`, the
//!   number to call; its call has the state `A`.
//! - `Access-Control-Allow-Origin` is the origin of the request, or `*` without
//!   one, as browsers need it. `/mock` takes nothing from pages of other sites, and a `POST`
//!   only with `Content-Type: application/json`, which such a page cannot send.
//!
//! # The console
//!
//! With the feature `console`, which is on by default, [`MockServer::base_url`] with
//! `/mock/` behind it is a page for browsers of the same machine: traffic as it happens,
//! sessions, the world, faults, messages and the model. It takes nothing from pages of other
//! sites, and shows no secret unless it is asked to. Answers and messages are kept for it once it is opened, 10,000 entries or 32 MiB;
//! [`MockBuilder::keep_traffic`] keeps them from the start.
//!
//! # Control over HTTP
//!
//! `/mock`, beside `/icws`, is a [`Control`] for shells, in JSON and for peers of
//! the same machine only. All that the console does is done by it. `GET /mock` lists all
//! of it:
//!
//! ```text
//! curl http://127.0.0.1:8018/mock
//! curl http://127.0.0.1:8018/mock/world/status/user-statuses/agent
//! curl http://127.0.0.1:8018/mock/calls --json '{"workgroup": "Sales", "name": "Ada Example"}'
//! curl http://127.0.0.1:8018/mock/callbacks --json '{"target": "+1317", "subject": "Invoice"}'
//! curl -X PATCH http://127.0.0.1:8018/mock/callbacks/2001234567 --json '{"snoozed": true}'
//! curl http://127.0.0.1:8018/mock/traffic?status=5xx
//! curl http://127.0.0.1:8018/mock/messages --json '{"__type": "urn:x", "isDelta": false}'
//! curl http://127.0.0.1:8018/mock/faults --json '{"fault": "truncateJson", "operation": "messaging.poll"}'
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo)
)]

mod answer;
mod areas;
mod builder;
mod callback;
mod console;
mod control;
mod endpoint;
mod event;
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
mod traffic;
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
