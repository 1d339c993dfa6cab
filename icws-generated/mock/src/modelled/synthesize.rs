//! Representations that are made up from the model.

use icws_spec::Api;
use icws_spec::api::{List, Record, RecordId, Type};
use serde_json::{Map, Value, json};

use super::parameters::Given;
use crate::world::Tables;
use crate::world::interaction::INTERACTIONS;
use crate::world::tables::{STATUSES, USERS, WORKGROUPS};

/// Makes up values: required properties only, the first value of an
/// enumeration, as few items as the bounds of a list allow but one if they can.
pub(super) struct Synthesis<'a> {
    api: &'a Api,
    /// The parameters of the request. A property of the same name has the same
    /// value.
    given: &'a [Given],
    /// What there is, so that what is referred to exists.
    tables: &'a Tables,
    /// The objects that are being made, outermost first. None is made within
    /// itself, so that there is an end.
    open: Vec<RecordId>,
}

/// What names of properties end with that refer to items of a table.
const REFERENCES: &[(&str, &str)] = &[
    ("userid", USERS),
    ("userids", USERS),
    ("statusid", STATUSES),
    ("workgroup", WORKGROUPS),
    ("workgroupid", WORKGROUPS),
    ("interactionid", INTERACTIONS),
];

/// More items than this are not made, whatever the bounds say.
const MOST: u64 = 100;

impl<'a> Synthesis<'a> {
    pub fn new(api: &'a Api, given: &'a [Given], tables: &'a Tables) -> Self {
        Synthesis {
            api,
            given,
            tables,
            open: Vec::new(),
        }
    }

    /// A value of a type for the property of a name.
    pub fn value(&mut self, name: &str, ty: &Type) -> Value {
        match ty {
            Type::Boolean => false.into(),
            Type::Int | Type::Long | Type::Integer => 1.into(),
            Type::Float | Type::Double | Type::Number | Type::Duration => 1.5.into(),
            Type::Enum(id) => {
                let first = self.api[*id].values.first();
                first.map_or(0, |value| value.number).into()
            }
            Type::Record(id) => self.object(*id),
            Type::List(list) => self.list(name, list),
            Type::Map(map) => self.map(name, &map.value),
            text => self.text(name, text).into(),
        }
    }

    /// Adds to an object what its type demands and is not there.
    pub fn complete(&mut self, object: &mut Value, ty: &Type) {
        if let (Value::Object(object), Type::Record(id)) = (object, ty)
            && !object.contains_key("__type")
            && let Value::Object(made) = self.object(*id)
        {
            for (name, value) in made {
                object.entry(name).or_insert(value);
            }
        }
    }

    fn text(&self, name: &str, ty: &Type) -> String {
        let mut given = self.given.iter();
        if let Some((_, text)) = given.find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            return text.clone();
        }
        if let Some(known) = self.known(name) {
            return known.to_owned();
        }
        match ty {
            Type::Guid => "5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2".to_owned(),
            Type::Uri => format!("/{name}"),
            Type::DateTime | Type::Moment => "20201029T082018Z".to_owned(),
            Type::Date => "20201029".to_owned(),
            Type::Time => "082018".to_owned(),
            // Not the name: what looks for secrets would find it wherever that stands.
            Type::Secret => format!("made-up-{name}"),
            _ if name.to_ascii_lowercase().ends_with("id") => "1".to_owned(),
            _ => name.to_owned(),
        }
    }

    /// The first thing of the world that a property of this name can refer to.
    fn known(&self, name: &str) -> Option<&str> {
        let name = name.to_ascii_lowercase();
        let (_, table) = REFERENCES.iter().find(|(end, _)| name.ends_with(end))?;
        self.tables.items(table).next().map(|(id, _)| id)
    }

    fn list(&mut self, name: &str, list: &List) -> Value {
        let endless = matches!(&*list.item, Type::Record(id) if self.is_endless(*id));
        let wanted = list.least.max(1).min(list.most.unwrap_or(u64::MAX));
        let count = if endless { 0 } else { wanted.min(MOST) };
        (0..count).map(|_| self.value(name, &list.item)).collect()
    }

    fn map(&mut self, name: &str, item: &Type) -> Value {
        match item {
            Type::Record(id) if self.is_endless(*id) => json!({}),
            item => json!({ "key": self.value(name, item) }),
        }
    }

    /// Returns true if an object of this type would be made within itself.
    fn is_endless(&self, id: RecordId) -> bool {
        let option = self.option(id);
        option.is_some_and(|(id, _)| self.open.contains(&id))
    }

    fn object(&mut self, id: RecordId) -> Value {
        let made = self.option(id).filter(|(id, _)| !self.open.contains(id));
        let Some((id, record)) = made else {
            return json!({});
        };
        let mut object = Map::new();
        if let Some(urn) = record.urn.as_ref().filter(|_| record.is_typed) {
            object.insert("__type".to_owned(), urn.clone().into());
        }
        self.open.push(id);
        for property in record
            .properties
            .iter()
            .filter(|property| property.required)
        {
            let endless = matches!(property.ty, Type::Record(inner) if self.is_endless(inner));
            let value = if endless && property.nullable {
                Value::Null
            } else {
                self.value(&property.name, &property.ty)
            };
            object.insert(property.name.clone(), value);
        }
        self.open.pop();
        object.into()
    }

    /// The object itself, or the first that derives from it and is not being
    /// made, when only such can travel.
    fn option(&self, id: RecordId) -> Option<(RecordId, &'a Record)> {
        let record = &self.api[id];
        if !record.is_abstract {
            return Some((id, record));
        }
        let mut options = record.options.iter();
        let fresh = options.clone().find(|option| !self.open.contains(option));
        let option = *fresh.or_else(|| options.next())?;
        Some((option, &self.api[option]))
    }
}
