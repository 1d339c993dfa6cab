//! Bodies: JSON, forms, event streams; of others nothing is left.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::super::events;
use super::super::exchange::{MASKED, TYPE};
use super::super::har::unpacked;
use super::super::mask::is_long;
use super::Cleaner;
use crate::texts::without_mark;

impl Cleaner<'_> {
    /// A body by its text, with the name of its encoding if it has one.
    pub(super) fn body(&mut self, text: &str, encoding: Option<&str>, media: &str) -> String {
        let is_encoded = encoding.is_some_and(|own| own.eq_ignore_ascii_case("base64"));
        if !is_encoded {
            return self.plain_body(text, media);
        }
        let decoded = unpacked(text).and_then(|bytes| String::from_utf8(bytes).ok());
        match decoded {
            Some(decoded) => STANDARD.encode(self.plain_body(&decoded, media)),
            // It is still what the encoding says.
            None => STANDARD.encode(MASKED),
        }
    }

    fn plain_body(&mut self, text: &str, media: &str) -> String {
        let text = without_mark(text);
        if text.trim().is_empty() || text == MASKED {
            return text.to_owned();
        }
        if let Ok(mut value) = serde_json::from_str::<Value>(text) {
            self.json("", &mut value, false);
            return value.to_string();
        }
        let media = media.to_ascii_lowercase();
        if media.contains("event-stream") {
            return self.events(text);
        }
        let is_form = media.contains("form-urlencoded") && text.contains('=');
        if is_form && !text.contains(['{', '<', '\n']) {
            return self.query(text);
        }
        MASKED.to_owned()
    }

    fn events(&mut self, text: &str) -> String {
        let mut out = String::new();
        for (line, end) in events::lines(text) {
            let line = match line.split_once(':') {
                Some(("data", data)) => {
                    let blank = if data.starts_with(' ') { " " } else { "" };
                    let data = data.strip_prefix(' ').unwrap_or(data);
                    format!("data:{blank}{}", self.plain_body(data, ""))
                }
                Some((field @ ("event" | "id"), value)) => {
                    let blank = if value.starts_with(' ') { " " } else { "" };
                    let value = value.strip_prefix(' ').unwrap_or(value);
                    format!("{field}:{blank}{}", self.personal(value))
                }
                Some(("retry", time)) if time.trim().bytes().all(|b| b.is_ascii_digit()) => {
                    line.to_owned()
                }
                // Comments keep connections open.
                Some(("", "ping")) => line.to_owned(),
                _ if line.is_empty() => String::new(),
                _ => format!(":{MASKED}"),
            };
            out.push_str(&line);
            out.push_str(end);
        }
        out
    }

    /// JSON, in place. Within a secret everything is one.
    pub(super) fn json(&mut self, name: &str, value: &mut Value, within: bool) {
        let secret = within || self.secrets.names.is_secret(name);
        match value {
            Value::Object(object) => self.object(object, secret),
            Value::Array(items) => {
                for item in items {
                    self.json(name, item, secret);
                }
            }
            // A type is nobody's.
            Value::String(text) if name == TYPE => *text = self.text(text),
            Value::String(text) if secret => {
                self.known.add(text);
                if !text.is_empty() {
                    *text = MASKED.to_owned();
                }
            }
            Value::Number(number) if secret => {
                self.known.add(&number.to_string());
                *value = Value::from(MASKED);
            }
            Value::String(text) => *text = self.inner(text),
            Value::Number(number) if is_long(number) => {
                if let Some(pseudonyms) = &self.pseudonyms {
                    let other = pseudonyms.of(&number.to_string());
                    *value = serde_json::from_str(&other).unwrap_or(Value::from(MASKED));
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &mut Map<String, Value>, secret: bool) {
        let named = self.secrets.are_named_by(object);
        for (key, mut value) in std::mem::take(object) {
            let is_secret = secret || named && self.secrets.may_be(&key, &value);
            self.json(&key, &mut value, is_secret);
            let mut key = self.key(key, secret);
            if object.contains_key(&key) {
                key = format!("{key}{}", object.len());
            }
            object.insert(key, value);
        }
    }

    /// The name of a property, which may be the key of a map.
    fn key(&mut self, key: String, within_secret: bool) -> String {
        let is_name = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        match &self.pseudonyms {
            _ if self.secrets.is_property(&key) || key == TYPE => key,
            _ if within_secret => MASKED.to_owned(),
            Some(pseudonyms) if !is_name => pseudonyms.of(&key),
            _ => self.text(&key),
        }
    }

    /// A text that may be an address.
    fn inner(&mut self, text: &str) -> String {
        let trimmed = text.trim_start();
        let is_address = trimmed.contains("://") || trimmed.starts_with('/');
        let is_one = is_address && !trimmed.contains(char::is_whitespace);
        if is_one && !self.secrets.names.are_in(text) && self.is_ours("GET", trimmed) {
            return self.address("GET", trimmed);
        }
        self.personal(text)
    }
}
