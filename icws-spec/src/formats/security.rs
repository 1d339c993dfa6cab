//! The cookie and the token of a session as security schemes.

use serde_json::{Map, Value as Json, json};

use crate::api::{Api, Operation, Parameter, Supplier};

use super::fields::Fields;

/// The security schemes of a model: one for each header by which a session shows
/// its cookie or its token.
pub(super) struct Security<'a> {
    schemes: Vec<Scheme<'a>>,
    /// What the format calls a key that travels with each request.
    kind: &'static str,
}

struct Scheme<'a> {
    name: String,
    supplier: Supplier,
    header: &'a str,
}

impl<'a> Security<'a> {
    pub fn of(api: &'a Api, kind: &'static str) -> Security<'a> {
        let mut schemes: Vec<Scheme<'a>> = Vec::new();
        for parameter in api.operations().flat_map(|(_, o)| &o.parameters) {
            let name = match parameter.supplier {
                Supplier::Cookie => "cookie",
                Supplier::CsrfToken => "csrfToken",
                Supplier::Caller | Supplier::SessionId => continue,
            };
            if schemes.iter().any(|scheme| scheme.is_of(parameter)) {
                continue;
            }
            let others = schemes.iter().filter(|s| s.supplier == parameter.supplier);
            let name = match others.count() {
                0 => name.to_owned(),
                others => format!("{name}{}", others + 1),
            };
            schemes.push(Scheme {
                name,
                supplier: parameter.supplier,
                header: &parameter.name,
            });
        }
        Security { schemes, kind }
    }

    pub fn schemes(&self) -> Map<String, Json> {
        let mut all = Fields::default();
        for scheme in &self.schemes {
            all.put(&scheme.name, scheme.json(self.kind));
        }
        all.map()
    }

    /// The schemes that an operation needs, all of them together; none without a
    /// session.
    pub fn names(&self, operation: &Operation) -> impl Iterator<Item = &str> {
        let parameters = operation.parameters.iter();
        parameters.filter_map(|parameter| {
            let mut schemes = self.schemes.iter();
            let scheme = schemes.find(|scheme| scheme.is_of(parameter));
            scheme.map(|scheme| scheme.name.as_str())
        })
    }
}

impl Scheme<'_> {
    fn is_of(&self, parameter: &Parameter) -> bool {
        self.supplier == parameter.supplier && self.header == parameter.name
    }

    fn json(&self, kind: &str) -> Json {
        let is_cookie = self.supplier == Supplier::Cookie;
        let (place, name) = match is_cookie && is_cookie_header(self.header) {
            true => ("cookie", "icws_{sessionId}"),
            false => ("header", self.header),
        };
        let text = if is_cookie { COOKIE } else { TOKEN };
        json!({ "type": kind, "in": place, "name": name, "description": text })
    }
}

/// Whether a header is the one in which cookies travel.
pub(super) fn is_cookie_header(name: &str) -> bool {
    name.eq_ignore_ascii_case("Cookie")
}

const COOKIE: &str = "The cookie of the session, as the reply to the connection sets it. \
The id of the session is a part of its name.";

const TOKEN: &str = "The CSRF token of the session, from the reply to the connection.";
