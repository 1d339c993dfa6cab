//! What deltas do to what is known, as data: which property goes into which, and
//! how.

use crate::api::{DeltaRule, Property, Record, Type};

use super::known::{Generic, Known};
use super::types::{Item, RustType, Types};

/// How the value of a property of a delta goes into what is known.
pub struct Merge {
    /// The position of the property in the delta.
    pub property: usize,
    /// The position of what it goes into.
    pub into: usize,
    /// Whether a change is told by the name of the property, and not by the keys of
    /// items.
    pub is_told: bool,
    /// How.
    pub how: How,
}

/// How a value goes into what is known, with the types that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// Not at all.
    Tell,
    /// The properties of an object replace theirs.
    Object,
    /// Entries of a map replace theirs.
    Entries(RustType),
    /// The same, where keys are the same in any case.
    Cases(RustType),
    /// Entries join a map that is a collection, or replace those of their keys.
    AddedEntries(RustType),
    /// Parts of the objects of a map go into theirs.
    ChangedEntries(RustType),
    /// Entries of a map with these values leave.
    RemovedEntries(RustType),
    /// Items come behind those of a list.
    Append,
    /// Items join a collection.
    Added,
    /// Parts of items, of a type that may be another, go into those of a
    /// collection.
    Changed(RustType),
    /// Items of a collection leave, by texts or by items of a type.
    Removed(RustType),
    /// Texts join a list of texts that is a set.
    AddedTexts,
    /// Texts leave a list of texts.
    RemovedTexts,
}

/// The type of the collection that a message has items of, with the position of
/// the property that stands for it.
pub(super) fn collection(record: &Record, types: &Types<'_>) -> Option<(usize, RustType)> {
    record.delta()?;
    let of = |rule: DeltaRule| {
        let mut properties = record.properties.iter();
        properties.position(|property| property.delta == Some(rule))
    };
    let position = of(DeltaRule::Added).or_else(|| of(DeltaRule::Changed))?;
    let ty = &record.properties.get(position)?.ty;
    let collection = match ty {
        Type::List(list) => types.value(&list.item).inside(Generic::Items),
        other => types.value(other),
    };
    Some((position, collection))
}

/// What the properties of an object or message do, as far as they do not replace.
pub(super) fn merges(record: &Record, types: &Types<'_>) -> Vec<Merge> {
    let collection = collection(record, types);
    let properties = record.properties.iter().enumerate();
    let merges = properties.filter_map(|(property, facts)| {
        let rule = facts.delta?;
        let of_items = collection.as_ref().filter(|_| rule.is_of_items());
        let (into, how) = match of_items {
            Some((into, collection)) => (*into, items(&facts.ty, rule, collection, types)?),
            None if record.delta().is_some() => (property, whole(facts, rule, types)?),
            None => within(property, facts, rule, record, types)?,
        };
        let merge = Merge {
            property,
            into,
            is_told: of_items.is_none(),
            how,
        };
        Some((rule, merge))
    });
    let mut merges: Vec<_> = merges.collect();
    // Items join before they change, and change before they leave.
    merges.sort_by_key(|(rule, _)| *rule);
    merges.into_iter().map(|(_, merge)| merge).collect()
}

/// Items of a message and its collection.
fn items(ty: &Type, rule: DeltaRule, collection: &RustType, types: &Types<'_>) -> Option<How> {
    let RustType::Of(generic, arguments) = collection else {
        return None;
    };
    let item = arguments.last()?.clone();
    let own = match ty {
        Type::List(list) => types.value(&list.item),
        Type::Map(map) => types.value(&map.value),
        _ => return None,
    };
    Some(match (generic, rule) {
        (Generic::Items, DeltaRule::Added) => How::Added,
        (Generic::Items, DeltaRule::Changed) => How::Changed(own),
        (Generic::Items, _) => How::Removed(own),
        (_, DeltaRule::Changed) if matches!(item, RustType::Item(Item::Record(_))) => {
            How::ChangedEntries(item)
        }
        // What has no parts comes whole.
        (_, DeltaRule::Added | DeltaRule::Changed) => How::AddedEntries(item),
        (_, _) => How::RemovedEntries(item),
    })
}

/// A property of a message that has a place of its own in the state.
fn whole(property: &Property, rule: DeltaRule, types: &Types<'_>) -> Option<How> {
    match (&property.ty, rule) {
        (_, DeltaRule::Tell) => Some(How::Tell),
        (Type::Record(_), DeltaRule::Merge) => Some(How::Object),
        _ => shared(property, rule, types),
    }
}

/// A property of an object that is merged itself.
fn within(
    index: usize,
    property: &Property,
    rule: DeltaRule,
    record: &Record,
    types: &Types<'_>,
) -> Option<(usize, How)> {
    let mut properties = record.properties.iter();
    let added = properties.position(|property| property.delta == Some(DeltaRule::Added));
    match rule {
        DeltaRule::Added => Some((index, How::AddedTexts)),
        DeltaRule::Removed => Some((added?, How::RemovedTexts)),
        rule => Some((index, shared(property, rule, types)?)),
    }
}

fn shared(property: &Property, rule: DeltaRule, types: &Types<'_>) -> Option<How> {
    match (&property.ty, rule) {
        (Type::Map(map), DeltaRule::Merge) if property.ignore_case => {
            Some(How::Cases(types.map_value(map)))
        }
        (Type::Map(map), DeltaRule::Merge) => Some(How::Entries(types.map_value(map))),
        (Type::List(_), DeltaRule::Append) => Some(How::Append),
        _ => None,
    }
}

impl How {
    /// Returns the function of the runtime that does it, with its types.
    pub fn function(&self) -> (&'static str, Vec<&RustType>) {
        match self {
            How::Tell => ("merge_nothing", vec![]),
            How::Object => ("merge_object", vec![]),
            How::Entries(value) => ("merge_entries", vec![value]),
            How::Cases(value) => ("merge_cases", vec![value]),
            How::AddedEntries(value) => ("add_entries", vec![value]),
            How::ChangedEntries(value) => ("change_entries", vec![value]),
            How::RemovedEntries(value) => ("remove_entries", vec![value]),
            How::Append => ("append", vec![]),
            How::Added | How::Changed(RustType::Known(Known::String)) => ("add_items", vec![]),
            How::Changed(own) => ("change_items", vec![own]),
            How::Removed(own) => ("remove_items", vec![own]),
            How::AddedTexts => ("add_texts", vec![]),
            How::RemovedTexts => ("remove_texts", vec![]),
        }
    }
}
