//! What a proxy changes of headers, and why. All else passes as it is.

use http::header::{
    ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, EXPECT, HOST, LOCATION, SET_COOKIE,
};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::upstream::Upstream;

/// Headers that are about one connection, RFC 9110, 7.6.1.
const OF_A_CONNECTION: &[&str] = &[
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Attributes of cookies with which clients would not send them to this proxy: it has
/// another name, and no TLS.
const OF_THE_SERVER: &[&str] = &["domain", "partitioned", "secure"];

/// Makes the headers of a client those of a request to the server. Its host and the length
/// of its body are set when it is sent.
pub fn to_server(headers: &mut HeaderMap) {
    between_ends(headers);
    headers.remove(HOST);
    headers.remove(CONTENT_LENGTH);
    // The body is here already.
    headers.remove(EXPECT);
    // What is compressed cannot be recorded.
    headers.remove(ACCEPT_ENCODING);
}

/// Makes the headers of the server those of a response to the client.
pub fn to_client(headers: &mut HeaderMap, upstream: &Upstream) {
    between_ends(headers);
    let cookies = headers.get_all(SET_COOKIE).iter();
    let cookies: Vec<_> = cookies.map(|cookie| of_proxy(cookie, upstream)).collect();
    headers.remove(SET_COOKIE);
    for cookie in cookies {
        headers.append(SET_COOKIE, cookie);
    }
    if let Some(path) = location(headers, upstream) {
        headers.insert(LOCATION, path);
    }
}

fn between_ends(headers: &mut HeaderMap) {
    let named = headers.get_all(CONNECTION).iter();
    let named = named.filter_map(|value| value.to_str().ok());
    let named = named.flat_map(|value| value.split(','));
    let named = named.filter_map(|name| name.trim().parse().ok());
    let named: Vec<HeaderName> = named.collect();
    for name in &named {
        headers.remove(name);
    }
    for name in OF_A_CONNECTION {
        headers.remove(*name);
    }
}

/// A cookie as one of this proxy. What is no text stays as it is.
fn of_proxy(cookie: &HeaderValue, upstream: &Upstream) -> HeaderValue {
    let Ok(text) = cookie.to_str() else {
        return cookie.clone();
    };
    let mut parts = text.split(';');
    let first = parts.next().unwrap_or_default().to_owned();
    let kept = parts.filter_map(|part| attribute(part, upstream));
    let whole = kept.fold(first, |whole, part| whole + ";" + &part);
    HeaderValue::from_str(&whole).unwrap_or_else(|_| cookie.clone())
}

fn attribute(part: &str, upstream: &Upstream) -> Option<String> {
    let (name, value) = part.split_once('=').unwrap_or((part, ""));
    let name = name.trim().to_ascii_lowercase();
    // `SameSite=None` counts with `Secure` alone.
    let is_cross_site = name == "samesite" && value.trim().eq_ignore_ascii_case("none");
    if is_cross_site || OF_THE_SERVER.contains(&name.as_str()) {
        return None;
    }
    match upstream.own_path(value.trim()) {
        Some(path) if name == "path" && path != value.trim() => Some(format!(" Path={path}")),
        _ => Some(part.to_owned()),
    }
}

/// Where the client finds here what the server has elsewhere; `None` where nothing is to be
/// changed.
fn location(headers: &HeaderMap, upstream: &Upstream) -> Option<HeaderValue> {
    let location = headers.get(LOCATION)?.to_str().ok()?;
    let path = upstream.own_address(location)?;
    HeaderValue::from_str(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter();
        let pairs = pairs.map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        pairs.collect()
    }

    fn sent(name: &'static str, value: &'static str, url: &str) -> String {
        let mut headers = headers(&[(name, value)]);
        to_client(&mut headers, &url.parse().unwrap());
        headers[name].to_str().unwrap().to_owned()
    }

    #[test]
    fn a_cookie_is_sent_back_to_the_proxy() {
        let cookie = "icws_1=a|b=c; Path=/app/icws/1; Secure; HttpOnly; Domain=cic1; SameSite=None";
        assert_eq!(
            sent("set-cookie", cookie, "https://cic1/app"),
            "icws_1=a|b=c; Path=/icws/1; HttpOnly"
        );
        let plain = "icws_1=secure; path=/icws/1; samesite=Lax";
        assert_eq!(sent("set-cookie", plain, "https://cic1"), plain);
    }

    #[test]
    fn an_address_of_the_server_is_one_of_the_proxy() {
        for (location, expected) in [
            ("https://CIC1:8019/app/icws/1/x?a=1", "/icws/1/x?a=1"),
            ("/app/icws/1", "/icws/1"),
            ("/app", "/"),
            ("/other", "/other"),
            ("/application", "/application"),
            (
                "https://idp.example/app/icws",
                "https://idp.example/app/icws",
            ),
            ("icws/1", "icws/1"),
        ] {
            assert_eq!(
                sent("location", location, "https://cic1:8019/app/"),
                expected
            );
        }
    }

    #[test]
    fn headers_of_a_connection_stay_on_it() {
        let mut headers = headers(&[
            ("connection", "close, X-Hop"),
            ("x-hop", "1"),
            ("keep-alive", "1"),
            ("transfer-encoding", "chunked"),
            ("upgrade", "websocket"),
            ("accept-encoding", "gzip"),
            ("host", "127.0.0.1"),
            ("cookie", "a=b"),
        ]);
        to_server(&mut headers);
        assert_eq!(headers.len(), 1, "{headers:?}");
        assert_eq!(headers["cookie"], "a=b");
    }
}
