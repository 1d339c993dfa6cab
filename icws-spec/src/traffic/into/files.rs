//! Files for namespaces that a model has no file of.

use std::path::Path;

use super::edits::{Draft, Question};
use crate::import::changes::{Edit, Yaml};
use crate::model::Model;
use crate::names;
use crate::place::FileId;
use crate::syntax::{Node, NodeId};

impl Draft<'_> {
    /// The file that something of a namespace is written into: one of its own, else the
    /// only one that has a namespace and is not of the extended model. Without either a
    /// new one is asked for, which is there for the next round.
    pub fn file_of(&mut self, namespace: &str) -> Result<(FileId, String), Question> {
        let own = |file: FileId, root: &Node, extended: bool| {
            let name = root.get("namespace").and_then(Node::as_str)?;
            (!extended).then(|| (file, name.to_owned()))
        };
        let files = self.model.sources().files();
        let files = files.filter_map(|(id, file)| own(id, &file.root, file.extended));
        let files: Vec<(FileId, String)> = files.collect();
        let exact = files.iter().find(|(_, name)| name == namespace);
        let only = files.first().filter(|_| files.len() == 1);
        if let Some(found) = exact.or(only) {
            return Ok(found.clone());
        }
        self.files.insert(namespace.to_owned());
        Err(format!(
            "no file of the model's own has this namespace; include one with `namespace: {namespace}`"
        ))
    }

    /// Lets the root file include the new files that something is written into.
    pub(super) fn include_new(&mut self) {
        let root = self
            .model
            .sources()
            .get(FileId::ROOT)
            .map(|file| &file.root);
        let included = root.and_then(|root| root.get("include"));
        let included = included.map(Node::as_list).unwrap_or_default();
        let is_there = |path: &str| included.iter().any(|own| own.as_str() == Some(path));
        let edited = self.edited();
        let new = self.new_files.iter();
        let new = new.filter(|(id, path)| edited.contains(id) && !is_there(path));
        let paths: Vec<String> = new.map(|(_, path)| path.clone()).collect();
        for path in paths {
            let include = Edit::Add {
                item: NodeId::ROOT,
                list: "include",
                value: Yaml::Word(path),
            };
            self.push(FileId::ROOT, include);
        }
    }
}

/// A model with an empty file for a namespace, below the folder of the root file, and how
/// that file includes it; `None` when there can be none, or something else is there.
pub(super) fn with_file(model: &Model, namespace: &str) -> Option<(Model, FileId, String)> {
    let is_name = |part: &str| names::is_identifier(&names::value_name(part));
    if !namespace.split('.').all(is_name) || !namespace.bytes().all(is_plain) {
        return None;
    }
    let root = model.sources().get(FileId::ROOT)?;
    let name = format!("{}.yaml", namespace.replace('.', "/"));
    let absolute = root.absolute.as_ref()?.parent()?.join(&name);
    if absolute.exists() {
        return None;
    }
    let shown = Path::new(&root.path).parent()?.join(&name);
    let text = format!("icws: 1\nnamespace: {namespace}\n");
    let (model, id) = model.with_file(shown.display().to_string(), absolute, &text);
    Some((model, id, name))
}

/// What a file name and a namespace have in common.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'.'
}
