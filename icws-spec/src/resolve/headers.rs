//! Names of headers: what can name one, and which ones are not a model's to say.

use crate::api::Supplier;

/// Why a header cannot be part of a model, and the way out.
pub(super) struct Refused {
    pub message: String,
    pub help: &'static str,
}

/// Headers by which a connection tells where a message ends and whom it is for. Two
/// of them, or one with another value, and the next message is read as part of this
/// one.
const TRANSPORT: &[&str] = &[
    "Connection",
    "Content-Encoding",
    "Content-Length",
    "HTTP2-Settings",
    "Keep-Alive",
    "Proxy-Authenticate",
    "Proxy-Authorization",
    "Proxy-Connection",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
];

/// Those of requests only.
const OF_REQUESTS: &[&str] = &["Accept-Encoding", "Expect", "Host"];

/// Headers that say what the body is, which the bindings know.
const OF_THE_BODY: &str = "Content-Type";

/// What the bindings ask for.
const ACCEPT: &str = "Accept";

/// Headers of a session, with the word for the part that supplies them.
const OF_THE_SESSION: &[(&str, Supplier, &str)] = &[
    (
        "Cookie",
        Supplier::Cookie,
        "add `session: cookie`, or leave it out",
    ),
    (
        "ININ-ICWS-CSRF-Token",
        Supplier::CsrfToken,
        "add `session: csrfToken`, or leave it out",
    ),
];

/// Checks the name of a parameter in a header.
pub(super) fn of_request(name: &str, supplier: Supplier) -> Result<(), Refused> {
    is_name(name)?;
    let is = |other: &str| name.eq_ignore_ascii_case(other);
    if is(OF_THE_BODY) || is(ACCEPT) {
        return Err(Refused {
            message: format!("the bindings set `{name}` themselves"),
            help: "leave it out; what a body is follows from `body` and `content`",
        });
    }
    if TRANSPORT.iter().chain(OF_REQUESTS).any(|other| is(other)) {
        return Err(of_the_transport(name));
    }
    let of_session = OF_THE_SESSION.iter().find(|(other, _, _)| is(other));
    match of_session {
        Some((_, of, help)) if *of != supplier => Err(Refused {
            message: format!("`{name}` is the session's, and callers cannot give it"),
            help,
        }),
        _ => Ok(()),
    }
}

/// Checks the name of a header of a reply.
pub(super) fn of_reply(name: &str) -> Result<(), Refused> {
    is_name(name)?;
    let is = |other: &str| name.eq_ignore_ascii_case(other);
    if is(OF_THE_BODY) {
        return Err(Refused {
            message: format!("`{name}` follows from the body"),
            help: "write `content: text/html` for a body that is not JSON",
        });
    }
    if TRANSPORT.iter().any(|other| is(other)) {
        return Err(of_the_transport(name));
    }
    Ok(())
}

fn of_the_transport(name: &str) -> Refused {
    Refused {
        message: format!("`{name}` belongs to the connection, and the sender of a message sets it"),
        help: "leave it out; it says nothing about the API",
    }
}

fn is_name(name: &str) -> Result<(), Refused> {
    if is_token(name) {
        return Ok(());
    }
    Err(Refused {
        message: format!("`{name}` cannot name a header"),
        help: "letters, digits and `-` make a name",
    })
}

/// Returns true for what HTTP calls a token.
pub(super) fn is_token(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(fits)
}

/// Returns true for what can be the value of a header.
pub(super) fn is_value(text: &str) -> bool {
    !text.chars().any(|c| c.is_ascii_control() && c != '\t')
}

/// Returns true for a media type, with parameters or without.
pub(super) fn is_media_type(text: &str) -> bool {
    let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
    let parts = name.split_once('/');
    parts.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
        && parameters.chars().all(|c| c.is_ascii_graphic())
}
