//! What readers are told when messages are lost, and when none follow.

use std::fmt;

use crate::exchange::ApiError;
use crate::messages::MergeError;
use crate::shown::Shown;

/// Messages may have been lost: the known state may be outdated.
///
/// ```
/// use icws_generated::runtime::follow::{Gap, GapCause};
///
/// let gap = Gap::new(GapCause::Failed("the connection broke".to_owned()));
/// assert!(gap.to_string().contains("the connection broke"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// Why.
    pub cause: GapCause,
}

/// Why messages may have been lost.
///
/// ```
/// use icws_generated::runtime::follow::{Gap, GapCause};
///
/// /// Whether it was the way here, and nothing that the server does.
/// fn is_of_network(gap: &Gap) -> bool {
///     matches!(gap.cause, GapCause::Failed(_) | GapCause::NewSession(_))
/// }
///
/// let gap = Gap::new(GapCause::NewSession("cic2".to_owned()));
/// assert!(is_of_network(&gap));
/// assert!(!is_of_network(&Gap::new(GapCause::Faulted)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum GapCause {
    /// The response with the messages did not arrive, or not completely.
    Failed(String),
    /// A message could not be read.
    Unreadable(String),
    /// The session was lost; there is a new one on this host.
    NewSession(String),
    /// No full message came after subscribing.
    NoSnapshot,
    /// A message could not be merged into what was known.
    Unmerged(MergeError),
    /// The server said that the subscription has failed.
    Faulted,
    /// So many events came while nobody read them, and were dropped.
    Overrun(u64),
}

impl Gap {
    /// Returns a gap with this cause.
    ///
    /// See the example of [`Gap`].
    pub fn new(cause: GapCause) -> Self {
        Gap { cause }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("messages may have been lost: ")?;
        match &self.cause {
            GapCause::Failed(error) => Shown(error).fmt(f),
            GapCause::Unreadable(error) => write!(f, "one could not be read: {}", Shown(error)),
            GapCause::NewSession(host) => {
                write!(f, "the session was made anew on {}", Shown(host))
            }
            GapCause::Unmerged(error) => write!(f, "one could not be merged: {error}"),
            GapCause::Faulted => f.write_str("the server says that the subscription has failed"),
            GapCause::Overrun(count) => write!(f, "{count} events were not read in time"),
            GapCause::NoSnapshot => f.write_str("no full message came after subscribing"),
        }
    }
}

/// Why nothing follows.
///
/// ```
/// use icws_generated::runtime::follow::End;
///
/// /// Whether a program that still has its credentials may connect again.
/// fn may_connect_again(end: &End) -> bool {
///     matches!(end, End::NotRenewable | End::NoMessages(_))
/// }
///
/// assert!(!may_connect_again(&End::Gone));
/// assert_eq!(End::Gone.to_string(), "what was watched is gone");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// The program disconnected, or dropped the session.
    Disconnected,
    /// The program stopped or dropped the last watch of the subscription.
    Stopped,
    /// The server ended the session and asks the client not to reconnect; with
    /// its reason.
    ByServer(String),
    /// The session was lost, and cannot be made again: its credentials were for
    /// one use, or none were given.
    NotRenewable,
    /// The session was lost, and the server refuses to make another.
    Refused(ApiError),
    /// The server does not let the session have its messages.
    NoMessages(ApiError),
    /// The server does not keep the subscription: what was watched is gone, or
    /// may not be seen any more.
    Subscription(ApiError),
    /// A message said that nothing follows: what was watched is gone, goes on as
    /// something else, or may not be seen any more. That message is the last event.
    Gone,
    /// The server that the session has moved to does not support it.
    Unsupported(String),
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Disconnected => f.write_str("the session was disconnected"),
            End::Stopped => f.write_str("nobody watches it any more"),
            End::ByServer(reason) => {
                write!(f, "the server ended the session: {}", Shown(reason))
            }
            End::NotRenewable => {
                f.write_str("the session was lost, and there is nothing to make another with")
            }
            End::Refused(error) => write!(f, "the session was lost, and none made anew: {error}"),
            End::NoMessages(error) => write!(f, "the server gives no messages: {error}"),
            End::Subscription(error) => write!(f, "the server ended the subscription: {error}"),
            End::Gone => f.write_str("what was watched is gone"),
            End::Unsupported(error) => write!(f, "the subscription cannot be made again: {error}"),
        }
    }
}
