//! The resource and its methods.

use crate::api::{Operation, Resource};

use super::super::page::Method;
use super::doubts::why;
use super::facts::Questions;
use super::{Change, Comparison, Versions};

impl<'p, 'm> Comparison<'p, 'm> {
    pub(super) fn resource(&mut self, resource: &'m Resource) {
        let page = self.page;
        let head = page.methods.first().map_or(page.line, |method| method.line);
        self.since(Versions {
            name: "the resource".to_owned(),
            line: page.line,
            place: resource.place,
            item: resource.place,
            page: page.since.as_ref(),
            page_around: None,
            page_parent: None,
            model: resource.since.as_ref(),
            model_around: None,
            questions: Questions {
                all: None,
                absent: self.doubts.of_more(page.line, head),
            },
        });
        self.parameters_of_all(resource);
        for method in &page.methods {
            match resource
                .operations
                .iter()
                .find(|operation| operation.method == method.verb)
            {
                Some(operation) => self.operation(resource, method, operation),
                None => self.new_method(resource, method),
            }
        }
        for operation in &resource.operations {
            if !page
                .methods
                .iter()
                .any(|method| method.verb == operation.method)
            {
                let message = format!("the page has no {}", operation.method);
                let question = Some(why::METHOD.to_owned());
                self.differs_or_asks(
                    page.line,
                    operation.place,
                    message,
                    Change::ByHand,
                    question,
                );
            }
        }
    }

    fn new_method(&mut self, resource: &'m Resource, method: &'p Method) {
        let unread = self.doubts.within(method.line, method.end);
        let question = if unread {
            Some(why::UNREAD.to_owned())
        } else {
            let cut = method.statuses.is_empty();
            cut.then(|| why::CUT.to_owned())
        };
        let message = format!("the model has no {} here", method.verb);
        let change = Change::AddMethod {
            resource: resource.place,
            method,
        };
        self.differs_or_asks(method.line, resource.place, message, change, question);
    }

    fn operation(&mut self, resource: &'m Resource, method: &'p Method, operation: &'m Operation) {
        let first = method.parameters.first().map(|parameter| parameter.line);
        let first = first.or(method.statuses.first().map(|status| status.line));
        self.since(Versions {
            name: method.verb.clone(),
            line: method.line,
            place: operation.place,
            item: operation.place,
            page: method.since.as_ref(),
            page_around: self.page.since.as_ref(),
            page_parent: self.page.since.as_ref(),
            model: operation.since.as_ref(),
            model_around: resource.since.as_ref(),
            questions: Questions {
                all: None,
                absent: self
                    .doubts
                    .of_more(method.line, first.unwrap_or(method.end)),
            },
        });
        self.parameters(resource, method, operation);
        self.request_body(method, operation);
        self.statuses(method, operation);
    }

    /// Why the request of a method may have more than the page shows.
    pub(super) fn of_request(&self, method: &Method) -> Option<String> {
        let cut = method.statuses.is_empty().then(|| why::CUT.to_owned());
        self.doubts.of_absence().or(cut)
    }
}
