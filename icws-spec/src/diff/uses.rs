//! In which direction things travel: in requests, or in replies and messages.

use crate::api::{Api, Arena, BodyType, EnumId, Enumeration, HeaderType, Record, RecordId, Type};

use super::rules::{Rule, Wire};

/// Directions in which a thing travels; none when nothing uses it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Directions {
    pub request: bool,
    pub reply: bool,
}

impl Directions {
    /// From client to server.
    pub const REQUEST: Directions = Directions {
        request: true,
        reply: false,
    };
    /// From server to client.
    pub const REPLY: Directions = Directions {
        request: false,
        reply: true,
    };
    /// Nowhere.
    pub const NONE: Directions = Directions {
        request: false,
        reply: false,
    };

    /// What a change by a rule means in these directions.
    pub fn judge(self, rule: &Rule) -> Wire {
        let request = if self.request {
            rule.request
        } else {
            Wire::FINE
        };
        let reply = if self.reply { rule.reply } else { Wire::FINE };
        request.or(reply)
    }

    /// The directions of both sides: what only one side sends, nobody of the
    /// other waits for.
    pub fn and(self, other: Directions) -> Directions {
        Directions {
            request: self.request && other.request,
            reply: self.reply && other.reply,
        }
    }

    fn or(self, other: Directions) -> Directions {
        Directions {
            request: self.request || other.request,
            reply: self.reply || other.reply,
        }
    }
}

/// The directions of all types of a model.
pub(super) struct Uses<'a> {
    api: &'a Api,
    records: Arena<Directions, Record>,
    enums: Arena<Directions, Enumeration>,
}

impl<'a> Uses<'a> {
    /// Follows all that operations and messages carry.
    pub fn of(api: &'a Api) -> Self {
        let mut uses = Uses {
            api,
            records: api.records.ids().map(|_| Directions::NONE).collect(),
            enums: api.enums.ids().map(|_| Directions::NONE).collect(),
        };
        for (_, operation) in api.operations() {
            let parameters = operation.parameters.iter().map(|p| &p.ty);
            for ty in parameters.chain(&operation.body) {
                uses.mark(ty, Directions::REQUEST);
            }
            for reply in &operation.replies {
                if let Some(BodyType::Value(ty)) = &reply.body {
                    uses.mark(ty, Directions::REPLY);
                }
                for header in &reply.headers {
                    if let HeaderType::Value(ty) = &header.ty {
                        uses.mark(ty, Directions::REPLY);
                    }
                }
                for id in reply.errors.iter().filter_map(|error| error.ty) {
                    uses.mark_from(id, Directions::REPLY);
                }
            }
        }
        for (id, _) in api.messages() {
            uses.mark_from(id, Directions::REPLY);
        }
        uses
    }

    /// The directions of a record.
    pub fn record(&self, id: RecordId) -> Directions {
        self.records[id]
    }

    /// The directions of an enumeration.
    pub fn enumeration(&self, id: EnumId) -> Directions {
        self.enums[id]
    }

    fn mark(&mut self, ty: &'a Type, directions: Directions) {
        self.mark_all(vec![ty], directions);
    }

    fn mark_from(&mut self, id: RecordId, directions: Directions) {
        let mut open = Vec::new();
        self.mark_record(id, directions, &mut open);
        self.mark_all(open, directions);
    }

    fn mark_all(&mut self, mut open: Vec<&'a Type>, directions: Directions) {
        while let Some(ty) = open.pop() {
            match ty {
                Type::Enum(id) => {
                    self.enums[*id] = self.enums[*id].or(directions);
                }
                Type::List(list) => open.push(&list.item),
                Type::Map(map) => open.push(&map.value),
                Type::Record(id) => self.mark_record(*id, directions, &mut open),
                _ => {}
            }
        }
    }

    fn mark_record(&mut self, id: RecordId, directions: Directions, open: &mut Vec<&'a Type>) {
        let mut ids = vec![id];
        while let Some(id) = ids.pop() {
            let more = self.records[id].or(directions);
            if self.records[id] == more {
                continue;
            }
            self.records[id] = more;
            let record = &self.api[id];
            open.extend(record.properties.iter().map(|property| &property.ty));
            ids.extend(&record.options);
        }
    }
}
