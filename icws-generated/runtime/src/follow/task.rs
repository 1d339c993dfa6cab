//! Requests that make or end a subscription, whatever it is to.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;

use super::cell::Made;
use super::gap::End;
use crate::exchange::{ApiError, DecodeError, Request, RequestError, Response};
use crate::messages::Subscription;
use crate::session::ApiSession;

/// The requests of a subscription.
///
/// See the example of [`Task`].
pub trait Requests: Send + Sync {
    /// Returns the request that makes the subscription.
    ///
    /// See the example of [`Task`].
    ///
    /// # Errors
    /// As [`Request::to_http`].
    fn start(&self, session: &ApiSession) -> Result<http::Request<Bytes>, RequestError>;

    /// Reads the response to the request of [`start`](Requests::start).
    ///
    /// See the example of [`Task`].
    ///
    /// # Errors
    /// When the server refused it, or the response cannot be read.
    fn started(&self, response: http::Response<Bytes>)
    -> Result<Result<(), ApiError>, DecodeError>;

    /// Returns the request that ends the subscription.
    ///
    /// See the example of [`Task`].
    ///
    /// # Errors
    /// As [`Request::to_http`].
    fn stop(&self, session: &ApiSession) -> Result<http::Request<Bytes>, RequestError>;

    /// Returns the names of the operations that make and end the subscription.
    ///
    /// See the example of [`Task`].
    fn operations(&self) -> (&'static str, &'static str);
}

pub(super) struct Of<S>(pub S);

impl<S: Subscription + Send + Sync> Requests for Of<S> {
    fn start(&self, session: &ApiSession) -> Result<http::Request<Bytes>, RequestError> {
        self.0.to_http(session)
    }

    fn started(
        &self,
        response: http::Response<Bytes>,
    ) -> Result<Result<(), ApiError>, DecodeError> {
        Ok(S::parse(response)?.into_result().map(|_| ()))
    }

    fn stop(&self, session: &ApiSession) -> Result<http::Request<Bytes>, RequestError> {
        self.0.stop().to_http(session)
    }

    fn operations(&self) -> (&'static str, &'static str) {
        (S::META.id, S::Stop::META.id)
    }
}

/// Something to be sent to the server.
///
/// ```
/// use std::time::Duration;
/// use icws_generated::Message;
/// use icws_generated::runtime::ApiSession;
/// use icws_generated::runtime::follow::{Answer, Subscriptions, Task};
/// # use bytes::Bytes;
/// # fn send(_: http::Request<Bytes>) -> http::Response<Bytes> {
/// #     http::Response::default()
/// # }
///
/// /// Sends what is due, by any HTTP client.
/// fn send_due(
///     subscriptions: &mut Subscriptions<Message>,
///     session: &ApiSession,
///     now: Duration,
/// ) -> Result<(), Box<dyn std::error::Error>> {
///     while let Some(task) = subscriptions.next_task(now) {
///         match task {
///             Task::Subscribe(id, requests) => {
///                 let response = send(requests.start(session)?);
///                 let answer = match requests.started(response) {
///                     Ok(Ok(())) => Answer::Made,
///                     _ => Answer::NotMade,
///                 };
///                 println!("{}: {answer:?}", requests.operations().0);
///                 subscriptions.answered(id, answer, now);
///             }
///             Task::Unsubscribe(id, requests) => {
///                 send(requests.stop(session)?);
///                 subscriptions.unsubscribed(id, true, now);
///             }
///             _ => {}
///         }
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub enum Task {
    /// Make a subscription; then say so by
    /// [`Subscriptions::answered`](super::Subscriptions::answered).
    Subscribe(u64, Arc<dyn Requests>),
    /// End a subscription; then say so by
    /// [`Subscriptions::unsubscribed`](super::Subscriptions::unsubscribed).
    Unsubscribe(u64, Arc<dyn Requests>),
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, id, operation) = match self {
            Task::Subscribe(id, requests) => ("Subscribe", id, requests.operations().0),
            Task::Unsubscribe(id, requests) => ("Unsubscribe", id, requests.operations().1),
        };
        f.debug_tuple(name).field(id).field(&operation).finish()
    }
}

/// What became of making a subscription.
///
/// See the example of [`Task`].
#[derive(Debug)]
#[non_exhaustive]
pub enum Answer {
    /// The server has it.
    Made,
    /// It was not made, and may be later.
    NotMade,
    /// It will not be made: the server refuses it.
    Refused(End),
}

/// Waits until it is decided whether a subscription was made, or until an earlier
/// one to the same thing is ended: then it may be followed.
///
/// ```
/// use std::sync::{Mutex, PoisonError};
/// use icws_generated::Message;
/// use icws_generated::interactions::callback::{CallbackState, Subscribe};
/// use icws_generated::runtime::follow::{Conflict, Follow, Reader, Subscriptions, Task};
///
/// type Following = (Reader<CallbackState, Message>, Option<(u64, Task)>);
///
/// /// Follows a callback; what comes with the reader has to be sent.
/// async fn follow(
///     all: &Mutex<Subscriptions<Message>>,
///     callback: &Subscribe,
/// ) -> Result<Following, Conflict> {
///     loop {
///         let follow = all.lock().unwrap_or_else(PoisonError::into_inner).follow(callback)?;
///         match follow {
///             Follow::Ask(id, reader, task) => return Ok((reader, Some((id, task)))),
///             Follow::Joined(_, reader) => return Ok((reader, None)),
///             Follow::Wait(waiting) => waiting.await,
///             _ => {}
///         }
///     }
/// }
/// ```
#[must_use = "futures do nothing unless polled"]
pub struct Waiting(pub(super) Arc<Made>);

impl Future for Waiting {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.0.poll(context)
    }
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Waiting")
    }
}
