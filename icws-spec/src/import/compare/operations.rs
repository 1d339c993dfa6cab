//! The resource, its methods and their parameters.

use std::collections::HashSet;

use crate::api::{self, Location, Operation, Resource, Since};
use crate::place::Place;

use super::super::page::{Method, Parameter};
use super::{Change, Comparison, Value, Versions, required};

impl<'p, 'm> Comparison<'p, 'm> {
    pub(super) fn resource(&mut self, resource: &'m Resource) {
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
        self.parameters(resource, method, operation);
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

    fn parameters(&mut self, resource: &'m Resource, method: &'p Method, operation: &'m Operation) {
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
                    let of_all = self.is_of_all(resource, found.place);
                    let around = if of_all {
                        &resource.since
                    } else {
                        &operation.since
                    };
                    self.parameter(method, resource, parameter, around.as_ref(), found);
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
            if !listed && !self.is_of_all(resource, parameter.place) {
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
        resource: &'m Resource,
        page: &'p Parameter,
        around: Option<&'m Since>,
        model: &'m api::Parameter,
    ) {
        let place = model.place;
        let first = self.differences.len();
        let name = &page.name;
        // What is in the path cannot be left out, whatever the page says.
        if page.required != model.required && page.location != Location::Path {
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
            model_around: around,
        });
        let Some(change) = self.whole_parameter(resource, page, place) else {
            return;
        };
        let mut change = Some(change);
        for difference in self.differences.iter_mut().skip(first) {
            difference.change = change.take().unwrap_or(Change::Included);
        }
    }

    /// The change of a parameter that cannot be changed key by key: a shared one
    /// is written in place where it is used, and one of all methods that they
    /// no longer have alike is written for each of them.
    fn whole_parameter(
        &mut self,
        resource: &'m Resource,
        page: &'p Parameter,
        place: Place,
    ) -> Option<Change<'p>> {
        if self.is_of_all(resource, place) {
            let methods = &self.page.methods;
            let to: Vec<(Place, &'p Parameter)> = resource
                .operations
                .iter()
                .filter_map(|operation| {
                    let method = methods
                        .iter()
                        .find(|method| method.verb == operation.method)?;
                    let own = method.parameters.iter().find(|own| {
                        own.location == page.location && own.name.eq_ignore_ascii_case(&page.name)
                    })?;
                    Some((operation.place, own))
                })
                .collect();
            if !to.iter().all(|(_, own)| own.says(page)) {
                let first = self.split.insert(place);
                return Some(if first {
                    Change::SplitParameter { item: place, to }
                } else {
                    Change::Included
                });
            }
        }
        let shared = self.node(place).is_some_and(|node| node.as_str().is_some());
        shared.then_some(Change::Parameter {
            item: place,
            parameter: page,
        })
    }
}

fn is_same_name(page: &Parameter, model: &api::Parameter) -> bool {
    page.location == model.location && page.name.eq_ignore_ascii_case(&model.name)
}
