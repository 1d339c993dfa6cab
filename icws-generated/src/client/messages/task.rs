//! Subscriptions to be made or ended, whatever they are to.

use std::sync::Arc;

use bytes::Bytes;

use crate::client::error::ClientError;
use crate::runtime::{ApiSession, Request, RequestError, Response, Subscription};

/// The requests of a subscription, whatever it is to.
pub(super) trait Requests: Send + Sync {
    fn start(&self, session: &ApiSession) -> Result<http::Request<Bytes>, RequestError>;
    fn started(&self, answer: http::Response<Bytes>) -> Result<(), ClientError>;
    fn stop(&self, session: &ApiSession) -> Result<http::Request<Bytes>, RequestError>;
    /// The operations that start and stop it.
    fn operations(&self) -> (&'static str, &'static str);
}

pub(super) struct Of<S>(pub S);

impl<S: Subscription + Send + Sync> Requests for Of<S> {
    fn start(&self, session: &ApiSession) -> Result<http::Request<Bytes>, RequestError> {
        self.0.to_http(session)
    }

    fn started(&self, answer: http::Response<Bytes>) -> Result<(), ClientError> {
        S::parse(answer)?.into_result()?;
        Ok(())
    }

    fn stop(&self, session: &ApiSession) -> Result<http::Request<Bytes>, RequestError> {
        self.0.stop().to_http(session)
    }

    fn operations(&self) -> (&'static str, &'static str) {
        (S::META.id, S::Stop::META.id)
    }
}

/// A subscription to be made or ended.
#[derive(Clone)]
pub(super) struct Task {
    pub id: u64,
    pub requests: Arc<dyn Requests>,
    pub urn: &'static str,
    pub key: String,
}
