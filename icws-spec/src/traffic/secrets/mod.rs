//! What a secret is: by the model, by its name, and within a text.

mod text;

pub(super) use text::has_port;

use std::collections::HashSet;

use serde_json::{Map, Value};

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

/// Properties whose value may be the name of what stands beside them.
const NAMING: &[&str] = &[
    "attribute",
    "field",
    "id",
    "key",
    "name",
    "parameter",
    "propertyName",
];

/// Tells secrets from what may be shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Secrets {
    /// The names of the secrets of the model, as [`plain`] makes them.
    named: HashSet<String>,
    /// The names of all properties of the model, which are no secrets.
    properties: HashSet<String>,
}

impl Secrets {
    /// The names that a model gives the type `secret`, beside those that are secret
    /// anywhere.
    pub fn of(api: &Api) -> Self {
        let records = || api.records.iter().flat_map(|record| &record.properties);
        let properties = records().map(|property| (&property.name, &property.ty));
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
            properties: records().map(|property| property.name.clone()).collect(),
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

    /// Returns true if an object says that what it holds is a secret: `{"name":
    /// "password", "value": "…"}`.
    pub fn are_named_by(&self, object: &Map<String, Value>) -> bool {
        object.iter().any(|(key, value)| {
            let is_naming = NAMING.iter().any(|own| key.eq_ignore_ascii_case(own));
            is_naming && value.as_str().is_some_and(|name| self.has(name))
        })
    }

    /// Returns true if the model has a property of this name.
    pub fn is_property(&self, name: &str) -> bool {
        self.properties.contains(name)
    }
}

/// The name in lower case, without what words are joined by.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '-' | '_' | '.' | ' '));
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
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
}
