//! What must not be shown of traffic.

use std::collections::HashSet;

use serde_json::Value;

use super::exchange::MASKED;
use crate::api::{Api, HeaderType, Type};

/// Parts of names whose values are secrets, wherever they stand and whatever the
/// model says: the names in lower case, without `-` and `_`. Recordings have such lists
/// too (`recording/mask/names.rs` of `icws-runtime`), which a test of `icws-mock` holds
/// to these.
const PARTS: &[&str] = &[
    "accesskey",
    "authenticator",
    "passcode",
    "passkey",
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "token",
    "cookie",
    "authorization",
    "credential",
    "apikey",
    "privatekey",
    "saml",
    "assertion",
    "jwt",
    "bearer",
    "csrf",
    "xsrf",
];

/// Whole names whose values are secrets; as parts of other names they mean
/// nothing.
const NAMES: &[&str] = &[
    "auth",
    "jsessionid",
    "otp",
    "pass",
    "relaystate",
    "sid",
    // Of addresses that are signed. Recordings leave it, as the signature of an e-mail.
    "signature",
    "wctx",
    "wresult",
];

/// The names whose values are secrets.
#[derive(Debug, Clone, Default)]
pub(super) struct Secrets {
    /// Those of the model, as [`plain`] makes them.
    named: HashSet<String>,
}

impl Secrets {
    /// The names that a model gives the type `secret`, beside those that are secret
    /// anywhere.
    pub fn of(api: &Api) -> Self {
        let records = api.records.iter().flat_map(|record| &record.properties);
        let properties = records.map(|property| (&property.name, &property.ty));
        let operations = || api.operations().map(|(_, operation)| operation);
        let parameters = operations().flat_map(|operation| &operation.parameters);
        let parameters = parameters.map(|parameter| (&parameter.name, &parameter.ty));
        let replies = operations().flat_map(|operation| &operation.replies);
        let headers = replies.flat_map(|reply| &reply.headers);
        let headers = headers.filter_map(|header| match &header.ty {
            HeaderType::Value(ty) => Some((&header.name, ty)),
            HeaderType::Challenge => None,
        });
        let all = properties.chain(parameters).chain(headers);
        let secret = all.filter(|(_, ty)| **ty == Type::Secret);
        Secrets {
            named: secret.map(|(name, _)| plain(name)).collect(),
        }
    }

    /// Returns true if the value of a property, parameter or header of this name
    /// is a secret.
    pub fn has(&self, name: &str) -> bool {
        let name = plain(name);
        self.named.contains(&name)
            || NAMES.contains(&name.as_str())
            || PARTS.iter().any(|part| name.contains(part))
            // As in `voicemailPin`.
            || name.ends_with("pin")
    }
}

/// The name in lower case, without what words are joined by.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '-' | '_' | '.' | ' '));
    letters.flat_map(char::to_lowercase).collect()
}

/// How long an example may be, in characters.
const LONGEST: usize = 80;

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
        shortened(&shown.to_string())
    }

    /// A text that is the value of a parameter or header as an example.
    pub fn text(&self, name: &str, text: &str) -> String {
        self.example(name, &Value::from(text))
    }

    fn mask(&self, name: &str, value: &mut Value, within: bool) {
        let secret = within || self.secrets.has(name);
        match value {
            Value::Object(object) => {
                for (key, value) in object.iter_mut() {
                    self.mask(key, value, secret);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.mask(name, item, secret);
                }
            }
            Value::String(text) if !secret && self.texts && name != "__type" => {
                *text = format!("{} characters", text.chars().count());
            }
            Value::Null => {}
            other if secret => *other = Value::from(MASKED),
            _ => {}
        }
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}\u{2026}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Model, ModelSource};

    #[test]
    fn secrets_are_told_by_the_model_and_by_their_names() {
        let model = Model::load(ModelSource::Shipped).unwrap();
        let secrets = Secrets::of(model.api());
        for name in [
            "password",
            "userPassword",
            "sipPassword",
            "ININ-ICWS-CSRF-Token",
            "Set-Cookie",
            "cookie",
            "Proxy-Authorization",
            "SAMLResponse",
            "access_token",
        ] {
            assert!(secrets.has(name), "{name}");
        }
        for name in ["userId", "WWW-Authenticate", "target", "statusCode"] {
            assert!(!secrets.has(name), "{name}");
        }
    }

    #[test]
    fn nothing_within_a_secret_is_shown() {
        let mask = Mask::default();
        let value = json!({ "a": 1, "token": { "deep": ["x", 7] }, "b": "ok" });
        let shown = mask.example("settings", &value);
        assert_eq!(shown, r#"{"a":1,"token":{"deep":["***","***"]},"b":"ok"}"#);
        let personal = Mask {
            texts: true,
            ..Mask::default()
        };
        let shown = personal.example("name", &json!({ "name": "Ada" }));
        assert_eq!(shown, r#"{"name":"3 characters"}"#);
    }
}
