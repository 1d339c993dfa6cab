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
pub trait Requests: Send + Sync {
    /// The request that makes it.
    ///
    /// # Errors
    /// As [`Request::to_http`].
    fn start(&self, session: &ApiSession) -> Result<http::Request<Bytes>, RequestError>;

    /// Reads the response to it.
    ///
    /// # Errors
    /// When the server refused it, or the response cannot be read.
    fn started(&self, response: http::Response<Bytes>)
    -> Result<Result<(), ApiError>, DecodeError>;

    /// The request that ends it.
    ///
    /// # Errors
    /// As [`Request::to_http`].
    fn stop(&self, session: &ApiSession) -> Result<http::Request<Bytes>, RequestError>;

    /// The names of the operations that make and end it.
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
