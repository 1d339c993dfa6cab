//! The parts of a HAR document, each by what is known of it.

use icws_secrets::header;
use serde_json::{Map, Value};

use super::super::check::misfit;
use super::super::exchange::MASKED;
use super::Cleaner;
use crate::api::Type;

/// Arrays of messages that browsers write beside a response.
const MESSAGES: &[&str] = &[
    "_eventSourceMessages",
    "_serverSentEvents",
    "_webSocketMessages",
];

impl Cleaner<'_> {
    /// A member of the log beside the entries.
    pub(super) fn member(&mut self, name: &str, value: &mut Value) {
        match (name, value) {
            ("version", Value::String(version)) if version.len() < 8 => {}
            ("creator" | "browser", Value::Object(object)) => {
                self.parts(object, |this, key, value| match (key, value) {
                    ("name" | "version", Value::String(text)) => *text = this.text(text),
                    (key, value) => this.unknown(key, value),
                })
            }
            ("pages", Value::Array(pages)) => {
                for page in pages {
                    let Value::Object(page) = page else {
                        continue;
                    };
                    self.parts(page, |this, key, value| match (key, value) {
                        ("id", Value::String(id)) => *id = this.personal(id),
                        ("startedDateTime", value) => this.date(value),
                        (key, value) => this.unknown(key, value),
                    });
                }
            }
            (name, value) => self.unknown(name, value),
        }
    }

    fn parts(
        &mut self,
        object: &mut Map<String, Value>,
        each: impl Fn(&mut Self, &str, &mut Value),
    ) {
        for (key, value) in object.iter_mut() {
            each(self, key, value);
        }
    }

    /// Something that nobody knows: no text of it stays.
    fn unknown(&mut self, name: &str, value: &mut Value) {
        let secret = self.secrets.names.is_secret(name);
        match value {
            Value::Object(object) => {
                for (key, value) in object.iter_mut() {
                    let key = if secret { name } else { key.as_str() };
                    self.unknown(key, value);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.unknown(name, item)),
            Value::String(text) if text.is_empty() => {}
            Value::String(_) => *value = Value::from(MASKED),
            Value::Number(_) if secret => *value = Value::from(MASKED),
            _ => {}
        }
    }

    /// A point in time, and nothing else.
    fn date(&mut self, value: &mut Value) {
        let text = value.as_str().unwrap_or_default();
        if misfit(text, &Type::DateTime).is_some() {
            self.unknown("", value);
        }
    }

    /// An entry.
    pub(super) fn entry(&mut self, entry: &mut Value) {
        let text = |name: &str| {
            let own = entry
                .get("request")
                .and_then(|request| request.get(name)?.as_str());
            own.unwrap_or_default().to_owned()
        };
        let (method, url) = (text("method"), text("url"));
        let is_ours = self.is_ours(&method, &url);
        let Value::Object(object) = entry else {
            self.unknown("", entry);
            return;
        };
        for (key, value) in object.iter_mut() {
            match (key.as_str(), value) {
                ("request" | "response", Value::Object(half)) => self.half(half, &method, is_ours),
                ("startedDateTime", value) => self.date(value),
                ("pageref", Value::String(page)) => *page = self.personal(page),
                ("_icws", Value::Object(part)) => self.parts(part, |this, key, value| {
                    let is_number = value.as_str().is_some_and(is_number);
                    if !is_number {
                        this.unknown(key, value);
                    }
                }),
                ("connection" | "serverIPAddress", value) if self.pseudonyms.is_none() => {
                    if let Value::String(text) = value {
                        *text = self.text(text);
                    }
                }
                (key, Value::Array(messages)) if is_ours && MESSAGES.contains(&key) => {
                    self.messages(messages);
                }
                (key, value) => self.unknown(key, value),
            }
        }
    }

    fn half(&mut self, half: &mut Map<String, Value>, method: &str, is_ours: bool) {
        for (key, value) in half.iter_mut() {
            match (key.as_str(), value) {
                ("method" | "httpVersion", Value::String(text)) => {
                    let plain = |c: char| c.is_ascii_alphanumeric() || "/.".contains(c);
                    if text.len() > 16 || !text.chars().all(plain) {
                        *text = MASKED.to_owned();
                    }
                }
                ("url" | "redirectURL", Value::String(url)) => *url = self.address(method, url),
                ("statusText", Value::String(text)) => *text = self.text(text),
                ("headers", Value::Array(headers)) => {
                    for header in headers {
                        self.pair(header, |this, name, value| match is_ours {
                            true => this.header(method, name, value),
                            false => MASKED.to_owned(),
                        });
                    }
                }
                ("cookies", Value::Array(cookies)) => {
                    for cookie in cookies {
                        self.cookie(cookie, is_ours);
                    }
                }
                ("queryString", Value::Array(pairs)) => {
                    for pair in pairs {
                        self.pair(pair, |this, name, value| match is_ours {
                            true => this.named(name, value),
                            false => MASKED.to_owned(),
                        });
                    }
                }
                ("postData" | "content", Value::Object(data)) => self.data(data, is_ours),
                (key, Value::Array(messages)) if is_ours && MESSAGES.contains(&key) => {
                    self.messages(messages);
                }
                (key, value) => self.unknown(key, value),
            }
        }
    }

    /// A name with a value; what else it has is nobody's.
    fn pair(&mut self, pair: &mut Value, clean: impl Fn(&mut Self, &str, &str) -> String) {
        let Value::Object(object) = pair else {
            self.unknown("", pair);
            return;
        };
        let name = object
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let name = name.to_owned();
        for (key, value) in object.iter_mut() {
            match (key.as_str(), value) {
                ("name", Value::String(own)) => *own = self.text(own),
                ("value", Value::String(own)) if own.is_empty() => {}
                ("value", Value::String(own)) => *own = clean(self, &name, own),
                (_, value) => self.unknown(&name, value),
            }
        }
    }

    fn header(&mut self, method: &str, name: &str, value: &str) -> String {
        let name = name.to_ascii_lowercase();
        if self.secrets.learn_header(&name, value, &mut self.known) {
            return MASKED.to_owned();
        }
        match name.as_str() {
            ":path" => self.address(method, value),
            ":method" | ":scheme" => self.text(value),
            name if header::is_challenge(name) => self.challenge(value),
            "host" | ":authority" => {
                let host = self.address(method, &format!("http://{value}"));
                host.strip_prefix("http://").unwrap_or(MASKED).to_owned()
            }
            "origin" => self.address("GET", value),
            name if header::is_address(name) => self.address("GET", value),
            "inin-icws-session-id" => self.personal(value),
            name if header::is_open(name) => self.text(value),
            _ => MASKED.to_owned(),
        }
    }

    /// What a server asks for. The name of a scheme stands before it, behind which some
    /// have a token.
    fn challenge(&mut self, value: &str) -> String {
        let (scheme, rest) = header::challenge(value);
        let scheme = self.text(scheme);
        match rest {
            Some("") => scheme,
            Some(rest) => format!("{scheme} {}", self.text(rest)),
            None => format!("{scheme} {MASKED}"),
        }
    }

    fn cookie(&mut self, cookie: &mut Value, is_ours: bool) {
        let Value::Object(object) = cookie else {
            self.unknown("", cookie);
            return;
        };
        if let Some(value) = object.get("value").and_then(Value::as_str) {
            let value = value.to_owned();
            self.known.add(&value);
        }
        let names = is_ours && self.pseudonyms.is_none();
        for (key, value) in object.iter_mut() {
            match (key.as_str(), value) {
                ("name", Value::String(name)) if names => *name = self.text(name),
                ("path", Value::String(path)) if names => *path = self.address("GET", path),
                ("expires", Value::String(time)) if names => *time = self.text(time),
                (key, value) => self.unknown(key, value),
            }
        }
    }

    /// A body with its media type.
    fn data(&mut self, data: &mut Map<String, Value>, is_ours: bool) {
        let text = |name: &str| data.get(name).and_then(Value::as_str).map(str::to_owned);
        let media = text("mimeType").unwrap_or_default();
        let encoding = text("encoding").or(text("_encoding"));
        for (key, value) in data.iter_mut() {
            match (key.as_str(), value) {
                ("text", Value::String(body)) if body.is_empty() => {}
                ("text", Value::String(body)) => {
                    let own = if is_ours { body.as_str() } else { MASKED };
                    *body = self.body(own, encoding.as_deref(), &media);
                }
                ("mimeType", Value::String(media)) => *media = self.text(media),
                ("encoding" | "_encoding", Value::String(own))
                    if own.is_empty() || own.eq_ignore_ascii_case("base64") => {}
                ("params", Value::Array(params)) => {
                    for param in params {
                        if is_ours {
                            self.param(param);
                        } else {
                            self.unknown("", param);
                        }
                    }
                }
                (key, value) => self.unknown(key, value),
            }
        }
    }

    /// A parameter of a form. JSON that was sent as a form is the name of one.
    fn param(&mut self, param: &mut Value) {
        let name = param
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if name.trim_start().starts_with(['{', '[']) {
            let cleaned = self.body(name, None, "");
            let whole = cleaned != MASKED;
            if let Value::Object(object) = param {
                for (key, value) in object.iter_mut() {
                    match key.as_str() {
                        "name" => *value = Value::from(cleaned.clone()),
                        // The name alone may be the half of a text.
                        _ if whole && value.as_str() == Some("") => {}
                        _ => *value = Value::from(MASKED),
                    }
                }
            }
            return;
        }
        self.pair(param, |this, name, value| this.named(name, value));
    }

    fn messages(&mut self, messages: &mut [Value]) {
        for message in messages {
            let Value::Object(object) = message else {
                self.unknown("", message);
                continue;
            };
            for (key, value) in object.iter_mut() {
                match (key.as_str(), value) {
                    ("data", Value::String(data)) => *data = self.body(data, None, ""),
                    ("type" | "eventName", Value::String(text)) => *text = self.text(text),
                    (key, value) => self.unknown(key, value),
                }
            }
        }
    }
}

/// Returns true for a number of a stream.
fn is_number(text: &str) -> bool {
    text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_digit())
}
