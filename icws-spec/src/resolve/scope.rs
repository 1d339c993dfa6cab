//! What names mean: the declarations of all files, before any is resolved.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::api::{Arena, EnumId, Enumeration, Feature, Record, RecordId, Since};
use crate::diagnostic::Diagnostic;
use crate::names;
use crate::place::{FileId, Place};
use crate::rules;
use crate::source::Sources;
use crate::spelling::did_you_mean;
use crate::syntax::{Entry, Key, Node};

use super::since;

/// Each word of a namespace is a module within that of the word before.
const MOST_WORDS: usize = 32;

/// A file of the model with what it sets for its items.
pub(super) struct File<'a> {
    pub id: FileId,
    pub root: &'a Node,
    pub namespace: Option<&'a str>,
    pub since: Option<Since>,
}

/// Something declared by name.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    pub file: FileId,
    pub key: &'a Key,
    pub node: &'a Node,
}

impl<'a> Declared<'a> {
    fn of(file: FileId, entry: &'a Entry) -> Self {
        Declared {
            file,
            key: &entry.key,
            node: &entry.node,
        }
    }

    /// Where the name stands.
    pub fn place(&self) -> Place {
        self.file.at(self.key.id)
    }
}

/// An object or message before its properties are resolved.
pub(super) struct DeclaredRecord<'a> {
    pub declared: Declared<'a>,
    pub namespace: &'a str,
    pub since: Option<Since>,
    pub is_message: bool,
}

/// An enumeration before its values are resolved.
pub(super) struct DeclaredEnum<'a> {
    pub declared: Declared<'a>,
    pub namespace: &'a str,
    pub since: Option<Since>,
}

/// What the name of a type stands for.
#[derive(Clone, Copy)]
pub(super) enum Named {
    Record(RecordId),
    Enum(EnumId),
}

/// All names of a model.
pub(super) struct Scope<'a> {
    pub sources: &'a Sources,
    /// The files in the order in which declarations count.
    order: Vec<FileId>,
    files: BTreeMap<FileId, File<'a>>,
    pub records: Arena<DeclaredRecord<'a>, Record>,
    pub enums: Arena<DeclaredEnum<'a>, Enumeration>,
    features: Vec<Declared<'a>>,
    feature_names: HashSet<&'a str>,
    parameters: HashMap<&'a str, Declared<'a>>,
    replies: HashMap<&'a str, Declared<'a>>,
    by_id: HashMap<String, Named>,
    /// Names of items that the shape check has reported: what follows from one
    /// is not worth a second finding.
    broken: HashSet<&'a str>,
    success_broken: bool,
}

impl<'a> Scope<'a> {
    /// Collects the declarations of all files.
    pub fn declare(sources: &'a Sources, diagnostics: &mut Vec<Diagnostic>) -> Scope<'a> {
        let mut scope = Scope {
            sources,
            order: Vec::new(),
            files: BTreeMap::new(),
            records: Arena::default(),
            enums: Arena::default(),
            features: Vec::new(),
            feature_names: HashSet::new(),
            parameters: HashMap::new(),
            replies: HashMap::new(),
            by_id: HashMap::new(),
            broken: HashSet::new(),
            success_broken: false,
        };
        for (file, source) in sources.in_order() {
            scope
                .broken
                .extend(source.broken.iter().map(String::as_str));
            for entry in entries(&source.root, "features") {
                scope.feature_names.insert(&entry.key.text);
                scope.features.push(Declared::of(file, entry));
            }
            declare_shared(
                sources,
                &mut scope.parameters,
                file,
                &source.root,
                "parameters",
                diagnostics,
            );
            declare_shared(
                sources,
                &mut scope.replies,
                file,
                &source.root,
                "replies",
                diagnostics,
            );
        }
        scope.success_broken = scope.broken.iter().any(|name| is_success(name));
        for (file, source) in sources.in_order() {
            scope.declare_file(file, &source.root, diagnostics);
        }
        scope
    }

    fn declare_file(&mut self, id: FileId, root: &'a Node, diagnostics: &mut Vec<Diagnostic>) {
        let namespace = root.get("namespace").and_then(|node| {
            let text = node.as_str()?;
            let mut words = names::modules(text).into_iter();
            if words.len() <= MOST_WORDS && words.all(|word| names::is_identifier(&word)) {
                return Some(text);
            }
            diagnostics.push(
                Diagnostic::new(
                    &rules::INVALID_VALUE,
                    id.at(node.id),
                    format!("`{text}` is not a namespace"),
                )
                .help(format!(
                    "write words separated by dots, {MOST_WORDS} at most: `interactions.callback`"
                )),
            );
            None
        });
        let since = since::resolve(root, id, None, self, diagnostics);
        for section in ["enums", "objects", "messages"] {
            for entry in entries(root, section) {
                let declared = Declared::of(id, entry);
                match namespace {
                    Some(namespace) => {
                        self.declare_type(section, declared, namespace, since.clone(), diagnostics);
                    }
                    None => diagnostics.extend(without_namespace(root, declared.place())),
                }
            }
        }
        let file = File {
            id,
            root,
            namespace,
            since,
        };
        self.order.push(id);
        self.files.insert(id, file);
    }

    fn declare_type(
        &mut self,
        section: &str,
        declared: Declared<'a>,
        namespace: &'a str,
        since: Option<Since>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let name = format!("{namespace}.{}", declared.key.text);
        if let Some(first) = self.by_id.get(&name) {
            let first = match first {
                Named::Record(id) => self.records[*id].declared.place(),
                Named::Enum(id) => self.enums[*id].declared.place(),
            };
            let message = format!("`{name}` is declared twice");
            let place = declared.place();
            diagnostics.push(duplicate(self.sources, message, first, place, section));
            return;
        }
        let named = if section == "enums" {
            Named::Enum(self.enums.push(DeclaredEnum {
                declared,
                namespace,
                since,
            }))
        } else {
            Named::Record(self.records.push(DeclaredRecord {
                declared,
                namespace,
                since,
                is_message: section == "messages",
            }))
        };
        self.by_id.insert(name, named);
    }

    /// The files in the order in which declarations count.
    pub fn files(&self) -> impl Iterator<Item = &File<'a>> {
        self.order.iter().filter_map(|id| self.files.get(id))
    }

    /// The namespace of a file.
    pub fn namespace(&self, file: FileId) -> Option<&'a str> {
        self.files.get(&file)?.namespace
    }

    /// The declared features.
    pub fn features(&self) -> Vec<Feature> {
        self.features
            .iter()
            .map(|feature| Feature {
                name: feature.key.text.clone(),
                doc: text(feature.node, "doc"),
                place: feature.place(),
            })
            .collect()
    }

    /// The names of the declared features.
    pub fn feature_names(&self) -> impl Iterator<Item = &'a str> {
        self.feature_names.iter().copied()
    }

    /// Whether a feature is declared.
    pub fn has_feature(&self, name: &str) -> bool {
        self.feature_names.contains(name)
    }

    /// Follows the id of a shared parameter.
    pub fn parameter(
        &self,
        id: &str,
        place: Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Declared<'a>> {
        let names = ("parameter", "parameters");
        self.shared(&self.parameters, names, id, place, diagnostics)
    }

    /// Follows the id of a shared reply.
    pub fn reply(
        &self,
        id: &str,
        place: Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Declared<'a>> {
        let names = ("reply", "replies");
        self.shared(&self.replies, names, id, place, diagnostics)
    }

    fn shared(
        &self,
        table: &HashMap<&'a str, Declared<'a>>,
        (one, section): (&str, &str),
        id: &str,
        place: Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Declared<'a>> {
        let found = table.get(id).copied();
        if found.is_none() && !self.is_broken(id) {
            let message = format!("there is no shared {one} `{id}`");
            let help = did_you_mean(id, table.keys().copied()).unwrap_or_else(|| {
                format!("declare it under `{section}` at the top of a file, or write it in place as a map")
            });
            diagnostics.push(Diagnostic::new(&rules::UNKNOWN_REFERENCE, place, message).help(help));
        }
        found
    }

    /// A type, by its name in `namespace` or by its whole id.
    pub fn named(&self, name: &str, namespace: Option<&str>) -> Option<Named> {
        namespace
            .and_then(|namespace| self.by_id.get(&format!("{namespace}.{name}")))
            .or_else(|| self.by_id.get(name))
            .copied()
    }

    /// Whether the name is of an item that has had a finding of its own.
    pub fn is_broken(&self, name: &str) -> bool {
        let short = name.rsplit('.').next().unwrap_or(name);
        self.broken.contains(short)
    }

    /// Whether a part of an item has had a finding of its own, given that it is not
    /// there: it is written down, or was taken out.
    pub fn is_reported(&self, item: &Node, section: &str, name: &str) -> bool {
        let mut written = entries(item, section).iter();
        written.any(|entry| entry.key.text == name) || self.is_broken(name)
    }

    /// Whether a reply that has had a finding of its own may be a success.
    pub fn is_success_broken(&self) -> bool {
        self.success_broken
    }

    /// The names by which a file of `namespace` can refer to types.
    pub fn type_names(&self, namespace: Option<&str>) -> impl Iterator<Item = &str> {
        let records = self.records.iter().map(|r| (r.namespace, r.declared));
        let enums = self.enums.iter().map(|e| (e.namespace, e.declared));
        let own = records
            .chain(enums)
            .filter(move |(other, _)| Some(*other) == namespace);
        let short = own.map(|(_, declared)| declared.key.text.as_str());
        short.chain(self.by_id.keys().map(String::as_str))
    }
}

/// The finding for items in a file that names no namespace; none when the
/// namespace is there and has had its own.
pub(super) fn without_namespace(root: &Node, place: Place) -> Option<Diagnostic> {
    root.get("namespace").is_none().then(|| {
        Diagnostic::new(
            &rules::MISSING_KEY,
            place,
            "the file has no `namespace` for this to belong to",
        )
        .help("add `namespace: …` at the top of the file")
    })
}

/// Whether the key of a reply is a status of success.
pub(super) fn is_success(status: &str) -> bool {
    status.len() == 3 && status.starts_with('2')
}

/// The entries of a section of a file.
pub(super) fn entries<'a>(root: &'a Node, section: &str) -> &'a [Entry] {
    root.get(section).map(Node::as_map).unwrap_or_default()
}

/// A text of the model, empty when it is not there.
pub(super) fn text(node: &Node, key: &str) -> String {
    optional_text(node, key).unwrap_or_default()
}

/// A text of the model that may be left out.
pub(super) fn optional_text(node: &Node, key: &str) -> Option<String> {
    node.get(key)
        .and_then(Node::as_str)
        .map(|text| text.trim().to_owned())
}

/// A yes or no of the model, no when it is not there.
pub(super) fn flag(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool).unwrap_or_default()
}

/// The finding for a second declaration.
fn duplicate(
    sources: &Sources,
    message: String,
    first: Place,
    second: Place,
    section: &str,
) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(&rules::DUPLICATE_NAME, second, message)
        .related(first, "first declared here");
    diagnostic.help = sources.help_of_second(first, second, section);
    diagnostic
}

fn declare_shared<'a>(
    sources: &Sources,
    table: &mut HashMap<&'a str, Declared<'a>>,
    file: FileId,
    root: &'a Node,
    section: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for entry in entries(root, section) {
        let declared = Declared::of(file, entry);
        if let Some(first) = table.get(entry.key.text.as_str()) {
            let message = format!("`{}` is declared twice under `{section}`", entry.key.text);
            let (first, second) = (first.place(), declared.place());
            diagnostics.push(duplicate(sources, message, first, second, section));
            continue;
        }
        table.insert(&entry.key.text, declared);
    }
}
