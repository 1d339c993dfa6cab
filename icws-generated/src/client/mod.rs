//! A client on tokio: connects to whichever host takes the session, carries
//! requests, brings messages, and keeps watches true when answers are lost.
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
//! - [`Watch`], [`Change`]: the state of something, kept true.
//! - [`Messages`]: everything that arrives.
//! - [`Transport`]: how requests travel, for those who bring their own.
//!
//! # What is not lost
//!
//! A server forgets a message once it has sent it. After any poll that failed or
//! was cut, after a message that could not be read, and on a new session, every
//! watch is subscribed again; it reports a [`Change::Gap`], and takes nothing for
//! true until a full message has come. What changed in between is not told one
//! by one any more.
//!
//! Only watches are subscribed again. Subscriptions made by [`Session::call`],
//! such as those with several kinds of messages, are the program's own: it makes
//! them again when [`Messages`] tells of a gap.
//!
//! # When servers misbehave
//!
//! A subscription that fails is tried again in its own time; the messages of the
//! others come meanwhile. Whatever a server answers, nothing is sent over and
//! over without a wait: sessions, subscriptions and polls that fail each have one
//! that grows ([`ClientBuilder::backoff`]).
//!
//! # Without tokio
//!
//! The bindings need no client: [`Endpoint`](crate::runtime::Endpoint) turns a
//! request into an [`http::Request`] and an [`http::Response`] into an answer.
//! The example `blocking` does it with a blocking HTTP client.

mod address;
mod backoff;
mod builder;
mod connect;
mod credentials;
mod error;
mod handle;
mod messages;
mod session;
mod transport;
mod watch;

pub use builder::{ClientBuilder, ConfigError, MessageMode};
pub use credentials::Credentials;
pub use error::{Attempt, ClientError, Retry};
pub use handle::Client;
pub use messages::{End, Gap, GapCause, Item, Messages};
pub use session::{SavedSession, Session};
pub use transport::{Exchange, ReplyBody, Transport, TransportError, TransportErrorKind};
pub use watch::{Change, Watch};
