//! Operations and their parameters.

use crate::api::{Operation, Origin, Resource, Segment};
use crate::codegen::path;
use crate::export::type_name;
use crate::place::Place;

use super::collect::{Collector, Draft};
use super::compare::{Comparison, Facts, Part, facts_changed};
use super::pairs::{Endpoint, address, endpoints};
use super::records::name_changed;
use super::rules;
use super::uses::Directions;

/// An operation that both models have.
pub(super) struct Pair<'a> {
    pub old: &'a Operation,
    pub new: &'a Operation,
    pub subject: String,
    /// What no longer compiles because the operation needs a session now.
    pub needs_session: Option<String>,
}

impl Pair<'_> {
    /// The operation itself, as a part of a message.
    pub fn whole(&self) -> Part<'_> {
        Part {
            subject: &self.subject,
            what: String::new(),
            old: self.old.place,
            new: self.new.place,
            directions: Directions::REQUEST,
            since: self.old.since.as_ref(),
        }
    }
}

impl Comparison<'_> {
    /// Compares all operations.
    pub fn operations(&self, collector: &mut Collector<'_>) {
        let new_endpoints: Vec<Endpoint<'_>> = endpoints(self.new).collect();
        for (index, old) in endpoints(self.old).enumerate() {
            let twin = self.pairs.operation(index);
            match twin.and_then(|twin| Some((twin, *new_endpoints.get(twin)?))) {
                Some((twin, new)) => self.operation((index, old), (twin, new), collector),
                None => {
                    let resource = same_resource(old.resource, &self.new.resources);
                    let place = resource.map(|resource| resource.place);
                    collector.add(removed(old.operation, place));
                }
            }
        }
        for (index, new) in new_endpoints.iter().enumerate() {
            if self.pairs.old_operation(index).is_none() {
                let operation = new.operation;
                let message = format!("the operation is new: {}", method_and_path(*new));
                let resource = same_resource(new.resource, &self.old.resources);
                let place = resource.map(|resource| resource.place);
                collector.add(
                    Draft::new(&rules::OPERATION_ADDED, operation.id(), message)
                        .at(place, operation.place)
                        .travels(Directions::REQUEST)
                        .since(operation.since.as_ref()),
                );
            }
        }
        self.resources(collector);
    }

    fn operation(
        &self,
        (old_index, old_endpoint): (usize, Endpoint<'_>),
        (new_index, new_endpoint): (usize, Endpoint<'_>),
        collector: &mut Collector<'_>,
    ) {
        let (old, new) = (old_endpoint.operation, new_endpoint.operation);
        let lost = is_sessionless(old) && !is_sessionless(new);
        let pair = Pair {
            old,
            new,
            subject: new.id(),
            needs_session: lost.then(|| format!("`{}` is not `Sessionless`", new.rust_name)),
        };
        let whole = pair.whole();
        let mut names = vec![(
            path(&old.namespace, &old.rust_name),
            path(&new.namespace, &new.rust_name),
        )];
        if let (Some(one), Some(other)) = (
            self.old_names.operation_variant(old_index),
            self.new_rust.operation_variant(new_index),
        ) {
            names.push((format!("Operation::{one}"), format!("Operation::{other}")));
        }
        name_changed(&whole, (&old.id(), &new.id()), &names, collector);
        if old_endpoint.route() != new_endpoint.route() || swapped(old_endpoint, new_endpoint) {
            let message = format!(
                "was {} and is {}",
                method_and_path(old_endpoint),
                method_and_path(new_endpoint)
            );
            collector.add(whole.draft(&rules::OPERATION_MOVED, message));
        }
        self.subscription(&pair, (old_endpoint, new_endpoint), collector);
        self.parameters(&pair, (old_endpoint, new_endpoint), collector);
        self.request_body(&pair, collector);
        self.replies(&pair, collector);
        facts_changed(
            &whole,
            Facts::new(&old.doc, old.source.as_deref())
                .since(&old.since, &old_endpoint.resource.since),
            Facts::new(&new.doc, new.source.as_deref())
                .since(&new.since, &new_endpoint.resource.since),
            collector,
        );
        if old.examples != new.examples {
            collector.add(whole.draft(&rules::EXAMPLES_CHANGED, "has other examples"));
        }
    }

    /// Whether a client can still follow what the operation starts.
    fn subscription(
        &self,
        pair: &Pair<'_>,
        (old, new): (Endpoint<'_>, Endpoint<'_>),
        collector: &mut Collector<'_>,
    ) {
        let Some(before) = self.old_rust.subscription(old.resource, old.operation) else {
            return;
        };
        let after = self.new_rust.subscription(new.resource, new.operation);
        if after.as_ref() == Some(&before) {
            return;
        }
        let name = &pair.new.rust_name;
        let (message, reason) = match after {
            None => (
                "is no subscription any more".to_owned(),
                format!("`{name}` is not `Subscription`"),
            ),
            Some(after) => (
                "subscribes to other messages".to_owned(),
                format!("the messages of `{name}` were `{before}` and are `{after}`"),
            ),
        };
        let draft = pair.whole().draft(&rules::SUBSCRIPTION_CHANGED, message);
        collector.add(draft.rust(reason));
    }

    /// What resources say by themselves.
    fn resources(&self, collector: &mut Collector<'_>) {
        for old in &self.old.resources {
            let Some(new) = same_resource(old, &self.new.resources) else {
                continue;
            };
            let part = Part {
                subject: &new.path,
                what: String::new(),
                old: old.place,
                new: new.place,
                directions: Directions::REQUEST,
                since: old.since.as_ref(),
            };
            facts_changed(
                &part,
                Facts::new(&old.doc, old.source.as_deref()).since(&old.since, &None),
                Facts::new(&new.doc, new.source.as_deref()).since(&new.since, &None),
                collector,
            );
        }
    }

    fn request_body(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let rust_name = &pair.new.rust_name;
        match (&pair.old.body, &pair.new.body) {
            (None, None) => {}
            (None, Some(body)) => {
                let message = format!("the request has a body: `{}`", type_name(self.new, body));
                collector.add(
                    pair.whole()
                        .draft(&rules::REQUEST_BODY_ADDED, message)
                        .rust(format!("`{rust_name}::builder()` needs `body`"))
                        .since(pair.new.since.as_ref()),
                );
            }
            (Some(_), None) => collector.add(
                pair.whole()
                    .draft(&rules::REQUEST_BODY_REMOVED, "the request has no body")
                    .rust(format!("`{rust_name}` has no field `body`")),
            ),
            (Some(old), Some(new)) => {
                let part = pair.whole().named("the request's body".to_owned());
                let rust = (self.old_rust.value(old), self.new_rust.value(new));
                self.type_changed(&part, (old, new), rust, collector);
            }
        }
    }
}

fn is_sessionless(operation: &Operation) -> bool {
    let mut parameters = operation.parameters.iter();
    parameters.all(|parameter| parameter.origin == Origin::Caller)
}

/// Whether a parameter of the path stands elsewhere in it.
fn swapped(old: Endpoint<'_>, new: Endpoint<'_>) -> bool {
    let place = |endpoint: Endpoint<'_>, name: &str| {
        let mut segments = endpoint.resource.segments.iter();
        segments.position(|segment| matches!(segment, Segment::Parameter(other) if other == name))
    };
    old.operation.parameters.iter().any(|parameter| {
        let (from, to) = (place(old, &parameter.name), place(new, &parameter.name));
        from.is_some() && to.is_some() && from != to
    })
}

fn method_and_path(endpoint: Endpoint<'_>) -> String {
    format!("{} {}", endpoint.operation.method, endpoint.resource.path)
}

/// The same resource on the other side, if it is there.
fn same_resource<'a>(resource: &Resource, others: &'a [Resource]) -> Option<&'a Resource> {
    let mut others = others.iter();
    others.find(|other| address(other) == address(resource))
}

fn removed(operation: &Operation, resource: Option<Place>) -> Draft<'_> {
    let reason = format!(
        "`{}` is gone",
        path(&operation.namespace, &operation.rust_name)
    );
    Draft::new(
        &rules::OPERATION_REMOVED,
        operation.id(),
        "the operation is gone",
    )
    .at(operation.place, resource)
    .travels(Directions::REQUEST)
    .rust(reason)
    .since(operation.since.as_ref())
}
