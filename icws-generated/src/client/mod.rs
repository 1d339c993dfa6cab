//! A client on tokio: it finds a host for the session, sends requests, fetches
//! messages, and resubscribes watches when responses are lost.
//!
//! ```no_run
//! use icws_generated::client::{Change, Client, Credentials};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder()
//!     .hosts(["cic1.example", "cic2.example"])
//!     .application_name("wallboard")
//!     .build()?;
//! let session = client.connect(Credentials::password("agent", "secret")).await?;
//! let mut callback = session.watch_callback("2001234567").await?;
//! while let Some(change) = callback.next().await {
//!     match change {
//!         Change::Snapshot(state) | Change::Update { state, .. } => println!("{state:?}"),
//!         Change::Gap(gap) => println!("{gap}; a snapshot follows"),
//!         other => println!("{other:?}"),
//!     }
//! }
//! session.disconnect().await?;
//! # Ok(())
//! # }
//! ```
//!
//! - [`Client`], [`ClientBuilder`], [`Credentials`]: where to connect, and who.
//! - [`Session`]: requests, messages, watches; cheap to clone, several in one
//!   process.
//! - [`Watch`], [`Change`], [`Store`]: a subscription kept true.
//! - [`Messages`], [`MessagesOf`]: everything that arrives, or what is of one type.
//! - [`Session::complete`]: operations that end later; [`Session::pages`]: lists.
//! - [`Transport`]: the trait to implement for an HTTP stack of your own.
//!
//! # What is followed
//!
//! [`Session::watch`] follows every subscription of the API. What its messages add
//! up to is its state:
//!
//! | messages | examples | the state |
//! |---|---|---|
//! | items that are added, changed and removed | queues, users and other lists of the configuration, directories | `items`: a collection by what tells them apart |
//! | items that have changed | user statuses, statistic values, licences | `items` |
//! | properties | a callback, a station, an interaction's attributes | the properties, merged |
//! | one object | the default user | the object, merged |
//! | two messages with a state | chat: members and texts | a tuple |
//! | none with a state | handler notifications | `()`: there are only [`Change::Event`]s |
//!
//! Messages that are no part of the state, such as those that end an interaction,
//! are [`Change::Event`]s. After one that says that what is watched is gone, goes on
//! as something else or may not be seen any more, the watch ends with [`End::Gone`].
//! Where the server says that it suspends a subscription, that is
//! [`Change::Standing`]; one that has failed is made again, less and less often where
//! it fails again and again.
//!
//! To change an item of a collection takes as many allocations in one of 100,000 items
//! as in one of a hundred, also while a program holds the state from before; the time
//! grows by a copy of the pointers to its chunks. A list of texts, as of a chat, and a
//! map, as of memos, are copied then as a whole, and not while nobody holds them.
//!
//! A watch that is not read stops nobody: what changes meanwhile is told together when
//! it is read. Watches of the same share one subscription; [`Watch::another`] reads one
//! for itself. [`Watch::store`] is read from anywhere.
//!
//! # What is not lost
//!
//! A server forgets a message once it has sent it. After a poll that failed or
//! was cut, and on a new session, every watch resubscribes, reports a
//! [`Change::Gap`], and ignores deltas until the next full message. After a
//! message that could not be read or merged, the watches of its type do so; all
//! watches when its type is not known. The changes in between are not reported one
//! by one.
//!
//! Only watches resubscribe. A program that subscribes with [`Session::call`]
//! resubscribes itself when [`Messages`] yields a gap.
//!
//! # Sessions that are lost
//!
//! A session that the server does not know any more is made anew, once for all who
//! use it. A call or a first watch that it refused for that reason has done nothing,
//! and is sent again; so a program that only calls needs no care of its own. After a connection
//! that broke nobody knows what the server did, and a call is an error.
//!
//! A 401 that does not say that the server has forgotten the session may come from a
//! proxy. The state of the session is asked for then, and one that is `Up` is kept: the
//! call is an error, the poll a gap, and the next one waits
//! ([`ClientBuilder::backoff`]). After five such polls in a row the session is made anew
//! all the same, as nothing would be heard for ever; the old one is ended.
//!
//! # When servers misbehave
//!
//! A subscription that fails is retried with a backoff of its own, while the
//! messages of the others keep arriving. Nothing is repeated without a wait:
//! sessions, subscriptions and polls that fail each have an exponential backoff
//! ([`ClientBuilder::backoff`]).
//!
//! What comes in has limits: the body of a response or an event
//! ([`ClientBuilder::response_limit`]), its headers ([`ClientBuilder::header_limit`]), the
//! hosts that are named ([`ClientBuilder::host_limit`]), what waits for a reader
//! ([`ClientBuilder::buffer`]).
//!
//! # Without tokio
//!
//! The bindings need no client: [`Request`](crate::runtime::Request) turns a
//! request into an [`http::Request`] and parses the [`http::Response`].
//! The example `blocking` does it with a blocking HTTP client.

mod address;
mod builder;
mod complete;
mod config;
mod connect;
mod credentials;
mod error;
mod handle;
mod hosts;
mod listen;
mod messages;
mod pages;
mod session;
mod transport;
mod watch;

pub use crate::runtime::follow::{Change, End, Gap, GapCause, Store};
pub use builder::ClientBuilder;
pub use config::{ConfigError, MessageMode};
pub use credentials::Credentials;
pub use error::{Attempt, ClientError, Retry};
pub use handle::Client;
pub use listen::{Messages, MessagesOf};
pub use messages::Item;
pub use pages::Pages;
pub use session::{SavedSession, Session};
pub use transport::{Exchange, ReplyBody, Transport, TransportError, TransportErrorKind};
pub use watch::Watch;
