//! The parameters of methods, and those that a resource has for all of its.

use std::collections::HashSet;

use crate::api::{self, Operation, Resource, Since};
use crate::facts;
use crate::place::Place;

use super::super::page::{Method, Parameter};
use super::super::said;
use super::doubts::why;
use super::facts::{Beside, Questions};
use super::{Change, Comparison, Versions};

impl<'p, 'm> Comparison<'p, 'm> {
    /// Whether a parameter is written for the whole resource.
    fn is_of_all(&self, resource: &Resource, item: Place) -> bool {
        let node = self
            .node(resource.place)
            .and_then(|node| node.get("parameters"));
        node.is_some_and(|list| list.as_list().iter().any(|other| other.id == item.node))
            && resource.place.file == item.file
    }

    fn method_of(&self, operation: &Operation) -> Option<&'p Method> {
        let mut methods = self.page.methods.iter();
        methods.find(|method| method.verb == operation.method)
    }

    /// Parameters that the model lists for all methods, but the page does not.
    pub(super) fn parameters_of_all(&mut self, resource: &'m Resource) {
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
                // One that the page does not show keeps it.
                match self.method_of(operation) {
                    Some(method) if !has(method, parameter) => without.push(method),
                    _ => with.push(operation.place),
                }
            }
            let Some(first) = without.first() else {
                continue;
            };
            if self.doubts.is_unread(&parameter.name) {
                continue;
            }
            let verbs: Vec<&str> = without.iter().map(|method| method.verb.as_str()).collect();
            let message = format!(
                "`{}` is no parameter of {} on the page",
                parameter.name,
                verbs.join(" and ")
            );
            let item = parameter.place;
            let question = without.iter().find_map(|method| self.of_request(method));
            let change = Change::MoveItem { item, to: with };
            self.differs_or_asks(first.line, item, message, change, question);
        }
    }

    pub(super) fn parameters(
        &mut self,
        resource: &'m Resource,
        method: &'p Method,
        operation: &'m Operation,
    ) {
        for parameter in &method.parameters {
            let mut parameters = operation.parameters.iter();
            match parameters.find(|other| is_same_name(parameter, other)) {
                None => self.new_parameter(method, operation, parameter),
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
            let of_all = self.is_of_all(resource, parameter.place);
            if has(method, parameter) || of_all || self.doubts.is_unread(&parameter.name) {
                continue;
            }
            let item = parameter.place;
            let message = format!(
                "`{}` is no parameter of {} on the page",
                parameter.name, method.verb
            );
            let change = Change::MoveItem {
                item,
                to: Vec::new(),
            };
            let question = self.of_request(method);
            self.differs_or_asks(method.line, item, message, change, question);
        }
    }

    fn new_parameter(
        &mut self,
        method: &'p Method,
        operation: &'m Operation,
        parameter: &'p Parameter,
    ) {
        let message = format!(
            "{} has no parameter `{}` in the model",
            method.verb, parameter.name
        );
        let question = self.doubts.of_more(parameter.line, parameter.end);
        let change = Change::AddParameter {
            operation: operation.place,
            parameter,
        };
        self.differs_or_asks(parameter.line, operation.place, message, change, question);
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
        let absent = self.doubts.of_more(page.line, page.end);
        let cut = self.doubts.is_last(page.end).then(|| why::CUT.to_owned());
        let beside = Beside {
            name: format!("`{name}`"),
            line: page.line,
            place,
            item: place,
        };
        let tables = (said::PARAMETER, facts::PARAMETER);
        self.facts(tables, (page, model), &beside, |is_absent| {
            let question = if is_absent { &absent } else { &cut };
            question.clone()
        });
        self.since(Versions {
            name: format!("`{name}`"),
            line: page.line,
            place,
            item: place,
            page: page.since.as_ref(),
            page_around: method.since.as_ref().or(self.page.since.as_ref()),
            page_parent: None,
            model: model.since.as_ref(),
            model_around: around,
            questions: Questions { all: cut, absent },
        });
        let Some(change) = self.whole_parameter(resource, page, place) else {
            return;
        };
        let mut change = Some(change);
        let differences = self.differences.iter_mut().skip(first);
        for difference in differences.filter(|difference| difference.question.is_none()) {
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
            let own = |operation: &Operation| {
                let mut parameters = self.method_of(operation)?.parameters.iter();
                parameters.find(|own| {
                    own.location == page.location && own.name.eq_ignore_ascii_case(&page.name)
                })
            };
            let mut operations = resource.operations.iter();
            if !operations.all(|operation| own(operation).is_some_and(|own| own.says(page))) {
                let to = resource.operations.iter();
                let to = to.map(|operation| operation.place).collect();
                let first = self.split.insert(place);
                return Some(if first {
                    Change::MoveItem { item: place, to }
                } else {
                    Change::Included
                });
            }
        }
        let shared = self.node(place).is_some_and(|node| node.as_str().is_some());
        shared.then_some(Change::InPlace { item: place })
    }
}

fn has(page: &Method, model: &api::Parameter) -> bool {
    let mut parameters = page.parameters.iter();
    parameters.any(|parameter| is_same_name(parameter, model))
}

fn is_same_name(page: &Parameter, model: &api::Parameter) -> bool {
    page.location == model.location && page.name.eq_ignore_ascii_case(&model.name)
}
