//! Resources, operations, parameters and replies.

use std::collections::HashMap;

use heck::{ToLowerCamelCase, ToUpperCamelCase};

use super::super::compare::is_same_reply;
use super::super::page::{ErrorId, Method, Page, Parameter, Status};
use super::super::said;
use super::super::yaml::{Field, Yaml, field, word};
use super::{PLACEHOLDER, Writer, literals};

impl<'p> Writer<'p, '_> {
    /// A page as a resource.
    pub fn resource(&mut self, page: &'p Page) -> Field {
        self.turn_to(page);
        let mut fields = vec![self.doc(&page.doc)];
        fields.extend(self.since(page.since.as_ref(), None));
        // What all methods have is written once.
        let key = |parameter: &Parameter| (parameter.location.word(), parameter.name.clone());
        let others: Vec<HashMap<_, &Parameter>> = page
            .methods
            .iter()
            .map(|method| {
                method
                    .parameters
                    .iter()
                    .map(|own| (key(own), own))
                    .collect()
            })
            .collect();
        let is_common = |parameter: &Parameter| {
            let key = key(parameter);
            let mut others = others.iter().map(|others| others.get(&key));
            others.all(|other| other.is_some_and(|other| other.says(parameter)))
        };
        let first = page.methods.first().into_iter();
        let first = first.flat_map(|method| &method.parameters);
        let common: Vec<&Parameter> = first.filter(|parameter| is_common(parameter)).collect();
        fields.extend(self.parameters(&common));
        for method in &page.methods {
            let own = method.parameters.iter();
            let own: Vec<&Parameter> = own.filter(|own| !is_common(own)).collect();
            fields.push(self.operation(page, method, &own));
        }
        let mut resource = field(&page.path, Yaml::Block(fields));
        for notice in &page.notices {
            self.open.push((page.file.clone(), notice.clone()));
            resource = resource.todo(notice.line, notice.message.clone());
        }
        resource
    }

    /// A method with the parameters that are its own.
    pub fn operation(
        &mut self,
        page: &'p Page,
        method: &'p Method,
        parameters: &[&Parameter],
    ) -> Field {
        let name = self.operation_name(page, method);
        let mut fields = vec![word("name", &name)];
        fields.extend(self.since(method.since.as_ref(), page.since.as_ref()));
        fields.push(self.doc(&method.doc));
        fields.extend(self.parameters(parameters));
        if let Some(record) = &method.body {
            let fallback = self.fallback_body(page, method);
            fields.push(word("body", self.record(record, false, &fallback)));
        }
        let replies = method
            .statuses
            .iter()
            .map(|status| self.reply(page, method, status));
        let replies = replies.collect();
        fields.push(field("replies", Yaml::Block(replies)));
        let mut operation = field(&method.verb, Yaml::Block(fields));
        operation.spaced = true;
        operation
    }

    /// A name of ours.
    pub fn operation_name(&mut self, page: &Page, method: &Method) -> String {
        let name = free_name(&page.path, &method.verb, |name| self.is_taken(name));
        self.operations.insert(name.clone());
        name
    }

    fn is_taken(&self, name: &str) -> bool {
        let resources = self.model.api().resources.iter();
        let mut operations = resources.flat_map(|resource| &resource.operations);
        let of_model = self.target == super::Target::Model;
        self.operations.contains(name)
            || of_model
                && operations.any(|other| other.namespace == self.namespace && other.name == *name)
    }

    fn parameters(&mut self, parameters: &[&Parameter]) -> Option<Field> {
        let items: Vec<Yaml> = parameters
            .iter()
            .map(|parameter| self.parameter(parameter))
            .collect();
        (!items.is_empty()).then(|| field("parameters", Yaml::List(items)))
    }

    /// A parameter: the id of a shared one that says the same, or in place.
    pub fn parameter(&mut self, parameter: &Parameter) -> Yaml {
        if let Some(id) = self.shared.parameter(parameter) {
            self.used_parameters.insert(id.to_owned());
            return Yaml::Word(id.to_owned());
        }
        let mut fields = vec![
            word("name", &parameter.name),
            word("in", parameter.location.word()),
            // No page gives the type of a parameter.
            word("type", "string"),
        ];
        fields.extend(said::fields(said::PARAMETER, parameter));
        fields.push(self.doc_or(&parameter.doc, &choices(parameter)));
        fields.extend(self.since(parameter.since.as_ref(), None));
        Yaml::Line(fields)
    }

    /// A status: the shared reply that says the same, or in place.
    pub fn reply(&mut self, page: &'p Page, method: &'p Method, status: &'p Status) -> Field {
        let key = status.code.to_string();
        let carried = self.options.with_docs && !status.doc.is_empty();
        if let Some((id, reply)) = self.shared.reply(status.code)
            && status.since.is_none()
            && is_same_reply(page, status, reply, self.model)
            && self.can_use(reply)
        {
            self.used_replies.insert(id.to_owned());
            return match carried {
                false => word(&key, id),
                true => field(
                    key,
                    Yaml::Line(vec![word("use", id), self.doc(&status.doc)]),
                ),
            };
        }
        let mut reply = field(key, Yaml::Block(Vec::new()));
        let mut fields = vec![self.doc_or(
            &status.doc,
            &format!("{}.", status.reason.trim_end_matches('.')),
        )];
        let around = method.since.as_ref().or(page.since.as_ref());
        fields.extend(self.since(status.since.as_ref(), around));
        match (&status.body, &status.content) {
            (Some(record), content) => {
                let fallback = self.fallback(page, method, status);
                fields.push(word("body", self.record(record, false, &fallback)));
                if let Some(content) = content {
                    let message = format!(
                        "the page has a representation and `{content}`; a reply has one of the two"
                    );
                    reply = self.ask(reply, status.line, message);
                }
            }
            (None, Some(content)) => fields.push(word("content", content)),
            (None, None) => {}
        }
        let headers: Vec<Field> = status
            .headers
            .iter()
            .map(|header| self.header(header))
            .collect();
        if !headers.is_empty() {
            fields.push(field("headers", Yaml::Block(headers)));
        }
        let messages = status.messages.iter();
        let messages: Vec<Yaml> = messages.map(|record| self.message(page, record)).collect();
        if !messages.is_empty() {
            fields.push(field("messages", Yaml::List(messages)));
        }
        let errors: Vec<Field> = status
            .errors
            .iter()
            .map(|error| self.error(error))
            .collect();
        if !errors.is_empty() {
            fields.push(field("errors", Yaml::Block(errors)));
        }
        let nested = fields
            .iter()
            .any(|field| ["headers", "errors"].contains(&field.key.as_str()));
        reply.value = if nested {
            Yaml::Block(fields)
        } else {
            Yaml::Line(fields)
        };
        reply
    }

    /// The name of a representation that has none on the page.
    pub fn fallback(&self, page: &Page, method: &Method, status: &Status) -> String {
        let words = literals(&page.path).next_back().unwrap_or("resource");
        let verb = method.verb.to_ascii_lowercase();
        format!("{verb}{}Reply{}", words.to_upper_camel_case(), status.code)
    }

    /// The same for the body of a request.
    pub fn fallback_body(&self, page: &Page, method: &Method) -> String {
        let words = literals(&page.path).next_back().unwrap_or("resource");
        let verb = method.verb.to_ascii_lowercase();
        format!("{verb}{}Body", words.to_upper_camel_case())
    }

    /// A header of a reply.
    pub fn header(&mut self, header: &Parameter) -> Field {
        let challenge = header.name.eq_ignore_ascii_case("WWW-Authenticate");
        let mut fields = vec![word("type", if challenge { "challenge" } else { "string" })];
        fields.extend(said::fields(said::HEADER, header));
        fields.push(self.doc(&header.doc));
        let written = field(&header.name, Yaml::Line(fields));
        match &header.since {
            None => written,
            Some(since) => {
                let message = format!(
                    "the header has the version `{since}`, which a header of a model cannot have"
                );
                self.ask(written, since.line, message)
            }
        }
    }

    /// An error identifier.
    pub fn error(&mut self, error: &ErrorId) -> Field {
        let ty = error
            .urn
            .as_ref()
            .map(|urn| word("type", self.error_type(urn, error.line)));
        let fields = ty.into_iter().chain([self.doc(&error.doc)]).collect();
        field(&error.id, Yaml::Line(fields))
    }
}

/// What a parameter can be, since that is no prose.
fn choices(parameter: &Parameter) -> String {
    if parameter.choices.is_empty() {
        return PLACEHOLDER.to_owned();
    }
    let choices = parameter.choices.iter().map(|choice| match &choice.since {
        None => format!("`{}`", choice.text),
        Some(since) => format!("`{}` ({since})", choice.text),
    });
    format!("One of {}.", choices.collect::<Vec<_>>().join(", "))
}

/// A name for an operation: the method and the last words of the path, as many as it
/// takes to be free.
pub(crate) fn free_name(path: &str, verb: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let verb = verb.to_ascii_lowercase();
    let mut name = verb.clone();
    let mut words = String::new();
    for part in literals(path).rev() {
        words.insert_str(0, &part.to_lower_camel_case().to_upper_camel_case());
        name = format!("{verb}{words}");
        if !is_taken(&name) {
            break;
        }
    }
    let mut number = 2;
    let whole = name.clone();
    while is_taken(&name) {
        name = format!("{whole}{number}");
        number += 1;
    }
    name
}
