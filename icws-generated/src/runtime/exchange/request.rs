//! From a request's parameters to HTTP.

use bytes::Bytes;
use http::header::{ACCEPT, COOKIE, HeaderName};
use http::{HeaderMap, HeaderValue, Request, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::errors::{Problem, RequestError};
use super::media;
use super::parameter::Parameter;
use crate::runtime::meta::{EndpointMeta, Location, Origin, ParameterMeta, Segment};
use crate::runtime::session::Session;

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

type Parameters<'a> = dyn Fn(usize) -> Option<&'a dyn Parameter> + 'a;

/// The request as it is sent.
pub(super) fn build(
    meta: &'static EndpointMeta,
    parameters: &Parameters<'_>,
    session: &Session,
) -> Result<Request<Bytes>, RequestError> {
    check_versions(meta, parameters, session)?;
    let uri = uri(meta, parameters, session)?;
    let mut request = Request::new(Bytes::new());
    request.method_mut().clone_from(&meta.method);
    *request.uri_mut() = uri;
    headers(meta, parameters, session, request.headers_mut())?;
    Ok(request)
}

/// Refuses what the server is known not to have.
fn check_versions(
    meta: &'static EndpointMeta,
    parameters: &Parameters<'_>,
    session: &Session,
) -> Result<(), RequestError> {
    let Some(features) = session.features() else {
        return Ok(());
    };
    let given = meta
        .parameters
        .iter()
        .enumerate()
        .filter_map(|(index, parameter)| {
            parameters(index)?.to_text()?;
            Some((Some(parameter.name), parameter.since?))
        });
    let operation = meta.since.map(|since| (None, since));
    for (parameter, needs) in operation.into_iter().chain(given) {
        if !features.supports(needs) {
            let has = features.version(needs.feature);
            return Err(RequestError::new(
                meta,
                Problem::Unsupported {
                    parameter,
                    needs,
                    has,
                },
            ));
        }
    }
    Ok(())
}

fn uri(
    meta: &'static EndpointMeta,
    parameters: &Parameters<'_>,
    session: &Session,
) -> Result<Uri, RequestError> {
    let mut uri = String::with_capacity(session.base_url().len() + meta.path.len() + 64);
    uri.push_str(session.base_url());
    for segment in meta.segments {
        uri.push('/');
        match *segment {
            Segment::Literal(text) => uri.push_str(text),
            Segment::Parameter(index) => push_segment(meta, index, parameters, session, &mut uri)?,
        }
    }
    let mut separator = '?';
    for (index, parameter) in meta.parameters.iter().enumerate() {
        if parameter.location != Location::Query {
            continue;
        }
        let Some(text) = parameters(index).and_then(Parameter::to_text) else {
            continue;
        };
        uri.push(separator);
        uri.extend(utf8_percent_encode(parameter.name, RESERVED));
        uri.push('=');
        uri.extend(utf8_percent_encode(&text, RESERVED));
        separator = '&';
    }
    let uri = Uri::from_maybe_shared(Bytes::from(uri));
    uri.map_err(|error| {
        RequestError::new(
            meta,
            Problem::Address {
                reason: error.to_string(),
            },
        )
    })
}

fn push_segment(
    meta: &'static EndpointMeta,
    index: usize,
    parameters: &Parameters<'_>,
    session: &Session,
    uri: &mut String,
) -> Result<(), RequestError> {
    let Some(parameter) = meta.parameters.get(index) else {
        return Ok(());
    };
    let given = match parameter.origin {
        Origin::SessionId => Some(session.id().into()),
        _ => parameters(index).and_then(Parameter::to_text),
    };
    let text = given.unwrap_or_default();
    // An empty segment or a dot would make the path one of another resource.
    if matches!(&*text, "" | "." | "..") {
        let problem = Problem::Segment {
            parameter: parameter.name,
            value: text.into_owned(),
        };
        return Err(RequestError::new(meta, problem));
    }
    uri.extend(utf8_percent_encode(&text, RESERVED));
    Ok(())
}

fn headers(
    meta: &'static EndpointMeta,
    parameters: &Parameters<'_>,
    session: &Session,
    headers: &mut HeaderMap,
) -> Result<(), RequestError> {
    headers.reserve(meta.parameters.len() + 1);
    headers.insert(ACCEPT, HeaderValue::from_static(media::ACCEPT));
    for (index, parameter) in meta.parameters.iter().enumerate() {
        if parameter.location != Location::Header {
            continue;
        }
        let value = match parameter.origin {
            Origin::CsrfToken => session.csrf_token().clone(),
            Origin::Cookie => session.cookie().clone(),
            Origin::SessionId => header_value(meta, parameter, session.id())?,
            Origin::Caller => match parameters(index).and_then(Parameter::to_text) {
                Some(text) => header_value(meta, parameter, &text)?,
                None => continue,
            },
        };
        headers.insert(header_name(meta, parameter)?, value);
    }
    Ok(())
}

fn header_name(
    meta: &'static EndpointMeta,
    parameter: &ParameterMeta,
) -> Result<HeaderName, RequestError> {
    if parameter.origin == Origin::Cookie {
        return Ok(COOKIE);
    }
    let name = HeaderName::from_bytes(parameter.name.as_bytes());
    name.map_err(|_| {
        RequestError::new(
            meta,
            Problem::Header {
                parameter: parameter.name,
            },
        )
    })
}

fn header_value(
    meta: &'static EndpointMeta,
    parameter: &'static ParameterMeta,
    text: &str,
) -> Result<HeaderValue, RequestError> {
    let value = HeaderValue::from_str(text);
    value.map_err(|_| {
        RequestError::new(
            meta,
            Problem::Header {
                parameter: parameter.name,
            },
        )
    })
}
