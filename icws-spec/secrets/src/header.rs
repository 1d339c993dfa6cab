//! Headers, by their names in any case.

use crate::Names;
use crate::names::is_one_of;

/// Headers whose values are secrets though their names do not say so, or not always.
const SECRET: &[&str] = &["authentication-info", "proxy-authentication-info"];

/// Headers of HTTP and of ICWS whose values tell nothing that is secret but by what is
/// in them. What others mean nobody can say.
const OPEN: &[&str] = &[
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "access-control-max-age",
    "access-control-request-headers",
    "access-control-request-method",
    "allow",
    "cache-control",
    "connection",
    "content-encoding",
    "content-language",
    "content-length",
    "content-range",
    "content-type",
    "date",
    "expires",
    "host",
    "inin-icws-session-id",
    "keep-alive",
    "last-modified",
    "origin",
    "pragma",
    "range",
    "retry-after",
    "server",
    "strict-transport-security",
    "transfer-encoding",
    "user-agent",
    "vary",
];

/// Headers with an address.
const ADDRESSES: &[&str] = &[
    "content-location",
    "inin-icws-original-url",
    "location",
    "referer",
];

/// Headers in which a server asks who somebody is.
const CHALLENGES: &[&str] = &["proxy-authenticate", "www-authenticate"];

/// Attributes of `Set-Cookie`.
const ATTRIBUTES: &[&str] = &[
    "domain",
    "expires",
    "httponly",
    "max-age",
    "partitioned",
    "path",
    "priority",
    "samesite",
    "secure",
];

/// Returns true if the value of a header tells nothing that is secret but by what is in
/// it: of HTTP and of ICWS those that are documented, addresses and challenges not among
/// them.
pub fn is_open(name: &str) -> bool {
    is_one_of(name, OPEN)
}

/// Returns true if the value of a header is an address.
pub fn is_address(name: &str) -> bool {
    is_one_of(name, ADDRESSES)
}

/// Returns true if a header is a challenge, of which [`challenge`] tells what may be shown.
pub fn is_challenge(name: &str) -> bool {
    is_one_of(name, CHALLENGES)
}

/// Returns true if a name before a value is that of an attribute of `Set-Cookie`, and not of
/// a cookie.
pub fn is_attribute(name: &str) -> bool {
    is_one_of(name, ATTRIBUTES)
}

impl Names {
    /// Returns true if the value of a header is a secret as a whole.
    pub fn is_secret_header(&self, name: &str) -> bool {
        // They name headers, and are no secrets.
        let lists_headers = name
            .get(..15)
            .is_some_and(|start| start.eq_ignore_ascii_case("access-control-"));
        !lists_headers && (self.is_secret(name) || is_one_of(name, SECRET))
    }
}

/// The scheme that a server asks for, and what stands behind its name if it may be shown:
/// some schemes have a token there.
pub fn challenge(value: &str) -> (&str, Option<&str>) {
    match value.split_once(' ') {
        Some((scheme, rest)) => (scheme, rest.contains("=\"").then_some(rest)),
        None => (value, Some("")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_told_by_their_names() {
        let names = Names::new();
        for name in [
            "Authorization",
            "ININ-ICWS-CSRF-Token",
            "Set-Cookie",
            "Authentication-Info",
        ] {
            assert!(names.is_secret_header(name) && !is_open(name), "{name}");
        }
        for name in [
            "Access-Control-Allow-Credentials",
            "ININ-ICWS-Session-ID",
            "Vary",
        ] {
            assert!(!names.is_secret_header(name) && is_open(name), "{name}");
        }
        assert!(is_address("Location") && is_challenge("WWW-Authenticate"));
        assert!(!names.is_secret_header("x-é") && !is_open("x-é"));
    }

    #[test]
    fn a_token_in_a_challenge_is_not_shown() {
        assert_eq!(challenge("Negotiate aHVzaA=="), ("Negotiate", None));
        assert_eq!(
            challenge("Basic realm=\"a\""),
            ("Basic", Some("realm=\"a\""))
        );
        assert_eq!(challenge("NTLM"), ("NTLM", Some("")));
    }
}
