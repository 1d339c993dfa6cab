//! Operations and their parameters.

use crate::api::{Operation, RecordId, Segment};
use crate::delta::Changed;
use crate::facts::{Value, type_name};
use crate::place::Place;
use crate::plan::{Plan, PlannedOperation, ours};

use super::collect::{Collector, Draft};
use super::compare::{Comparison, Part};
use super::judge;
use super::pairs::route;
use super::records::name_changed;
use super::rules;
use super::uses::Directions;

/// An operation that both models have.
pub(super) struct Pair<'a> {
    pub old: &'a Operation,
    pub new: &'a Operation,
    pub old_planned: &'a PlannedOperation<'a>,
    pub new_planned: &'a PlannedOperation<'a>,
    pub subject: String,
    /// What no longer compiles because the operation needs a session now.
    pub needs_session: Option<String>,
}

impl Pair<'_> {
    /// The request by its new name.
    pub fn name(&self) -> &str {
        self.new_planned.names.own.name.as_str()
    }

    /// What no longer compiles because the builder of the request needs a value.
    pub fn builder_needs(&self, setter: &str) -> String {
        format!("`{}::{}()` needs `{setter}`", self.name(), ours::BUILDER)
    }

    /// What no longer compiles because the request has no such field.
    pub fn lacks_field(&self, field: &str) -> String {
        format!("`{}` has no field `{field}`", self.name())
    }

    /// The operation itself, as a part of a message.
    pub fn whole(&self) -> Part<'_> {
        Part {
            directions: Directions::REQUEST,
            since: self.old.since.as_ref(),
            around: [
                self.old_planned.resource.since.as_ref(),
                self.new_planned.resource.since.as_ref(),
            ],
            ..Part::whole(&self.subject, self.old.place, self.new.place)
        }
    }
}

impl Comparison<'_> {
    /// Compares all operations.
    pub fn operations(&self, collector: &mut Collector<'_>) {
        for (id, old) in self.old_plan.operations.entries() {
            match self.pairs.operation(id) {
                Some(twin) => self.operation(old, &self.new_plan.operations[twin], collector),
                None => {
                    let resource = self.new_resources.get(&old.resource.template());
                    let place = resource.map(|resource| resource.place);
                    collector.add(removed(old, place));
                }
            }
        }
        for (id, new) in self.new_plan.operations.entries() {
            if self.pairs.old_operation(id).is_none() {
                let operation = new.operation;
                let message = format!("the operation is new: {}", method_and_path(new));
                let resource = self.old_resources.get(&new.resource.template());
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
        old_planned: &PlannedOperation<'_>,
        new_planned: &PlannedOperation<'_>,
        collector: &mut Collector<'_>,
    ) {
        let (old, new) = (old_planned.operation, new_planned.operation);
        let lost = old_planned.is_sessionless && !new_planned.is_sessionless;
        let name = &new_planned.names.own.name;
        let pair = Pair {
            old,
            new,
            old_planned,
            new_planned,
            subject: new.id(),
            needs_session: lost.then(|| format!("`{name}` is not `Sessionless`")),
        };
        let whole = pair.whole();
        let names = [
            (
                old_planned.names.own.to_string(),
                new_planned.names.own.to_string(),
            ),
            (old_planned.variant_path(), new_planned.variant_path()),
        ];
        name_changed(&whole, (&old.id(), &new.id()), &names, collector);
        let routes = (
            route(old_planned.resource, old),
            route(new_planned.resource, new),
        );
        if routes.0 != routes.1 || swapped(old_planned, new_planned) {
            let message = format!(
                "was {} and is {}",
                method_and_path(old_planned),
                method_and_path(new_planned)
            );
            let moved = Changed {
                key: "path",
                old: Value::word(method_and_path(old_planned)),
                new: Value::word(method_and_path(new_planned)),
            };
            collector.add(whole.draft(&rules::OPERATION_MOVED, message).says(moved));
        }
        self.subscription(&pair, collector);
        self.handling(&pair, collector);
        self.parameters(&pair, collector);
        self.request_body(&pair, collector);
        self.replies(&pair, collector);
        self.facts(&judge::OPERATION, &whole, (old, new), collector);
        if old.examples != new.examples {
            collector.add(whole.draft(&rules::EXAMPLES_CHANGED, "has other examples"));
        }
    }

    /// Whether a client can still follow what the operation starts.
    fn subscription(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        fn states(plan: &Plan<'_>, start: &PlannedOperation<'_>) -> Option<Vec<RecordId>> {
            let found = &plan.subscriptions[start.subscription?];
            Some(found.states().collect())
        }
        let Some(before) = states(self.old_plan, pair.old_planned) else {
            return;
        };
        let after = states(self.new_plan, pair.new_planned);
        let twins = before.iter().map(|id| self.pairs.record(*id));
        let twins: Option<Vec<RecordId>> = twins.collect();
        if after.is_some() && after == twins {
            return;
        }
        let name = pair.name();
        let say = |plan: &Plan<'_>, states: &[RecordId]| {
            let paths = states.iter().map(|id| plan.structs[*id].path.to_string());
            let paths: Vec<String> = paths.collect();
            match paths.is_empty() {
                true => "none".to_owned(),
                false => format!("`{}`", paths.join("`, `")),
            }
        };
        let (message, reason) = match after {
            None => (
                "is no subscription any more".to_owned(),
                format!("`{name}` is not `Subscription`"),
            ),
            Some(after) => (
                "subscribes to another state".to_owned(),
                format!(
                    "the messages that the state of `{name}` is merged from were {} and are {}",
                    say(self.old_plan, &before),
                    say(self.new_plan, &after)
                ),
            ),
        };
        let draft = pair.whole().draft(&rules::SUBSCRIPTION_CHANGED, message);
        collector.add(draft.rust(reason));
    }

    /// Whether a client can still read what the operation gives page by page, wait for its
    /// end, and select properties.
    fn handling(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        fn handled(start: &PlannedOperation<'_>) -> [(&'static str, Option<RecordId>); 3] {
            let paged = start.paged.as_ref().map(|paged| paged.item);
            let long = start.long.as_ref().map(|long| long.completed);
            [
                ("PagedOperation", paged),
                ("LongOperation", long),
                ("Selecting", start.selected),
            ]
        }
        let sides = handled(pair.old_planned)
            .into_iter()
            .zip(handled(pair.new_planned));
        for ((of, before), (_, after)) in sides {
            let Some(before) = before else { continue };
            if after.is_some() && after == self.pairs.record(before) {
                continue;
            }
            let name = pair.name();
            let old = &self.old_plan.structs[before].path;
            let (message, reason) = match after.map(|after| &self.new_plan.structs[after].path) {
                None => (
                    format!("is no `{of}` any more"),
                    format!("`{name}` is not `{of}`"),
                ),
                Some(new) => (
                    format!("is a `{of}` of something else"),
                    format!("the type that `{of}` gives for `{name}` was `{old}` and is `{new}`"),
                ),
            };
            let draft = pair.whole().draft(&rules::HANDLING_CHANGED, message);
            collector.add(draft.rust(reason));
        }
    }

    /// What resources say by themselves.
    fn resources(&self, collector: &mut Collector<'_>) {
        for (at, old) in self.old.resources.iter().enumerate() {
            let twin = self.pairs.resource(at);
            let Some(new) = twin.and_then(|twin| self.new.resources.get(twin)) else {
                continue;
            };
            let part = Part {
                directions: Directions::REQUEST,
                since: old.since.as_ref(),
                ..Part::whole(&new.path, old.place, new.place)
            };
            self.facts(&judge::RESOURCE, &part, (old, new), collector);
        }
    }

    fn request_body(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let body = |old, new| Changed {
            key: "body",
            old,
            new,
        };
        match (&pair.old.body, &pair.new.body) {
            (None, None) => {}
            (None, Some(new)) => {
                let message = format!("the request has a body: `{}`", type_name(self.new, new));
                collector.add(
                    pair.whole()
                        .draft(&rules::REQUEST_BODY_ADDED, message)
                        .rust(pair.builder_needs(ours::BODY))
                        .since(pair.new.since.as_ref())
                        .says(body(Value::Nothing, Value::Type(new))),
                );
            }
            (Some(old), None) => collector.add(
                pair.whole()
                    .draft(&rules::REQUEST_BODY_REMOVED, "the request has no body")
                    .rust(pair.lacks_field(ours::BODY))
                    .says(body(Value::Type(old), Value::Nothing)),
            ),
            (Some(old), Some(new)) => {
                let part = pair.whole().named("the request's body".to_owned());
                let rust = (
                    self.old_plan.types.value(old),
                    self.new_plan.types.value(new),
                );
                let rust = Some((&rust.0, &rust.1));
                self.type_changed(&part, "body", (old, new), rust, collector);
            }
        }
    }
}

/// Whether a parameter of the path stands elsewhere in it.
fn swapped(old: &PlannedOperation<'_>, new: &PlannedOperation<'_>) -> bool {
    let place = |planned: &PlannedOperation<'_>, name: &str| {
        let mut segments = planned.resource.segments.iter();
        segments.position(|segment| matches!(segment, Segment::Parameter(other) if other == name))
    };
    old.operation.parameters.iter().any(|parameter| {
        let (from, to) = (place(old, &parameter.name), place(new, &parameter.name));
        from.is_some() && to.is_some() && from != to
    })
}

fn method_and_path(planned: &PlannedOperation<'_>) -> String {
    format!("{} {}", planned.operation.method, planned.resource.path)
}

fn removed<'a>(planned: &PlannedOperation<'a>, resource: Option<Place>) -> Draft<'a> {
    let operation = planned.operation;
    let reason = format!("`{}` is gone", planned.names.own);
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
