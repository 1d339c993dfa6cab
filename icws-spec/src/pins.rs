//! Feature pins: the model as a server of given feature versions has it.

use std::collections::BTreeMap;

use crate::api::{Api, BodyType, Record, RecordId, Since, Type};

/// The newest version of each feature that the bindings may use. Features that
/// are not named are not limited.
pub type Pins = BTreeMap<String, u32>;

impl Api {
    /// The names among the pins that are no feature of the model.
    pub fn unknown_pins<'a>(&self, pins: &'a Pins) -> Vec<&'a str> {
        pins.keys()
            .filter(|pin| !self.features.iter().any(|f| f.name == **pin))
            .map(String::as_str)
            .collect()
    }

    /// The model without what is newer than the pins.
    #[must_use]
    pub fn pinned(mut self, pins: &Pins) -> Api {
        let newer = |since: &Option<Since>| {
            since.as_ref().is_some_and(|since| {
                pins.get(&since.feature)
                    .is_some_and(|pin| since.version > *pin)
            })
        };
        for enumeration in &mut self.enums {
            enumeration.omitted |= newer(&enumeration.since);
            enumeration.values.retain(|value| !newer(&value.since));
        }
        for record in &mut self.records {
            record.omitted |= newer(&record.since);
            drop_properties(record, |since| newer(since));
        }
        for resource in &mut self.resources {
            resource
                .operations
                .retain(|operation| !newer(&operation.since));
            for operation in &mut resource.operations {
                operation
                    .parameters
                    .retain(|parameter| !newer(&parameter.since));
                operation.replies.retain(|reply| !newer(&reply.since));
            }
        }
        self.resources
            .retain(|resource| !resource.operations.is_empty());
        self.without_omitted()
    }

    /// Takes out what refers to an omitted record.
    #[must_use]
    pub(crate) fn without_omitted(mut self) -> Api {
        let gone = Gone {
            records: self.records.iter().map(|record| record.omitted).collect(),
            enums: self
                .enums
                .iter()
                .map(|enumeration| enumeration.omitted)
                .collect(),
        };
        for record in &mut self.records {
            let keep: Vec<bool> = record.properties.iter().map(|p| !gone.has(&p.ty)).collect();
            retain_properties(record, &keep);
            record.options.retain(|id| !gone.record(*id));
        }
        for operation in self
            .resources
            .iter_mut()
            .flat_map(|resource| &mut resource.operations)
        {
            operation
                .parameters
                .retain(|parameter| !gone.has(&parameter.ty));
            operation.body = operation.body.take().filter(|body| !gone.has(body));
            for reply in &mut operation.replies {
                reply.messages.retain(|id| !gone.record(*id));
                for error in &mut reply.errors {
                    error.ty = error.ty.filter(|id| !gone.record(*id));
                }
                if matches!(&reply.body, Some(BodyType::Value(ty)) if gone.has(ty)) {
                    reply.body = None;
                }
            }
        }
        self
    }
}

/// What the bindings do without.
struct Gone {
    records: Vec<bool>,
    enums: Vec<bool>,
}

impl Gone {
    fn record(&self, id: RecordId) -> bool {
        self.records.get(id.0).copied().unwrap_or(true)
    }

    fn has(&self, ty: &Type) -> bool {
        match ty {
            Type::Record(id) => self.record(*id),
            Type::Enum(id) => self.enums.get(id.0).copied().unwrap_or(true),
            Type::List(list) => self.has(&list.item),
            Type::Map(value) => self.has(value),
            _ => false,
        }
    }
}

fn drop_properties(record: &mut Record, newer: impl Fn(&Option<Since>) -> bool) {
    let keep: Vec<bool> = record.properties.iter().map(|p| !newer(&p.since)).collect();
    retain_properties(record, &keep);
}

/// Keeps some properties; the delta facts, which are indices, follow.
fn retain_properties(record: &mut Record, keep: &[bool]) {
    let moved = |index: usize| {
        let kept = keep.get(index).copied().unwrap_or_default();
        kept.then(|| keep.iter().take(index).filter(|kept| **kept).count())
    };
    if let Some(message) = &mut record.message
        && let Some(mut delta) = message.delta.take()
        && let Some(flag) = moved(delta.flag)
    {
        delta.flag = flag;
        delta.key = delta.key.and_then(moved);
        message.delta = Some(delta);
    }
    let mut kept = keep.iter();
    record
        .properties
        .retain(|_| kept.next().copied().unwrap_or_default());
}
