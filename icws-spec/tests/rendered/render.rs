//! A resource of a model as its page: the text that a browser gives of it, with
//! the rows of properties lost whose values are objects, enumerations,
//! dictionaries or lists of these.

use std::collections::{HashMap, HashSet};

use icws_spec::api::{
    Api, BodyType, EnumId, Location, Operation, Parameter, RecordId, Reply, Resource, Since,
    Status, Type,
};

use super::facts::{operation_key, parameter_key};
use super::line::{Line, Lines};

/// The lines of the page of a resource. What the layout leaves open is drawn:
/// versions that are repeated, copies of tables, the order of what has none.
pub fn render(api: &Api, resource: &Resource, rng: &mut fastrand::Rng) -> Vec<Line> {
    let mut page = Renderer {
        api,
        rng,
        lines: Lines::default(),
        shown: HashSet::new(),
        tables: HashMap::new(),
        enums: HashSet::new(),
    };
    page.resource(resource);
    page.lines.done()
}

pub struct Renderer<'a> {
    pub api: &'a Api,
    pub rng: &'a mut fastrand::Rng,
    pub lines: Lines,
    /// The types that were shown within a table: a script fills in their copies.
    pub shown: HashSet<RecordId>,
    pub enums: HashSet<EnumId>,
    /// The tables of the records that have had theirs, and whether with a name.
    pub tables: HashMap<RecordId, (bool, Vec<Line>)>,
}

const SENTENCES: &[&str] = &[
    "What it says.",
    "It was asked for by the caretakers of the house (see there).",
    "One of two - or of three - at least.",
    "Added in version 4. NOTE: for agents only",
    "A list of ids, such as 1 and 2; or `Required` ones.",
];

impl<'a> Renderer<'a> {
    pub fn coin(&mut self) -> bool {
        self.rng.bool()
    }

    /// A text of some paragraphs.
    pub fn text(&mut self) {
        for _ in 0..self.rng.usize(1..3) {
            let sentence = SENTENCES[self.rng.usize(..SENTENCES.len())];
            self.lines.prose(sentence);
        }
        match self.rng.u8(..20) {
            0 => {
                self.lines.prose("Note");
                self.lines.prose("Only for those who may.");
            }
            1 => self.lines.prose("• the first of all"),
            _ => {}
        }
    }

    pub fn maybe_text(&mut self) {
        if self.coin() {
            self.text();
        }
    }

    /// A version, when it is not that of what is around.
    pub fn since(&mut self, since: Option<&Since>, around: Option<&Since>, keys: &[String]) {
        let Some(Since {
            feature,
            version: Some(version),
            ..
        }) = since
        else {
            return;
        };
        let first = *version == 1 && around.is_none();
        if (since == around || first) && self.coin() {
            return;
        }
        let keys: Vec<String> = keys.iter().map(|key| format!("{key} since")).collect();
        self.lines.state("Feature Version", keys.clone());
        self.lines.state(format!("{feature} {version}"), keys);
    }

    fn resource(&mut self, resource: &'a Resource) {
        self.lines.add(&resource.path);
        let key = format!("O {}", resource.path);
        // All that inherit it lose it with it.
        let operations = resource.operations.iter();
        let mut keys: Vec<String> = operations
            .map(|operation| operation_key(resource, operation))
            .collect();
        keys.push(key);
        self.since(resource.since.as_ref(), None, &keys);
        for operation in &resource.operations {
            self.operation(resource, operation);
        }
    }

    fn operation(&mut self, resource: &'a Resource, operation: &'a Operation) {
        let key = operation_key(resource, operation);
        self.lines.add(&operation.method);
        self.lines.add(&resource.path);
        self.text();
        self.since(
            operation.since.as_ref(),
            resource.since.as_ref(),
            std::slice::from_ref(&key),
        );
        self.lines.add("Request");
        let mut parameters: Vec<&Parameter> = operation.parameters.iter().collect();
        parameters.retain(|parameter| parameter.source.is_none() || self.rng.bool());
        if self.coin() {
            self.rng.shuffle(&mut parameters);
        }
        if parameters.is_empty() {
            self.lines.prose("This request has no parameters.");
        } else {
            self.lines
                .labels(&["Parameters", "Type", "Name", "Comments"]);
        }
        for parameter in parameters {
            self.parameter(&key, operation, parameter);
        }
        if let Some(id) = operation.body.as_ref().and_then(Type::record) {
            self.lines.add("Representations");
            self.record(id, &format!("{key} body"));
        }
        self.lines.add("Response");
        for reply in &operation.replies {
            if reply.source.is_none() || reply.is_success() || self.coin() {
                self.reply(&key, operation, reply);
            }
        }
    }

    fn parameter(&mut self, key: &str, operation: &Operation, parameter: &Parameter) {
        let key = parameter_key(key, parameter);
        self.lines.add(match parameter.location {
            Location::Path => "Template",
            Location::Query => "Query",
            Location::Header => "Header",
        });
        self.lines.add(&parameter.name);
        if parameter.required {
            self.lines
                .state("Required", vec![format!("{key} required")]);
        }
        self.text();
        if let Some(default) = &parameter.default {
            self.lines.state(
                format!("Default value: {default}"),
                vec![format!("{key} default")],
            );
        }
        self.since(parameter.since.as_ref(), operation.since.as_ref(), &[key]);
    }

    fn reply(&mut self, key: &str, operation: &Operation, reply: &'a Reply) {
        let (code, reason) = match reply.status {
            Status::Code(code) => (code, reason(code)),
            Status::AnySuccess => {
                let code = self.rng.choice([200, 201, 204]).unwrap();
                (code, reason(code))
            }
        };
        let key = format!("{key} {}", reply.status);
        self.lines
            .state(format!("{code} - {reason}"), vec![key.clone()]);
        self.text();
        self.since(
            reply.since.as_ref(),
            operation.since.as_ref(),
            std::slice::from_ref(&key),
        );
        if !reply.headers.is_empty() {
            self.lines
                .labels(&["Parameters", "Type", "Name", "Comments"]);
        }
        for header in &reply.headers {
            self.lines.add("Header");
            self.lines.add(&header.name);
            if header.required {
                let required = format!("{key} header {} required", header.name);
                self.lines.state("Required", vec![required]);
            }
            self.text();
        }
        match &reply.body {
            Some(BodyType::Value(ty)) => {
                if let Some(id) = ty.record() {
                    self.record(id, &format!("{key} body"));
                }
            }
            Some(BodyType::Media(media)) => {
                self.lines.state(
                    format!("Content-Type: {media}"),
                    vec![format!("{key} body")],
                );
            }
            _ => {}
        }
        if !reply.errors.is_empty() && self.coin() {
            self.lines.labels(&[
                "Error Responses",
                "Error Identifier",
                "Error Type",
                "Error Description",
            ]);
            for error in &reply.errors {
                self.lines.add(&error.id);
                let urn = error.ty.and_then(|ty| self.api[ty].urn.clone());
                if let Some(urn) = urn {
                    self.lines.add(format!("Type: {urn}"));
                }
                self.text();
            }
        }
        for message in &reply.messages {
            self.lines.add("Associated Message");
            self.text();
            self.record(*message, "");
        }
    }
}

fn reason(code: u16) -> &'static str {
    match code {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        410 => "Gone",
        500 => "Internal Server Error",
        _ => "Another One",
    }
}
