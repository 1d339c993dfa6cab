//! The headers that all responses have, and what browsers ask for before they
//! send a request to another origin.

use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    CACHE_CONTROL, EXPIRES, ORIGIN, PRAGMA, SERVER, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

/// As live servers were seen to send them.
const ALWAYS: &[(HeaderName, &str)] = &[
    (ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"),
    (
        ACCESS_CONTROL_EXPOSE_HEADERS,
        "ININ-ICWS-CSRF-Token,ININ-ICWS-Session-ID,Location,Set-Cookie",
    ),
    (CACHE_CONTROL, "no-cache, no-store, must-revalidate"),
    (EXPIRES, "0"),
    (PRAGMA, "no-cache"),
    (SERVER, "icws-mock"),
];

/// The headers that clients in browsers send. The vendor's library has the
/// correlation id on every request.
const ALLOWED: &str = "Accept,Accept-Language,Content-Type,ININ-ICWS-CSRF-Token,\
                       ININ-ICWS-Original-URL,Range,X-ICWS-DevTools-CorrelationId";

/// Adds what all responses have. The origin is named when there is one: browsers
/// send no cookie to a server that allows `*`.
pub(super) fn add(request: &HeaderMap, response: &mut HeaderMap) {
    for (name, value) in ALWAYS {
        response.insert(name, HeaderValue::from_static(value));
    }
    let origin = request.get(ORIGIN).cloned();
    let origin = origin.unwrap_or(HeaderValue::from_static("*"));
    response.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response.insert(VARY, HeaderValue::from_static("Origin"));
}

/// The response to a browser that asks whether it may.
pub(super) fn preflight(request: &HeaderMap) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    add(request, headers);
    for (name, value) in [
        (ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED),
        (ACCESS_CONTROL_ALLOW_METHODS, "GET,POST,PUT,DELETE,OPTIONS"),
        (ACCESS_CONTROL_MAX_AGE, "600"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
