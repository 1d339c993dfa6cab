//! A response before it is sorted by its status.

use std::fmt;

use bytes::Bytes;
use http::header::{HeaderName, SET_COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::parameter::Parameter;
use crate::drift::{Drift, Watch};
use crate::json::{Blank, without_mark};
use crate::meta::OperationMeta;
use crate::shown::Hidden;
use crate::wire;

/// The status, headers and body of a response. Generated code makes a response
/// of it, and the other way round.
#[derive(Clone)]
pub struct RawReply {
    operation: Option<&'static OperationMeta>,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// Who hears of what the model does not know.
    drift: Option<Drift>,
}

impl RawReply {
    /// What was received as a response to an operation. A [`Drift`] among the extensions
    /// of the response hears of what the model does not know.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    pub fn received(
        operation: Option<&'static OperationMeta>,
        response: http::Response<Bytes>,
    ) -> Self {
        let (mut parts, body) = response.into_parts();
        let body = body.slice_ref(without_mark(&body));
        RawReply {
            operation,
            status: parts.status,
            headers: parts.headers,
            body,
            drift: parts.extensions.remove(),
        }
    }

    /// A response as a server sends it.
    pub(super) fn sent(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        RawReply {
            operation: None,
            status,
            headers,
            body,
            drift: None,
        }
    }

    /// The same response with a header, when there is a value that can travel.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: Option<&impl Parameter>) -> Self {
        let text = value.and_then(Parameter::to_text);
        let value = text.and_then(|text| HeaderValue::try_from(&*text).ok());
        if let (Ok(name), Some(value)) = (HeaderName::try_from(name), value) {
            self.headers.insert(name, value);
        }
        self
    }

    /// The operation that was asked for, if known.
    pub fn operation(&self) -> Option<&'static OperationMeta> {
        self.operation
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The status as a number.
    pub fn code(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Who hears of what the model does not know.
    pub(super) fn drift(&self) -> Option<&Drift> {
        self.drift.as_ref()
    }

    /// The same, for the reader of the body.
    pub(crate) fn watch(&self) -> Option<Watch<'_>> {
        let operation = self.operation;
        self.drift().map(|drift| Watch { drift, operation })
    }

    /// The value of a header; `None` when it is missing or cannot be read.
    pub fn header<T: Parameter + Blank>(&self, name: &str) -> Option<T> {
        let text = String::from_utf8_lossy(self.headers.get(name)?.as_bytes());
        let mut value = T::blank();
        value.read_text(text.trim()).ok()?;
        Some(value)
    }

    /// The response for an HTTP library.
    pub fn into_http(self) -> http::Response<Bytes> {
        let mut response = http::Response::new(self.body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

impl fmt::Debug for RawReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut headers = self.headers.clone();
        // What a server sets may be the session itself.
        for (name, value) in headers.iter_mut() {
            if *name == SET_COOKIE || *name == wire::CSRF_TOKEN {
                value.set_sensitive(true);
            }
        }
        f.debug_struct("RawReply")
            .field("operation", &self.operation.map(|operation| operation.id))
            .field("status", &self.status)
            .field("headers", &headers)
            .field("body", &Hidden(&self.body))
            .finish()
    }
}
