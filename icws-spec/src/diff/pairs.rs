//! Which things of the two models are the same.
//!
//! By their ids first. A thing that was renamed is known by what travels: an
//! operation by its route, a message or option by its `__type`; what is left by
//! standing at the same place of things that are the same.

use std::collections::{HashMap, HashSet};

use crate::api::{
    Api, BodyType, EnumId, Enumeration, Location, Operation, Parameter, Record, RecordId, Resource,
    Segment, Type,
};

/// An operation with its resource.
#[derive(Clone, Copy)]
pub(super) struct Endpoint<'a> {
    pub resource: &'a Resource,
    pub operation: &'a Operation,
}

/// The operations of a model.
pub(super) fn endpoints(api: &Api) -> impl Iterator<Item = Endpoint<'_>> {
    api.resources.iter().flat_map(|resource| {
        let endpoint = move |operation| Endpoint {
            resource,
            operation,
        };
        resource.operations.iter().map(endpoint)
    })
}

impl Endpoint<'_> {
    /// Method and path, whatever the path's parameters are called.
    pub fn route(&self) -> String {
        format!("{} {}", self.operation.method, address(self.resource))
    }
}

/// The path of a resource, whatever its parameters are called.
pub(super) fn address(resource: &Resource) -> String {
    let segments = resource.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => text.as_str(),
        Segment::Parameter(_) => "{}",
    });
    format!("/{}", segments.collect::<Vec<&str>>().join("/"))
}

/// The pairs, from the old model to the new one and back.
pub(super) struct Pairs {
    records: Table,
    enums: Table,
    /// Indices in the order of [`endpoints`].
    operations: Table,
}

/// A pairing of two lists by index.
struct Table {
    new_of: Vec<Option<usize>>,
    old_of: Vec<Option<usize>>,
}

impl Table {
    /// Pairs what has the same key; a key that stands twice pairs once.
    fn by_key<K: std::hash::Hash + Eq>(old: &[Option<K>], new: &[Option<K>]) -> Table {
        let mut table = Table {
            new_of: vec![None; old.len()],
            old_of: vec![None; new.len()],
        };
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
    let mut pairs = Pairs {
        records: Table::by_key(
            &keys(&old.records, record_id),
            &keys(&new.records, record_id),
        ),
        enums: Table::by_key(&keys(&old.enums, enum_id), &keys(&new.enums, enum_id)),
        operations: Table::by_key(
            &endpoint_keys(old, |e| e.operation.id()),
            &endpoint_keys(new, |e| e.operation.id()),
        ),
    };
    let urn = |record: &Record| record.urn.clone().filter(|_| !record.omitted);
    pairs
        .records
        .add_by_key(&keys(&old.records, urn), &keys(&new.records, urn));
    pairs.operations.add_by_key(
        &endpoint_keys(old, |e| e.route()),
        &endpoint_keys(new, |e| e.route()),
    );
    pairs.by_use(old, new);
    pairs
}

fn keys<T>(items: &[T], key: impl Fn(&T) -> Option<String>) -> Vec<Option<String>> {
    items.iter().map(key).collect()
}

fn endpoint_keys(api: &Api, key: impl Fn(Endpoint<'_>) -> String) -> Vec<Option<String>> {
    endpoints(api).map(|endpoint| Some(key(endpoint))).collect()
}

fn record_id(record: &Record) -> Option<String> {
    (!record.omitted).then(|| record.id())
}

fn enum_id(enumeration: &Enumeration) -> Option<String> {
    (!enumeration.omitted).then(|| enumeration.id())
}

impl Pairs {
    /// The new record of an old one.
    pub fn record(&self, old: RecordId) -> Option<RecordId> {
        self.records.to_new(old.0).map(RecordId)
    }

    /// The old record of a new one.
    pub fn old_record(&self, new: RecordId) -> Option<RecordId> {
        self.records.to_old(new.0).map(RecordId)
    }

    /// The new enumeration of an old one.
    pub fn enumeration(&self, old: EnumId) -> Option<EnumId> {
        self.enums.to_new(old.0).map(EnumId)
    }

    /// The old enumeration of a new one.
    pub fn old_enumeration(&self, new: EnumId) -> Option<EnumId> {
        self.enums.to_old(new.0).map(EnumId)
    }

    /// The index of the new operation of an old one.
    pub fn operation(&self, old: usize) -> Option<usize> {
        self.operations.to_new(old)
    }

    /// The index of the old operation of a new one.
    pub fn old_operation(&self, new: usize) -> Option<usize> {
        self.operations.to_old(new)
    }

    /// Pairs types that have no partner by standing at the same place, until
    /// there is no more to be had.
    fn by_use(&mut self, old: &Api, new: &Api) {
        let new_endpoints: Vec<Endpoint<'_>> = endpoints(new).collect();
        for (index, one) in endpoints(old).enumerate() {
            if let Some(other) = self.operation(index).and_then(|i| new_endpoints.get(i)) {
                self.by_operation(one.operation, other.operation, old, new);
            }
        }
        let mut seen = HashSet::new();
        loop {
            let paired: Vec<(usize, usize)> = (0..old.records.len())
                .filter_map(|index| Some((index, self.records.to_new(index)?)))
                .filter(|pair| seen.insert(*pair))
                .collect();
            if paired.is_empty() {
                return;
            }
            for (one, other) in paired {
                let (Some(one), Some(other)) = (old.records.get(one), new.records.get(other))
                else {
                    continue;
                };
                for property in &one.properties {
                    let twin = other.properties.iter().find(|p| p.name == property.name);
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
            (Type::Record(one), Type::Record(other)) => {
                let is_message = |api: &Api, id: &RecordId| {
                    let record = api.records.get(id.0).filter(|record| !record.omitted);
                    record.map(|record| record.message.is_some())
                };
                if is_message(old, one).is_some() && is_message(old, one) == is_message(new, other)
                {
                    self.records.join(one.0, other.0);
                }
            }
            (Type::Enum(one), Type::Enum(other)) => {
                self.enums.join(one.0, other.0);
            }
            (Type::List(one), Type::List(other)) => {
                self.by_type(&one.item, &other.item, old, new);
            }
            (Type::Map(one), Type::Map(other)) => self.by_type(one, other, old, new),
            _ => {}
        }
    }

    /// The old model with the Rust names of the new one on all that is in both:
    /// what is compared with it differs by its form, not by the new name of a
    /// type it uses.
    pub fn aligned(&self, old: &Api, new: &Api) -> Aligned {
        let mut aligned = old.clone();
        for (index, record) in aligned.records.iter_mut().enumerate() {
            if let Some(other) = self.records.to_new(index).and_then(|i| new.records.get(i)) {
                record.namespace.clone_from(&other.namespace);
                record.rust_name.clone_from(&other.rust_name);
                record.any_rust_name.clone_from(&other.any_rust_name);
            }
        }
        for (index, enumeration) in aligned.enums.iter_mut().enumerate() {
            if let Some(other) = self.enums.to_new(index).and_then(|i| new.enums.get(i)) {
                enumeration.namespace.clone_from(&other.namespace);
                enumeration.rust_name.clone_from(&other.rust_name);
            }
        }
        Aligned {
            old: old.clone(),
            renamed: aligned,
        }
    }
}

/// The old model as it is, and under the Rust names of the new one.
pub(super) struct Aligned {
    pub old: Api,
    pub renamed: Api,
}

/// Whether two parameters are one on the wire.
pub(super) fn same_parameter(one: &Parameter, other: &Parameter) -> bool {
    one.location == other.location
        && match one.location {
            Location::Header => one.name.eq_ignore_ascii_case(&other.name),
            Location::Path | Location::Query => one.name == other.name,
        }
}
