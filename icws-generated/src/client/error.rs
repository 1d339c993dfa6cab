//! What can go wrong for a client.

use std::fmt;

use super::transport::{TransportError, TransportErrorKind};
use crate::runtime::__private1::Shown;
use crate::runtime::follow::{Conflict, End};
use crate::runtime::{
    ApiError, DecodeError, MessageError, RequestError, SessionError, SessionProblem,
};

/// What went wrong, and where. [`ClientError::retry`] says whether trying again
/// can help.
///
/// ```
/// use icws_generated::client::{ClientError, Retry};
///
/// fn tell(error: &ClientError) {
///     match (error.retry(), error.api()) {
///         (Retry::Never, Some(api)) => eprintln!("{}: {:?}", api.status(), api.error_id()),
///         (Retry::Never, None) => eprintln!("{error}"),
///         (_, _) => eprintln!("{error}; trying again may help"),
///     }
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum ClientError {
    /// The request cannot be made, or the server is known not to support it.
    /// Nothing was sent.
    Request(RequestError),
    /// The response did not arrive completely.
    #[non_exhaustive]
    Transport {
        /// The operation, `interactions.callback.subscribe`.
        operation: &'static str,
        /// The host, with its port if the request had one.
        host: String,
        /// What happened.
        error: TransportError,
    },
    /// The server responded with a failure.
    Api(ApiError),
    /// The server refused the credentials.
    Credentials(ApiError),
    /// The request succeeded, but its response cannot be read.
    Decode(DecodeError),
    /// What a server gave, or what was saved, makes no session.
    Session(SessionError),
    /// No host took the session, or answered a request without one, in time: what each
    /// said at its last try.
    Unreachable(Vec<Attempt>),
    /// The session has ended and is not made again.
    Ended(End),
    /// The session reads the messages of other bindings than those that the messages
    /// which are asked for are of; or what is asked for is no message.
    UnknownMessage {
        /// The type of the messages.
        urn: &'static str,
    },
    /// The operation was accepted, and failed: what the message says that told its
    /// end.
    Failed(ApiError),
    /// The operation was accepted, and no message told its end: none came in time, or
    /// the session was made anew. The server may have done it.
    #[non_exhaustive]
    NotCompleted {
        /// The operation, `status.setUserStatus`.
        operation: &'static str,
        /// The id that it was accepted by.
        request_id: String,
    },
    /// The operation was accepted, and the message that tells its end could not be read.
    /// The server may have done it.
    #[non_exhaustive]
    UnreadableEnd {
        /// The operation.
        operation: &'static str,
        /// The id that it was accepted by.
        request_id: String,
        /// The message, and what is wrong with it.
        error: MessageError,
    },
    /// The messages of the subscription could not be told from those of another one
    /// that is watched.
    Conflict(Conflict),
}

/// A try to connect to a host.
///
/// ```
/// use icws_generated::client::ClientError;
///
/// fn tell(error: &ClientError) {
///     let ClientError::Unreachable(attempts) = error else {
///         return eprintln!("{error}");
///     };
///     for attempt in attempts {
///         eprintln!("{}: {}", attempt.host, attempt.error);
///     }
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// The host, as it was given or as another host named it.
    pub host: String,
    /// What happened.
    pub error: Box<ClientError>,
    /// How many of the hosts that it named were not asked, as they were too many
    /// ([`ClientBuilder::host_limit`](super::ClientBuilder::host_limit)).
    pub left_out: usize,
}

/// Whether trying again can help.
///
/// ```no_run
/// use icws_generated::client::{ClientError, Retry, Session};
/// use icws_generated::connection::GetConnection;
///
/// async fn state(session: &Session) -> Result<String, ClientError> {
///     loop {
///         match session.call(GetConnection::builder().build()).await {
///             Ok(state) => return Ok(format!("{state:?}")),
///             Err(error) if error.retry() == Retry::Later => eprintln!("{error}"),
///             Err(error) => return Err(error),
///         }
///         tokio::time::sleep(std::time::Duration::from_secs(5)).await;
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Retry {
    /// No: the request, the credentials or the program has to change.
    Never,
    /// Yes, the same request after a while. When the connection broke, the
    /// server may have done it already.
    Later,
    /// Yes, on a new session: this one is not known to the server any more.
    Reconnected,
}

impl ClientError {
    pub(super) fn transport(operation: &'static str, host: String, error: TransportError) -> Self {
        ClientError::Transport {
            operation,
            host,
            error,
        }
    }

    /// Returns whether trying again can help.
    ///
    /// See the example of [`Retry`].
    pub fn retry(&self) -> Retry {
        match self {
            ClientError::Transport { .. } | ClientError::Unreachable(_) => Retry::Later,
            ClientError::Api(error) => match error.status().as_u16() {
                // The session's own token and cookie were sent: something between
                // takes them away, and would do so again.
                401 if matches!(
                    error.session_problem(),
                    Some(SessionProblem::Token | SessionProblem::Cookie)
                ) =>
                {
                    Retry::Never
                }
                401 => Retry::Reconnected,
                500..=599 => Retry::Later,
                _ => Retry::Never,
            },
            _ => Retry::Never,
        }
    }

    /// Returns true if nothing of the request has reached a server.
    ///
    /// ```
    /// use icws_generated::client::{ClientError, Session};
    /// use icws_generated::interactions::Create;
    /// use icws_generated::interactions::callback::CreateCallbackParameters;
    ///
    /// /// Asks for a callback, and again only where that cannot make two of them.
    /// async fn ask(session: &Session, wanted: CreateCallbackParameters) -> Result<String, ClientError> {
    ///     let create = Create::builder().body(wanted).build();
    ///     let created = match session.call(create.clone()).await {
    ///         Err(error) if error.is_unsent() => session.call(create).await?,
    ///         created => created?,
    ///     };
    ///     Ok(created.interaction_id)
    /// }
    /// ```
    pub fn is_unsent(&self) -> bool {
        match self {
            ClientError::Request(_)
            | ClientError::UnknownMessage { .. }
            | ClientError::Conflict(_) => true,
            ClientError::Transport { error, .. } => error.kind() == TransportErrorKind::Connect,
            _ => false,
        }
    }

    /// Returns the failure that the server responded with, or `None` when the error is
    /// another one.
    ///
    /// See the example of [`ClientError`].
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            ClientError::Api(error) | ClientError::Credentials(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ClientError::Request(error) => error.fmt(f),
            ClientError::Transport {
                operation,
                host,
                error,
            } => write!(f, "{operation} on {host}: {error}"),
            ClientError::Api(error) => error.fmt(f),
            ClientError::Credentials(error) => write!(f, "the credentials were refused: {error}"),
            ClientError::Decode(error) => error.fmt(f),
            ClientError::Session(error) => error.fmt(f),
            ClientError::Unreachable(attempts) => {
                f.write_str("no host took the session")?;
                for (index, attempt) in attempts.iter().enumerate() {
                    let separator = if index == 0 { ": " } else { "; " };
                    write!(f, "{separator}{}: {}", attempt.host, attempt.error)?;
                    if attempt.left_out > 0 {
                        let count = attempt.left_out;
                        write!(
                            f,
                            ", and {count} more hosts that it names were not asked: \
                             `ClientBuilder::host_limit` allows more"
                        )?;
                    }
                }
                Ok(())
            }
            ClientError::Ended(end) => end.fmt(f),
            ClientError::UnknownMessage { urn } => {
                write!(
                    f,
                    "the session reads the messages of other bindings, which have no such `{urn}`"
                )
            }
            ClientError::Failed(error) => write!(f, "accepted, and failed: {error}"),
            ClientError::NotCompleted {
                operation,
                request_id,
            } => write!(
                f,
                "no message told the end of {operation}, request {}",
                Shown(request_id)
            ),
            ClientError::UnreadableEnd {
                operation,
                request_id,
                error,
            } => write!(
                f,
                "the message that tells the end of {operation}, request {}, cannot be read: {}",
                Shown(request_id),
                error.error
            ),
            ClientError::Conflict(conflict) => conflict.fmt(f),
        }
    }
}

impl std::error::Error for ClientError {}

macro_rules! from {
    ($($error:ident => $variant:ident,)*) => {$(
        impl From<$error> for ClientError {
            fn from(error: $error) -> Self {
                ClientError::$variant(error)
            }
        }
    )*};
}

from! {
    RequestError => Request,
    ApiError => Api,
    DecodeError => Decode,
    SessionError => Session,
    Conflict => Conflict,
}
