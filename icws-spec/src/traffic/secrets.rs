//! What a secret is, by the model and by its name, and which there are in an exchange.

use std::collections::HashSet;

use icws_secrets::{Known, Names};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::route::split_user;
use super::{events, exchange};
use crate::api::{Api, HeaderType, Type};

/// Tells secrets from what may be shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Secrets {
    /// The names of secrets: those of the model, beside those that are secret anywhere.
    pub names: Names,
    /// The names of all properties of the model, which are no secrets.
    properties: HashSet<String>,
}

impl Secrets {
    /// What the model gives the type `secret`, beside what is secret anywhere.
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
            names: Names::with(secret.map(|(name, _)| name.as_str())),
            properties: records().map(|property| property.name.clone()).collect(),
        }
    }

    /// Returns true if an object says that what it holds is a secret: `{"name":
    /// "password", "value": "…"}`, or a structured parameter of secrets.
    pub fn are_named_by(&self, object: &Map<String, Value>) -> bool {
        object.iter().any(|(key, value)| self.tell(key, value))
    }

    /// Returns true if a property of an object that names a secret may hold it. Of one
    /// that the model does not have nobody can say.
    pub fn may_be(&self, key: &str, value: &Value) -> bool {
        let is_told = Names::may_be_told(key) || !self.is_property(key);
        is_told && !self.tell(key, value)
    }

    /// Learns the value of a header that is a secret as a whole; returns whether it is one.
    pub fn learn_header(&self, name: &str, value: &str, known: &mut Known) -> bool {
        let is_secret = self.names.is_secret_header(name);
        match name.to_ascii_lowercase().as_str() {
            "cookie" | "set-cookie" => known.add_cookies(value),
            _ if is_secret => known.add_header(value),
            _ => {}
        }
        is_secret
    }

    /// Learns the password before the host of an address.
    pub fn learn_password(&self, url: &str, known: &mut Known) {
        let user = split_user(url).and_then(|(_, user, _)| user.split_once(':'));
        if let Some((_, password)) = user {
            known.add(password);
            known.add(&decoded(password));
        }
    }

    /// Learns the secrets of a query or a form, where a blank may be a `+`.
    pub fn learn_form(&self, text: &str, known: &mut Known) {
        for (name, value) in text.split('&').filter_map(|pair| pair.split_once('=')) {
            if self.names.is_secret_parameter(&decoded(name)) {
                known.add(&decoded(value));
                known.add(&decoded(&value.replace('+', " ")));
            }
        }
    }

    /// Learns the secrets of a body: JSON, a form, or an event stream.
    pub fn learn_body(&self, bytes: &[u8], known: &mut Known) {
        if let Ok(value) = exchange::json(bytes) {
            return self.learn_json("", &value, false, known);
        }
        let text = String::from_utf8_lossy(bytes);
        self.learn_form(&text, known);
        for data in events::data(&text) {
            if let Ok(value) = serde_json::from_str(&data) {
                self.learn_json("", &value, false, known);
            }
        }
    }

    fn learn_json(&self, name: &str, value: &Value, within: bool, known: &mut Known) {
        let secret = within || self.names.is_secret(name);
        match value {
            Value::Object(object) => {
                let named = self.are_named_by(object);
                for (key, value) in object {
                    let told = named && self.may_be(key, value);
                    self.learn_json(key, value, secret || told, known);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.learn_json(name, item, secret, known);
                }
            }
            Value::String(text) if secret => known.add(text),
            Value::Number(number) if secret => known.add(&number.to_string()),
            _ => {}
        }
    }

    fn tell(&self, key: &str, value: &Value) -> bool {
        match value {
            Value::String(text) => self.names.tell_of(key, text),
            Value::Object(object) if Names::is_identity(key) => self.are_named_by(object),
            Value::Object(_) | Value::Array(_) => self.names.tell_of(key, ""),
            scalar => self.names.tell_of(key, &scalar.to_string()),
        }
    }

    /// Returns true if the model has a property of this name.
    pub fn is_property(&self, name: &str) -> bool {
        self.properties.contains(name)
    }
}

/// A piece of an address as it is meant.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{Model, ModelSource};

    #[test]
    fn an_object_tells_what_is_secret_in_it() {
        let model = Model::load(ModelSource::Shipped).unwrap();
        let secrets = Secrets::of(model.api());
        let named = |object: Value| {
            let object = object.as_object().unwrap();
            secrets.are_named_by(object).then(|| {
                let secret = object
                    .iter()
                    .filter(|(key, value)| secrets.may_be(key, value));
                secret.map(|(key, _)| key.clone()).collect::<Vec<_>>()
            })
        };
        let object = serde_json::json!({
            "key": "password", "displayName": "Password", "value": 1, "other": 1, "data": 1,
        });
        assert_eq!(named(object).unwrap(), ["value", "other", "data"]);
        let object = serde_json::json!({ "configurationId": { "id": "SmtpPassword" }, "value": 1 });
        assert_eq!(named(object).unwrap(), ["value"]);
        for (kind, is_secret) in [
            (Value::from(0), true),
            (Value::from("Secrets"), true),
            (Value::from(1), false),
            (Value::Null, false),
        ] {
            let object = serde_json::json!({ "parameterType": kind, "values": ["x"] });
            assert_eq!(named(object).is_some(), is_secret);
        }
    }

    #[test]
    fn no_other_names_of_the_shipped_model_are_taken_for_those_of_secrets() {
        let model = Model::load(ModelSource::Shipped).unwrap();
        let api = model.api();
        let records = api.records.iter().flat_map(|record| &record.properties);
        let mut all: BTreeSet<&str> = records.map(|property| property.name.as_str()).collect();
        for (_, operation) in api.operations() {
            all.extend(operation.parameters.iter().map(|own| own.name.as_str()));
            let headers = operation.replies.iter().flat_map(|reply| &reply.headers);
            all.extend(headers.map(|header| header.name.as_str()));
        }
        let values = api.enums.iter().flat_map(|own| &own.values);
        all.extend(values.map(|value| value.name.as_str()));
        let names = Names::new();
        let secret: Vec<&str> = all
            .into_iter()
            .filter(|name| names.is_secret(name))
            .collect();
        assert_eq!(
            secret,
            [
                "Cookie",
                "ININ-ICWS-CSRF-Token",
                "Secrets",
                "Set-Cookie",
                "authToken",
                "authTokenSeed",
                "authenticationPassword",
                "connectionString",
                "csrfToken",
                "newPassword",
                "oldPassword",
                "password",
                "singleSignOnToken",
                "sipPassword",
                "userPassword",
            ]
        );
    }
}
