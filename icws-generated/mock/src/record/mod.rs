//! What came and what was answered: the requests, for tests to look at, and the whole
//! traffic, for people who watch.

mod entry;
mod traffic;

use std::collections::VecDeque;
use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE, HOST, PROXY_AUTHORIZATION};
use http::{HeaderMap, HeaderValue, Method};
use icws_generated::runtime::recording::{self, MetSecrets};
use serde_json::Value;

use super::fault::Fault;
pub(crate) use entry::{Answered, Began, Entry, Exchange, What};
pub(crate) use traffic::Traffic;

/// A request as it came, and what became of it. `Debug` has no cookie, no token, no
/// secret of the address and no body, `Display` is one line without them.
#[derive(Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method.
    pub method: Method,
    /// The path.
    pub path: String,
    /// The query, without the `?`; empty when there is none.
    pub query: String,
    /// The headers; those that carry secrets are marked as sensitive.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The operation, `messaging.poll`; `None` when the server has none for it.
    pub operation: Option<String>,
    /// The status of the response; `None` when the connection was closed without
    /// one.
    pub status: Option<u16>,
    /// What went wrong on purpose.
    pub fault: Option<Fault>,
    /// What is secret in the requests and responses of the server, as far as it was met.
    secrets: MetSecrets,
}

impl RecordedRequest {
    pub(super) fn new(request: &http::Request<Bytes>, secrets: &MetSecrets) -> Self {
        let mut headers = request.headers().clone();
        for (name, value) in headers.iter_mut() {
            // Copies: what came is in the buffer of its connection, which is larger.
            if let Ok(own) = HeaderValue::from_bytes(value.as_bytes()) {
                *value = own;
            }
            let is_secret = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name);
            if is_secret || name.as_str() == "inin-icws-csrf-token" {
                value.set_sensitive(true);
            }
        }
        RecordedRequest {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
            headers,
            body: Bytes::copy_from_slice(request.body()),
            operation: None,
            status: None,
            fault: None,
            secrets: secrets.clone(),
        }
    }
}

/// Path and query of a request without secrets.
pub(crate) struct Address {
    pub path: String,
    /// Empty when there is none.
    pub query: String,
}

impl Address {
    /// The address as a recording has it, which knows a secret by the whole exchange: of one
    /// [without a host](RecordedRequest::without_host), so that the path stands first.
    fn of(recorded: &recording::Entry) -> Self {
        let line: Option<Value> = serde_json::from_slice(&recorded.to_line()).ok();
        let url = line
            .as_ref()
            .and_then(|line| line["request"]["url"].as_str());
        let target = url
            .and_then(|url| url.strip_prefix("http://"))
            .unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Address {
            path: path.to_owned(),
            query: query.to_owned(),
        }
    }
}

impl RecordedRequest {
    /// Path and query without secrets: those of its own, and those that were met in the
    /// traffic and in requests that were shown before.
    pub(crate) fn address(&self) -> Address {
        let head = self.without_host();
        let made = recording::Entry::new(SystemTime::UNIX_EPOCH, &head, self.body.clone());
        Address::of(&made.within(&self.secrets))
    }

    /// It without its body and the header `Host`.
    fn without_host(&self) -> http::Request<()> {
        let mut head = self.head();
        head.headers_mut().remove(HOST);
        head
    }

    /// It without its body.
    pub(crate) fn head(&self) -> http::Request<()> {
        let mut head = http::Request::new(());
        *head.method_mut() = self.method.clone();
        // The address was one when it came.
        let address = match self.query.as_str() {
            "" => self.path.clone(),
            query => format!("{}?{query}", self.path),
        };
        *head.uri_mut() = address.parse().unwrap_or_default();
        *head.headers_mut() = self.headers.clone();
        head
    }

    /// How many bytes it has, about.
    fn len(&self) -> usize {
        let head = self.path.len() + self.query.len() + headers_len(&self.headers);
        head + self.body.len()
    }
}

/// How many bytes headers have, about.
fn headers_len(headers: &HeaderMap) -> usize {
    let headers = headers.iter();
    headers
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum()
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Address { path, query } = self.address();
        f.debug_struct("RecordedRequest")
            .field("method", &self.method)
            .field("path", &path)
            .field("query", &query)
            .field("headers", &self.headers)
            .field("body", &format_args!("({} bytes)", self.body.len()))
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("fault", &self.fault)
            .finish()
    }
}

impl fmt::Display for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.address().path)?;
        match self.status {
            Some(status) => write!(f, " {status}")?,
            None => f.write_str(" closed")?,
        }
        if let Some(operation) = &self.operation {
            write!(f, " {operation}")?;
        }
        match &self.fault {
            Some(fault) => write!(f, " {fault:?}"),
            None => Ok(()),
        }
    }
}

/// So many bytes are kept.
const BYTES: usize = 64 << 20;

/// The last requests.
pub(super) struct Log {
    kept: usize,
    /// The bytes of their heads and bodies.
    bytes: usize,
    requests: VecDeque<RecordedRequest>,
}

impl Log {
    pub fn new(kept: usize) -> Self {
        Log {
            kept,
            bytes: 0,
            requests: VecDeque::new(),
        }
    }

    pub fn add(&mut self, request: RecordedRequest) {
        self.bytes += request.len();
        self.requests.push_back(request);
        while self.requests.len() > self.kept || self.bytes > BYTES {
            let Some(oldest) = self.requests.pop_front() else {
                return;
            };
            self.bytes -= oldest.len();
        }
    }

    pub fn all(&self) -> Vec<RecordedRequest> {
        self.requests.iter().cloned().collect()
    }
}
