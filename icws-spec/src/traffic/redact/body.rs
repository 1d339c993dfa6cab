//! Bodies: JSON, forms, event streams; of others nothing is left.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::super::exchange::MASKED;
use super::Cleaner;

/// Texts within texts are looked at so deep.
const DEEPEST: usize = 4;

/// The property whose value is a type, and nobody's.
const TYPE: &str = "__type";

impl Cleaner<'_> {
    /// A body by its text, with the name of its encoding if it has one.
    pub(super) fn body(&mut self, text: &str, encoding: Option<&str>, media: &str) -> String {
        let is_encoded = encoding.is_some_and(|own| own.eq_ignore_ascii_case("base64"));
        if !is_encoded {
            return self.plain_body(text, media);
        }
        let plain: String = text.split_ascii_whitespace().collect();
        let bytes = STANDARD.decode(plain).ok();
        let decoded = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        match decoded {
            Some(decoded) => STANDARD.encode(self.plain_body(&decoded, media)),
            // It is still what the encoding says.
            None => STANDARD.encode(MASKED),
        }
    }

    fn plain_body(&mut self, text: &str, media: &str) -> String {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() || text == MASKED {
            return text.to_owned();
        }
        if let Ok(mut value) = serde_json::from_str::<Value>(text) {
            self.json("", &mut value, false, 0);
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
        for line in text.split_inclusive('\n') {
            let (line, end) = match line.strip_suffix('\n') {
                Some(line) => (line.trim_end_matches('\r'), "\n"),
                None => (line, ""),
            };
            let line = match line.split_once(':') {
                Some(("data", data)) => {
                    let blank = if data.starts_with(' ') { " " } else { "" };
                    let data = data.strip_prefix(' ').unwrap_or(data);
                    format!("data:{blank}{}", self.plain_body(data, ""))
                }
                Some((field @ ("event" | "id" | "retry"), value)) => {
                    format!("{field}:{}", self.text(value))
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
    pub(super) fn json(&mut self, name: &str, value: &mut Value, within: bool, depth: usize) {
        let secret = within || self.secrets.has(name);
        match value {
            Value::Object(object) => self.object(object, secret, depth),
            Value::Array(items) => {
                for item in items {
                    self.json(name, item, secret, depth);
                }
            }
            Value::String(text) if name == TYPE => *text = self.text(text),
            Value::String(text) if secret => {
                self.learn(text);
                if !text.is_empty() {
                    *text = MASKED.to_owned();
                }
            }
            Value::Number(number) if secret => {
                self.learn(&number.to_string());
                *value = Value::from(MASKED);
            }
            Value::String(text) => *text = self.inner(text, depth),
            _ => {}
        }
    }

    fn object(&mut self, object: &mut Map<String, Value>, secret: bool, depth: usize) {
        // `{"name": "password", "value": "…"}`: the name is itself a value.
        let named = ["name", "key", "id", "parameter"].iter().any(|key| {
            let named = object.get(*key).and_then(Value::as_str);
            named.is_some_and(|named| self.secrets.has(named))
        });
        let keys: Vec<String> = object.keys().cloned().collect();
        let mut cleaned = Map::new();
        for key in keys {
            let Some(mut value) = object.shift_remove(&key) else {
                continue;
            };
            let is_value = named && matches!(key.as_str(), "value" | "values" | "text");
            self.json(&key, &mut value, secret || is_value, depth);
            let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            let key = match &self.pseudonyms {
                _ if self.names.contains(key.as_str()) => key,
                Some(pseudonyms) if !plain => pseudonyms.of(&key),
                _ => self.text(&key),
            };
            cleaned.insert(key, value);
        }
        *object = cleaned;
    }

    /// A text that may be JSON itself, or an address.
    fn inner(&mut self, text: &str, depth: usize) -> String {
        let trimmed = text.trim_start();
        if depth < DEEPEST
            && trimmed.starts_with(['{', '['])
            && let Ok(mut value) = serde_json::from_str::<Value>(text)
        {
            self.json("", &mut value, false, depth + 1);
            return value.to_string();
        }
        if trimmed.contains("://") || trimmed.starts_with('/') && trimmed.contains('?') {
            let is_one = !trimmed.contains(char::is_whitespace);
            if is_one && self.is_ours("GET", trimmed) {
                return self.address("GET", trimmed);
            }
            if is_one && let Some((address, query)) = text.split_once('?') {
                let query = self.query(query);
                let address = self.personal(address);
                return format!("{address}?{query}");
            }
        }
        self.personal(text)
    }
}
