//! Whether what a delta is said to do to its values can be done.

use std::collections::{BTreeMap, HashSet};

use crate::api::{Arena, DeltaRule, Map, Property, Record, RecordId, Type};
use crate::diagnostic::Diagnostic;
use crate::rules;

use super::scope::Scope;

/// The properties with items of a collection, by what the items do.
type Items<'a> = BTreeMap<DeltaRule, &'a Property>;

/// Checks that the properties of a delta message say what they do, and that they
/// can do so.
pub(super) fn message(
    records: &Arena<Record>,
    message: &Record,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut items = Items::new();
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
            let mut diagnostic = cannot(property, rule, &format!("it is not {wanted}"));
            if let (true, Type::List(_), Some(record)) =
                (rule.is_of_items(), &property.ty, property.ty.record())
                && records[record].identity.is_empty()
            {
                let help = format!("give `{}` an `id`", records[record].name);
                diagnostic = diagnostic.help(help);
            }
            diagnostics.push(diagnostic);
        } else if rule.is_of_items() && is_map_of_cases(property) {
            let why = "the entries of a collection are told apart by the case of their keys, too";
            diagnostics.push(
                cannot(property, rule, why)
                    .help("leave `ignore_case` out, or let the map be merged: `delta: merge`"),
            );
        } else if rule.is_of_items() {
            insert(&mut items, property, rule, diagnostics);
        }
    }
    check_leaving(&items, diagnostics);
    if check_mixture(records, &items, diagnostics) {
        check_loss(records, &items, diagnostics);
    }
}

/// Takes the rules from collections that cannot be kept, be it that they had a
/// finding, or that a part of the model lacks what told the items apart: the rest of
/// the bindings stands.
pub(super) fn settle(records: &mut Arena<Record>) {
    for id in records.ids() {
        if !records[id].has_collection() || can_collect(records, &records[id]) {
            continue;
        }
        for property in &mut records[id].properties {
            property.delta = property.delta.filter(|rule| !rule.is_of_items());
        }
    }
}

fn can_collect(records: &Arena<Record>, message: &Record) -> bool {
    let mut found = Vec::new();
    let mut items = Items::new();
    for property in &message.properties {
        let Some(rule) = property.delta.filter(|rule| rule.is_of_items()) else {
            continue;
        };
        if misfit(records, &property.ty, rule).is_some() || is_map_of_cases(property) {
            return false;
        }
        insert(&mut items, property, rule, &mut found);
    }
    check_leaving(&items, &mut found);
    check_mixture(records, &items, &mut found);
    found.is_empty()
}

/// Checks what objects, and messages without a state, say of deltas.
pub(super) fn others(
    records: &Arena<Record>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let bases = bases_of_deltas(records, scope);
    for id in records.ids() {
        let record = &records[id];
        let is_delta = scope.records[id].declared.node.get("delta").is_some();
        if is_delta || bases.contains(&id) {
            continue;
        }
        let inherited = record.base.map_or(0, |base| records[base].properties.len());
        let mut items = Items::new();
        for (index, property) in record.properties.iter().enumerate() {
            let Some(rule) = property.delta.filter(|_| !scope.is_broken(&property.name)) else {
                continue;
            };
            let why = match record.message {
                Some(_) => Some("the message has no `delta`"),
                None => useless(&property.ty, rule),
            };
            // What is wrong with a property is said where it is declared.
            match why {
                Some(why) if index >= inherited => diagnostics.push(cannot(property, rule, why)),
                Some(_) => {}
                None if rule.is_of_items() => insert(&mut items, property, rule, diagnostics),
                None => {}
            }
        }
        check_leaving(&items, diagnostics);
    }
}

/// What delta messages derive from: their properties are those of the messages.
fn bases_of_deltas(records: &Arena<Record>, scope: &Scope<'_>) -> HashSet<RecordId> {
    let mut found = HashSet::new();
    for id in records.ids() {
        let is_delta = scope.records[id].declared.node.get("delta").is_some();
        let mut next = records[id].base.filter(|_| is_delta);
        while let Some(base) = next.filter(|base| found.insert(*base)) {
            next = records[base].base;
        }
    }
    found
}

fn insert<'a>(
    items: &mut Items<'a>,
    property: &'a Property,
    rule: DeltaRule,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some(first) = items.insert(rule, property) {
        let message = format!("there is one collection; two are `{}`", rule.word());
        diagnostics.push(
            Diagnostic::new(&rules::DELTA_RULE, property.place, message)
                .related(first.place, "the first")
                .help("let the other be told only, in a message: `delta: tell`"),
        );
    }
}

fn cannot(property: &Property, rule: DeltaRule, why: &str) -> Diagnostic {
    let message = format!("`{}` cannot be `{}`: {why}", property.name, rule.word());
    Diagnostic::new(&rules::DELTA_RULE, property.place, message)
}

/// What a value must be for a rule, if it is not that.
fn misfit(records: &Arena<Record>, ty: &Type, rule: DeltaRule) -> Option<&'static str> {
    let is_item = |ty: &Type| match ty {
        Type::Record(id) => {
            let record = &records[*id];
            record.options.is_empty() && !record.identity.is_empty()
        }
        other => is_plain_text(other),
    };
    let (fits, wanted) = match rule {
        DeltaRule::Changed if matches!(ty, Type::Map(_)) => (
            match ty {
                // Of an object parts may come; another value is replaced.
                Type::Map(map) => match *map.value {
                    Type::Record(id) => records[id].options.is_empty() && !map.nullable_values,
                    _ => true,
                },
                _ => false,
            },
            "a map of objects of one type that are never null, or of values without parts",
        ),
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
                Type::List(list) => is_item(&list.item) && !list.nullable_items,
                Type::Map(_) => rule != DeltaRule::Removed,
                _ => false,
            },
            "a list of texts, or of objects of one type with an `id`, none of them null",
        ),
    };
    (!fits).then_some(wanted)
}

/// Whether the keys of a map are the same in any case.
fn is_map_of_cases(property: &Property) -> bool {
    property.ignore_case && matches!(property.ty, Type::Map(_))
}

/// Why a rule has no effect within an object, if it has none.
fn useless(ty: &Type, rule: DeltaRule) -> Option<&'static str> {
    let is_texts = matches!(ty, Type::List(list) if is_plain_text(&list.item));
    match rule {
        DeltaRule::Replace => None,
        DeltaRule::Merge => {
            (!matches!(ty, Type::Map(_))).then_some("within an object, maps alone are merged")
        }
        DeltaRule::Append => (!matches!(ty, Type::List(_))).then_some("it is not a list"),
        DeltaRule::Added | DeltaRule::Removed => {
            (!is_texts).then_some("within an object, lists of texts alone are sets")
        }
        DeltaRule::Changed | DeltaRule::Tell => Some("this is for properties of messages alone"),
    }
}

fn is_plain_text(ty: &Type) -> bool {
    ty.is_text() && *ty != Type::Secret
}

/// What only leaves was never there.
fn check_leaving(items: &Items<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let of = |rule: DeltaRule| items.get(&rule);
    if let (None, None, Some(removed)) = (
        of(DeltaRule::Added),
        of(DeltaRule::Changed),
        of(DeltaRule::Removed),
    ) {
        let message = "items are removed that nothing adds or changes";
        diagnostics.push(
            Diagnostic::new(&rules::DELTA_RULE, removed.place, message)
                .help("say which other property is `added` or `changed`"),
        );
    }
}

/// What a collection has, by one of the properties that bring it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind<'a> {
    Object(RecordId),
    Text,
    Entry(&'a Map),
}

impl Kind<'_> {
    fn of(property: &Property) -> Option<Kind<'_>> {
        match &property.ty {
            Type::List(list) => Some(list.item.record().map_or(Kind::Text, Kind::Object)),
            Type::Map(map) => Some(Kind::Entry(map)),
            _ => None,
        }
    }

    /// What tells items apart: of texts and entries, one text does.
    fn identity(self, records: &Arena<Record>) -> Option<&[Vec<String>]> {
        match self {
            Kind::Object(id) => Some(&records[id].identity),
            Kind::Text | Kind::Entry(_) => None,
        }
    }
}

/// Checks that what comes to a collection under several names belongs together.
/// Returns false when what is changed is of another kind.
fn check_mixture(
    records: &Arena<Record>,
    items: &Items<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let of = |rule: DeltaRule| {
        let property = items.get(&rule).copied()?;
        Some((property, Kind::of(property)?))
    };
    let (added, changed) = (of(DeltaRule::Added), of(DeltaRule::Changed));
    let Some((first, kept)) = added.or(changed) else {
        return true;
    };
    let mut finding = |property: &Property, message: String| {
        diagnostics.push(
            Diagnostic::new(&rules::DELTA_RULE, property.place, message)
                .related(first.place, "what it changes"),
        );
    };
    if let (Some(_), Some((property, part))) = (added, changed) {
        let objects = matches!((kept, part), (Kind::Object(_), Kind::Object(_)));
        if !objects && kept != part {
            let message = "what is changed is not of the kind that is added";
            finding(property, message.to_owned());
            return false;
        }
    }
    let others = [changed, of(DeltaRule::Removed)];
    for (property, other) in others.into_iter().flatten() {
        let fits = match (kept.identity(records), other.identity(records)) {
            (Some(one), Some(other)) => one == other,
            (Some(one), None) => one.len() == 1,
            (None, other) => other.is_none(),
        };
        if !fits {
            let message = format!("`{}` tells items apart in another way", property.name);
            finding(property, message);
        }
    }
    true
}

/// Checks that objects that stand for changes have nothing that would be lost.
fn check_loss(records: &Arena<Record>, items: &Items<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let of = |rule: DeltaRule| items.get(&rule).copied();
    let (Some(added), Some(changed)) = (of(DeltaRule::Added), of(DeltaRule::Changed)) else {
        return;
    };
    if let (Some(Kind::Object(kept)), Some(Kind::Object(part))) =
        (Kind::of(added), Kind::of(changed))
    {
        for lost in lost(&records[kept], &records[part]) {
            diagnostics.push(
                Diagnostic::new(&rules::DELTA_RULE, changed.place, lost)
                    .related(added.place, "what it changes"),
            );
        }
    }
}

/// What objects that stand for changes have, and those that they change have not.
fn lost(kept: &Record, part: &Record) -> Vec<String> {
    let lost = part.properties.iter().filter_map(|property| {
        let name = &property.name;
        let known = kept.properties.iter().find(|known| known.name == *name);
        let why = match known {
            None => "has none",
            Some(known) if known.ty != property.ty => "has one of another type",
            Some(_) => return None,
        };
        Some(format!(
            "`{name}` of `{}` would be lost: `{}` {why}",
            part.name, kept.name
        ))
    });
    lost.collect()
}
