//! Which things of the two models are the same.
//!
//! By their ids first. A thing that was renamed is known by what travels: an
//! operation by its route, a message or option by its `__type`; what is left by
//! standing at the same place of things that are the same.

use std::collections::{HashMap, HashSet};

use crate::api::{
    Api, Arena, BodyType, EnumId, Location, Operation, OperationId, Parameter, RecordId, Resource,
    Type,
};
use crate::plan::Item;

/// Method and path of an operation, whatever the path's parameters are called.
pub(super) fn route(resource: &Resource, operation: &Operation) -> String {
    format!("{} {}", operation.method, resource.template())
}

/// The pairs, from the old model to the new one and back.
pub(super) struct Pairs {
    records: Table,
    enums: Table,
    operations: Table,
    resources: Table,
}

/// A pairing of two lists by index.
struct Table {
    new_of: Vec<Option<usize>>,
    old_of: Vec<Option<usize>>,
}

impl Table {
    /// A table of so many things, none of which has a partner.
    fn empty(old: usize, new: usize) -> Table {
        Table {
            new_of: vec![None; old],
            old_of: vec![None; new],
        }
    }

    /// Pairs what has the same key; a key that stands twice pairs once.
    fn by_key<K: std::hash::Hash + Eq>(old: &[Option<K>], new: &[Option<K>]) -> Table {
        let mut table = Table::empty(old.len(), new.len());
        table.add_by_key(old, new);
        table
    }

    /// Pairs more of what has no partner yet.
    fn add_by_key<K: std::hash::Hash + Eq>(&mut self, old: &[Option<K>], new: &[Option<K>]) {
        let mut by_key: HashMap<&K, usize> = HashMap::new();
        for (index, key) in new.iter().enumerate() {
            if let Some(key) = key
                && self.to_old(index).is_none()
            {
                by_key.entry(key).or_insert(index);
            }
        }
        for (index, key) in old.iter().enumerate() {
            if let Some(partner) = key.as_ref().and_then(|key| by_key.get(key)) {
                self.join(index, *partner);
            }
        }
    }

    /// Makes a pair of two that have no partner; says whether it did.
    fn join(&mut self, old: usize, new: usize) -> bool {
        match (self.new_of.get_mut(old), self.old_of.get_mut(new)) {
            (Some(to @ None), Some(from @ None)) => {
                *to = Some(new);
                *from = Some(old);
                true
            }
            _ => false,
        }
    }

    fn to_new(&self, old: usize) -> Option<usize> {
        self.new_of.get(old).copied().flatten()
    }

    fn to_old(&self, new: usize) -> Option<usize> {
        self.old_of.get(new).copied().flatten()
    }
}

/// Pairs the things of two models.
pub(super) fn pair(old: &Api, new: &Api) -> Pairs {
    let records = |api: &Api| keys(&api.records, |record| Some(record.id()));
    let enums = |api: &Api| keys(&api.enums, |enumeration| Some(enumeration.id()));
    let operations = |api: &Api, key: fn(&Resource, &Operation) -> String| {
        let operations = api.operations();
        operations.map(|(r, o)| Some(key(r, o))).collect::<Vec<_>>()
    };
    let id = |_: &Resource, operation: &Operation| operation.id();
    let mut pairs = Pairs {
        records: Table::by_key(&records(old), &records(new)),
        enums: Table::by_key(&enums(old), &enums(new)),
        operations: Table::by_key(&operations(old, id), &operations(new, id)),
        resources: Table::empty(old.resources.len(), new.resources.len()),
    };
    let urns = |api: &Api| keys(&api.records, |record| record.urn.clone());
    pairs.records.add_by_key(&urns(old), &urns(new));
    let routes = |api: &Api| operations(api, route);
    pairs.operations.add_by_key(&routes(old), &routes(new));
    pairs.resources(old, new);
    pairs.by_use(old, new);
    pairs
}

/// The paths that are wanted, each with its number among the same ones.
fn ranked(paths: &[String], wanted: impl Fn(usize) -> bool) -> Vec<Option<(&String, usize)>> {
    let mut ranks: HashMap<&String, usize> = HashMap::new();
    let paths = paths.iter().enumerate();
    let ranked = paths.map(|(at, path)| {
        wanted(at).then(|| {
            let rank = ranks.entry(path).or_default();
            *rank += 1;
            (path, *rank)
        })
    });
    ranked.collect()
}

/// All operations by their ids.
fn operations(api: &Api) -> Arena<&Operation, Operation> {
    let operations = api.operations();
    operations.map(|(_, operation)| operation).collect()
}

fn keys<T>(items: &Arena<T>, key: impl Fn(&T) -> Option<String>) -> Vec<Option<String>> {
    items.iter().map(key).collect()
}

impl Pairs {
    /// The new record of an old one.
    pub fn record(&self, old: RecordId) -> Option<RecordId> {
        self.records.to_new(old.index()).map(RecordId::nth)
    }

    /// The old record of a new one.
    pub fn old_record(&self, new: RecordId) -> Option<RecordId> {
        self.records.to_old(new.index()).map(RecordId::nth)
    }

    /// The new enumeration of an old one.
    pub fn enumeration(&self, old: EnumId) -> Option<EnumId> {
        self.enums.to_new(old.index()).map(EnumId::nth)
    }

    /// The old enumeration of a new one.
    pub fn old_enumeration(&self, new: EnumId) -> Option<EnumId> {
        self.enums.to_old(new.index()).map(EnumId::nth)
    }

    /// The new operation of an old one.
    pub fn operation(&self, old: OperationId) -> Option<OperationId> {
        self.operations.to_new(old.index()).map(OperationId::nth)
    }

    /// The old operation of a new one.
    pub fn old_operation(&self, new: OperationId) -> Option<OperationId> {
        self.operations.to_old(new.index()).map(OperationId::nth)
    }

    /// The index of the new resource of an old one.
    pub fn resource(&self, old: usize) -> Option<usize> {
        self.resources.to_new(old)
    }

    /// Pairs resources of the same path. Several files can have a part of one resource, a
    /// model and what extends it, say: such parts are known by their operations, and those
    /// that have none by their order.
    fn resources(&mut self, old: &Api, new: &Api) {
        let owners = |api: &Api| -> Arena<usize, Operation> {
            let resources = api.resources.iter().enumerate();
            let owners =
                resources.flat_map(|(at, resource)| resource.operations.iter().map(move |_| at));
            owners.collect()
        };
        let paths = |api: &Api| -> Vec<String> {
            let resources = api.resources.iter();
            resources.map(Resource::template).collect()
        };
        let (old_owners, new_owners) = (owners(old), owners(new));
        let (old_paths, new_paths) = (paths(old), paths(new));
        for (id, old_owner) in old_owners.entries() {
            let new_owner = self.operation(id).map(|twin| new_owners[twin]);
            if let Some(new_owner) = new_owner
                && old_paths.get(*old_owner) == new_paths.get(new_owner)
            {
                self.resources.join(*old_owner, new_owner);
            }
        }
        let old_rest = ranked(&old_paths, |at| self.resources.to_new(at).is_none());
        let new_rest = ranked(&new_paths, |at| self.resources.to_old(at).is_none());
        self.resources.add_by_key(&old_rest, &new_rest);
    }

    /// Pairs types that have no partner by standing at the same place, until
    /// there is no more to be had.
    fn by_use(&mut self, old: &Api, new: &Api) {
        let (ones, others) = (operations(old), operations(new));
        for (id, one) in ones.entries() {
            if let Some(twin) = self.operation(id) {
                self.by_operation(one, others[twin], old, new);
            }
        }
        let mut seen = HashSet::new();
        loop {
            let ids = old.records.ids();
            let paired: Vec<(RecordId, RecordId)> = ids
                .filter_map(|id| Some((id, self.record(id)?)))
                .filter(|pair| seen.insert(*pair))
                .collect();
            if paired.is_empty() {
                return;
            }
            for (one, other) in paired {
                for property in &old[one].properties {
                    let twin = new[other]
                        .properties
                        .iter()
                        .find(|p| p.name == property.name);
                    if let Some(twin) = twin {
                        self.by_type(&property.ty, &twin.ty, old, new);
                    }
                }
            }
        }
    }

    fn by_operation(&mut self, one: &Operation, other: &Operation, old: &Api, new: &Api) {
        for parameter in &one.parameters {
            let twin = other
                .parameters
                .iter()
                .find(|p| same_parameter(p, parameter));
            if let Some(twin) = twin {
                self.by_type(&parameter.ty, &twin.ty, old, new);
            }
        }
        if let (Some(one), Some(other)) = (&one.body, &other.body) {
            self.by_type(one, other, old, new);
        }
        for reply in &one.replies {
            let twin = other.replies.iter().find(|r| r.status == reply.status);
            let Some(twin) = twin else { continue };
            if let (Some(BodyType::Value(one)), Some(BodyType::Value(other))) =
                (&reply.body, &twin.body)
            {
                self.by_type(one, other, old, new);
            }
        }
    }

    fn by_type(&mut self, one: &Type, other: &Type, old: &Api, new: &Api) {
        match (one, other) {
            (Type::Record(one), Type::Record(other))
                if old[*one].message.is_some() == new[*other].message.is_some() =>
            {
                self.records.join(one.index(), other.index());
            }
            (Type::Enum(one), Type::Enum(other)) => {
                self.enums.join(one.index(), other.index());
            }
            (Type::List(one), Type::List(other)) => {
                self.by_type(&one.item, &other.item, old, new);
            }
            (Type::Map(one), Type::Map(other)) => self.by_type(&one.value, &other.value, old, new),
            _ => {}
        }
    }

    /// Whether two declared types are the same thing.
    pub fn same(&self, old: Item, new: Item) -> bool {
        match (old, new) {
            (Item::Enum(old), Item::Enum(new)) => self.enumeration(old) == Some(new),
            (Item::Record(old), Item::Record(new)) | (Item::Any(old), Item::Any(new)) => {
                self.record(old) == Some(new)
            }
            _ => false,
        }
    }
}

/// Whether two parameters are one on the wire.
pub(super) fn same_parameter(one: &Parameter, other: &Parameter) -> bool {
    one.location == other.location
        && match one.location {
            Location::Header => one.name.eq_ignore_ascii_case(&other.name),
            Location::Path | Location::Query => one.name == other.name,
        }
}
