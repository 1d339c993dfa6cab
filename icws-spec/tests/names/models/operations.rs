//! Random resources with their operations.

use super::names::Used;
use super::purpose::Purpose;
use super::{File, Kind, Maker};

/// What an example of an operation needs to know.
#[derive(Default)]
struct Parameters {
    /// The pieces of the path, with values in place of the parameters.
    path: String,
    /// Names and values, as YAML.
    values: Vec<String>,
}

impl Maker {
    pub(super) fn resource(&mut self, file: &mut File) {
        let number = self.number();
        let mut names = Used::default();
        let inside: Vec<String> = (0..self.up_to(2)).map(|_| self.name(&mut names)).collect();
        let steps = inside.iter().map(|name| format!("/{{{name}}}"));
        let path = format!("/icws/{number}{}", steps.collect::<String>());
        file.line(1, &format!("\"{path}\":"));
        let mut shared = Parameters {
            path: format!("/icws/{number}"),
            values: Vec::new(),
        };
        if !inside.is_empty() {
            file.line(2, "parameters:");
        }
        for name in &inside {
            let ty = self.pick(&["string", "string", "int"]);
            let rust_name = self.rust_name();
            file.line(
                3,
                &format!(
                    "- {{ name: \"{name}\", in: path, type: {ty}, required: true{rust_name} }}"
                ),
            );
            shared.path.push_str("/1");
            shared.values.push(format!("\"{name}\": 1"));
        }
        // A `PUT` with a `DELETE` may be a subscription.
        let delta = self.declared.iter().find(|one| one.delta);
        let delta = delta.map(|one| one.id.clone()).filter(|_| self.one_in(2));
        let methods: &[&str] = match delta {
            Some(_) => &["PUT", "DELETE"],
            None if self.one_in(4) => &["GET", "POST"],
            None => &["GET"],
        };
        for method in methods {
            let purpose = match &delta {
                Some(message) if *method == "PUT" => Purpose::of_message(message),
                Some(_) => Purpose::default(),
                None => self.purpose(),
            };
            self.operation(file, method, &shared, &inside, &purpose);
        }
    }

    pub(super) fn shared_parameter(&mut self, file: &mut File) {
        let mut ids = std::mem::take(&mut self.shared.parameters);
        let (id, name) = (self.name(&mut ids), self.name(&mut Used::default()));
        self.shared.parameters = ids;
        let (ty, rust_name) = (self.scalar(), self.rust_name());
        file.line(
            1,
            &format!("\"{id}\": {{ name: \"{name}\", in: query, type: \"{ty}\"{rust_name} }}"),
        );
    }

    pub(super) fn shared_reply(&mut self, file: &mut File) {
        let mut ids = std::mem::take(&mut self.shared.replies);
        let id = self.name(&mut ids);
        self.shared.replies = ids;
        file.line(1, &format!("\"{id}\":"));
        self.errors(file, 2);
    }

    fn operation(
        &mut self,
        file: &mut File,
        method: &str,
        shared: &Parameters,
        inside: &[String],
        purpose: &Purpose,
    ) {
        file.line(2, &format!("{method}:"));
        let name = self.name(&mut file.items);
        file.line(3, &format!("name: \"{name}\""));
        if self.one_in(10) {
            let rust_name = self.names.rust(&mut self.random);
            file.line(3, &format!("rust_name: \"{rust_name}\""));
        }
        let own = self.parameters(file, inside, purpose);
        let body = method != "DELETE" && self.one_in(3);
        if body {
            let ty = self.value_type();
            file.line(3, &format!("body: \"{ty}\""));
        }
        let plain = self.replies(file, purpose);
        if let (Some(own), Some(status), false) = (own, plain, body) {
            self.operation_examples(file, method, shared, &own, status);
        }
    }

    /// Parameters of one operation. Returns the values of an example; `None`
    /// when they are not basic.
    fn parameters(
        &mut self,
        file: &mut File,
        inside: &[String],
        purpose: &Purpose,
    ) -> Option<Vec<String>> {
        let mut used = Used::of(inside);
        let mut values = Some(Vec::new());
        let count = self.up_to(3);
        let shared = self.shared.parameters.any(&mut self.random);
        let shared = shared.filter(|_| self.one_in(3));
        if count > 0 || shared.is_some() || !purpose.parameters.is_empty() {
            file.line(3, "parameters:");
        }
        for parameter in &purpose.parameters {
            file.line(4, parameter);
        }
        if let Some(id) = shared {
            file.line(4, &format!("- \"{id}\""));
        }
        for _ in 0..count {
            let name = self.name(&mut used);
            let place = self.pick(&["query", "query", "header"]);
            let ty = match self.scalar() {
                ty if self.one_in(6) => format!("list {ty}"),
                ty => ty,
            };
            let required = self.one_in(2);
            let supplied = match place {
                "header" if self.one_in(4) => ", session: csrfToken",
                _ => "",
            };
            let rust_name = self.rust_name();
            file.line(
                4,
                &format!("- {{ name: \"{name}\", in: {place}, type: \"{ty}\", required: {required}{supplied}{rust_name} }}"),
            );
            let value = match ty.as_str() {
                _ if !required => continue,
                "string" | "dateTime" => "\"2020-01-01T00:00:00Z\"",
                "int" | "long" => "1",
                "boolean" => "true",
                _ => {
                    values = None;
                    continue;
                }
            };
            values
                .iter_mut()
                .for_each(|v| v.push(format!("\"{name}\": {value}")));
        }
        values
    }

    /// The replies. Returns the status of one that has nothing but its status.
    fn replies(&mut self, file: &mut File, purpose: &Purpose) -> Option<u16> {
        let mut statuses = vec![self.pick(&[200, 200, 200, 201, 204])];
        for status in [202, 299, 400, 404, 418] {
            if self.one_in(6) && (status >= 400 || purpose.body.is_none()) {
                statuses.push(status);
            }
        }
        let mut plain = None;
        file.line(3, "replies:");
        for (number, status) in statuses.into_iter().enumerate() {
            let first = number == 0;
            let message = purpose.message.as_ref().filter(|_| first);
            let body = purpose.body.as_ref().filter(|_| first);
            let shared = self.shared.replies.any(&mut self.random);
            if let Some(id) = shared.filter(|_| status >= 400) {
                file.line(4, &format!("{status}: \"{id}\""));
                continue;
            }
            let content = match body {
                Some(body) => format!("body: \"{body}\""),
                None => self.content(status),
            };
            let headers = self.one_in(4) && body.is_none();
            let errors = status >= 400 && self.one_in(2);
            if content.is_empty() && !headers && !errors && message.is_none() {
                file.line(4, &format!("{status}: {{}}"));
                plain = Some(status);
                continue;
            }
            file.line(4, &format!("{status}:"));
            if !content.is_empty() {
                file.line(5, &content);
            }
            if let Some(message) = message {
                file.line(5, &format!("messages: [\"{message}\"]"));
            }
            if headers {
                self.headers(file);
            }
            if errors {
                self.errors(file, 5);
            }
        }
        plain
    }

    fn content(&mut self, status: u16) -> String {
        match self.random.u8(..8) {
            0 | 1 => format!("body: \"{}\"", self.value_type()),
            2 if status < 300 => "body: messages".to_owned(),
            3 => "content: text/html".to_owned(),
            4 | 5 => self
                .known(Kind::Object)
                .map(|object| format!("body: \"{}\"", object.id))
                .unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn headers(&mut self, file: &mut File) {
        file.line(5, "headers:");
        let mut used = Used::default();
        for _ in 0..self.within(1..3) {
            let name = self.name(&mut used);
            let ty = self.pick(&["string", "int", "challenge"]);
            file.line(6, &format!("\"{name}\": {{ type: {ty} }}"));
        }
    }

    fn errors(&mut self, file: &mut File, depth: usize) {
        file.line(depth, "errors:");
        let mut used = Used::default();
        for _ in 0..self.within(1..3) {
            let (name, rust_name) = (self.name(&mut used), self.rust_name());
            file.line(
                depth + 1,
                &format!("\"{name}\": {{ doc: Wrong.{rust_name} }}"),
            );
        }
    }

    fn operation_examples(
        &mut self,
        file: &mut File,
        method: &str,
        shared: &Parameters,
        own: &[String],
        status: u16,
    ) {
        let count = self.up_to(2);
        if count > 0 {
            file.line(3, "examples:");
        }
        let values = [&shared.values[..], own].concat().join(", ");
        let mut used = Used::default();
        for _ in 0..count {
            let name = self.name(&mut used);
            file.line(4, &format!("\"{name}\":"));
            file.line(5, &format!("parameters: {{ {values} }}"));
            file.line(5, &format!("request: {method} {}", shared.path));
            file.line(5, &format!("reply: {{ status: {status} }}"));
        }
    }
}
