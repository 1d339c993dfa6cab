//! The cookie and the token of a session as security schemes.

use serde_json::{Map, Value as Json, json};

use crate::api::{Api, Operation, Supplier};

use super::fields::Fields;

/// The security schemes of a model: the token by the name of its header.
pub(super) struct Security {
    /// The names of schemes with those of their headers.
    tokens: Vec<(String, String)>,
    has_cookie: bool,
    /// What the format calls a key that travels with each request.
    kind: &'static str,
}

const COOKIE: &str = "cookie";

impl Security {
    pub fn of(api: &Api, kind: &'static str) -> Security {
        let mut tokens: Vec<(String, String)> = Vec::new();
        let mut has_cookie = false;
        for parameter in api.operations().flat_map(|(_, o)| &o.parameters) {
            match parameter.supplier {
                Supplier::Cookie => has_cookie = true,
                Supplier::CsrfToken if !tokens.iter().any(|(_, n)| *n == parameter.name) => {
                    let scheme = match tokens.len() {
                        0 => "csrfToken".to_owned(),
                        others => format!("csrfToken{}", others + 1),
                    };
                    tokens.push((scheme, parameter.name.clone()));
                }
                _ => {}
            }
        }
        Security {
            tokens,
            has_cookie,
            kind,
        }
    }

    pub fn schemes(&self) -> Map<String, Json> {
        let mut schemes = Fields::default();
        if self.has_cookie {
            schemes.put(
                COOKIE,
                json!({
                    "type": self.kind,
                    "in": "cookie",
                    "name": "icws_{sessionId}",
                    "description": "The cookie of the session, as the reply to the connection sets it. \
                        The id of the session is a part of its name.",
                }),
            );
        }
        for (scheme, header) in &self.tokens {
            schemes.put(
                scheme,
                json!({
                    "type": self.kind,
                    "in": "header",
                    "name": header,
                    "description": "The CSRF token of the session, from the reply to the connection.",
                }),
            );
        }
        schemes.map()
    }

    /// The schemes that an operation needs, all of them together; none without a
    /// session.
    pub fn names<'a>(&'a self, operation: &'a Operation) -> impl Iterator<Item = &'a str> {
        let parameters = operation.parameters.iter();
        parameters.filter_map(|parameter| match parameter.supplier {
            Supplier::Cookie => Some(COOKIE),
            Supplier::CsrfToken => {
                let mut tokens = self.tokens.iter();
                let token = tokens.find(|(_, name)| *name == parameter.name);
                token.map(|(scheme, _)| scheme.as_str())
            }
            Supplier::Caller | Supplier::SessionId => None,
        })
    }
}
