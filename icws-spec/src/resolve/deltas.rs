//! How messages update what is known, and what tells items apart.

use std::collections::BTreeMap;

use crate::api::{Arena, DeltaFacts, DeltaRule, Property, Record, Type};
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::rules;
use crate::spelling::suggest;
use crate::syntax::Node;

use super::scope::{Scope, entries};

/// Reads what a delta does to a property.
pub(super) fn rule(property: &Node) -> Option<DeltaRule> {
    let word = property.get("delta")?.as_str()?;
    let known = DeltaRule::WORDS.iter().find(|(known, _)| *known == word);
    known.map(|(_, rule)| *rule)
}

/// Reads what tells an object apart.
pub(super) fn identity(record: &Node) -> Vec<Vec<String>> {
    let parts = record.get("id").map(Node::as_list).unwrap_or_default();
    let parts = parts.iter().filter_map(Node::as_str);
    let parts = parts.map(|path| path.split('.').map(str::to_owned).collect());
    parts.collect()
}

/// Reads how the messages update caches; the flag is mostly one of the base.
pub(super) fn resolve(
    records: &mut Arena<Record>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for id in records.ids() {
        check_identity(records, &records[id], scope, diagnostics);
        let record = &records[id];
        let node = scope.records[id].declared.node;
        let (Some(delta), true) = (node.get("delta"), record.message.is_some()) else {
            continue;
        };
        let facts = facts(delta, record, node, scope, diagnostics);
        check_rules(records, record, scope, diagnostics);
        if let Some(message) = &mut records[id].message {
            message.delta = facts;
        }
    }
}

fn facts(
    delta: &Node,
    message: &Record,
    record: &Node,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<DeltaFacts> {
    let file = message.place.file;
    let properties = &message.properties;
    let mut property = |key: &str, what: &str, fits: fn(&Property) -> bool| -> Option<usize> {
        let node = delta.get(key)?;
        let place = Place {
            file,
            node: node.id,
        };
        let name = node.as_str().unwrap_or_default();
        let Some(index) = properties.iter().position(|p| p.name == name) else {
            // A property that is written down, but broken, has had its finding.
            let written = entries(record, "properties");
            if !written.iter().any(|e| e.key.text == name) && !scope.is_broken(name) {
                let candidates = properties.iter().map(|p| p.name.as_str());
                let message = format!("the message has no property `{name}`");
                let mut diagnostic = Diagnostic::new(&rules::UNKNOWN_REFERENCE, place, message);
                if let Some(candidate) = suggest(name, candidates) {
                    diagnostic = diagnostic.help(format!("did you mean `{candidate}`?"));
                }
                diagnostics.push(diagnostic);
            }
            return None;
        };
        let found = &properties[index];
        if fits(found) {
            return Some(index);
        }
        if !scope.is_broken(name) {
            let message = format!("`{name}` must be {what} to be the `{key}` of a delta");
            diagnostics.push(
                Diagnostic::new(&rules::DELTA_FLAG, place, message)
                    .related(found.place, "declared here"),
            );
        }
        None
    };
    let flag = property("flag", "a required boolean", |property| {
        property.ty == Type::Boolean && property.required
    });
    let key = property("key", "a string that is not null", |property| {
        property.ty == Type::String && !property.nullable
    });
    if key.is_none() && delta.get("key").is_some() {
        return None;
    }
    Some(DeltaFacts { flag: flag?, key })
}

/// Checks that the properties of a delta message say what they do, and that they
/// can do so.
fn check_rules(
    records: &Arena<Record>,
    message: &Record,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut items: BTreeMap<DeltaRule, &Property> = BTreeMap::new();
    for property in &message.properties {
        if scope.is_broken(&property.name) {
            continue;
        }
        let Some(rule) = property.delta else {
            if matches!(property.ty, Type::List(_) | Type::Map(_)) {
                let message = format!("nothing says what a delta does to `{}`", property.name);
                diagnostics.push(
                    Diagnostic::new(&rules::DELTA_UNSAID, property.place, message).help(
                        "for a part of a collection add `delta: added`, `changed` or `removed`; else `append`, `merge`, `replace` or `tell`",
                    ),
                );
            }
            continue;
        };
        if let Some(wanted) = misfit(records, &property.ty, rule) {
            let name = &property.name;
            let message = format!("`{name}` cannot be `{}`: it is not {wanted}", rule.word());
            let mut diagnostic = Diagnostic::new(&rules::DELTA_RULE, property.place, message);
            if let Some(record) = property.ty.record().filter(|_| rule.is_of_items()) {
                let help = format!("give `{}` an `id`", records[record].name);
                diagnostic = diagnostic.help(help);
            }
            diagnostics.push(diagnostic);
        }
        if rule.is_of_items()
            && let Some(first) = items.insert(rule, property)
        {
            let message = format!("a message has one collection; two are `{}`", rule.word());
            diagnostics.push(
                Diagnostic::new(&rules::DELTA_RULE, property.place, message)
                    .related(first.place, "the first")
                    .help("let the other be told only: `delta: tell`"),
            );
        }
    }
    check_collection(&items, diagnostics);
}

/// What a value must be for a rule, if it is not that.
fn misfit(records: &Arena<Record>, ty: &Type, rule: DeltaRule) -> Option<&'static str> {
    let is_item = |ty: &Type| match ty {
        Type::Record(id) => {
            let record = &records[*id];
            record.options.is_empty() && !record.identity.is_empty()
        }
        other => other.is_text(),
    };
    let (fits, wanted) = match rule {
        DeltaRule::Replace | DeltaRule::Tell => return None,
        DeltaRule::Merge => (
            match ty {
                Type::Record(id) => records[*id].options.is_empty(),
                other => matches!(other, Type::Map(_)),
            },
            "an object of one type, or a map",
        ),
        DeltaRule::Append => (matches!(ty, Type::List(_)), "a list"),
        DeltaRule::Added | DeltaRule::Changed | DeltaRule::Removed => (
            match ty {
                Type::List(list) => is_item(&list.item),
                Type::Map(_) => rule != DeltaRule::Removed,
                _ => false,
            },
            "a list of texts, or of objects of one type with an `id`",
        ),
    };
    (!fits).then_some(wanted)
}

/// Items that join in a map change in a map, and what only leaves was never there.
fn check_collection(items: &BTreeMap<DeltaRule, &Property>, diagnostics: &mut Vec<Diagnostic>) {
    let (added, changed) = (items.get(&DeltaRule::Added), items.get(&DeltaRule::Changed));
    if let (Some(added), Some(changed)) = (added, changed) {
        let is_map = |property: &Property| matches!(property.ty, Type::Map(_));
        if is_map(added) != is_map(changed) {
            diagnostics.push(
                Diagnostic::new(
                    &rules::DELTA_RULE,
                    changed.place,
                    "items that are added and changed are both in lists, or both in maps",
                )
                .related(added.place, "the added ones"),
            );
        }
    }
    if let (None, None, Some(removed)) = (added, changed, items.get(&DeltaRule::Removed)) {
        diagnostics.push(
            Diagnostic::new(
                &rules::DELTA_RULE,
                removed.place,
                "items are removed that nothing adds or changes",
            )
            .help("say which property of the message is `added` or `changed`"),
        );
    }
}

/// Checks that what tells an object apart is there.
fn check_identity(
    records: &Arena<Record>,
    record: &Record,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for path in &record.identity {
        let mut within = record;
        for (index, step) in path.iter().enumerate() {
            let found = within.properties.iter().find(|p| p.name == *step);
            let last = index + 1 == path.len();
            let next = found.and_then(|property| match property.ty {
                Type::Record(id) => Some(&records[id]),
                _ => None,
            });
            let sound = match found {
                Some(found) => {
                    let whole = !matches!(found.ty, Type::List(_) | Type::Map(_));
                    whole && (last || next.is_some())
                }
                None => scope.is_broken(step),
            };
            if !sound {
                let candidates = within.properties.iter().map(|p| p.name.as_str());
                let message = format!("`{}` has no `{step}` to tell it apart by", within.name);
                let mut diagnostic = Diagnostic::new(&rules::UNKNOWN_ID, record.place, message);
                if let Some(candidate) = suggest(step, candidates) {
                    diagnostic = diagnostic.help(format!("did you mean `{candidate}`?"));
                }
                diagnostics.push(diagnostic);
            }
            match next {
                Some(next) => within = next,
                None => break,
            }
        }
    }
}
