//! Writes what pages say as a model: a whole one, or the parts that another
//! lacks. Shared parameters and replies of a model are used where they say the
//! same. What a page does not give is left as an open question, or gets a name
//! that is ours alone: that of an operation, and of a representation without
//! one.

mod gaps;
mod operations;
mod records;
mod shared;

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use heck::ToLowerCamelCase;

use crate::api::{RecordId, Since};
use crate::model::Model;

use super::page::{Notice, Page, Record, Text, Version, is_same};
use super::yaml::{Field, Yaml, field, text, word};
pub(crate) use operations::free_name;
pub(crate) use shared::Shared;
pub(super) use shared::{Declared, node_fields, node_value};

/// What stands in for a text.
pub(crate) const PLACEHOLDER: &str = "To be described.";

/// How to write.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Whether the texts of the page are carried over. They are the vendor's;
    /// without them a placeholder is written.
    pub with_docs: bool,
}

/// A model as written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The YAML.
    pub yaml: String,
    /// What is open, each with the file of its page: lines that were not
    /// understood, and what the text of the page lacks.
    pub open: Vec<(String, Notice)>,
}

/// Pages that cannot share a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Apart {
    /// The namespaces.
    pub namespaces: Vec<String>,
}

impl std::fmt::Display for Apart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let namespaces = self.namespaces.join("` and `");
        write!(
            f,
            "the pages belong to the namespaces `{namespaces}`, and a file has one; import them one by one"
        )
    }
}

impl std::error::Error for Apart {}

/// Writes a model that needs no other: what it uses of `model` comes with it.
///
/// # Errors
/// When the pages belong to several namespaces.
pub fn write(pages: &[Page], model: &Model, options: Options) -> Result<Written, Apart> {
    let namespaces: BTreeSet<String> = pages.iter().map(namespace).collect();
    if namespaces.len() > 1 {
        return Err(Apart {
            namespaces: namespaces.into_iter().collect(),
        });
    }
    let namespace = namespaces.into_iter().next().unwrap_or_default();
    let shared = Rc::new(Shared::of(model));
    let mut writer = Writer::new(model, shared, Target::Alone, namespace, options);
    for page in pages {
        let resource = writer.resource(page);
        writer.parts.resources.push(resource);
    }
    let open = std::mem::take(&mut writer.open);
    Ok(Written {
        yaml: writer.whole(),
        open,
    })
}

/// The namespace of what a page describes: that of its URNs when they agree,
/// else the words of its path.
pub(super) fn namespace(page: &Page) -> String {
    let groups = page.records().flat_map(|(record, _)| &record.groups);
    let urns = groups.filter_map(|group| urn_namespace(group.urn.as_ref()?));
    let urns: BTreeSet<&str> = urns.collect();
    match urns.first() {
        Some(only) if urns.len() == 1 => (*only).to_owned(),
        _ => path_namespace(&page.path),
    }
}

fn urn_namespace(urn: &str) -> Option<&str> {
    let namespace = urn.strip_prefix("urn:inin.com:")?.rsplit_once(':')?.0;
    let part = |part: &str| crate::names::is_identifier(&crate::names::value_name(part));
    namespace.split('.').all(part).then_some(namespace)
}

/// The words of a path: `interactions.callback` for the subscription to one.
pub(crate) fn path_namespace(path: &str) -> String {
    let mut words: Vec<String> = literals(path).map(str::to_lower_camel_case).collect();
    if words.starts_with(&["messaging".to_owned(), "subscriptions".to_owned()]) && words.len() > 2 {
        words.drain(..2);
    } else {
        words.truncate(1);
    }
    words.retain(|part| crate::names::is_identifier(&crate::names::value_name(part)));
    if words.is_empty() {
        "icws".to_owned()
    } else {
        words.join(".")
    }
}

/// The pieces of a path that are no parameters.
fn literals(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.split('/')
        .filter(|part| !part.is_empty() && !part.contains(['{', '}']) && *part != "icws")
}

/// A version of a model, as a page would have it.
pub(super) fn version_of(since: Option<&Since>) -> Option<Version> {
    let since = since?;
    Some(Version {
        line: 0,
        feature: since.feature.clone(),
        number: since.version?,
    })
}

/// Where the parts go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// Into a file that stands alone.
    Alone,
    /// Into the model itself.
    Model,
}

/// The sections of a file as far as they are written.
#[derive(Default)]
pub(super) struct Parts {
    pub enums: Vec<Field>,
    pub objects: Vec<Field>,
    pub messages: Vec<Field>,
    pub resources: Vec<Field>,
}

/// Writes parts of a model.
pub(super) struct Writer<'p, 'm> {
    model: &'m Model,
    shared: Rc<Shared<'m>>,
    target: Target,
    namespace: String,
    options: Options,
    /// The file of the page that is written.
    file: String,
    /// The version of its resource.
    since: Option<Version>,
    /// The parameters of its path, but for the session.
    subjects: Vec<String>,
    tables: HashMap<&'p str, &'p Record>,
    /// The records of pages that are written, by the names that the pages have
    /// for them and whether they are messages, with those that they got.
    declared: HashMap<(String, bool), String>,
    /// The names of all types that are written.
    names: BTreeSet<String>,
    /// The names of types by their URNs.
    urns: HashMap<String, String>,
    /// Records of the model that came along.
    copied: HashMap<RecordId, String>,
    operations: BTreeSet<String>,
    features: BTreeSet<String>,
    used_parameters: BTreeSet<String>,
    used_replies: BTreeSet<String>,
    placeholders: usize,
    pub parts: Parts,
    pub open: Vec<(String, Notice)>,
}

impl<'p, 'm> Writer<'p, 'm> {
    pub fn new(
        model: &'m Model,
        shared: Rc<Shared<'m>>,
        target: Target,
        namespace: String,
        options: Options,
    ) -> Self {
        Writer {
            model,
            shared,
            target,
            namespace,
            options,
            file: String::new(),
            since: None,
            subjects: Vec::new(),
            tables: HashMap::new(),
            declared: HashMap::new(),
            names: BTreeSet::new(),
            urns: HashMap::new(),
            copied: HashMap::new(),
            operations: BTreeSet::new(),
            features: BTreeSet::new(),
            used_parameters: BTreeSet::new(),
            used_replies: BTreeSet::new(),
            placeholders: 0,
            parts: Parts::default(),
            open: Vec::new(),
        }
    }

    /// The features that were named.
    pub fn features(&self) -> &BTreeSet<String> {
        &self.features
    }

    /// Goes on with another page.
    pub fn turn_to(&mut self, page: &'p Page) {
        self.file.clone_from(&page.file);
        self.since.clone_from(&page.since);
        let parts = page.path.split('/');
        let subjects = parts.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        self.subjects = subjects
            .filter(|name| *name != "sessionId")
            .map(str::to_owned)
            .collect();
        self.tables = page.tables();
    }

    /// An open question: a comment for the YAML, and said to the caller.
    fn ask(&mut self, field: Field, line: usize, message: impl Into<String>) -> Field {
        let message = message.into();
        let notice = Notice {
            line,
            message: message.clone(),
            text: None,
            unknown: false,
            doubtful: false,
        };
        self.open.push((self.file.clone(), notice));
        field.todo(line, message)
    }

    /// The text of the page, or what stands in for it.
    fn doc(&self, doc: &Text) -> Field {
        self.doc_or(doc, PLACEHOLDER)
    }

    fn doc_or(&self, doc: &Text, instead: &str) -> Field {
        let carried = self.options.with_docs && !doc.is_empty();
        text(
            "doc",
            if carried {
                doc.join("\n\n")
            } else {
                instead.to_owned()
            },
        )
    }

    /// `since`, unless what is around has the same.
    fn since(&mut self, own: Option<&Version>, around: Option<&Version>) -> Option<Field> {
        let own = own?;
        self.features.insert(own.feature.clone());
        (!is_same(Some(own), around)).then(|| word("since", own.to_string()))
    }

    /// The whole file.
    fn whole(mut self) -> String {
        let mut out = "# From a reference page. Names of operations are ours: change them, and the texts, by hand.\n".to_owned();
        let mut fields = vec![
            field("icws", Yaml::Raw("1".to_owned())),
            word("namespace", self.namespace.clone()),
        ];
        let parameters = self.shared_parameters();
        let replies = self.shared_replies();
        let features = self.features.iter().map(|feature| {
            let known = self
                .model
                .api()
                .features
                .iter()
                .find(|known| known.name == *feature);
            let doc = known.map_or(PLACEHOLDER, |known| &known.doc);
            field(feature, Yaml::Line(vec![text("doc", doc)]))
        });
        let Parts {
            enums,
            objects,
            messages,
            resources,
        } = std::mem::take(&mut self.parts);
        let sections = [
            ("features", features.collect()),
            ("parameters", parameters),
            ("replies", replies),
            ("enums", enums),
            ("objects", objects),
            ("messages", messages),
            ("resources", resources),
        ];
        for (name, entries) in sections {
            if !entries.is_empty() {
                let mut section = field(name, Yaml::Block(entries));
                section.spaced = true;
                fields.push(section);
            }
        }
        fields.iter().for_each(|field| field.lines(0, &mut out));
        out
    }
}
