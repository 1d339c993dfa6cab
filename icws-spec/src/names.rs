//! Rust names for names on the wire. The wire names themselves are never
//! derived from anything: `interactionId` and `interactionID` are two properties.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization;

/// Words that cannot name a field, a setter or a module, even in raw form.
const UNUSABLE: &[&str] = &["self", "Self", "super", "crate", "_", ""];

/// Keywords of edition 2024, reserved ones included: usable as `r#word`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// How names of the generator's own begin that stand beside those of a model.
/// Every module of the bindings has the runtime as `__rt`.
pub(crate) const RESERVED: &str = "__";

/// The name of a type: `callbackMessage` is `CallbackMessage`.
pub(crate) fn type_name(wire: &str) -> String {
    wire.to_upper_camel_case()
}

/// The name of a constant: `noStation` is `NO_STATION`.
pub(crate) fn constant_name(wire: &str) -> String {
    wire.to_shouty_snake_case()
}

/// The name of a field, setter or module: `isDelta` is `is_delta`, `type` is
/// `r#type`.
pub(crate) fn value_name(wire: &str) -> String {
    escape(wire.to_snake_case())
}

/// The modules of a namespace: `interactions.callback` is two.
pub(crate) fn modules(namespace: &str) -> Vec<String> {
    namespace.split('.').map(value_name).collect()
}

/// The name of the state merged from a message: `CallbackMessage` gives
/// `CallbackState`.
pub(crate) fn state_name(message: &str) -> String {
    let stem = message.strip_suffix("Message").unwrap_or(message);
    let stem = if stem.is_empty() { message } else { stem };
    format!("{stem}State")
}

/// The name of a status: its reason phrase in RFC 9110.
pub(crate) fn status_name(status: Option<u16>) -> String {
    let Some(status) = status else {
        return "Success".to_owned();
    };
    let name = match status {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        204 => "NoContent",
        206 => "PartialContent",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        307 => "TemporaryRedirect",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        429 => "TooManyRequests",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        _ => return format!("Status{status}"),
    };
    name.to_owned()
}

/// The identifier that a text is as the compiler reads it: composed, and raw
/// only where it has to be. `None` when it is none, not even a raw one.
pub(crate) fn identifier(text: &str) -> Option<String> {
    let (raw, plain) = match text.strip_prefix("r#") {
        Some(plain) => (true, plain),
        None => (false, text),
    };
    let plain: String = match plain.is_ascii() {
        true => plain.to_owned(),
        false => plain.nfc().collect(),
    };
    let mut chars = plain.chars();
    let starts = chars.next().is_some_and(|c| is_xid_start(c) || c == '_');
    let usable = starts && chars.all(is_xid_continue) && !UNUSABLE.contains(&plain.as_str());
    let keyword = KEYWORDS.contains(&plain.as_str());
    match keyword {
        true if usable && raw => Some(format!("r#{plain}")),
        false if usable => Some(plain),
        _ => None,
    }
}

/// The characters of a text that can stand in an identifier: a superscript counts as
/// alphanumeric, and cannot.
pub(crate) fn letters(text: &str) -> String {
    text.nfc().filter(|c| is_xid_continue(*c)).collect()
}

/// Whether the text can stand as a Rust identifier, raw ones included.
pub(crate) fn is_identifier(text: &str) -> bool {
    identifier(text).is_some()
}

fn escape(name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_become_raw() {
        assert_eq!(value_name("type"), "r#type");
        assert_eq!(value_name("override"), "r#override");
        assert_eq!(value_name("maxAttempts"), "max_attempts");
    }

    #[test]
    fn what_cannot_be_raw_is_no_identifier() {
        assert!(!is_identifier(&value_name("self")));
        assert!(!is_identifier(&value_name("1st")));
        assert!(!is_identifier(&value_name("$")));
        assert!(is_identifier(&value_name("where")));
        assert!(!is_identifier("where"));
    }

    #[test]
    fn names_are_those_of_the_compiler() {
        let of = |text| identifier(text);
        assert_eq!(of("\u{c9}tat").as_deref(), Some("\u{c9}tat"));
        assert_eq!(of("E\u{301}tat").as_deref(), Some("\u{c9}tat"));
        assert_eq!(of("r#state").as_deref(), Some("state"));
        assert_eq!(of("r#type").as_deref(), Some("r#type"));
        assert_eq!(of("a\u{d7}b"), None);
    }

    #[test]
    fn a_state_is_named_after_its_message() {
        assert_eq!(state_name("CallbackMessage"), "CallbackState");
        assert_eq!(state_name("Message"), "MessageState");
    }
}
