//! A part of a model: without some things, and without what cannot be said
//! without them.

use crate::api::{
    Api, Arena, BodyType, DeltaFacts, EnumId, Enumeration, HeaderType, Location, Operation,
    Property, Record, RecordId, Reply, Resource, Since, Type,
};
use crate::place::Place;
use crate::resolve;

/// The model without the things that are `gone`, by their version or place, and
/// without what cannot be said without them.
pub(super) fn without(api: &Api, gone: impl Fn(Option<&Since>, Place) -> bool) -> Api {
    let left = Left {
        records: numbered(&api.records, |r| !gone(r.since.as_ref(), r.place)),
        enums: numbered(&api.enums, |e| !gone(e.since.as_ref(), e.place)),
        gone: &gone,
    };
    let records = api.records.entries();
    let enums = api.enums.entries();
    let mut part = Api {
        features: api.features.clone(),
        namespaces: api.namespaces.clone(),
        enums: enums
            .filter(|(id, _)| left.enumeration_id(*id).is_some())
            .map(|(_, enumeration)| left.enumeration(enumeration))
            .collect(),
        records: records
            .filter(|(id, _)| left.record_id(*id).is_some())
            .map(|(_, record)| left.record(record))
            .collect(),
        resources: api
            .resources
            .iter()
            .filter_map(|resource| left.resource(resource))
            .collect(),
    };
    resolve::settle(&mut part.records);
    part
}

/// The new positions of what is left.
fn numbered<T>(items: &Arena<T>, left: impl Fn(&T) -> bool) -> Vec<Option<usize>> {
    let mut next = 0..;
    let items = items.iter();
    items
        .map(|item| left(item).then(|| next.next()).flatten())
        .collect()
}

/// What is left, by its new ids.
struct Left<'a, G> {
    records: Vec<Option<usize>>,
    enums: Vec<Option<usize>>,
    gone: &'a G,
}

impl<G: Fn(Option<&Since>, Place) -> bool> Left<'_, G> {
    fn record_id(&self, id: RecordId) -> Option<RecordId> {
        let index = self.records.get(id.index()).copied().flatten();
        index.map(RecordId::nth)
    }

    fn enumeration_id(&self, id: EnumId) -> Option<EnumId> {
        let index = self.enums.get(id.index()).copied().flatten();
        index.map(EnumId::nth)
    }

    /// A type of what is left; `None` when it names what is not.
    fn ty(&self, ty: &Type) -> Option<Type> {
        let mut ty = ty.clone();
        let mut inner = &mut ty;
        loop {
            match inner {
                Type::Record(id) => *id = self.record_id(*id)?,
                Type::Enum(id) => *id = self.enumeration_id(*id)?,
                Type::List(list) => {
                    inner = &mut list.item;
                    continue;
                }
                Type::Map(map) => {
                    inner = &mut map.value;
                    continue;
                }
                _ => {}
            }
            return Some(ty);
        }
    }

    fn enumeration(&self, whole: &Enumeration) -> Enumeration {
        let mut enumeration = whole.clone();
        let values = &mut enumeration.values;
        values.retain(|value| !(self.gone)(value.since.as_ref(), value.place));
        enumeration
    }

    fn record(&self, whole: &Record) -> Record {
        let mut record = whole.clone();
        let mut moved = Vec::new();
        record.properties.clear();
        for property in &whole.properties {
            let kept = self.property(property);
            moved.push(kept.is_some().then_some(record.properties.len()));
            record.properties.extend(kept);
        }
        let moved = |index: usize| moved.get(index).copied().flatten();
        if let Some(message) = &mut record.message {
            message.standing = message.standing.take().and_then(|mut standing| {
                standing.property = moved(standing.property)?;
                Some(standing)
            });
            // Without its flag it stands for itself.
            message.delta = message.delta.take().and_then(|delta| {
                Some(DeltaFacts {
                    flag: moved(delta.flag)?,
                    key: delta.key.and_then(moved),
                })
            });
        }
        record.base = record.base.and_then(|id| self.record_id(id));
        let options = whole.options.iter();
        record.options = options.filter_map(|id| self.record_id(*id)).collect();
        record
    }

    fn property(&self, property: &Property) -> Option<Property> {
        if (self.gone)(property.since.as_ref(), property.place) {
            return None;
        }
        Some(Property {
            ty: self.ty(&property.ty)?,
            ..property.clone()
        })
    }

    fn resource(&self, whole: &Resource) -> Option<Resource> {
        let mut resource = whole.clone();
        let operations = whole.operations.iter();
        resource.operations = operations.filter_map(|o| self.operation(o)).collect();
        (!resource.operations.is_empty()).then_some(resource)
    }

    /// An operation goes with its path, or with its body.
    fn operation(&self, whole: &Operation) -> Option<Operation> {
        if (self.gone)(whole.since.as_ref(), whole.place) {
            return None;
        }
        let mut operation = whole.clone();
        operation.parameters.clear();
        for parameter in &whole.parameters {
            let newer = (self.gone)(parameter.since.as_ref(), parameter.place);
            match self.ty(&parameter.ty).filter(|_| !newer) {
                Some(ty) => {
                    let mut parameter = parameter.clone();
                    parameter.ty = ty;
                    operation.parameters.push(parameter);
                }
                None if parameter.location == Location::Path => return None,
                None => {}
            }
        }
        operation.body = match &whole.body {
            Some(body) => Some(self.ty(body)?),
            None => None,
        };
        let replies = whole.replies.iter();
        operation.replies = replies.filter_map(|reply| self.reply(reply)).collect();
        // What is gone of an object is kept as an unknown property; an example of a
        // parameter, a status, a body or a header that is gone could not be.
        let carries = |reply: &Reply| (reply.status, reply.body.is_some(), reply.headers.len());
        operation.examples.retain(|example| {
            let mut given = example.parameters.iter();
            let mut replies = whole.replies.iter();
            let shown = replies.find(|reply| reply.status.is(example.status));
            let mut replies = operation.replies.iter().map(carries);
            given.all(|(name, _)| operation.parameters.iter().any(|p| p.name == *name))
                && shown.is_some_and(|shown| replies.any(|reply| reply == carries(shown)))
        });
        Some(operation)
    }

    fn reply(&self, whole: &Reply) -> Option<Reply> {
        if (self.gone)(whole.since.as_ref(), whole.place) {
            return None;
        }
        let mut reply = whole.clone();
        reply.body = whole.body.as_ref().and_then(|body| match body {
            BodyType::Value(ty) => self.ty(ty).map(BodyType::Value),
            other => Some(other.clone()),
        });
        reply.headers.retain_mut(|header| match &header.ty {
            HeaderType::Value(ty) => {
                let ty = self.ty(ty);
                let kept = ty.is_some();
                header.ty = ty.map_or(HeaderType::Challenge, HeaderType::Value);
                kept
            }
            HeaderType::Challenge => true,
        });
        let messages = whole.messages.iter();
        reply.messages = messages.filter_map(|id| self.record_id(*id)).collect();
        for error in &mut reply.errors {
            error.ty = error.ty.and_then(|id| self.record_id(id));
        }
        Some(reply)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Model, ModelSource, Selection};

    const MODEL: &str = r#"
icws: 1
namespace: desk
features: { desks: {} }
enums: { wood: { since: desks 2, values: { Oak: 0 } } }
objects: { drawer: { since: desks 2, properties: {} } }
resources:
  /icws/desks:
    GET:
      name: desks
      replies: { 200: { body: drawer }, 201: { headers: { Wood: { type: wood } } }, 202: {} }
      examples:
        body: { request: GET /icws/desks, reply: { status: 200, body: {} } }
        header: { request: GET /icws/desks, reply: { status: 201, headers: { Wood: 0 } } }
        other: { request: GET /icws/desks, reply: { status: 202 } }
"#;

    #[test]
    fn examples_of_what_is_gone_of_a_reply_are_gone() {
        let model = Model::load(ModelSource::Inline(MODEL)).unwrap();
        assert!(model.findings().is_empty(), "{}", model.findings()[0]);
        let mut selection = Selection::default();
        selection.pins.insert("desks".to_owned(), 1);
        let part = selection.of(model.api());
        let examples = part.resources[0].operations[0].examples.iter();
        assert!(examples.map(|example| &example.name).eq(["other"]));
    }
}
