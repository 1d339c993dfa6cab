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

/// Names of the shipped model that have such words in them and are no secrets, as
/// recordings have them.
const OPEN: &[&str] = &[
    "authtokensourcesession",
    "daysuntilpasswordexpiration",
    "interactionrecordermasterkeypasswordadministrator",
    "maximumpasswordage",
    "maximumpasswordagewarningperiod",
    "minimumpasswordage",
    "minimumpasswordhistory",
    "minimumpasswordlength",
    "passworderrors",
    "passwordpolicies",
    "passwordpoliciesconfiguration",
    "passwordpolicyerrorid",
    "passwordpolicyerrormsg",
    "requireforcedauthorizationcode",
    "singlesignonsecuretokenserver",
    // Of HTTP.
    "accesscontrolallowcredentials",
];

/// Where a structured parameter says what its values are, and the numbers of those that
/// are no secrets.
const KIND: (&str, &[u64]) = ("parameterType", &[1, 2]);

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
        let written = name;
        let name = plain(name);
        self.named.contains(&name)
            || !OPEN.contains(&name.as_str())
                && (NAMES.contains(&name.as_str())
                    || PARTS.iter().any(|part| name.contains(part))
                    || is_pin(written))
    }

    /// Returns true if an object says that what it holds is a secret: `{"name":
    /// "password", "value": "…"}`, or a structured parameter of secrets.
    pub fn are_named_by(&self, object: &Map<String, Value>) -> bool {
        object.iter().any(|(key, value)| {
            if key == KIND.0 {
                let is_open = value.as_u64().is_some_and(|kind| KIND.1.contains(&kind));
                return !is_open && !value.is_null();
            }
            let is_naming = NAMING.iter().any(|own| key.eq_ignore_ascii_case(own));
            is_naming && value.as_str().is_some_and(|name| self.has(name))
        })
    }

    /// Returns true if the model has a property of this name.
    pub fn is_property(&self, name: &str) -> bool {
        self.properties.contains(name)
    }
}

/// Returns true of `pin`, `voicemailPin` and `VOICEMAIL_PIN`, and not of `shipping` or
/// `Chopin`.
fn is_pin(name: &str) -> bool {
    let Some((at, _)) = name.char_indices().rev().nth(2) else {
        return false;
    };
    let (before, last) = name.split_at(at);
    let begins = !before.ends_with(char::is_alphanumeric)
        || before.ends_with(char::is_lowercase) && last.starts_with('P');
    last.eq_ignore_ascii_case("pin") && begins
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
        for name in ["pin", "voicemailPin", "VOICEMAIL_PIN"] {
            assert!(secrets.has(name), "{name}");
        }
        let structured = |kind: Value| {
            let object = serde_json::json!({ "parameterType": kind, "values": ["x"] });
            secrets.are_named_by(object.as_object().unwrap())
        };
        assert!(structured(Value::from(0)) && structured(Value::from("Secrets")));
        assert!(!structured(Value::from(1)) && !structured(Value::Null));
        for name in [
            "userId",
            "WWW-Authenticate",
            "target",
            "statusCode",
            "Chopin",
            "shipping",
            "minimumPasswordLength",
            "authTokenSourceSession",
            "passwordPolicies",
            "access-control-allow-credentials",
        ] {
            assert!(!secrets.has(name), "{name}");
        }
    }
}
