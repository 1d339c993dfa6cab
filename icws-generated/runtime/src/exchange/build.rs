//! From a request's parameters to HTTP.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, Request, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::arguments::Arguments;
use super::errors::{Problem, RequestError};
use super::media;
use super::parameter::Parameter;
use crate::json::{Visitor, Writer, visit};
use crate::meta::{FeatureVersion, Location, OperationMeta, Segment, Supplier};
use crate::session::{ApiSession, Server};
use crate::wire;

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What a request is made of.
struct Parts<'a> {
    meta: &'static OperationMeta,
    arguments: &'a dyn Arguments,
}

impl Parts<'_> {
    fn text(&self, index: usize) -> Option<Cow<'_, str>> {
        self.arguments.parameter(index).and_then(Parameter::to_text)
    }

    fn error(&self, problem: Problem) -> RequestError {
        RequestError::new(self.meta, problem)
    }
}

/// The request as it is sent. Parts of a session that is not there are left
/// out; only operations without any are built so.
pub(super) fn build(
    meta: &'static OperationMeta,
    arguments: &dyn Arguments,
    server: &Server,
    session: Option<&ApiSession>,
) -> Result<Request<Bytes>, RequestError> {
    let parts = &Parts { meta, arguments };
    check_versions(parts, server)?;
    check_values(parts)?;
    let uri = uri(parts, server, session)?;
    let mut request = Request::new(body(parts)?);
    request.method_mut().clone_from(&parts.meta.method);
    *request.uri_mut() = uri;
    *request.headers_mut() = headers(parts, session)?;
    Ok(request)
}

/// Refuses what the server is known not to have, down to the values of
/// parameters and the properties of the body.
fn check_versions(parts: &Parts<'_>, server: &Server) -> Result<(), RequestError> {
    let Some(features) = server.checked() else {
        return Ok(());
    };
    let given = parts
        .meta
        .parameters
        .iter()
        .enumerate()
        .filter_map(|(index, parameter)| {
            let since = parameter.since?;
            parts.text(index)?;
            Some((Some(parameter.name), since))
        });
    let operation = parts.meta.since.map(|since| (None, since));
    let supports = |needs: FeatureVersion| features.supports(needs);
    let mut missing = operation
        .into_iter()
        .chain(given)
        .find(|(_, needs)| !supports(*needs));
    if missing.is_none() {
        let mut visitor = Visitor::new(&supports);
        let indices = 0..parts.meta.parameters.len();
        for parameter in indices.filter_map(|index| parts.arguments.parameter(index)) {
            parameter.visit(&mut visitor);
        }
        if let Some(body) = parts.arguments.body() {
            visit(body, &mut visitor);
        }
        missing = visitor.found().map(|(name, needs)| (Some(name), needs));
    }
    match missing {
        None => Ok(()),
        Some((item, needs)) => {
            let has = features.version(needs.feature);
            Err(parts.error(Problem::Unsupported { item, needs, has }))
        }
    }
}

/// Refuses values that would be others when they arrive.
fn check_values(parts: &Parts<'_>) -> Result<(), RequestError> {
    for (index, parameter) in parts.meta.parameters.iter().enumerate() {
        let given = parts.arguments.parameter(index);
        if let Some(problem) = given.and_then(Parameter::problem) {
            return Err(parts.error(Problem::Value {
                parameter: parameter.name,
                problem,
            }));
        }
    }
    Ok(())
}

fn body(parts: &Parts<'_>) -> Result<Bytes, RequestError> {
    let Some(body) = parts.arguments.body() else {
        return Ok(Bytes::new());
    };
    let mut writer = Writer::new();
    body.write(&mut writer);
    if writer.has_lost() {
        return Err(parts.error(Problem::Body));
    }
    Ok(writer.into_bytes().into())
}

fn uri(
    parts: &Parts<'_>,
    server: &Server,
    session: Option<&ApiSession>,
) -> Result<Uri, RequestError> {
    let meta = parts.meta;
    let mut uri = String::with_capacity(server.prefix().len() + meta.path.len() + 64);
    uri.push_str(server.prefix());
    for segment in meta.segments() {
        uri.push('/');
        match segment {
            Segment::Literal(text) => uri.push_str(text),
            Segment::Parameter(index) => push_segment(parts, index, session, &mut uri)?,
        }
    }
    let mut separator = '?';
    for (index, parameter) in meta.parameters.iter().enumerate() {
        if parameter.location != Location::Query {
            continue;
        }
        let Some(text) = parts.text(index) else {
            continue;
        };
        uri.push(separator);
        push_encoded(parameter.name, &mut uri);
        uri.push('=');
        push_encoded(&text, &mut uri);
        separator = '&';
    }
    server.address(uri).map_err(|error| {
        parts.error(Problem::Address {
            reason: error.to_string(),
        })
    })
}

fn push_segment(
    parts: &Parts<'_>,
    index: usize,
    session: Option<&ApiSession>,
    uri: &mut String,
) -> Result<(), RequestError> {
    let Some(parameter) = parts.meta.parameters.get(index) else {
        return Ok(());
    };
    let given = match parameter.supplier {
        Supplier::SessionId => session.map(|session| session.id().into()),
        _ => parts.text(index),
    };
    let text = given.unwrap_or_default();
    // An empty segment or a dot would make the path one of another resource.
    if matches!(&*text, "" | "." | "..") {
        return Err(parts.error(Problem::Segment {
            parameter: parameter.name,
            value: text.into_owned(),
        }));
    }
    push_encoded(&text, uri);
    Ok(())
}

/// Most values are numbers and need no encoding.
fn push_encoded(text: &str, uri: &mut String) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    if text.bytes().all(plain) {
        uri.push_str(text);
    } else {
        uri.extend(utf8_percent_encode(text, RESERVED));
    }
}

fn headers(parts: &Parts<'_>, session: Option<&ApiSession>) -> Result<HeaderMap, RequestError> {
    let parameters = parts.meta.parameters;
    // Nearly all operations take both secrets of the session under their usual
    // names: those headers are there already, and a copy is all it takes.
    let usual = |wanted: Supplier, name: &str| {
        let mut all = parameters.iter();
        all.any(|parameter| parameter.supplier == wanted && parameter.name == name)
    };
    let ready = session.filter(|_| {
        usual(Supplier::CsrfToken, wire::CSRF_TOKEN) && usual(Supplier::Cookie, wire::COOKIE)
    });
    let mut headers = match ready {
        Some(session) => session.headers().clone(),
        None => HeaderMap::with_capacity(parameters.len() + 2),
    };
    if ready.is_none() {
        headers.insert(ACCEPT, HeaderValue::from_static(wire::ACCEPT));
    }
    if parts.arguments.body().is_some() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media::CONTENT));
    }
    for (index, parameter) in parameters.iter().enumerate() {
        if parameter.location != Location::Header {
            continue;
        }
        let refuse = || {
            parts.error(Problem::Header {
                parameter: parameter.name,
            })
        };
        let value = match (parameter.supplier, session) {
            (Supplier::Caller, _) => match parts.text(index) {
                Some(text) => HeaderValue::from_str(&text).map_err(|_| refuse())?,
                None => continue,
            },
            (_, None) => continue,
            (Supplier::CsrfToken | Supplier::Cookie, _) if ready.is_some() => continue,
            (Supplier::CsrfToken, Some(session)) => session.csrf_token().clone(),
            (Supplier::Cookie, Some(session)) => session.cookie().clone(),
            (Supplier::SessionId, Some(session)) => {
                HeaderValue::from_str(session.id()).map_err(|_| refuse())?
            }
        };
        let name = HeaderName::from_bytes(parameter.name.as_bytes());
        headers.insert(name.map_err(|_| refuse())?, value);
    }
    Ok(headers)
}
