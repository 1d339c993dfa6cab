//! Who may control the server, and what browsers are told of it.

use std::net::IpAddr;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, HeaderName, ORIGIN};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use serde_json::json;

use super::respond;

/// What browsers are told of all that comes from `/mock`: it is what it says it is, runs
/// the scripts of the page alone, and is shown within no other page.
const GUARDS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
         connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// Adds what browsers are told of all that comes from here.
pub(crate) fn guarded<B>(mut response: Response<B>) -> Response<B> {
    for (name, value) in GUARDS {
        response
            .headers_mut()
            .insert(*name, HeaderValue::from_static(value));
    }
    response
}

/// Returns true if a peer may control the server: one of this machine.
pub(crate) fn admits(peer: IpAddr) -> bool {
    // A socket of both families sees 127.0.0.1 as ::ffff:127.0.0.1.
    peer.to_canonical().is_loopback()
}

/// Returns true if a page of another site may be behind a request: one that a browser
/// sends for it, or one whose name of this server is not its own, as after a name that
/// was bound anew (DNS rebinding).
pub(crate) fn is_foreign(request: &Request<Bytes>) -> bool {
    let headers = request.headers();
    let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let host = text(&HOST);
    let is_own = is_for_this_machine(request);
    let from = text(&ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
    let is_same = headers.get(ORIGIN).is_none() || from.is_some() && from == host;
    let site = headers.get("Sec-Fetch-Site");
    let is_same_site = site.is_none_or(|site| site == "same-origin" || site == "none");
    let may_come = is_same_site || is_link_to_page(request);
    !(is_own && is_same && may_come)
}

/// Returns true if a request names this machine, or no host at all: a page whose name was
/// bound anew (DNS rebinding) names its own.
pub(crate) fn is_for_this_machine(request: &Request<Bytes>) -> bool {
    let host = request.headers().get(HOST);
    host.is_none_or(|host| host.to_str().is_ok_and(is_of_this_machine))
}

/// Whether somebody has followed a link to the page itself. There is no data in it, and
/// what it asks for is its own. The link must lead to a window, not into a frame.
fn is_link_to_page(request: &Request<Bytes>) -> bool {
    let is = |name: &str, value: &str| request.headers().get(name).is_some_and(|v| v == value);
    *request.method() == Method::GET
        && request.uri().path() == "/mock/"
        && is("Sec-Fetch-Mode", "navigate")
        && is("Sec-Fetch-Dest", "document")
}

/// Returns true if a request with a body does not have the type that a page of another site
/// cannot send unasked. A `POST` with the type of a form, or none, is sent by any browser,
/// also one that does not say where it comes from. A `DELETE` has no body and needs no type:
/// browsers ask before they send one for another site, and are not answered.
pub(crate) fn is_unmarked(request: &Request<Bytes>) -> bool {
    let media = request.headers().get(CONTENT_TYPE);
    let media = media.and_then(|media| media.to_str().ok()).unwrap_or("");
    let media = media.split(';').next().unwrap_or("").trim();
    let has_body = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    has_body && !media.eq_ignore_ascii_case("application/json")
}

/// Whether a name with a port is one of this machine.
fn is_of_this_machine(host: &str) -> bool {
    let split = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']'),
        None => Some(host.split_at(host.find(':').unwrap_or(host.len()))),
    };
    let Some((name, port)) = split else {
        return false;
    };
    let is_number = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    if !port.is_empty() && !port.strip_prefix(':').is_some_and(is_number) {
        return false;
    }
    let is_address = name.parse::<IpAddr>().is_ok();
    is_address || name.eq_ignore_ascii_case("localhost")
}

/// The response to a page of another site.
pub(crate) fn foreign() -> Response<Bytes> {
    let message = json!({"message": "Pages of other sites may not control the server."});
    respond(StatusCode::FORBIDDEN, &message)
}

/// The response to what any page could send.
pub(crate) fn unmarked() -> Response<Bytes> {
    let message = "A POST, PUT or PATCH needs `Content-Type: application/json`, which pages of \
        other sites cannot send: `curl --json` sends it.";
    respond(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        &json!({"message": message}),
    )
}

/// The response to a peer of another machine.
pub(crate) fn stranger() -> Response<Bytes> {
    let message = json!({"message": "Only peers of this machine may control the server."});
    respond(StatusCode::FORBIDDEN, &message)
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_a_port_may_follow_the_name_of_this_machine() {
        let own = [
            "localhost",
            "LOCALHOST:80",
            "127.0.0.1",
            "127.0.0.1:8018",
            "[::1]",
            "[::1]:8018",
        ];
        assert!(own.into_iter().all(super::is_of_this_machine));
        let others = [
            "[::1].evil.example",
            "[::1]evil.example:80",
            "[::1]:80.evil.example",
            "[::1",
            "::1",
            "localhost:80.evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:80",
            "evil.example",
            "",
        ];
        assert!(!others.into_iter().any(super::is_of_this_machine));
    }

    #[test]
    fn only_peers_of_this_machine_are_admitted() {
        let admits = |peer: &str| super::admits(peer.parse().unwrap());
        assert!(
            ["127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"]
                .into_iter()
                .all(admits)
        );
        assert!(
            !["192.0.2.1", "::", "::ffff:192.0.2.1"]
                .into_iter()
                .any(admits)
        );
    }
}
