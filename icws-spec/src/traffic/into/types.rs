//! Types out of the shapes of values.

use heck::{ToLowerCamelCase, ToUpperCamelCase};

use super::super::shape::{Form, Object, Shape, Sight};
use super::edits::{Draft, Question, record};
use crate::api::{BodyType, Record, Type};
use crate::facts::type_name;
use crate::import::changes::{Field, PLACEHOLDER, Yaml, field, text, word};
use crate::place::{FileId, Place};
use crate::todo::Asker;

/// A type in the words of the model.
pub(super) struct Typed {
    pub name: String,
    /// What is not known of it.
    open: Option<&'static str>,
}

impl Typed {
    fn plain(name: impl Into<String>) -> Self {
        Typed {
            name: name.into(),
            open: None,
        }
    }

    /// A body of the type.
    pub fn body(self) -> Field {
        let body = word("body", self.name);
        match self.open {
            Some(open) => body.todo(Asker::Traffic, open),
            None => body,
        }
    }
}

/// The object of all messages.
const MESSAGE: &str = "messaging.message";

impl Draft<'_> {
    /// A property of a record; without a count it is part of something that says
    /// itself where it comes from.
    pub fn property(
        &mut self,
        record: &Record,
        name: &str,
        shape: &Shape,
        count: Option<u64>,
    ) -> Result<Field, Question> {
        let file = record.place.file;
        let namespace = record.namespace.clone();
        let outer = record.name.clone();
        let in_delta = record.delta().is_some();
        self.property_of(file, &namespace, &outer, (name, shape), in_delta, count)
    }

    fn property_of(
        &mut self,
        file: FileId,
        namespace: &str,
        outer: &str,
        (name, shape): (&str, &Shape),
        in_delta: bool,
        count: Option<u64>,
    ) -> Result<Field, Question> {
        let words = format!("{outer}{}", name.to_upper_camel_case());
        let mut typed = self.type_of(file, namespace, &words, shape)?;
        if self.secrets.names.is_secret(name) && (shape.text || typed.open.is_some()) {
            typed = Typed::plain("secret");
        }
        let is_many = shape.array.is_some() || typed.name.starts_with("map ");
        let mut fields = vec![word("type", typed.name)];
        if shape.null {
            fields.push(field("nullable", Yaml::Raw("true".to_owned())));
        }
        let mut open = typed.open;
        if in_delta && is_many {
            fields.push(word("delta", "replace"));
            open = open.or(Some("what a delta does to it"));
        }
        fields.extend(count.map(|count| text("source", self.source(count))));
        let property = field(name, Yaml::Line(fields));
        Ok(match open {
            Some(open) => property.todo(Asker::Traffic, open),
            None => property,
        })
    }

    /// The type of values, with a new object if it takes one.
    pub fn type_of(
        &mut self,
        file: FileId,
        namespace: &str,
        name: &str,
        shape: &Shape,
    ) -> Result<Typed, Question> {
        let Shape {
            boolean,
            integer,
            fraction,
            text,
            form,
            object,
            array,
            ..
        } = shape;
        let kinds = [
            *boolean,
            *integer || *fraction,
            *text,
            object.is_some(),
            array.is_some(),
        ];
        if kinds.iter().filter(|came| **came).count() > 1 {
            return Err("values of several types came".to_owned());
        }
        Ok(match (object, array) {
            (Some(object), _) => self.object(file, namespace, name, object)?,
            (None, Some(None)) => Typed {
                name: "list string".to_owned(),
                open: Some("the type of its items"),
            },
            (None, Some(Some(item))) => {
                if item.array.is_some() {
                    return Err("a list of lists came, which the language does not have".to_owned());
                }
                let null = if item.null { "?" } else { "" };
                let item = self.type_of(file, namespace, &format!("{name}Item"), item)?;
                Typed {
                    name: format!("list {}{null}", item.name),
                    open: item.open.map(|_| "the type of its items"),
                }
            }
            (None, None) if *boolean => Typed::plain("boolean"),
            (None, None) if *fraction => Typed::plain("float|double"),
            (None, None) if *integer => Typed::plain("int|long"),
            (None, None) if *text => Typed::plain(match form {
                Some(Form::DateTime) => "dateTime",
                Some(Form::Guid) => "guid",
                None => "string",
            }),
            (None, None) => Typed {
                name: "string".to_owned(),
                open: Some("its type"),
            },
        })
    }

    /// The type of objects: one of the model by its `__type`, a map when the keys are
    /// data, else a new object.
    fn object(
        &mut self,
        file: FileId,
        namespace: &str,
        name: &str,
        object: &Object,
    ) -> Result<Typed, Question> {
        match object.urns.as_slice() {
            [] => {}
            [urn] => {
                let mut objects = self.model.api().objects();
                if let Some((_, known)) = objects.find(|(_, own)| own.urn.as_ref() == Some(urn)) {
                    return Ok(Typed::plain(known.id()));
                }
                if let Some(known) = self.urns.get(urn) {
                    return Ok(Typed::plain(known));
                }
                if self.coming.contains(urn) {
                    return Err("objects of types that the model does not have came".to_owned());
                }
                return self.object_of(urn, object).map(Typed::plain);
            }
            _ => return Err("objects of several types came".to_owned()),
        }
        let plain = |name: &String| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.chars().all(|c| c.is_ascii_alphanumeric())
        };
        let is_map = object.more || object.has_texts_for_names;
        if is_map || !object.properties.keys().all(plain) {
            let shapes = object.properties.values().cloned();
            let value = shapes.reduce(|mut all, shape| {
                all.join(&shape, Sight::Same);
                all
            });
            let value = value.unwrap_or_default();
            if value.array.is_some() {
                return Err(
                    "a dictionary of lists came, which the language does not have".to_owned(),
                );
            }
            let null = if value.null { "?" } else { "" };
            let value = self.type_of(file, namespace, &format!("{name}Value"), &value)?;
            return Ok(Typed {
                name: format!("map {}{null}", value.name),
                open: value.open.map(|_| "the type of its values"),
            });
        }
        let own = self.free(namespace, &name.to_lower_camel_case());
        let mut properties = Vec::new();
        for (name, shape) in &object.properties {
            let inner = (name.as_str(), shape);
            properties.push(self.property_of(file, namespace, &own, inner, false, None)?);
        }
        let source = text("source", self.source(object.exchanges));
        let fields = vec![source, field("properties", Yaml::Block(properties))];
        let new = field(&own, Yaml::Block(fields)).todo(Asker::Traffic, "the name of this object");
        self.set(Place::whole(file), &["objects"], new, None);
        Ok(Typed::plain(own))
    }

    /// Returns true if a type or an operation of a namespace has a name.
    pub fn is_taken(&self, namespace: &str, name: &str) -> bool {
        let api = self.model.api();
        let rust = name.to_upper_camel_case();
        let is_same =
            |space: &str, other: &str| space == namespace && other.to_upper_camel_case() == rust;
        let (mut records, mut enums) = (api.records.iter(), api.enums.iter());
        let mut operations = api.operations();
        records.any(|own| is_same(&own.namespace, &own.name))
            || enums.any(|own| is_same(&own.namespace, &own.name))
            || operations.any(|(_, own)| is_same(&own.namespace, &own.name))
            || self
                .names
                .contains(&(namespace.to_owned(), name.to_owned()))
    }

    /// A name that no type and no operation of a namespace has.
    fn free(&mut self, namespace: &str, name: &str) -> String {
        let mut own = name.to_owned();
        let mut number = 2;
        while self.is_taken(namespace, &own) {
            own = format!("{name}{number}");
            number += 1;
        }
        self.names.push((namespace.to_owned(), own.clone()));
        own
    }

    /// An object with a `__type` that the model does not have and no base is known of.
    fn object_of(&mut self, urn: &str, object: &Object) -> Result<String, Question> {
        let mut records = self.model.api().records.iter();
        if records.any(|own| own.urn.as_deref() == Some(urn)) {
            return Err("a message came in the place of an object".to_owned());
        }
        self.record_of(urn, false, None, object, object.exchanges)
    }

    /// An object or message with a `__type` that the model does not have. Returns its id.
    pub fn record_of(
        &mut self,
        urn: &str,
        is_message: bool,
        base: Option<&str>,
        object: &Object,
        count: u64,
    ) -> Result<String, Question> {
        let api = self.model.api();
        let mut parts = urn.rsplit(':');
        let (name, space) = (parts.next().unwrap_or_default(), parts.next());
        let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric());
        if !plain {
            return Err("its `__type` does not end with a name".to_owned());
        }
        let base = match base {
            Some(base) => record(api, base),
            None => record(api, MESSAGE).filter(|_| object.properties.contains_key("isDelta")),
        };
        let (file, namespace) = self.file_of(space.unwrap_or_default())?;
        let own = self.free(&namespace, name);
        let id = format!("{namespace}.{own}");
        // One of its properties may hold others of it.
        self.urns.insert(urn.to_owned(), id.clone());
        let mut fields = vec![
            text("doc", PLACEHOLDER),
            text("source", self.source(count)),
            word("urn", urn),
        ];
        fields.extend(base.map(|(_, base)| word("base", base.id())));
        let inherited = |name: &str| {
            let properties = base.map(|(_, base)| &base.properties);
            properties
                .into_iter()
                .flatten()
                .any(|property| property.name == name)
        };
        let mut properties = Vec::new();
        for (name, shape) in &object.properties {
            if !inherited(name) {
                let inner = (name.as_str(), shape);
                properties.push(self.property_of(file, &namespace, &own, inner, false, None)?);
            }
        }
        fields.push(field("properties", Yaml::Block(properties)));
        let open = match is_message {
            true => {
                "what brings this message, which properties are required, and what a delta does"
            }
            false => "which properties are required",
        };
        let section = if is_message { "messages" } else { "objects" };
        let new = field(own, Yaml::Block(fields)).todo(Asker::Traffic, open);
        self.set(Place::whole(file), &[section], new, None);
        Ok(id)
    }

    /// Returns true if values of a shape are what a body holds, as far as their names
    /// tell.
    pub fn fits(&self, body: Option<&BodyType>, shape: Option<&Shape>) -> bool {
        let shape = shape.filter(|shape| !shape.is_nothing());
        match (body, shape) {
            (None, None) => true,
            (Some(BodyType::Value(Type::Record(id))), Some(shape)) => {
                let record = &self.model.api()[*id];
                let Some(object) = &shape.object else {
                    return false;
                };
                let known = |name: &String| record.properties.iter().any(|own| own.name == *name);
                let required = record.properties.iter().filter(|own| own.required);
                let mut required = required.map(|own| &own.name);
                object.urns.is_empty()
                    && !object.more
                    && object.properties.keys().all(known)
                    && required.all(|name| {
                        let own = object.properties.get(name);
                        own.is_some_and(|own| own.seen == object.seen)
                    })
            }
            _ => false,
        }
    }

    /// The type of a body in the words of the model.
    pub fn body_name(&self, body: &BodyType) -> Option<String> {
        match body {
            BodyType::Value(ty) => Some(type_name(self.model.api(), ty)),
            BodyType::Messages => Some("messages".to_owned()),
            BodyType::Media(_) => None,
        }
    }
}

impl Shape {
    /// Returns true for what is sent in place of nothing: `{}` and `null`.
    pub fn is_nothing(&self) -> bool {
        let empty = |object: &Object| object.properties.is_empty() && object.urns.is_empty();
        let others = self.boolean || self.integer || self.fraction || self.text;
        !others && self.array.is_none() && self.object.as_ref().is_none_or(empty)
    }
}
