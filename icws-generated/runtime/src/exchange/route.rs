//! Requests as a server meets them: which operation, with what values.

use std::borrow::Cow;
use std::fmt;

use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;

use super::arguments::Arguments;
use super::errors::RouteError;
use super::matching::{Routed, find_route};
use crate::json::Reader;
use crate::meta::{Location, OperationMeta, ParameterMeta, Segment, Supplier};
use crate::shown::Hidden;

/// An operation of a table of routes, and how its requests are read. Generated
/// code lists all operations of a model in `ROUTES`.
pub struct Route<O> {
    /// What the model says of the operation.
    pub meta: &'static OperationMeta,
    /// The number of the operation, for `decode`.
    pub number: usize,
    /// Reads a request of the operation with a number. All routes of a model
    /// have one function: many small ones take longer to compile.
    pub decode: fn(usize, &RequestHead<'_>) -> Result<O, RouteError>,
}

impl<O> Route<O> {
    /// Reads a request of the operation. The pieces of its path are those that
    /// [`find_route`] gave with the route.
    ///
    /// # Errors
    /// When a parameter is missing, or one or the body cannot be read.
    pub fn read<B: AsRef<[u8]>>(
        &self,
        pieces: &[&str],
        request: &http::Request<B>,
    ) -> Result<Incoming<O>, RouteError> {
        let head = RequestHead {
            meta: self.meta,
            segments: pieces,
            query: request.uri().query().unwrap_or_default(),
            headers: request.headers(),
            body: request.body().as_ref(),
        };
        Ok(Incoming {
            request: (self.decode)(self.number, &head)?,
            id: self.meta.id,
            claim: claim(&head)?,
        })
    }
}

impl<O> Routed for Route<O> {
    fn method(&self) -> &Method {
        &self.meta.method
    }

    fn pieces(&self) -> impl ExactSizeIterator<Item = Option<&str>> + Clone {
        self.meta.segments().map(|segment| match segment {
            Segment::Literal(text) => Some(text),
            Segment::Parameter(_) => None,
        })
    }
}

impl<O> fmt::Debug for Route<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Route({} {})", self.meta.method, self.meta.path)
    }
}

/// A request that was matched, with the session that it claims to belong to.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Incoming<O> {
    /// The request.
    pub request: O,
    /// What the model says of the operation.
    pub id: &'static str,
    /// The session it names, and its secrets. They have not been checked, and
    /// may be missing: the server decides how to respond.
    pub claim: SessionClaim,
}

/// The session that a request claims to belong to. `Debug` shows none of the
/// secrets.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct SessionClaim {
    /// The session id in the path.
    pub session_id: Option<String>,
    /// The CSRF token in the header.
    pub csrf_token: Option<String>,
    /// The `Cookie` header.
    pub cookie: Option<String>,
}

impl fmt::Debug for SessionClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secret = |secret: &Option<String>| if secret.is_some() { "given" } else { "missing" };
        f.debug_struct("SessionClaim")
            .field("session_id", &self.session_id)
            .field("csrf_token", &format_args!("{}", secret(&self.csrf_token)))
            .field("cookie", &format_args!("{}", secret(&self.cookie)))
            .finish()
    }
}

/// The part of a request that is read before its body.
pub struct RequestHead<'a> {
    meta: &'static OperationMeta,
    /// The pieces of the path that the template matched, as they came.
    segments: &'a [&'a str],
    query: &'a str,
    headers: &'a HeaderMap,
    body: &'a [u8],
}

impl fmt::Debug for RequestHead<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestHead")
            .field("operation", &self.meta.id)
            .field("body", &Hidden(self.body))
            .finish_non_exhaustive()
    }
}

impl RequestHead<'_> {
    /// The text of a parameter; `None` when it is not there.
    fn text(&self, index: usize) -> Result<Option<Cow<'_, str>>, RouteError> {
        let Some(parameter) = self.meta.parameters.get(index) else {
            return Ok(None);
        };
        match parameter.location {
            Location::Path => {
                let at = self
                    .meta
                    .segments()
                    .position(|segment| segment == Segment::Parameter(index));
                let text = at.and_then(|at| self.segments.get(at));
                text.map(|text| decode(text, parameter)).transpose()
            }
            Location::Query => self.query(parameter),
            Location::Header => {
                let value = self.headers.get(parameter.name);
                Ok(value.map(|value| String::from_utf8_lossy(value.as_bytes())))
            }
        }
    }

    fn query(&self, parameter: &ParameterMeta) -> Result<Option<Cow<'_, str>>, RouteError> {
        for pair in self.query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if percent_decode_str(name).eq(parameter.name.bytes()) {
                return decode(value, parameter).map(Some);
            }
        }
        Ok(None)
    }
}

fn decode<'a>(text: &'a str, parameter: &ParameterMeta) -> Result<Cow<'a, str>, RouteError> {
    percent_decode_str(text)
        .decode_utf8()
        .map_err(|_| RouteError::InvalidParameter {
            name: parameter.name,
            reason: "it is not UTF-8".to_owned(),
        })
}

/// Reads the parameters and the body of a request whose operation is known.
///
/// # Errors
/// When one that the caller gives is missing though required, or cannot be read.
pub fn decode_request(
    request: &mut dyn Arguments,
    head: &RequestHead<'_>,
) -> Result<(), RouteError> {
    for (index, meta) in head.meta.parameters.iter().enumerate() {
        let Some(value) = request.parameter_mut(index) else {
            continue;
        };
        let name = meta.name;
        match head.text(index)? {
            Some(text) => value
                .read_text(&text)
                .map_err(|error| RouteError::InvalidParameter {
                    name,
                    reason: error.to_string(),
                })?,
            None if meta.required => return Err(RouteError::MissingParameter { name }),
            None => {}
        }
    }
    // The media type says nothing: clients in use send all kinds of it.
    if let Some(body) = request.body_mut() {
        let mut reader = Reader::new(head.body);
        let read = body.read(&mut reader).and_then(|()| reader.finish());
        read.map_err(RouteError::Body)?;
    }
    Ok(())
}

/// Finds the operation of a request and reads its parameters, by
/// [`find_route`] and [`Route::read`].
///
/// # Errors
/// When there is no such resource or method, or a parameter cannot be read.
pub fn route<O, B: AsRef<[u8]>>(
    table: &[Route<O>],
    request: &http::Request<B>,
) -> Result<Incoming<O>, RouteError> {
    let (route, pieces) = find_route(table, request.method(), request.uri().path())?;
    route.read(&pieces, request)
}

fn claim(head: &RequestHead<'_>) -> Result<SessionClaim, RouteError> {
    let mut claim = SessionClaim::default();
    for (index, parameter) in head.meta.parameters.iter().enumerate() {
        let place = match parameter.supplier {
            Supplier::Caller => continue,
            Supplier::SessionId => &mut claim.session_id,
            Supplier::CsrfToken => &mut claim.csrf_token,
            Supplier::Cookie => &mut claim.cookie,
        };
        *place = head.text(index)?.map(Cow::into_owned);
    }
    Ok(claim)
}
