//! Holds what a page says against what a model says of the same resource. What
//! the model has from elsewhere, and says so in `source`, is no difference; nor
//! are texts, and names that a page does not give.

mod records;
mod replies;
mod rows;

use std::collections::{HashMap, HashSet};

use crate::Model;
use crate::api::{Operation, RecordId, Resource, Since};
use crate::source::Place;
use crate::syntax::Node;

use super::page::{ErrorId, Group, Method, Page, Parameter, Record, Row, Status, Version};
use super::tree;

/// Something that the page says otherwise than the model.
#[derive(Debug, Clone)]
pub(super) struct Difference<'p> {
    /// The line of the page.
    pub line: usize,
    /// The place in the model.
    pub place: Place,
    /// What differs.
    pub message: String,
    /// What to change in the model.
    pub change: Change<'p>,
}

/// How the model comes to say what the page says.
#[derive(Debug, Clone)]
pub(super) enum Change<'p> {
    /// A key of an item gets another value, or goes.
    Key {
        item: Place,
        key: &'static str,
        value: Option<Value>,
    },
    /// An entry of an item, or of a section of it, goes.
    Drop {
        item: Place,
        section: Option<&'static str>,
        key: String,
    },
    AddMethod {
        resource: Place,
        method: &'p Method,
    },
    AddParameter {
        operation: Place,
        parameter: &'p Parameter,
    },
    /// A parameter written elsewhere is written in place.
    Parameter {
        item: Place,
        parameter: &'p Parameter,
    },
    /// An item goes out of its list, and into the lists of these operations.
    MoveItem {
        item: Place,
        to: Vec<Place>,
    },
    AddReply {
        operation: Place,
        method: &'p Method,
        status: &'p Status,
        after: Option<u16>,
    },
    /// A reply that uses a shared one is written anew.
    Reply {
        item: Place,
        method: &'p Method,
        status: &'p Status,
    },
    /// The body becomes another representation.
    Body {
        item: Place,
        method: &'p Method,
        status: Option<&'p Status>,
        record: &'p Record,
    },
    AddHeader {
        reply: Place,
        header: &'p Parameter,
    },
    /// The header is there already.
    Header {
        reply: Place,
        header: &'p Parameter,
        name: String,
    },
    AddMessage {
        reply: Place,
        record: &'p Record,
    },
    AddError {
        reply: Place,
        error: &'p ErrorId,
    },
    /// The error is there already.
    Error {
        reply: Place,
        error: &'p ErrorId,
    },
    AddRows {
        record: RecordId,
        rows: Vec<&'p Row>,
        after: Option<String>,
    },
    AddValue {
        enumeration: Place,
        row: &'p Row,
        after: Option<String>,
    },
    AddOption {
        base: RecordId,
        group: &'p Group,
    },
    /// Another difference brings it with it.
    Included,
    /// Somebody has to decide.
    ByHand,
}

/// A value of a key.
#[derive(Debug, Clone)]
pub(super) enum Value {
    True,
    Word(String),
    Number(i64),
}

/// Compares the page with the model; `None` when the model does not have the
/// resource.
pub(super) fn compare<'p>(page: &'p Page, model: &Model) -> Option<Vec<Difference<'p>>> {
    let mut resources = model.api().resources.iter();
    let resource = resources.find(|resource| resource.path == page.path)?;
    let mut comparison = Comparison::new(page, model);
    comparison.resource(resource);
    Some(comparison.differences)
}

/// Whether a reply says what a status of the page says.
pub(super) fn is_same_reply(
    page: &Page,
    status: &Status,
    reply: &crate::api::Reply,
    model: &Model,
) -> bool {
    let mut comparison = Comparison::new(page, model);
    comparison.reply_facts(None, status, reply);
    comparison.differences.is_empty()
}

/// Whether a record says what one of the page says.
pub(super) fn is_same_record(page: &Record, record: &crate::api::Record, model: &Model) -> bool {
    let api = model.api();
    let Some(index) = api
        .records
        .iter()
        .position(|other| other.place == record.place)
    else {
        return false;
    };
    let facts = Page::of(page.clone());
    let mut comparison = Comparison::new(&facts, model);
    if let Some((page, _)) = facts.records().next() {
        comparison.record(page, RecordId(index), None);
    }
    comparison.differences.is_empty()
}

/// What is compared.
struct Comparison<'p, 'm> {
    page: &'p Page,
    model: &'m Model,
    tables: HashMap<&'p str, &'p Record>,
    seen: HashSet<RecordId>,
    differences: Vec<Difference<'p>>,
}

/// A version of the page with that of what is around.
struct Versions<'a, 'p> {
    name: String,
    line: usize,
    place: Place,
    /// Where `since` stands in the model.
    item: Place,
    page: Option<&'p Version>,
    page_around: Option<&'p Version>,
    model: Option<&'a Since>,
    model_around: Option<&'a Since>,
}

impl<'p, 'm> Comparison<'p, 'm> {
    fn new(page: &'p Page, model: &'m Model) -> Self {
        Comparison {
            page,
            model,
            tables: page.tables(),
            seen: HashSet::new(),
            differences: Vec::new(),
        }
    }

    fn differs(&mut self, line: usize, place: Place, message: String, change: Change<'p>) {
        self.differences.push(Difference {
            line,
            place,
            message,
            change,
        });
    }

    /// The node of the model that a place stands for.
    fn node(&self, place: Place) -> Option<&'m Node> {
        let file = self.model.sources().get(place.file)?;
        tree::item(&file.root, place.node)
    }

    /// A version that the page states must be that of the model. One that it
    /// does not state is that of what is around, or the first of the feature.
    fn since(&mut self, versions: Versions<'_, 'p>) {
        let Versions {
            name,
            line,
            place,
            item,
            page,
            page_around,
            model,
            model_around,
        } = versions;
        let shown = |since: Option<&Since>| {
            since.map_or("no version".to_owned(), |since| format!("`{since}`"))
        };
        let same = |page: &Version, model: &Since| {
            page.feature == model.feature && page.number == model.version
        };
        match (page, model) {
            (Some(page), Some(model)) if same(page, model) => {}
            (Some(page), model) => {
                let message = format!(
                    "{name} has `{page}` on the page, {} in the model",
                    shown(model)
                );
                let value = Some(Value::Word(page.to_string()));
                self.differs(
                    page.line,
                    place,
                    message,
                    Change::Key {
                        item,
                        key: "since",
                        value,
                    },
                );
            }
            (None, Some(model)) => {
                let inherited = model_around == Some(model);
                let around = page_around.is_some_and(|page| same(page, model));
                if inherited || around || model.version == 1 {
                    return;
                }
                let message = format!("{name} has no version on the page, `{model}` in the model");
                self.differs(
                    line,
                    place,
                    message,
                    Change::Key {
                        item,
                        key: "since",
                        value: None,
                    },
                );
            }
            (None, None) => {}
        }
    }

    fn resource(&mut self, resource: &'m Resource) {
        let page = self.page;
        self.since(Versions {
            name: "the resource".to_owned(),
            line: page.line,
            place: resource.place,
            item: resource.place,
            page: page.since.as_ref(),
            page_around: None,
            model: resource.since.as_ref(),
            model_around: None,
        });
        self.parameters_of_all(resource);
        for method in &page.methods {
            match resource
                .operations
                .iter()
                .find(|operation| operation.method == method.verb)
            {
                Some(operation) => self.operation(resource, method, operation),
                None => self.differs(
                    method.line,
                    resource.place,
                    format!("the model has no {} here", method.verb),
                    Change::AddMethod {
                        resource: resource.place,
                        method,
                    },
                ),
            }
        }
        for operation in &resource.operations {
            if !page
                .methods
                .iter()
                .any(|method| method.verb == operation.method)
            {
                let key = operation.method.clone();
                let message = format!("the page has no {key}");
                let item = resource.place;
                self.differs(
                    page.line,
                    operation.place,
                    message,
                    Change::Drop {
                        item,
                        section: None,
                        key,
                    },
                );
            }
        }
    }

    fn operation(&mut self, resource: &'m Resource, method: &'p Method, operation: &'m Operation) {
        self.since(Versions {
            name: method.verb.clone(),
            line: method.line,
            place: operation.place,
            item: operation.place,
            page: method.since.as_ref(),
            page_around: self.page.since.as_ref(),
            model: operation.since.as_ref(),
            model_around: resource.since.as_ref(),
        });
        self.parameters(method, operation);
        self.request_body(method, operation);
        self.replies(method, operation);
    }

    /// Whether a parameter is written for the whole resource.
    fn is_of_all(&self, resource: &Resource, item: Place) -> bool {
        let node = self
            .node(resource.place)
            .and_then(|node| node.get("parameters"));
        node.is_some_and(|list| list.as_list().iter().any(|other| other.id == item.node))
            && resource.place.file == item.file
    }

    /// Parameters that the model lists for all methods, but the page does not.
    fn parameters_of_all(&mut self, resource: &'m Resource) {
        let mut done: HashSet<Place> = HashSet::new();
        for parameter in resource
            .operations
            .iter()
            .flat_map(|operation| &operation.parameters)
        {
            if parameter.source.is_some()
                || !self.is_of_all(resource, parameter.place)
                || !done.insert(parameter.place)
            {
                continue;
            }
            let mut with = Vec::new();
            let mut without = Vec::new();
            for operation in &resource.operations {
                let method = self
                    .page
                    .methods
                    .iter()
                    .find(|method| method.verb == operation.method);
                let Some(method) = method else { continue };
                if method
                    .parameters
                    .iter()
                    .any(|other| is_same_name(other, parameter))
                {
                    with.push(operation.place);
                } else {
                    without.push(method);
                }
            }
            let Some(first) = without.first() else {
                continue;
            };
            let verbs: Vec<&str> = without.iter().map(|method| method.verb.as_str()).collect();
            let message = format!(
                "`{}` is no parameter of {} on the page",
                parameter.name,
                verbs.join(" and ")
            );
            let item = parameter.place;
            self.differs(
                first.line,
                item,
                message,
                Change::MoveItem { item, to: with },
            );
        }
    }

    fn parameters(&mut self, method: &'p Method, operation: &'m Operation) {
        let resource = self
            .model
            .api()
            .resources
            .iter()
            .find(|resource| resource.path == self.page.path);
        for parameter in &method.parameters {
            let found = operation
                .parameters
                .iter()
                .find(|other| is_same_name(parameter, other));
            match found {
                None => self.differs(
                    parameter.line,
                    operation.place,
                    format!(
                        "{} has no parameter `{}` in the model",
                        method.verb, parameter.name
                    ),
                    Change::AddParameter {
                        operation: operation.place,
                        parameter,
                    },
                ),
                Some(found) if found.source.is_none() => {
                    self.parameter(method, parameter, operation, found)
                }
                Some(_) => {}
            }
        }
        for parameter in operation
            .parameters
            .iter()
            .filter(|parameter| parameter.source.is_none())
        {
            let listed = method
                .parameters
                .iter()
                .any(|other| is_same_name(other, parameter));
            let of_all = resource.is_some_and(|resource| self.is_of_all(resource, parameter.place));
            if !listed && !of_all {
                let item = parameter.place;
                let message = format!(
                    "`{}` is no parameter of {} on the page",
                    parameter.name, method.verb
                );
                self.differs(
                    method.line,
                    item,
                    message,
                    Change::MoveItem {
                        item,
                        to: Vec::new(),
                    },
                );
            }
        }
    }

    fn parameter(
        &mut self,
        method: &'p Method,
        page: &'p Parameter,
        operation: &'m Operation,
        model: &'m crate::api::Parameter,
    ) {
        let place = model.place;
        let first = self.differences.len();
        let name = &page.name;
        if page.required != model.required {
            let message = format!("`{name}` is {} on the page", required(page.required, false));
            let value = page.required.then_some(Value::True);
            self.differs(
                page.line,
                place,
                message,
                Change::Key {
                    item: place,
                    key: "required",
                    value,
                },
            );
        }
        if page.default != model.default {
            let shown = |default: &Option<String>| {
                default.as_ref().map_or("no default".to_owned(), |text| {
                    format!("the default `{text}`")
                })
            };
            let message = format!(
                "`{name}` has {} on the page, {} in the model",
                shown(&page.default),
                shown(&model.default)
            );
            let value = page.default.clone().map(Value::Word);
            self.differs(
                page.line,
                place,
                message,
                Change::Key {
                    item: place,
                    key: "default",
                    value,
                },
            );
        }
        self.since(Versions {
            name: format!("`{name}`"),
            line: page.line,
            place,
            item: place,
            page: page.since.as_ref(),
            page_around: method.since.as_ref().or(self.page.since.as_ref()),
            model: model.since.as_ref(),
            model_around: operation.since.as_ref(),
        });
        // What a shared parameter says is changed where it is used, at once.
        let shared = self.node(place).is_some_and(|node| node.as_str().is_some());
        for (index, difference) in self.differences.iter_mut().skip(first).enumerate() {
            if shared {
                difference.change = match index {
                    0 => Change::Parameter {
                        item: place,
                        parameter: page,
                    },
                    _ => Change::Included,
                };
            }
        }
    }
}

fn is_same_name(page: &Parameter, model: &crate::api::Parameter) -> bool {
    page.location == model.location && page.name.eq_ignore_ascii_case(&model.name)
}

fn required(required: bool, conditional: bool) -> &'static str {
    match (required, conditional) {
        (true, _) => "required",
        (false, true) => "conditionally required",
        (false, false) => "optional",
    }
}
