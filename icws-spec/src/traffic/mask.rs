//! What must not be shown of traffic.

use icws_secrets::Known;
use serde_json::{Map, Value};

use super::exchange::{Exchange, MASKED, TYPE};
use super::secrets::Secrets;

/// How long an example may be, in characters.
const LONGEST: usize = 80;

/// How long a name may be, in characters: of a property, a parameter, a type, a method.
const LONGEST_NAME: usize = 200;

/// How values are shown in findings.
#[derive(Debug)]
pub(super) struct Mask {
    pub secrets: Secrets,
    /// Secrets that were met, to be found in other places.
    known: Known,
    /// Whether texts are personal data, and not shown either.
    pub texts: bool,
}

impl Mask {
    pub fn new(secrets: Secrets) -> Self {
        Mask {
            secrets,
            known: Known::default(),
            texts: false,
        }
    }

    /// Learns the secrets of an exchange, which this one or others may repeat.
    pub fn learn(&mut self, exchange: &Exchange) {
        let Mask { secrets, known, .. } = self;
        let headers = exchange.request_headers.iter();
        for (name, value) in headers.chain(&exchange.response_headers) {
            secrets.learn_header(name, value, known);
        }
        secrets.learn_password(&exchange.url, known);
        let (_, query) = exchange.url.split_once('?').unwrap_or_default();
        secrets.learn_form(query, known);
        for body in [&exchange.request_body, &exchange.response_body] {
            body.known()
                .into_iter()
                .for_each(|bytes| secrets.learn_body(bytes, known));
        }
    }

    /// Returns true if a text holds a secret, by itself or one that was met.
    fn is_secret(&self, text: &str) -> bool {
        self.known.is_in(text) || self.secrets.names.are_in(text)
    }

    /// The value of a property, parameter or header as an example.
    pub fn example(&self, name: &str, value: &Value) -> String {
        let mut shown = value.clone();
        self.mask(name, &mut shown, false);
        shortened(&shown.to_string(), LONGEST)
    }

    /// A text that is the value of a parameter or header as an example.
    pub fn text(&self, name: &str, text: &str) -> String {
        self.example(name, &Value::from(text))
    }

    /// A name of the traffic that the model does not have. It is what a maintainer asks
    /// for, and shown with texts masked, too.
    pub fn name(&self, name: &str) -> String {
        if self.is_secret(name) {
            return MASKED.to_owned();
        }
        shortened(name, LONGEST_NAME)
    }

    /// A key of a map, which is a text like others.
    pub fn key(&self, key: &str) -> String {
        if self.texts {
            return "*".to_owned();
        }
        self.name(key)
    }

    fn mask(&self, name: &str, value: &mut Value, within: bool) {
        let secret = within || self.secrets.names.is_secret(name);
        match value {
            Value::Object(object) => self.object(object, secret),
            Value::Array(items) => {
                for item in items {
                    self.mask(name, item, secret);
                }
            }
            Value::Null => {}
            other if secret => *other = Value::from(MASKED),
            Value::String(text) if self.is_secret(text) => *text = MASKED.to_owned(),
            Value::String(text) if self.texts && name != TYPE => {
                *text = format!("{} characters", text.chars().count());
            }
            Value::Number(number) if self.texts && is_long(number) => {
                *value = Value::from("a long number");
            }
            _ => {}
        }
    }

    fn object(&self, object: &mut Map<String, Value>, within: bool) {
        let secret = within || self.secrets.are_named_by(object);
        for (key, mut value) in std::mem::take(object) {
            self.mask(&key, &mut value, secret);
            // It may be the key of a map, and so a text.
            let hidden = (self.texts || within) && !self.secrets.is_property(&key) && key != TYPE;
            let key = match hidden {
                true => format!("*{}", object.len() + 1),
                false => self.name(&key),
            };
            object.insert(key, value);
        }
    }
}

/// So many digits may be a telephone number, or that of an account.
const DIGITS: usize = 7;

/// Returns true if a number may tell of a person.
pub(super) fn is_long(number: &serde_json::Number) -> bool {
    number
        .to_string()
        .bytes()
        .filter(u8::is_ascii_digit)
        .count()
        >= DIGITS
}

/// The start of a text, if all of it is too long.
fn shortened(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}\u{2026}", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_within_a_secret_is_shown() {
        let mask = Mask::new(Secrets::default());
        let value = json!({ "a": 1, "token": { "deep": ["x", 7] }, "b": "ok" });
        let shown = mask.example("settings", &value);
        assert_eq!(shown, r#"{"a":1,"token":{"*1":["***","***"]},"b":"ok"}"#);
        let personal = Mask {
            texts: true,
            ..Mask::new(Secrets::default())
        };
        let shown = personal.example("name", &json!({ "Ada": "Ada", "Bea": 1 }));
        assert_eq!(shown, r#"{"*1":"3 characters","*2":1}"#);
    }
}
