//! The edits of one round: from what differs to what to change in the texts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use crate::model::Model;
use crate::place::{FileId, Place};
use crate::syntax::Node;

use super::super::compare::{Change, Difference};
use super::super::edit::Edit;
use super::super::page::{Notice, Page};
use super::super::tree;
use super::super::write::{
    Options, PLACEHOLDER, Parts, Shared, Target, Writer, namespace, node_value, version_of,
};
use super::super::yaml::{Field, Yaml, field, text, word};
use super::NoPlace;
use super::in_place::in_place;

/// The edits of one round.
pub(super) struct Round<'p, 'm> {
    page: &'p Page,
    model: &'m Model,
    shared: Rc<Shared<'m>>,
    options: Options,
    writers: HashMap<FileId, Writer<'p, 'm>>,
    features: BTreeSet<String>,
    edits: BTreeMap<FileId, Vec<Edit>>,
}

impl<'p, 'm> Round<'p, 'm> {
    pub fn new(page: &'p Page, model: &'m Model, options: Options) -> Self {
        Round {
            page,
            model,
            shared: Rc::new(Shared::of(model)),
            options,
            writers: HashMap::new(),
            features: BTreeSet::new(),
            edits: BTreeMap::new(),
        }
    }

    /// What writes new parts of a file.
    fn writer(&mut self, file: FileId) -> &mut Writer<'p, 'm> {
        let Round {
            page,
            model,
            shared,
            options,
            writers,
            ..
        } = self;
        writers.entry(file).or_insert_with(|| {
            let root = model.sources().get(file).map(|file| &file.root);
            let namespace = root
                .and_then(|root| root.get("namespace")?.as_str())
                .unwrap_or_default();
            let mut writer = Writer::new(
                model,
                Rc::clone(shared),
                Target::Model,
                namespace.to_owned(),
                *options,
            );
            writer.turn_to(page);
            writer
        })
    }

    fn edit(&mut self, file: FileId, edit: Edit) {
        let edits = self.edits.entry(file).or_default();
        // Two methods may ask for the same change of what they share.
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }

    fn set(&mut self, item: Place, path: &[&str], value: Field, after: Option<String>) {
        self.edit(item.file, Edit::set(item.node, path, value, after));
    }

    fn unset(&mut self, item: Place, path: &[&str], key: &str) {
        let edit = Edit::Set {
            item: item.node,
            path: path.iter().map(|step| (*step).to_owned()).collect(),
            key: key.to_owned(),
            value: None,
            after: None,
        };
        self.edit(item.file, edit);
    }

    fn add(&mut self, item: Place, list: &'static str, value: Yaml) {
        self.edit(
            item.file,
            Edit::Add {
                item: item.node,
                list,
                value,
            },
        );
    }

    fn replace(&mut self, item: Place, value: Yaml) {
        self.edit(
            item.file,
            Edit::Replace {
                item: item.node,
                value,
            },
        );
    }

    /// The edits for a difference.
    pub fn change(&mut self, difference: &Difference<'p>) {
        match &difference.change {
            Change::ByHand | Change::Included => {}
            Change::Key {
                item,
                key,
                value: None,
            } => self.unset(*item, &[], key),
            Change::Key {
                item,
                key,
                value: Some(value),
            } => {
                if *key == "since"
                    && let Yaml::Word(since) = value
                {
                    self.features
                        .extend(since.split_once(' ').map(|(feature, _)| feature.to_owned()));
                }
                self.set(*item, &[], field(*key, value.clone()), None);
            }
            Change::Drop { item, section, key } => self.unset(*item, section.as_slice(), key),
            Change::AddMethod { resource, method } => {
                let page = self.page;
                let of_all = self.parameters_of_all(*resource);
                let own = method.parameters.iter();
                let own: Vec<_> = own
                    .filter(|p| !of_all.contains(&p.name.to_ascii_lowercase()))
                    .collect();
                let operation = self.writer(resource.file).operation(page, method, &own);
                self.set(*resource, &[], operation, None);
            }
            Change::AddParameter {
                operation,
                parameter,
            } => {
                let value = self.writer(operation.file).parameter(parameter);
                self.add(*operation, "parameters", value);
            }
            Change::InPlace { item } => {
                let value = in_place(self.model, &self.shared, *item);
                value
                    .into_iter()
                    .for_each(|value| self.replace(*item, value));
            }
            Change::Complete { item } => {
                let id = self.node(*item).and_then(Node::as_str);
                if let Some(id) = id {
                    self.replace(*item, Yaml::Line(vec![word("use", id)]));
                }
            }
            Change::Status { item, code } => {
                let edit = Edit::Rename {
                    key: item.node,
                    to: code.to_string(),
                };
                self.edit(item.file, edit);
            }
            Change::MoveItem { item, to } => {
                let value = self.node(*item).map(|node| node_value("parameters", node));
                self.edit(item.file, Edit::Remove { item: item.node });
                for operation in to {
                    if let Some(value) = &value {
                        self.add(*operation, "parameters", value.clone());
                    }
                }
            }
            Change::AddReply {
                operation,
                method,
                status,
                after,
            } => {
                let page = self.page;
                let reply = self.writer(operation.file).reply(page, method, status);
                self.set(
                    *operation,
                    &["replies"],
                    reply,
                    after.map(|code| code.to_string()),
                );
            }
            Change::Body {
                item,
                method,
                status,
                record,
            } => {
                let page = self.page;
                let writer = self.writer(item.file);
                let fallback = match status {
                    Some(status) => writer.fallback(page, method, status),
                    None => writer.fallback_body(page, method),
                };
                let name = writer.record(record, false, &fallback);
                self.set(*item, &[], word("body", name), None);
            }
            Change::AddHeader { reply, header } => {
                let header = self.writer(reply.file).header(header);
                self.set(*reply, &["headers"], header, None);
            }
            Change::AddMessage { reply, record } => {
                let page = self.page;
                let name = self.writer(reply.file).message(page, record);
                self.add(*reply, "messages", name);
            }
            Change::AddError { reply, error } => {
                let error = self.writer(reply.file).error(error);
                self.set(*reply, &["errors"], error, None);
            }
            Change::Error { reply, error } => {
                let urn = error.urn.clone().unwrap_or_default();
                let name = self.writer(reply.file).error_type(&urn, error.line);
                self.set(*reply, &["errors", &error.id], word("type", name), None);
            }
            Change::AddRow { record, row, after } => {
                let record = &self.model.api()[*record];
                let place = record.place;
                let around = version_of(record.since.as_ref());
                let in_delta = record.delta().is_some();
                let writer = self.writer(place.file);
                let fields = writer.added(&[*row], around.as_ref(), in_delta);
                for field in fields {
                    self.set(place, &["properties"], field, after.clone());
                }
            }
            Change::AddValue {
                enumeration,
                row,
                after,
            } => {
                if let Some(value) = self.writer(enumeration.file).value(row, None) {
                    self.set(*enumeration, &["values"], value, after.clone());
                }
            }
            Change::AddOption { base, group } => {
                let base = &self.model.api()[*base];
                let inherited = base.properties.iter();
                let inherited: Vec<_> = inherited
                    .map(|property| (property.name.as_str(), None))
                    .collect();
                self.writer(base.place.file)
                    .typed(Some(&base.name), group, None, &inherited);
            }
        }
    }

    fn node(&self, item: Place) -> Option<&'m Node> {
        tree::item(&self.model.sources().get(item.file)?.root, item.node)
    }

    /// The names of the parameters that a resource has for all methods.
    fn parameters_of_all(&self, resource: Place) -> BTreeSet<String> {
        let node = self.node(resource).and_then(|node| node.get("parameters"));
        let items = node.map(Node::as_list).unwrap_or_default();
        let names = items.iter().filter_map(|item| match item.as_str() {
            Some(id) => self.shared.name_of(id),
            None => item.get("name")?.as_str(),
        });
        names.map(str::to_ascii_lowercase).collect()
    }

    /// Writes the whole resource into the file of its namespace.
    pub fn add_resource(&mut self) -> Result<Place, NoPlace> {
        let page = self.page;
        let namespace = namespace(page);
        let mut files = self.model.sources().files();
        let found = files.find(|(_, file)| {
            let own = file.root.get("namespace").and_then(|node| node.as_str());
            !file.extended && own == Some(namespace.as_str())
        });
        let Some((file, _)) = found else {
            return Err(NoPlace {
                path: page.path.clone(),
                namespace,
            });
        };
        let writer = self.writer(file);
        let mut resource = writer.resource(page);
        resource.spaced = true;
        writer.parts.resources.push(resource);
        Ok(Place::whole(file))
    }

    /// All edits, with the new parts of each file and the features that are new.
    pub fn finish(mut self) -> (BTreeMap<FileId, Vec<Edit>>, Vec<Notice>) {
        let mut open = Vec::new();
        let writers: Vec<_> = std::mem::take(&mut self.writers).into_iter().collect();
        for (file, writer) in writers {
            self.features.extend(writer.features().iter().cloned());
            open.extend(writer.open.into_iter().map(|(_, notice)| notice));
            let Parts {
                enums,
                objects,
                messages,
                resources,
            } = writer.parts;
            let sections = [
                ("enums", enums),
                ("objects", objects),
                ("messages", messages),
                ("resources", resources),
            ];
            for (section, fields) in sections {
                for field in fields {
                    self.set(Place::whole(file), &[section], field, None);
                }
            }
        }
        let known = &self.model.api().features;
        let new: Vec<String> = self
            .features
            .iter()
            .filter(|new| !known.iter().any(|known| known.name == **new))
            .cloned()
            .collect();
        for feature in new {
            let value = field(&feature, Yaml::Line(vec![text("doc", PLACEHOLDER)]));
            self.set(Place::whole(FileId::ROOT), &["features"], value, None);
        }
        (self.edits, open)
    }
}
