//! Headers, and the cookies in them.

use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderName};
use icws_secrets::header;

use super::super::MASKED;
use super::form::Pair;
use super::{Known, Mask, NAMES, url};

fn text(value: &http::HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// Finds the secrets.
pub(super) fn secrets(headers: &HeaderMap, known: &mut Known) {
    for (name, value) in headers {
        let value = text(value);
        if *name == COOKIE {
            value.split(';').for_each(|part| of_cookie(part, known));
        } else if *name == SET_COOKIE {
            of_cookie(value.split(';').next().unwrap_or_default(), known);
        } else if NAMES.is_secret_header(name.as_str()) {
            known.add_header(&value);
        } else if header::is_address(name.as_str()) {
            url::secrets(&value, known);
        }
    }
}

fn of_cookie(part: &str, known: &mut Known) {
    if let Some((_, value)) = part.split_once('=') {
        known.add_cookie(value);
    }
}

/// The headers without their secrets.
pub(super) fn masked(mask: &Mask, headers: &HeaderMap) -> Vec<Pair> {
    let pairs = headers.iter().map(|(name, value)| Pair {
        name: name.as_str().to_owned(),
        value: masked_value(mask, name, &text(value)),
    });
    pairs.collect()
}

fn masked_value(mask: &Mask, name: &HeaderName, value: &str) -> String {
    if *name == COOKIE {
        let parts = value.split(';').map(|part| match cookie_name(part) {
            Some(name) => format!("{name}={MASKED}"),
            None => MASKED.to_owned(),
        });
        return parts.collect::<Vec<_>>().join("; ");
    }
    if *name == SET_COOKIE {
        let mut parts = value.split(';');
        let cookie = match cookie_name(parts.next().unwrap_or_default()) {
            Some(name) => format!("{name}={MASKED}"),
            None => MASKED.to_owned(),
        };
        let attributes = parts.map(attribute);
        let all: Vec<_> = std::iter::once(cookie).chain(attributes).collect();
        return all.join("; ");
    }
    if NAMES.is_secret_header(name.as_str()) {
        return MASKED.to_owned();
    }
    if header::is_challenge(name.as_str()) {
        return challenge(mask, value);
    }
    let is_address = header::is_address(name.as_str());
    let address = is_address.then(|| url::reference(mask, value));
    match address.flatten() {
        Some(address) => address,
        None if is_address || header::is_open(name.as_str()) => mask.text(value).into_owned(),
        None => MASKED.to_owned(),
    }
}

/// What a server asks for. Some schemes put a token behind their name.
fn challenge(mask: &Mask, value: &str) -> String {
    let (scheme, rest) = header::challenge(value);
    match rest {
        Some(rest) if !mask.known.is_in(rest) => value.to_owned(),
        _ => format!("{scheme} {MASKED}"),
    }
}

/// The name of a cookie before its value. What has no value may itself be one, and what
/// has an end of base64 alone, too.
fn cookie_name(part: &str) -> Option<&str> {
    let (name, value) = part.trim().split_once('=')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_value = !value.is_empty() && value != "=";
    (is_value && !name.is_empty() && name.chars().all(is_name)).then_some(name)
}

/// An attribute of a cookie, if it is one and no other cookie stands behind it.
fn attribute(part: &str) -> String {
    let part = part.trim();
    let (name, value) = part.split_once('=').unwrap_or((part, ""));
    match header::is_attribute(name) && !value.contains(['=', '"']) {
        true => part.to_owned(),
        false => MASKED.to_owned(),
    }
}

/// The cookies, each with its name alone.
pub(super) fn cookies(headers: &HeaderMap) -> Vec<Pair> {
    let sent = headers.get_all(COOKIE).iter().map(text);
    let sent = sent.flat_map(|value| value.split(';').map(str::to_owned).collect::<Vec<_>>());
    let set = headers.get_all(SET_COOKIE).iter().map(text);
    let set = set.filter_map(|value| value.split(';').next().map(str::to_owned));
    let pairs = sent.chain(set).filter_map(|part| {
        Some(Pair {
            name: cookie_name(&part)?.to_owned(),
            value: MASKED.to_owned(),
        })
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn shown(name: &'static str, value: &str) -> String {
        let mut headers = HeaderMap::new();
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        headers.insert(HeaderName::from_static(name), value);
        let mask = Mask {
            known: Known::new(1).into(),
            hides_parameters: false,
        };
        masked(&mask, &headers).remove(0).value
    }

    #[test]
    fn cookies_keep_their_names_and_attributes() {
        let cookie = shown("cookie", "icws_1=a|languageId=en-us; other=b");
        assert_eq!(cookie, "icws_1=***; other=***");
        let set =
            "icws_1=a|b=c; Path=/icws/1; Secure; HttpOnly; Expires=Wed, 21 Oct 2026 07:28:00 GMT";
        assert_eq!(
            shown("set-cookie", set),
            "icws_1=***; Path=/icws/1; Secure; HttpOnly; Expires=Wed, 21 Oct 2026 07:28:00 GMT"
        );
    }

    #[test]
    fn what_may_be_a_value_of_a_cookie_is_no_name() {
        for odd in ["hush", "hush==", "hush=", "[\"hush=x\"]", "=hush"] {
            assert_eq!(shown("cookie", odd), "***", "{odd}");
            assert_eq!(shown("set-cookie", odd), "***", "{odd}");
        }
        assert_eq!(
            shown("set-cookie", "a=hush; Path=/, b=hush; hush; Version=1"),
            "a=***; ***; ***; ***"
        );
    }

    #[test]
    fn tokens_and_addresses_lose_their_secrets_and_nothing_else() {
        for name in [
            "authorization",
            "proxy-authorization",
            "inin-icws-csrf-token",
            "inin-sts-token",
            "x-api-key",
            "authentication-info",
        ] {
            assert_eq!(shown(name, "Bearer hush"), "***", "{name}");
        }
        assert_eq!(
            shown("location", "https://a.example/x?token=hush&b=1#id=hush"),
            "https://a.example/x?token=***&b=1#***"
        );
        assert_eq!(shown("referer", "https://u:hush@a.example/"), "***");
        assert_eq!(
            shown("www-authenticate", "Negotiate aHVzaA=="),
            "Negotiate ***"
        );
        assert_eq!(
            shown("www-authenticate", "Basic realm=\"a\""),
            "Basic realm=\"a\""
        );
        let exposed = "ININ-ICWS-CSRF-Token,Location";
        assert_eq!(shown("access-control-expose-headers", exposed), exposed);
        assert_eq!(shown("x-forwarded-uri", "/x?password=hush"), "***");
        assert_eq!(shown("accept", "token=hush"), "***");
    }

    #[test]
    fn a_header_that_nobody_knows_is_masked() {
        assert_eq!(shown("x-other", "hush"), "***");
        for name in ["host", "server", "accept-language", "inin-icws-session-id"] {
            assert_eq!(shown(name, "shown"), "shown");
        }
        assert_eq!(shown("inin-icws-original-url", "/x"), "/x");
    }
}
