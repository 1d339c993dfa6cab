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
//! - [`Watch`], [`Change`]: the merged state of a subscription.
//! - [`Messages`]: everything that arrives.
//! - [`Transport`]: the trait to implement for an HTTP stack of your own.
//!
//! # What is not lost
//!
//! A server forgets a message once it has sent it. After a poll that failed or
//! was cut, and on a new session, every watch resubscribes, reports a
//! [`Change::Gap`], and ignores deltas until the next full message. After a
//! message that could not be read, the watches of its type do so; all watches
//! when its type is not known. The changes in between are not reported one by
//! one.
//!
//! Only watches resubscribe. A program that subscribes with [`Session::call`],
//! for example to a subscription with several kinds of messages, resubscribes
//! itself when [`Messages`] yields a gap.
//!
//! # When servers misbehave
//!
//! A subscription that fails is retried with a backoff of its own, while the
//! messages of the others keep arriving. Nothing is repeated without a wait:
//! sessions, subscriptions and polls that fail each have an exponential backoff
//! ([`ClientBuilder::backoff`]).
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
pub use session::{SavedSession, Session};
pub use transport::{Exchange, ReplyBody, Transport, TransportError, TransportErrorKind};
pub use watch::Watch;
