//! What comes back: statuses, their bodies, headers, messages and identifiers.

use crate::api::{BodyType, ErrorIdentifier, HeaderType, Reply, ReplyHeader};
use crate::delta::{Changed, Entry, entries};
use crate::facts::{self, Value, record_id, said};
use crate::plan::{Arm, Plan, PlannedOperation};
use crate::texts::code;

use super::collect::{Collector, Draft};
use super::compare::{Comparison, Part, renamed};
use super::judge;
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
            around: [self.pair.old.since.as_ref(), self.pair.new.since.as_ref()],
            directions: Directions::REPLY,
            ..self.pair.whole().named(named(self.new))
        }
    }
}

impl Comparison<'_> {
    /// Compares the replies of an operation.
    pub fn replies(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let same = |one: &Reply, other: &Reply| one.status == other.status;
        for entry in entries(&pair.old.replies, &pair.new.replies, same) {
            match entry {
                Entry::Both(old, new) => {
                    let arm = self.new_plan.arm(pair.new_planned, new.status);
                    let both = Both {
                        pair,
                        old,
                        new,
                        variant: variant(pair, arm),
                    };
                    self.reply(&both, collector);
                }
                Entry::Removed(old) => collector.add(self.reply_removed(pair, old)),
                Entry::Added(new) => collector.add(self.reply_added(pair, new)),
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
        let replies = (both.old, both.new);
        self.facts(&judge::REPLY, &both.part(), replies, collector);
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
            said(facts::REPLY, old, &["body", "content"]).shown(self.old),
            said(facts::REPLY, new, &["body", "content"]).shown(self.new),
        );
        match (&old.body, &new.body) {
            (Some(BodyType::Value(one)), Some(BodyType::Value(other))) => {
                if !new.is_success() && self.type_rules(one, other).iter().any(is_breaking) {
                    self.failure_body(both, &names, holds, collector);
                    return;
                }
                let part = part.named(format!("the body of {}", named(new)));
                let rust = Some((&rust.0, &rust.1));
                self.type_changed(&part, "body", (one, other), rust, collector);
            }
            (one, other) if one == other => {}
            _ if !new.is_success() => self.failure_body(both, &names, holds, collector),
            (None, Some(_)) => {
                let message = format!("has a body: {}", names.1);
                let draft = part.draft(&rules::REPLY_BODY_ADDED, message).rust(holds);
                collector.add(draft.says(body_fact(old, new)));
            }
            (Some(_), None) => {
                let message = "has no body";
                let draft = part.draft(&rules::REPLY_BODY_REMOVED, message).rust(holds);
                collector.add(draft.says(body_fact(old, new)));
            }
            _ => {
                let message = format!("held {} and holds {}", names.0, names.1);
                let draft = part.draft(&rules::TYPE_CHANGED, message).rust(holds);
                collector.add(draft.says(body_fact(old, new)));
            }
        }
    }

    fn failure_body(
        &self,
        both: &Both<'_>,
        names: &(String, String),
        reason: Option<String>,
        collector: &mut Collector<'_>,
    ) {
        let message = format!("held {} and holds {}", names.0, names.1);
        let draft = both.part().draft(&rules::FAILURE_BODY_CHANGED, message);
        collector.add(draft.rust(reason).says(body_fact(both.old, both.new)));
    }

    fn headers(&self, both: &Both<'_>, collector: &mut Collector<'_>) {
        let same =
            |one: &ReplyHeader, other: &ReplyHeader| one.name.eq_ignore_ascii_case(&other.name);
        for entry in entries(&both.old.headers, &both.new.headers, same) {
            match entry {
                Entry::Both(old, new) => self.header(both, old, new, collector),
                Entry::Removed(old) => {
                    let message = format!("lacks the header {}", code(&old.name));
                    let name = header_name(self.old_plan, both.pair.old_planned, both.old, old);
                    let reason = format!("{} has no field `{name}`", both.variant);
                    let draft = both.part().draft(&rules::HEADER_REMOVED, message);
                    collector.add(draft.rust(reason));
                }
                Entry::Added(new) => {
                    let message = format!(
                        "has the header {}: {}",
                        code(&new.name),
                        said(facts::HEADER, new, &["type"]).shown(self.new)
                    );
                    let name = header_name(self.new_plan, both.pair.new_planned, both.new, new);
                    let reason = format!("{} has one more field, `{name}`", both.variant);
                    let draft = both.part().draft(&rules::HEADER_ADDED, message);
                    collector.add(draft.rust(reason));
                }
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
        let what = format!("header {} of {}", code(&new.name), named(both.new));
        let part = Part {
            around: [None; 2],
            ..both.part().named(what)
        };
        self.facts(&judge::HEADER, &part, (old, new), collector);
        let rust = (
            self.old_plan.types.header_field(&old.ty),
            self.new_plan.types.header_field(&new.ty),
        );
        let rust = (&rust.0, &rust.1);
        match (&old.ty, &new.ty) {
            (HeaderType::Value(one), HeaderType::Value(other)) => {
                self.type_changed(&part, "type", (one, other), Some(rust), collector);
            }
            (one, other) if one == other => {}
            _ => {
                let changed = Changed {
                    key: "type",
                    old: said(facts::HEADER, old, &["type"]),
                    new: said(facts::HEADER, new, &["type"]),
                };
                let message = format!(
                    "was {} and is {}",
                    changed.old.shown(self.old),
                    changed.new.shown(self.new)
                );
                let draft = part.draft(&rules::TYPE_CHANGED, message).says(changed);
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
    }

    /// The messages that follow a reply.
    fn associated(&self, both: &Both<'_>, collector: &mut Collector<'_>) {
        let part = both.part();
        let follows = |old, new| Changed {
            key: "messages",
            old,
            new,
        };
        for id in &both.old.messages {
            let twin = self.pairs.record(*id);
            if !twin.is_some_and(|twin| both.new.messages.contains(&twin)) {
                let message = format!("is not followed by `{}`", record_id(self.old, *id));
                let draft = part.draft(&rules::ASSOCIATED_MESSAGE_REMOVED, message);
                collector.add(draft.says(follows(Value::Record(*id), Value::Nothing)));
            }
        }
        for id in &both.new.messages {
            let twin = self.pairs.old_record(*id);
            if !twin.is_some_and(|twin| both.old.messages.contains(&twin)) {
                let message = format!("is followed by `{}`", record_id(self.new, *id));
                let draft = part.draft(&rules::ASSOCIATED_MESSAGE_ADDED, message);
                collector.add(draft.says(follows(Value::Nothing, Value::Record(*id))));
            }
        }
    }

    fn identifiers(&self, both: &Both<'_>, collector: &mut Collector<'_>) {
        let part = both.part();
        let same = |one: &ErrorIdentifier, other: &ErrorIdentifier| one.id == other.id;
        for entry in entries(&both.old.errors, &both.new.errors, same) {
            match entry {
                Entry::Both(old, new) => {
                    let what = format!("identifier {} of {}", code(&new.id), named(both.new));
                    let part = Part {
                        around: [None; 2],
                        ..part.named(what)
                    };
                    self.facts(&judge::ERROR, &part, (old, new), collector);
                }
                Entry::Removed(old) => {
                    let constant = both.pair.old_planned.error(old);
                    let mut left = both.pair.new_planned.errors.iter();
                    let gone = constant.filter(|name| !left.any(|(other, _)| other == *name));
                    let reason = gone.map(|name| format!("`{}::{name}` is gone", both.pair.name()));
                    let message = format!("has no identifier {}", code(&old.id));
                    let draft = part.draft(&rules::ERROR_IDENTIFIER_REMOVED, message);
                    collector.add(draft.rust(reason));
                }
                Entry::Added(new) => {
                    let message = format!("has the identifier {}", code(&new.id));
                    collector.add(part.draft(&rules::ERROR_IDENTIFIER_ADDED, message));
                }
            }
        }
    }
}

/// How a body is another one, by the first key that has it on either side.
fn body_fact<'a>(old: &'a Reply, new: &'a Reply) -> Option<Changed<'a>> {
    let facts = facts::REPLY.iter();
    let mut facts = facts.filter(|fact| ["body", "content"].contains(&fact.key));
    facts.find_map(|fact| {
        let (old, new) = ((fact.of)(old), (fact.of)(new));
        let key = fact.key;
        let is_said = old != Value::Nothing || new != Value::Nothing;
        is_said.then_some(Changed { key, old, new })
    })
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
