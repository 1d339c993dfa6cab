//! Types as JSON Schema, as all formats but Postman have it.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use crate::api::{
    Api, BodyType, DeltaRule, EnumId, Enumeration, Property, Record, RecordId, Since, Type,
};
use crate::plan::Plan;
use crate::texts;

use super::fields::Fields;
use super::names::Names;
use super::{TYPE, values};

/// What formats do differently.
#[derive(Clone, Copy)]
pub(super) struct Dialect {
    /// What stands before the name of a type in a reference.
    pub at: &'static str,
    /// Whether something may stand beside a reference. In the drafts before 2019
    /// it is ignored.
    pub beside: bool,
    /// Whether the property that tells options apart can be named.
    pub discriminator: bool,
    /// Whether schemas are those of OpenAPI 3.0, which has no `const`, no type
    /// `null`, and one example at most.
    pub of_2017: bool,
}

/// The types of a model.
pub(super) struct Schemas<'a> {
    pub api: &'a Api,
    pub names: Names,
    pub dialect: Dialect,
}

impl<'a> Schemas<'a> {
    pub fn of(plan: &Plan<'a>, dialect: Dialect) -> Schemas<'a> {
        Schemas {
            api: plan.api,
            names: Names::of(plan),
            dialect,
        }
    }

    /// All types by their names: enumerations, objects, messages, and the choices
    /// among them that something asks for.
    pub fn definitions(&self) -> Map<String, Json> {
        let mut all = Map::new();
        for (id, item) in self.api.enums.entries() {
            let name = self.names.enumeration(id);
            all.insert(name.to_owned(), enumeration(name, item));
        }
        for (id, item) in self.api.records.entries() {
            if travels(item) {
                all.insert(self.names.record(id).to_owned(), self.record(id, item));
            }
            self.choice(id, item, &mut all);
        }
        if has_messages(self.api) {
            self.messages(&mut all);
        }
        all
    }

    /// Leaves of all types those that something refers to, directly or by others.
    pub fn keep_needed(&self, all: &mut Map<String, Json>, roots: &[&Json]) {
        let mut needed = BTreeSet::new();
        let mut open = roots.to_vec();
        while let Some(value) = open.pop() {
            match value {
                Json::Array(items) => open.extend(items),
                Json::Object(map) => {
                    let name = map.get("$ref").and_then(Json::as_str);
                    let name = name.and_then(|path| path.strip_prefix(self.dialect.at));
                    if let Some(name) = name
                        && needed.insert(name.to_owned())
                    {
                        open.extend(all.get(name));
                    }
                    open.extend(map.values());
                }
                _ => {}
            }
        }
        all.retain(|name, _| needed.contains(name));
    }

    pub fn reference(&self, name: &str) -> Json {
        json!({ "$ref": format!("{}{name}", self.dialect.at) })
    }

    /// A value of a type.
    pub fn ty(&self, ty: &Type) -> Json {
        match ty {
            Type::Enum(id) => self.enumeration(*id),
            Type::Record(id) => self.any(*id),
            Type::List(list) => {
                let mut fields = Fields::default();
                fields.put("type", "array");
                fields.put("items", self.or_null(&list.item, list.nullable_items));
                fields.option("minItems", (list.least > 0).then_some(list.least));
                fields.option("maxItems", list.most);
                fields.json()
            }
            Type::Map(map) => json!({
                "type": "object",
                "additionalProperties": self.or_null(&map.value, map.nullable_values),
            }),
            basic => self::basic(basic),
        }
    }

    /// A value of a type, or null where that is allowed.
    pub fn or_null(&self, ty: &Type, nullable: bool) -> Json {
        let schema = self.ty(ty);
        if !nullable {
            return schema;
        }
        let mut fields = Fields::of(schema.clone());
        match schema.get("type").and_then(Json::as_str) {
            Some(_) if self.dialect.of_2017 => {
                fields.put("nullable", true);
                fields.json()
            }
            None if self.dialect.of_2017 => json!({ "nullable": true, "allOf": [schema] }),
            Some(ty) => {
                fields.put("type", json!([ty, "null"]));
                fields.json()
            }
            None => json!({ "anyOf": [schema, { "type": "null" }] }),
        }
    }

    pub fn enumeration(&self, id: EnumId) -> Json {
        self.reference(self.names.enumeration(id))
    }

    /// An object, or one that derives from it.
    pub fn any(&self, id: RecordId) -> Json {
        match self.names.choice(id) {
            Some(choice) => self.reference(&choice.any),
            None => self.reference(self.names.record(id)),
        }
    }

    /// Says more of a value.
    pub fn with(&self, schema: Json, more: Fields) -> Json {
        if more.is_empty() {
            return schema;
        }
        let is_reference = schema.get("$ref").is_some();
        let mut fields = if is_reference && !self.dialect.beside {
            Fields::of(json!({ "allOf": [schema] }))
        } else {
            Fields::of(schema)
        };
        for (name, value) in more.map() {
            fields.put(&name, value);
        }
        fields.json()
    }

    /// What a body of JSON holds.
    pub fn body(&self, body: &BodyType) -> Option<Json> {
        match body {
            BodyType::Value(ty) => Some(self.ty(ty)),
            BodyType::Messages => {
                let any = self.reference(&self.names.messages.any);
                Some(json!({ "type": "array", "items": any }))
            }
            BodyType::Media(_) => None,
        }
    }

    /// An object or message alone, without what derives from it. What it inherits
    /// is written in place: an option then says all that is in it.
    fn record(&self, id: RecordId, item: &Record) -> Json {
        let mut fields = Fields::default();
        fields.put("title", texts::visible(&item.name));
        fields.markdown("description", &item.doc);
        fields.put("type", "object");
        let mut properties = Fields::default();
        if let Some(urn) = &item.urn {
            properties.put(TYPE, self.constant(urn));
        }
        for property in &item.properties {
            let value = self.property(property, item.since.as_ref());
            properties.put(&property.name, value);
        }
        fields.object("properties", properties);
        let named = item.urn.is_some() && item.is_typed;
        let named = named.then(|| TYPE.into());
        let required = item.properties.iter().filter(|p| p.required);
        let required = required.map(|p| p.name.as_str().into());
        fields.list("required", named.into_iter().chain(required).collect());
        let mut examples = item.examples.iter().map(|e| values::json(&e.json));
        if self.dialect.of_2017 {
            fields.option("example", examples.next());
        } else {
            fields.list("examples", examples.collect());
        }
        fields.since(item.since.as_ref(), None);
        whole_id(self.names.record(id), item.id(), &mut fields);
        fields.option("x-icws-base", item.base.map(|base| self.api[base].id()));
        let identity = item.identity.iter().map(|path| path.join(".").into());
        fields.list("x-icws-identity", identity.collect());
        facts_of_message(item, &mut fields);
        fields.json()
    }

    fn constant(&self, text: &str) -> Json {
        if self.dialect.of_2017 {
            return json!({ "type": "string", "enum": [text] });
        }
        json!({ "type": "string", "const": text })
    }

    fn property(&self, item: &Property, around: Option<&Since>) -> Json {
        let mut more = Fields::default();
        more.markdown("description", &item.doc);
        let condition = item.conditional.then_some("conditionally");
        more.option("x-icws-required", condition);
        more.flag("x-icws-ignore-case", item.ignore_case);
        more.option("x-icws-delta-rule", item.delta.map(DeltaRule::word));
        more.since(item.since.as_ref(), around);
        self.with(self.or_null(&item.ty, item.nullable), more)
    }
}

/// The id of an item, where the document has it by another name.
fn whole_id(name: &str, id: String, fields: &mut Fields) {
    fields.option("x-icws-id", (name != id).then_some(id));
}

/// Whether an object can be met: one that is abstract cannot, unless nothing
/// derives from it and something asks for it all the same.
pub(super) fn travels(item: &Record) -> bool {
    !item.is_abstract || item.options.is_empty()
}

/// Whether a document needs the choice among all messages.
pub(super) fn has_messages(api: &Api) -> bool {
    let mut replies = api.operations().flat_map(|(_, o)| &o.replies);
    replies.any(|reply| matches!(reply.body, Some(BodyType::Messages)))
}

/// How a message changes what is known, how it says how its subscription stands, and
/// whether it ends it.
pub(super) fn facts_of_message(item: &Record, fields: &mut Fields) {
    let name = |index: usize| item.properties.get(index).map(|p| p.name.as_str());
    if let Some(delta) = item.delta() {
        let mut facts = Fields::default();
        facts.option("flag", name(delta.flag));
        facts.option("key", delta.key.and_then(name));
        fields.object("x-icws-delta", facts);
    }
    let message = item.message.as_ref();
    if let Some(standing) = message.and_then(|message| message.standing.as_ref()) {
        let mut facts = Fields::default();
        facts.option("state", name(standing.property));
        facts.put("suspended", standing.suspended);
        facts.put("faulted", standing.faulted);
        fields.object("x-icws-standing", facts);
    }
    if message.is_some_and(|message| message.ends) {
        fields.put("x-icws-ends", true);
    }
}

/// An enumeration is open: a newer server sends numbers that no model has. So it
/// is an integer, not an `enum`, which would refuse them and which generators make
/// closed types of. The names stand beside it, and in the text.
fn enumeration(name: &str, item: &Enumeration) -> Json {
    let mut fields = Fields::default();
    fields.put("title", texts::visible(&item.name));
    fields.put("description", values_in_words(item));
    fields.put("type", "integer");
    let values = || item.values.iter();
    fields.list("x-icws-values", values().map(|v| v.number.into()).collect());
    let names = values().map(|v| v.name.as_str().into());
    fields.list("x-enum-varnames", names.collect());
    if values().any(|value| !value.doc.is_empty()) {
        let docs = values().map(|v| texts::inline(&v.doc).into());
        fields.list("x-enum-descriptions", docs.collect());
    }
    fields.flag("x-icws-flags", item.flags);
    let mut versions = Fields::default();
    for value in values() {
        let since = value.since.as_ref().filter(|_| value.since != item.since);
        versions.option(&value.name, since.map(ToString::to_string));
    }
    fields.object("x-icws-values-since", versions);
    fields.since(item.since.as_ref(), None);
    whole_id(name, item.id(), &mut fields);
    fields.json()
}

fn values_in_words(item: &Enumeration) -> String {
    let mut lines = Vec::new();
    if !item.doc.is_empty() {
        lines.push(texts::markdown(&item.doc));
        lines.push(String::new());
    }
    lines.push(if item.flags {
        "Numbers that are combined bit by bit; others may come:".to_owned()
    } else {
        "One of these numbers, or another one of a newer server:".to_owned()
    });
    lines.push(String::new());
    for value in &item.values {
        let name = texts::code(&value.name);
        let doc = texts::inline(&value.doc);
        let doc = if doc.is_empty() {
            doc
        } else {
            format!(": {doc}")
        };
        lines.push(format!("- {}: {name}{doc}", value.number));
    }
    lines.join("\n")
}

/// A point in time: in the compact form that servers send, or in the one with
/// separators that they take. RFC 3339 has the second alone, so that `date-time`
/// would refuse what servers send.
const DATE_TIME: &str = "^[0-9]{4}-?[0-9]{2}-?[0-9]{2}T?[0-9]{2}:?[0-9]{2}(:?[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$";

/// A basic type. Where JSON Schema has no word for it, the word of the model
/// stands beside.
fn basic(ty: &Type) -> Json {
    let (kind, format, word) = match ty {
        Type::Boolean => ("boolean", None, None),
        Type::Int => ("integer", Some("int32"), None),
        Type::Long => ("integer", Some("int64"), None),
        Type::Integer => ("integer", None, Some("int|long")),
        Type::Float => ("number", Some("float"), None),
        Type::Double => ("number", Some("double"), None),
        Type::Number => ("number", None, Some("float|double")),
        Type::Duration => ("number", None, Some("duration")),
        Type::Secret => ("string", Some("password"), None),
        Type::Uri => ("string", Some("uri-reference"), None),
        Type::Guid => ("string", Some("uuid"), None),
        Type::DateTime => ("string", None, Some("dateTime")),
        Type::Moment => ("string", None, Some("dateTime|date|time")),
        Type::Date => ("string", None, Some("date")),
        Type::Time => ("string", None, Some("time")),
        _ => ("string", None, None),
    };
    let mut fields = Fields::default();
    fields.put("type", kind);
    fields.option("format", format);
    fields.option("pattern", (*ty == Type::DateTime).then_some(DATE_TIME));
    fields.option("x-icws-type", word);
    fields.json()
}
