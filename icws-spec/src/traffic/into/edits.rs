//! The edits that make a model say a fact.

use std::collections::{BTreeMap, BTreeSet};

use super::super::facts::{Came, Fact};
use super::super::secrets::Secrets;
use super::super::shape::Shape;
use crate::api::{Api, Operation, Record, RecordId, Reply, Resource, Segment};
use crate::import::changes::{Edit, Field, PLACEHOLDER, Shared, Yaml, field, text, word};
use crate::model::Model;
use crate::place::{FileId, Place};
use crate::plan::{FieldNames, NoField};
use crate::todo::Asker;

/// Edits of a model, as they are collected.
pub(super) struct Draft<'m> {
    pub model: &'m Model,
    pub shared: Shared<'m>,
    pub secrets: Secrets,
    servers: Option<&'m str>,
    edits: BTreeMap<FileId, Vec<Edit>>,
    /// Whole resources that are new, by their paths.
    pub resources: BTreeMap<String, (FileId, Vec<Field>)>,
    /// The methods that are new, each with the path of its resource.
    pub methods: Vec<(String, String)>,
    /// Names that are given here, each with its namespace.
    pub names: Vec<(String, String)>,
    /// The names of the fields of what has new properties, by its id.
    fields: BTreeMap<String, FieldNames>,
    /// The `__type`s of objects that are new, each with the id of its object.
    pub urns: BTreeMap<String, String>,
    /// The `__type`s that facts of their own tell more of.
    pub coming: BTreeSet<String>,
    /// The namespaces that a file is missing for.
    pub files: BTreeSet<String>,
    /// The files that were added for others, each as the root file includes it.
    pub new_files: BTreeMap<FileId, String>,
}

/// How far a draft is.
pub(super) struct Mark {
    edits: BTreeMap<FileId, usize>,
    methods: usize,
    names: usize,
    urns: BTreeMap<String, String>,
}

/// What a fact cannot be written for.
pub(super) type Question = String;

impl<'m> Draft<'m> {
    pub fn new(model: &'m Model, servers: Option<&'m str>, coming: BTreeSet<String>) -> Self {
        Draft {
            shared: Shared::of(model),
            secrets: Secrets::of(model.api()),
            model,
            servers,
            edits: BTreeMap::new(),
            resources: BTreeMap::new(),
            methods: Vec::new(),
            names: Vec::new(),
            fields: BTreeMap::new(),
            urns: BTreeMap::new(),
            coming,
            files: BTreeSet::new(),
            new_files: BTreeMap::new(),
        }
    }

    /// Adds the edits for a fact that was seen so often.
    pub fn write(&mut self, fact: &Fact, count: u64) -> Result<(), Question> {
        let api = self.model.api();
        if fact.has_name(&|name| self.secrets.names.are_in(name)) {
            return Err("a name that may hold a secret is not written".to_owned());
        }
        match fact {
            Fact::Property {
                record,
                name,
                shape,
            } => {
                let (_, record) = self::record(api, record).ok_or_else(gone)?;
                self.take_name(record, name)?;
                let value = self.property(record, name, shape, Some(count))?;
                self.set(record.place, &["properties"], value, None);
                Ok(())
            }
            Fact::Number {
                enumeration,
                number,
            } => {
                let mut enums = api.enums.iter();
                let own = enums
                    .find(|own| own.id() == *enumeration)
                    .ok_or_else(gone)?;
                let value = Yaml::Line(vec![
                    field("value", Yaml::Raw(number.to_string())),
                    text("doc", self.source(count)),
                ]);
                let minus = if *number < 0 { "Minus" } else { "" };
                let name = format!("TODO{minus}{}", number.unsigned_abs());
                let value = field(name, value).todo(Asker::Traffic, "the name of this value");
                self.set(own.place, &["values"], value, None);
                Ok(())
            }
            Fact::Status {
                operation,
                status,
                reply,
            } => {
                let operation = self::operation(api, operation).ok_or_else(gone)?;
                self.add_reply(operation, *status, reply.as_ref(), count)
            }
            Fact::Type {
                urn,
                is_message,
                base,
                shape,
            } => {
                let object = shape.object.as_ref().ok_or("no object of it came")?;
                self.record_of(urn, *is_message, base.as_deref(), object, count)
                    .map(drop)
            }
            Fact::Operation { .. } => self.operation(fact, count),
        }
    }

    /// Takes the name that a new property has in Rust, unless it is none, or another one's.
    fn take_name(&mut self, record: &Record, name: &str) -> Result<(), Question> {
        let fields = self.fields.entry(record.id());
        let fields = fields.or_insert_with(|| FieldNames::of(record));
        fields.add(name, record).map_err(|why| {
            let what = match why {
                NoField::Taken => "another property is called like it in Rust",
                NoField::NoName => "its name is none in Rust",
            };
            format!("{what}; write it with a `rust_name`")
        })
    }

    /// How far the draft is now.
    pub fn mark(&self) -> Mark {
        let edits = self.edits.iter();
        Mark {
            edits: edits.map(|(file, edits)| (*file, edits.len())).collect(),
            methods: self.methods.len(),
            names: self.names.len(),
            urns: self.urns.clone(),
        }
    }

    /// The edits that have come since.
    pub fn since(&self, mark: &Mark) -> BTreeMap<FileId, Vec<Edit>> {
        let edits = self.edits.iter().map(|(file, edits)| {
            let known = mark.edits.get(file).copied().unwrap_or_default();
            (*file, edits.iter().skip(known).cloned().collect())
        });
        edits.collect()
    }

    /// Takes back what has come since.
    pub fn back_to(&mut self, mark: Mark) {
        self.edits.retain(|file, edits| {
            edits.truncate(mark.edits.get(file).copied().unwrap_or_default());
            !edits.is_empty()
        });
        self.methods.truncate(mark.methods);
        self.names.truncate(mark.names);
        self.urns = mark.urns;
    }

    /// The edits, with what is new and stands together.
    pub fn finish(mut self) -> BTreeMap<FileId, Vec<Edit>> {
        for (path, (file, fields)) in std::mem::take(&mut self.resources) {
            let mut resource = field(path, Yaml::Block(fields));
            resource.spaced = true;
            self.set(Place::whole(file), &["resources"], resource, None);
        }
        self.include_new();
        self.edits
    }

    /// Where a fact comes from.
    pub fn source(&self, count: u64) -> String {
        let times = match count {
            1 => "once".to_owned(),
            count => format!("{count} times"),
        };
        let servers = self
            .servers
            .map_or(String::new(), |servers| format!(", server {servers}"));
        format!("Seen on the wire, {times}{servers}.")
    }

    /// Sets a key of an item, or of a section of it.
    pub fn set(&mut self, item: Place, path: &[&str], value: Field, after: Option<String>) {
        self.push(item.file, Edit::set(item.node, path, value, after));
    }

    /// Adds a reply to an operation, behind those of lower statuses.
    pub fn add_reply(
        &mut self,
        operation: &Operation,
        status: u16,
        came: Option<&Came>,
        count: u64,
    ) -> Result<(), Question> {
        let value = self.reply(operation, status, came, count)?;
        let before = operation.replies.iter().filter_map(|own| own.status.code());
        let after = before.filter(|code| *code < status).max();
        let after = after.map(|code| code.to_string());
        self.set(operation.place, &["replies"], value, after);
        Ok(())
    }

    /// A reply of an operation: the shared one of its status, if it says what came.
    fn reply(
        &mut self,
        operation: &Operation,
        status: u16,
        came: Option<&Came>,
        count: u64,
    ) -> Result<Field, Question> {
        let source = text("source", self.source(count));
        let known = self.shared.reply(status);
        let (shape, media) = parts(came);
        // What a shared reply of a success says is about the operations that use it.
        let is_meant = |reply: &Reply| {
            status >= 400 || {
                let mut siblings = siblings(self.model.api(), operation);
                siblings.any(|own| own.status == reply.status && own.doc == reply.doc)
            }
        };
        if let Some((id, reply)) = known
            && media.is_none()
            && is_meant(reply)
            && self.fits(reply.body.as_ref(), shape)
        {
            let fields = vec![word("use", id), source];
            return Ok(field(status.to_string(), Yaml::Line(fields)));
        }
        let mut fields = vec![text("doc", PLACEHOLDER), source];
        fields.extend(media.map(|media| word("content", media)));
        if let Some(shape) = shape.filter(|shape| !shape.is_nothing()) {
            let mut others = operation.replies.iter().map(|reply| reply.body.as_ref());
            let is_failure = status >= 400;
            let alike = operation
                .replies
                .iter()
                .filter(|own| own.is_success() != is_failure);
            let alike = alike.map(|own| own.body.as_ref());
            let body = alike
                .flatten()
                .find(|body| self.fits(Some(body), Some(shape)));
            let body = body.or_else(|| {
                others.find_map(|body| body.filter(|body| self.fits(Some(body), Some(shape))))
            });
            let name = match body {
                Some(body) => self.body_name(body),
                None => None,
            };
            fields.push(match name {
                Some(name) => word("body", name),
                None => {
                    let name = format!("{}{status}Reply", operation.name);
                    let file = operation.place.file;
                    let ty = self.type_of(file, &operation.namespace, &name, shape)?;
                    ty.body()
                }
            });
        }
        Ok(field(status.to_string(), Yaml::Line(fields)))
    }

    /// Adds an edit.
    pub fn push(&mut self, file: FileId, edit: Edit) {
        self.edits.entry(file).or_default().push(edit);
    }

    /// The files that are changed.
    pub fn edited(&self) -> Vec<FileId> {
        self.edits.keys().copied().collect()
    }
}

/// The replies of the other operations of a resource.
fn siblings<'a>(api: &'a Api, operation: &Operation) -> impl Iterator<Item = &'a Reply> {
    let is_own = |own: &Operation| own.place == operation.place;
    let mut resources = api.resources.iter();
    let own = resources.find(|resource| resource.operations.iter().any(is_own));
    let operations = own.into_iter().flat_map(|resource| &resource.operations);
    let place = operation.place;
    let others = operations.filter(move |own| own.place != place);
    others.flat_map(|own| &own.replies)
}

/// The JSON of what came, or its media type.
pub(super) fn parts(came: Option<&Came>) -> (Option<&Shape>, Option<&str>) {
    match came {
        Some(Came::Json(shape)) => (Some(shape), None),
        Some(Came::Other(media)) => (None, Some(media)),
        None => (None, None),
    }
}

fn gone() -> Question {
    "the model does not have the item any more".to_owned()
}

/// An object or message by its id.
pub(super) fn record<'a>(api: &'a Api, id: &str) -> Option<(RecordId, &'a Record)> {
    api.records.entries().find(|(_, record)| record.id() == id)
}

fn operation<'a>(api: &'a Api, id: &str) -> Option<&'a Operation> {
    let mut operations = api.operations().map(|(_, operation)| operation);
    operations.find(|operation| operation.id() == id)
}

/// Returns true if a model says a fact.
pub(super) fn is_known(api: &Api, fact: &Fact) -> bool {
    match fact {
        Fact::Property { record, name, .. } => {
            let found = self::record(api, record);
            found.is_some_and(|(_, record)| record.properties.iter().any(|own| own.name == *name))
        }
        Fact::Number {
            enumeration,
            number,
        } => {
            let mut enums = api.enums.iter();
            let found = enums.find(|own| own.id() == *enumeration);
            found.is_some_and(|own| own.values.iter().any(|value| value.number == *number))
        }
        Fact::Status {
            operation, status, ..
        } => {
            let found = self::operation(api, operation);
            found.is_some_and(|own| own.replies.iter().any(|reply| reply.status.is(*status)))
        }
        Fact::Type { urn, .. } => {
            let mut records = api.records.iter();
            records.any(|record| record.urn.as_deref() == Some(urn))
        }
        Fact::Operation {
            path,
            method,
            status,
            ..
        } => {
            let resource = api.resources.iter().find(|own| is_at(own, path));
            let mut operations = resource.iter().flat_map(|own| &own.operations);
            let own = operations.find(|own| own.method == *method);
            own.is_some_and(|own| own.replies.iter().any(|reply| reply.status.is(*status)))
        }
    }
}

/// Returns true if a resource has a path.
pub(super) fn is_at(resource: &Resource, path: &[Option<String>]) -> bool {
    let segments = resource.segments.iter().map(Segment::literal);
    segments.eq(path.iter().map(Option::as_deref))
}
