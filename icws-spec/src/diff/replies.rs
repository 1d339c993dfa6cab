//! What comes back: statuses, their bodies, headers, messages and identifiers.

use crate::api::{Api, BodyType, HeaderType, RecordId, Reply, ReplyHeader};
use crate::export::{body_name, header_type, record_id};
use crate::plan::{Arm, Plan, PlannedOperation};

use super::collect::{Collector, Draft};
use super::compare::{Comparison, Facts, Part, facts_changed, renamed};
use super::operations::Pair;
use super::rules::{self, Rule};
use super::uses::Directions;

/// A reply that both operations have.
struct Both<'a> {
    pair: &'a Pair<'a>,
    old: &'a Reply,
    new: &'a Reply,
    /// Its variant, "`SubscribeOutcome::Ok`".
    variant: String,
}

impl Both<'_> {
    fn part(&self) -> Part<'_> {
        Part {
            old: self.old.place,
            new: self.new.place,
            since: self.old.since.as_ref(),
            directions: Directions::REPLY,
            ..self.pair.whole().named(named(self.new))
        }
    }
}

impl Comparison<'_> {
    /// Compares the replies of an operation.
    pub fn replies(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        for old in &pair.old.replies {
            match pair.new.replies.iter().find(|r| r.status == old.status) {
                Some(new) => {
                    let arm = self.new_plan.arm(pair.new_planned, new.status);
                    let variant = variant(pair, arm);
                    let both = Both {
                        pair,
                        old,
                        new,
                        variant,
                    };
                    self.reply(&both, collector);
                }
                None => collector.add(self.reply_removed(pair, old)),
            }
        }
        for new in &pair.new.replies {
            if !pair.old.replies.iter().any(|r| r.status == new.status) {
                collector.add(self.reply_added(pair, new));
            }
        }
    }

    fn reply_removed<'d>(&self, pair: &'d Pair<'_>, old: &'d Reply) -> Draft<'d> {
        let rule: &'static Rule = if old.is_success() {
            &rules::SUCCESS_REPLY_REMOVED
        } else {
            &rules::FAILURE_REPLY_REMOVED
        };
        let part = Part {
            old: old.place,
            since: old.since.as_ref(),
            directions: Directions::REPLY,
            ..pair.whole().named(named(old))
        };
        let arm = self.old_plan.arm(pair.old_planned, old.status);
        part.draft(rule, "is gone")
            .rust(format!("{} is gone", variant(pair, arm)))
    }

    fn reply_added<'d>(&self, pair: &'d Pair<'_>, new: &'d Reply) -> Draft<'d> {
        let rule: &'static Rule = if new.is_success() {
            &rules::SUCCESS_REPLY_ADDED
        } else {
            &rules::FAILURE_REPLY_ADDED
        };
        let before = self.old_plan.gives_value(pair.old_planned);
        let after = self.new_plan.gives_value(pair.new_planned);
        let reason = (before != after).then(|| {
            if after {
                "`into_result` gives the value and not the response".to_owned()
            } else {
                "`into_result` gives the response and not the value".to_owned()
            }
        });
        let part = Part {
            new: new.place,
            since: new.since.as_ref(),
            directions: Directions::REPLY,
            ..pair.whole().named(named(new))
        };
        part.draft(rule, "is new").rust(reason)
    }

    fn reply(&self, both: &Both<'_>, collector: &mut Collector<'_>) {
        self.body(both, collector);
        self.headers(both, collector);
        self.associated(both, collector);
        self.identifiers(both, collector);
        let (old, new) = (both.old, both.new);
        let part = both.part();
        facts_changed(
            &part,
            Facts::new(&old.doc, old.source.as_deref()).since(&old.since, &both.pair.old.since),
            Facts::new(&new.doc, new.source.as_deref()).since(&new.since, &both.pair.new.since),
            collector,
        );
    }

    fn body(&self, both: &Both<'_>, collector: &mut Collector<'_>) {
        let (old, new) = (both.old, both.new);
        let rust = (
            self.old_plan.types.content(old),
            self.new_plan.types.content(new),
        );
        let part = both.part();
        let reason = self.type_reason(&rust.0, &rust.1);
        let holds = reason.map(|reason| format!("{} {reason}", both.variant));
        let names = (
            old.body.as_ref().map(|body| body_name(self.old, body)),
            new.body.as_ref().map(|body| body_name(self.new, body)),
        );
        match (&old.body, &new.body) {
            (Some(BodyType::Value(one)), Some(BodyType::Value(other))) => {
                if !new.is_success() && self.type_rules(one, other).iter().any(is_breaking) {
                    self.failure_body(both, &names, holds, collector);
                    return;
                }
                let part = part.named(format!("the body of {}", named(new)));
                let rust = Some((&rust.0, &rust.1));
                self.type_changed(&part, (one, other), rust, collector);
            }
            (one, other) if one == other => {}
            _ if !new.is_success() => self.failure_body(both, &names, holds, collector),
            (None, Some(_)) => {
                let message = format!("has a body: `{}`", names.1.unwrap_or_default());
                collector.add(part.draft(&rules::REPLY_BODY_ADDED, message).rust(holds));
            }
            (Some(_), None) => {
                let message = "has no body";
                collector.add(part.draft(&rules::REPLY_BODY_REMOVED, message).rust(holds));
            }
            _ => {
                let message = format!(
                    "held `{}` and holds `{}`",
                    names.0.unwrap_or_default(),
                    names.1.unwrap_or_default()
                );
                collector.add(part.draft(&rules::TYPE_CHANGED, message).rust(holds));
            }
        }
    }

    fn failure_body(
        &self,
        both: &Both<'_>,
        names: &(Option<String>, Option<String>),
        reason: Option<String>,
        collector: &mut Collector<'_>,
    ) {
        let say = |name: &Option<String>| match name {
            Some(name) => format!("`{name}`"),
            None => "nothing".to_owned(),
        };
        let message = format!("held {} and holds {}", say(&names.0), say(&names.1));
        let draft = both.part().draft(&rules::FAILURE_BODY_CHANGED, message);
        collector.add(draft.rust(reason));
    }

    fn headers(&self, both: &Both<'_>, collector: &mut Collector<'_>) {
        let find = |headers: &'_ [ReplyHeader], name: &str| {
            let mut headers = headers.iter();
            headers.position(|header| header.name.eq_ignore_ascii_case(name))
        };
        for old in &both.old.headers {
            let twin = find(&both.new.headers, &old.name);
            match twin.and_then(|index| both.new.headers.get(index)) {
                Some(new) => self.header(both, old, new, collector),
                None => {
                    let message = format!("lacks the header `{}`", old.name);
                    let name = header_name(self.old_plan, both.pair.old_planned, both.old, old);
                    let reason = format!("{} has no field `{name}`", both.variant);
                    let draft = both.part().draft(&rules::HEADER_REMOVED, message);
                    collector.add(draft.rust(reason));
                }
            }
        }
        for new in &both.new.headers {
            if find(&both.old.headers, &new.name).is_none() {
                let message = format!(
                    "has the header `{}`: `{}`",
                    new.name,
                    header_type(self.new, &new.ty)
                );
                let name = header_name(self.new_plan, both.pair.new_planned, both.new, new);
                let reason = format!("{} has one more field, `{name}`", both.variant);
                let draft = both.part().draft(&rules::HEADER_ADDED, message);
                collector.add(draft.rust(reason));
            }
        }
    }

    fn header(
        &self,
        both: &Both<'_>,
        old: &ReplyHeader,
        new: &ReplyHeader,
        collector: &mut Collector<'_>,
    ) {
        let what = format!("header `{}` of {}", new.name, named(both.new));
        let part = both.part().named(what);
        if old.required != new.required {
            let (rule, message): (&'static Rule, _) = if new.required {
                (&rules::HEADER_BECAME_REQUIRED, "became required")
            } else {
                (&rules::HEADER_BECAME_OPTIONAL, "became optional")
            };
            collector.add(part.draft(rule, message));
        }
        let rust = (
            self.old_plan.types.header_field(&old.ty),
            self.new_plan.types.header_field(&new.ty),
        );
        let rust = (&rust.0, &rust.1);
        match (&old.ty, &new.ty) {
            (HeaderType::Value(one), HeaderType::Value(other)) => {
                self.type_changed(&part, (one, other), Some(rust), collector);
            }
            (one, other) if one == other => {}
            (one, other) => {
                let message = format!(
                    "was `{}` and is `{}`",
                    header_type(self.old, one),
                    header_type(self.new, other)
                );
                let draft = part.draft(&rules::TYPE_CHANGED, message);
                collector.add(draft.rust(self.type_reason(rust.0, rust.1)));
            }
        }
        let variant = both.variant.trim_matches('`');
        let before = header_name(self.old_plan, both.pair.old_planned, both.old, old);
        let after = header_name(self.new_plan, both.pair.new_planned, both.new, new);
        let names = (format!("{variant}.{before}"), format!("{variant}.{after}"));
        if let Some(reason) = renamed(&[names]) {
            let message = "has another name in Rust";
            collector.add(part.draft(&rules::RUST_NAME_CHANGED, message).rust(reason));
        }
        let (old, new) = (Facts::new(&old.doc, None), Facts::new(&new.doc, None));
        facts_changed(&part, old, new, collector);
    }

    /// The messages that follow a reply.
    fn associated(&self, both: &Both<'_>, collector: &mut Collector<'_>) {
        let part = both.part();
        for id in &both.old.messages {
            let twin = self.pairs.record(*id);
            if !twin.is_some_and(|twin| both.new.messages.contains(&twin)) {
                let message = format!("is not followed by `{}`", record_id(self.old, *id));
                let draft = part.draft(&rules::ASSOCIATED_MESSAGE_REMOVED, message);
                collector.add(draft);
            }
        }
        for id in &both.new.messages {
            let twin = self.pairs.old_record(*id);
            if !twin.is_some_and(|twin| both.old.messages.contains(&twin)) {
                let message = format!("is followed by `{}`", record_id(self.new, *id));
                collector.add(part.draft(&rules::ASSOCIATED_MESSAGE_ADDED, message));
            }
        }
    }

    fn identifiers(&self, both: &Both<'_>, collector: &mut Collector<'_>) {
        let part = both.part();
        for old in &both.old.errors {
            let Some(new) = both.new.errors.iter().find(|e| e.id == old.id) else {
                let constant = both.pair.old_planned.error(old);
                let mut left = both.pair.new_planned.errors.iter();
                let gone = constant.filter(|name| !left.any(|(other, _)| other == *name));
                let reason = gone.map(|name| format!("`{}::{name}` is gone", both.pair.name()));
                let message = format!("has no identifier `{}`", old.id);
                let draft = part.draft(&rules::ERROR_IDENTIFIER_REMOVED, message);
                collector.add(draft.rust(reason));
                continue;
            };
            let same = match (old.ty, new.ty) {
                (None, None) => true,
                (Some(one), Some(other)) => self.pairs.record(one) == Some(other),
                _ => false,
            };
            if !same {
                let say = |id: Option<RecordId>, api: &Api| {
                    id.map_or("nothing".to_owned(), |id| format!("`{}`", api[id].id()))
                };
                let message = format!(
                    "has `{}` with {} instead of {}",
                    old.id,
                    say(new.ty, self.new),
                    say(old.ty, self.old)
                );
                let draft = part.draft(&rules::ERROR_TYPE_CHANGED, message);
                collector.add(draft);
            }
            let part = part.named(format!("identifier `{}` of {}", new.id, named(both.new)));
            let (old, new) = (Facts::new(&old.doc, None), Facts::new(&new.doc, None));
            facts_changed(&part, old, new, collector);
        }
        for new in &both.new.errors {
            if !both.old.errors.iter().any(|e| e.id == new.id) {
                let message = format!("has the identifier `{}`", new.id);
                collector.add(part.draft(&rules::ERROR_IDENTIFIER_ADDED, message));
            }
        }
    }
}

fn named(reply: &Reply) -> String {
    format!("reply {}", reply.status)
}

fn is_breaking(rule: &&'static Rule) -> bool {
    rule.rust != rules::RustVerdict::Fine
}

/// The variant of a reply in the response by its new name,
/// "`SubscribeOutcome::Ok`".
fn variant(pair: &Pair<'_>, arm: Option<&Arm>) -> String {
    let variant = arm.map_or("", |arm| arm.variant.as_str());
    format!("`{}::{variant}`", pair.new_planned.names.response)
}

/// The field of a header in the variant of its reply.
fn header_name<'p>(
    plan: &'p Plan<'_>,
    side: &PlannedOperation<'_>,
    reply: &Reply,
    header: &ReplyHeader,
) -> &'p str {
    let arm = plan.arm(side, reply.status);
    let found = arm.and_then(|arm| arm.header(&header.name));
    found.map_or("", |header| header.name.as_str())
}
