//! Values of JSON against the types of the model.

use serde_json::{Map as JsonMap, Value};

use super::super::exchange::{MASKED, TYPE};
use super::super::facts::Fact;
use super::super::index::Known;
use super::super::rules;
use super::super::shape::Shape;
use super::{Check, Subject, kind, text};
use crate::api::{DeltaRule, EnumId, List, Map, Property, Record, RecordId, Type};

/// The namespace in a URN: `urn:inin.com:interactions.callback:callbackMessage`.
fn namespace_of(urn: &str) -> &str {
    let before = urn.rsplit_once(':').map(|(before, _)| before);
    let namespace = before.and_then(|before| before.rsplit_once(':'));
    namespace.map_or("", |(_, namespace)| namespace)
}

impl<'a> Check<'a, '_> {
    /// A value of a type, by the name that it has in messages for people. Objects of a
    /// partial one need not have all that is required.
    pub(super) fn value(
        &mut self,
        value: &Value,
        ty: &Type,
        subject: &Subject,
        name: &str,
        partial: bool,
    ) {
        match (ty, value) {
            // It may be anything.
            (_, Value::String(text)) if text == MASKED => {}
            (Type::Record(id), Value::Object(object)) => self.object(object, *id, partial),
            (Type::List(list), Value::Array(items)) => {
                self.items(items, list, subject, name, partial);
            }
            (Type::Map(map), Value::Object(entries)) => {
                self.entries(entries, map, subject, name, partial);
            }
            (Type::Enum(id), Value::Number(number)) if number.is_i64() => {
                self.number(number.as_i64().unwrap_or_default(), *id, name);
            }
            (ty, value) => self.scalar(value, ty, subject, name),
        }
    }

    fn scalar(&mut self, value: &Value, ty: &Type, subject: &Subject, name: &str) {
        let fits = match (ty, value) {
            (Type::Boolean, Value::Bool(_)) => true,
            (Type::Int, Value::Number(number)) => {
                let fits = |number| i32::try_from(number).is_ok();
                number.as_i64().is_some_and(fits)
            }
            (Type::Long | Type::Integer, Value::Number(number)) => number.is_i64(),
            (Type::Float, Value::Number(number)) => {
                // What is beyond 32 bits is infinite there.
                let fits = |number: f64| (number as f32).is_finite();
                number.as_f64().is_some_and(fits)
            }
            (Type::Double | Type::Number | Type::Duration, Value::Number(_)) => true,
            (
                Type::String | Type::Secret | Type::Uri | Type::Moment | Type::Date | Type::Time,
                Value::String(_),
            ) => true,
            (Type::DateTime | Type::Guid, Value::String(given)) => {
                text::misfit(given, ty).is_none()
            }
            _ => false,
        };
        if fits {
            return;
        }
        let rule = match (ty, value) {
            (
                Type::Boolean
                | Type::Int
                | Type::Long
                | Type::Integer
                | Type::Float
                | Type::Double
                | Type::Number
                | Type::Duration
                | Type::Enum(_),
                Value::String(given),
            ) if text::misfit(given, ty).is_none() => &rules::QUOTED_VALUE,
            _ => &rules::TYPE_MISMATCH,
        };
        let message = format!(
            "{name} must be {}, but this is {}",
            text::expected(ty),
            kind(value)
        );
        let last = subject.id.rsplit('.').next().unwrap_or_default();
        let example = match value {
            Value::Object(_) | Value::Array(_) | Value::Null => None,
            value => Some(self.mask.example(last, value)),
        };
        self.report(rule, subject, message, example, None);
    }

    fn number(&mut self, number: i64, id: EnumId, name: &str) {
        let enumeration = &self.index.api[id];
        let mut values = enumeration.values.iter();
        if let Some(position) = values.position(|value| value.number == number) {
            self.coverage.number(id, position);
            return;
        }
        // Its number would be told.
        if self.is_secret {
            return;
        }
        let all = enumeration.values.iter();
        let bits = all.fold(0, |bits, value| bits | value.number);
        let fact = if enumeration.flags {
            if number & !bits == 0 {
                return;
            }
            None
        } else {
            Some(Fact::Number {
                enumeration: enumeration.id(),
                number,
            })
        };
        let subject = Subject {
            namespace: enumeration.namespace.clone(),
            id: enumeration.id(),
            place: Some(enumeration.place),
        };
        let message = format!("{name} is {number}, which is no value of it");
        self.report(&rules::UNKNOWN_NUMBER, &subject, message, None, fact);
    }

    fn items(
        &mut self,
        items: &[Value],
        list: &List,
        subject: &Subject,
        name: &str,
        partial: bool,
    ) {
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        if count < list.least || list.most.is_some_and(|most| count > most) {
            let least = list.least;
            let bounds = match list.most {
                Some(most) => format!("{least} to {most}"),
                None => format!("at least {least}"),
            };
            let message = format!("{name} must have {bounds} items");
            let example = Some(format!("{count} items"));
            self.report(&rules::LIST_BOUNDS, subject, message, example, None);
        }
        for (index, item) in items.iter().enumerate() {
            self.at(&index.to_string(), |check| {
                check.inner(
                    item,
                    &list.item,
                    list.nullable_items,
                    subject,
                    name,
                    partial,
                );
            });
        }
    }

    fn entries(
        &mut self,
        entries: &JsonMap<String, Value>,
        map: &Map,
        subject: &Subject,
        name: &str,
        partial: bool,
    ) {
        for (key, value) in entries {
            let key = match self.is_secret {
                true => "*".to_owned(),
                false => self.mask.key(key),
            };
            self.at(&key, |check| {
                check.inner(
                    value,
                    &map.value,
                    map.nullable_values,
                    subject,
                    name,
                    partial,
                );
            });
        }
    }

    /// An item of a list or a value of a map.
    fn inner(
        &mut self,
        value: &Value,
        ty: &Type,
        nullable: bool,
        subject: &Subject,
        name: &str,
        partial: bool,
    ) {
        let name = format!("what is in {name}");
        match value {
            Value::Null if nullable => {}
            Value::Null => {
                let message = format!("{name} must not be null");
                self.report(&rules::UNEXPECTED_NULL, subject, message, None, None);
            }
            value => {
                let partial = partial && matches!(ty, Type::Record(_));
                self.value(value, ty, subject, &name, partial);
            }
        }
    }

    /// An object, or one that derives from it. Of a partial one only what tells it
    /// apart has to be there.
    fn object(&mut self, object: &JsonMap<String, Value>, id: RecordId, partial: bool) {
        let api = self.index.api;
        let record = &api[id];
        let given = object.get(TYPE);
        if given.and_then(Value::as_str) == Some(MASKED) {
            return;
        }
        let urn = match given {
            None => None,
            Some(Value::String(urn)) => Some(urn.as_str()),
            Some(other) => {
                let message = format!("`{TYPE}` must be a string, but this is {}", kind(other));
                let subject = Subject::record(record);
                self.report(&rules::TYPE_MISMATCH, &subject, message, None, None);
                return;
            }
        };
        let options = if record.options.is_empty() {
            std::slice::from_ref(&id)
        } else {
            &record.options
        };
        match (urn, self.index.known(urn.unwrap_or_default())) {
            (None, _) if record.is_abstract => {
                let message = format!(
                    "an option of `{}` says by its `{TYPE}` what it is",
                    record.name
                );
                let subject = Subject::record(record);
                self.report(&rules::MISSING_TYPE, &subject, message, None, None);
            }
            (None, _) => {
                if record.is_typed && record.urn.is_some() {
                    let message = format!("`{}` says by its `{TYPE}` what it is", record.name);
                    let subject = Subject::record(record);
                    self.report(&rules::MISSING_TYPE, &subject, message, None, None);
                }
                self.record(object, id, partial, None);
            }
            (Some(urn), Known::No) if record.urn.is_some() || !record.options.is_empty() => {
                self.unknown_type(object, urn, Some(record), false);
            }
            (Some(_), Known::No) => self.record(object, id, partial, None),
            (Some(_), known) => {
                let own = options.iter().copied().find(|option| known.has(*option));
                match own {
                    Some(own) => self.record(object, own, partial, None),
                    None => {
                        let message = format!("this `{TYPE}` is no option of `{}`", record.name);
                        let subject = Subject::record(record);
                        let example = urn.map(|urn| self.mask.name(urn));
                        self.report(&rules::OTHER_BASE, &subject, message, example, None);
                    }
                }
            }
        }
    }

    /// Reports an object or message of a type that the model does not have.
    pub(super) fn unknown_type(
        &mut self,
        object: &JsonMap<String, Value>,
        urn: &str,
        base: Option<&Record>,
        is_message: bool,
    ) {
        let subject = Subject {
            namespace: namespace_of(urn).to_owned(),
            id: self.mask.name(urn),
            place: base.map(|base| base.place),
        };
        let message = match base {
            Some(base) => format!("the model has no such option of `{}`", base.name),
            None => "the model has no such message".to_owned(),
        };
        let fact = Fact::Type {
            urn: urn.to_owned(),
            is_message,
            base: base.map(Record::id),
            shape: Shape::of(&Value::Object(object.clone())),
        };
        self.report(&rules::UNKNOWN_TYPE, &subject, message, None, Some(fact));
    }

    /// An object of one type. In a delta its lists and objects may be in part.
    pub(super) fn record(
        &mut self,
        object: &JsonMap<String, Value>,
        id: RecordId,
        partial: bool,
        delta: Option<bool>,
    ) {
        let api = self.index.api;
        let record = &api[id];
        self.coverage.record(id);
        let subject = Subject::record(record);
        let secrets = &self.mask.secrets;
        let names_secret = secrets.are_named_by(object);
        for (name, value) in object {
            if name == TYPE {
                continue;
            }
            let is_secret =
                names_secret && secrets.may_be(name, value) || secrets.names.is_secret(name);
            let Some(position) = self.index.property(id, name) else {
                self.within(is_secret, &self.mask.name(name), |check| {
                    check.unknown_property(record, &subject, name, value);
                });
                continue;
            };
            let Some(property) = record.properties.get(position) else {
                continue;
            };
            self.coverage.property(id, position);
            let own = subject.part(name, property.place);
            self.within(is_secret, name, |check| {
                check.property(value, property, &own, delta == Some(true));
            });
        }
        for property in record
            .properties
            .iter()
            .filter(|property| property.required)
        {
            let tells_apart = |path: &Vec<String>| path.first() == Some(&property.name);
            let wanted = !partial || record.identity.iter().any(tells_apart);
            if wanted && !object.contains_key(&property.name) {
                let own = subject.part(&property.name, property.place);
                let message = format!("the required property `{}` is missing", property.name);
                self.report(&rules::MISSING_PROPERTY, &own, message, None, None);
            }
        }
    }

    fn property(&mut self, value: &Value, property: &Property, subject: &Subject, delta: bool) {
        let name = format!("`{}`", property.name);
        if value.is_null() {
            if !property.nullable {
                let message = format!("{name} must not be null");
                self.report(&rules::UNEXPECTED_NULL, subject, message, None, None);
            }
            return;
        }
        let partial =
            delta && matches!(property.delta, Some(DeltaRule::Merge | DeltaRule::Changed));
        self.value(value, &property.ty, subject, &name, partial);
    }

    fn unknown_property(&mut self, record: &Record, subject: &Subject, name: &str, value: &Value) {
        let shown = self.mask.name(name);
        let message = format!("`{}` has no property `{shown}`", record.name);
        let example = Some(self.mask.example(name, value));
        let fact = Fact::Property {
            record: subject.id.clone(),
            name: name.to_owned(),
            shape: Shape::of(value),
        };
        self.report(
            &rules::UNKNOWN_PROPERTY,
            subject,
            message,
            example,
            Some(fact),
        );
    }
}
