//! Parameters of queries and forms.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::super::MASKED;
use super::{Known, Mask, NAMES};

/// A name and what it stands for, without a secret.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::recording) struct Pair {
    pub name: String,
    pub value: String,
}

/// The parameters of a text, as they are written: each with its value, if it has one.
fn written(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts.map(|part| match part.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (part, None),
    })
}

/// A name or a value as it is meant.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    match text.contains('+') {
        true => {
            let text = text.replace('+', " ");
            Cow::Owned(percent_decode_str(&text).decode_utf8_lossy().into_owned())
        }
        false => percent_decode_str(text).decode_utf8_lossy(),
    }
}

/// Finds the values of secrets.
pub(super) fn secrets(text: &str, known: &mut Known) {
    for (name, value) in written(text) {
        if let Some(value) = value
            && NAMES.is_secret_parameter(&decoded(name))
        {
            known.add(&decoded(value));
            known.add(value);
        }
    }
}

/// Returns true if a parameter is secret. One without a value may be one whole.
fn is_secret(mask: &Mask, name: &str, value: Option<&str>) -> bool {
    let (name, value) = (decoded(name), value.map(decoded));
    mask.hides_parameters
        || NAMES.is_secret_parameter(&name) && value.is_some()
        || mask.known.is_in(&name)
        || value.is_some_and(|value| mask.is_secret(&value) || mask.is_secret(&decoded(&value)))
}

/// The parameters, decoded.
pub(super) fn pairs(mask: &Mask, text: &str) -> Vec<Pair> {
    let text = &*mask.known.replaced(text);
    let pairs = written(text).map(|(name, value)| {
        let is_secret = is_secret(mask, name, value);
        Pair {
            name: match (is_secret, value) {
                (true, None) => MASKED.to_owned(),
                _ if mask.known.is_in(&decoded(name)) => MASKED.to_owned(),
                _ => decoded(name).into_owned(),
            },
            value: match (is_secret, value) {
                (true, Some(_)) => MASKED.to_owned(),
                _ => decoded(value.unwrap_or_default()).into_owned(),
            },
        }
    });
    pairs.collect()
}

/// The text as it was but for the secrets in it.
pub(super) fn masked(mask: &Mask, text: &str) -> String {
    // One may have a `&` in it.
    let text = &*mask.known.replaced(text);
    let parts = written(text).map(|(name, value)| {
        let is_secret = is_secret(mask, name, value);
        let name = match mask.known.is_in(&decoded(name)) {
            true => MASKED,
            false => name,
        };
        match (is_secret, value) {
            (true, Some(_)) => format!("{name}={MASKED}"),
            (true, None) => MASKED.to_owned(),
            (false, Some(value)) => format!("{name}={value}"),
            (false, None) => name.to_owned(),
        }
    });
    parts.collect::<Vec<_>>().join("&")
}
