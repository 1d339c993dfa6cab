//! What must not be shown of traffic.

use serde_json::{Map, Value};

use super::exchange::MASKED;
use super::secrets::Secrets;

/// How long an example may be, in characters.
const LONGEST: usize = 80;

/// How long a name may be, in characters: of a property, a parameter, a type, a method.
const LONGEST_NAME: usize = 200;

/// How values are shown in findings.
#[derive(Debug, Clone, Default)]
pub(super) struct Mask {
    pub secrets: Secrets,
    /// Whether texts are personal data, and not shown either.
    pub texts: bool,
}

impl Mask {
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
        if self.secrets.names.are_in(name) {
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
            Value::String(text) if self.secrets.names.are_in(text) => *text = MASKED.to_owned(),
            Value::String(text) if self.texts && name != "__type" => {
                *text = format!("{} characters", text.chars().count());
            }
            _ => {}
        }
    }

    fn object(&self, object: &mut Map<String, Value>, within: bool) {
        let secret = within || self.secrets.are_named_by(object);
        for (key, mut value) in std::mem::take(object) {
            self.mask(&key, &mut value, secret);
            // It may be the key of a map, and so a text.
            let hidden =
                (self.texts || within) && !self.secrets.is_property(&key) && key != "__type";
            let key = match hidden {
                true => format!("*{}", object.len() + 1),
                false => self.name(&key),
            };
            object.insert(key, value);
        }
    }
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
        let mask = Mask::default();
        let value = json!({ "a": 1, "token": { "deep": ["x", 7] }, "b": "ok" });
        let shown = mask.example("settings", &value);
        assert_eq!(shown, r#"{"a":1,"token":{"*1":["***","***"]},"b":"ok"}"#);
        let personal = Mask {
            texts: true,
            ..Mask::default()
        };
        let shown = personal.example("name", &json!({ "Ada": "Ada", "Bea": 1 }));
        assert_eq!(shown, r#"{"*1":"3 characters","*2":1}"#);
    }
}
