//! The part of a model that some namespaces need: their operations and messages,
//! and all that these cannot do without.

use std::collections::HashSet;

use crate::api::{Api, BodyType, EnumId, HeaderType, Operation, RecordId, Reply, Type};
use crate::place::Place;

use super::part::without;

/// Returns the model with the operations and messages of the namespaces for
/// which `wanted` is true, with all that they need, and with nothing else.
pub(super) fn only(api: &Api, wanted: impl Fn(&str) -> bool) -> Api {
    let mut needs = Needs::new(api);
    let is_wanted = |operation: &Operation| wanted(&operation.namespace);
    for (_, operation) in api.operations().filter(|(_, o)| is_wanted(o)) {
        needs.operation(operation);
    }
    // What has no `__type` does not arrive.
    let messages = api.messages();
    let messages = messages.filter(|(_, m)| m.urn.is_some() && wanted(&m.namespace));
    messages.for_each(|(id, _)| needs.record(id));
    needs.close();

    let records = api.records.entries();
    let records = records.filter(|(id, _)| !needs.records.contains(id));
    let enums = api.enums.entries();
    let enums = enums.filter(|(id, _)| !needs.enums.contains(id));
    let operations = api.operations();
    let operations = operations.filter(|(_, operation)| !is_wanted(operation));
    let gone: HashSet<Place> = records
        .map(|(_, record)| record.place)
        .chain(enums.map(|(_, enumeration)| enumeration.place))
        .chain(operations.map(|(_, operation)| operation.place))
        .collect();
    without(api, |_, place| gone.contains(&place))
}

/// What is needed, as far as it is known.
struct Needs<'a> {
    api: &'a Api,
    records: HashSet<RecordId>,
    enums: HashSet<EnumId>,
    /// The records whose own needs are not known yet.
    open: Vec<RecordId>,
}

impl<'a> Needs<'a> {
    fn new(api: &'a Api) -> Self {
        Needs {
            api,
            records: HashSet::new(),
            enums: HashSet::new(),
            open: Vec::new(),
        }
    }

    fn operation(&mut self, operation: &Operation) {
        for parameter in &operation.parameters {
            self.ty(&parameter.ty);
        }
        if let Some(body) = &operation.body {
            self.ty(body);
        }
        for reply in &operation.replies {
            self.reply(reply);
        }
    }

    fn reply(&mut self, reply: &Reply) {
        if let Some(BodyType::Value(ty)) = &reply.body {
            self.ty(ty);
        }
        for header in &reply.headers {
            if let HeaderType::Value(ty) = &header.ty {
                self.ty(ty);
            }
        }
        for error in reply.errors.iter().filter_map(|error| error.ty) {
            self.record(error);
        }
        for message in &reply.messages {
            self.record(*message);
        }
    }

    /// Notes a type. Where a record is asked for, any of its options may stand.
    fn ty(&mut self, ty: &Type) {
        match ty.innermost() {
            Type::Record(id) => {
                self.record(*id);
                let options = self.api[*id].options.iter();
                options.for_each(|option| self.record(*option));
            }
            Type::Enum(id) => {
                self.enums.insert(*id);
            }
            _ => {}
        }
    }

    fn record(&mut self, id: RecordId) {
        if self.records.insert(id) {
            self.open.push(id);
        }
    }

    /// Finds what the records need that were noted, and what that needs.
    fn close(&mut self) {
        while let Some(id) = self.open.pop() {
            for property in &self.api[id].properties {
                self.ty(&property.ty);
            }
        }
    }
}
