//! Applies what a model changes of the one that it extends, before the files are
//! held against the language: what is changed is checked like all the rest.

mod graft;
mod merge;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::place::{FileId, Place};
use crate::rules;
use crate::source::Sources;
use crate::spelling::suggest;
use crate::syntax::language::{CHANGES, Kind, Shape};
use crate::syntax::{Key, Node, Value};

use graft::Grafts;
use merge::Merge;

/// Applies the changes of all files, and reports those that have no place.
/// `extended` tells whether the model extends another.
pub(crate) fn apply(sources: &mut Sources, extended: bool, diagnostics: &mut Vec<Diagnostic>) {
    let mut extends = Vec::new();
    let mut changes = Vec::new();
    for (id, file) in sources.files().filter(|(_, file)| !file.extended) {
        for entry in file.root.as_map() {
            match entry.key.text.as_str() {
                "extends" => extends.push(place(id, &entry.key)),
                "changes" => changes.push((id, entry.clone())),
                _ => {}
            }
        }
    }
    let in_root = |place: &&Place| place.file == FileId::ROOT;
    let misplaced = extends.iter().filter(|place| !in_root(place));
    diagnostics.extend(misplaced.copied().map(misplaced_extends));
    if !extended {
        // An `extends` that is wrong has had its finding.
        if !extends.iter().any(|place| in_root(&place)) {
            let keys = changes.iter().map(|(id, entry)| place(*id, &entry.key));
            diagnostics.extend(keys.map(nothing_extended));
        }
        return;
    }
    let mut targets = None;
    for (file, changes) in &changes {
        targets.get_or_insert_with(|| Targets::of(sources)).apply(
            sources,
            *file,
            &changes.node,
            diagnostics,
        );
    }
    if let Some(targets) = targets {
        targets.close(sources);
    }
}

/// What can be changed, and the trees that were.
struct Targets {
    /// The file of each thing of the extended model, by its section and id.
    files: HashMap<(&'static str, String), FileId>,
    /// The things that the model itself declares.
    own: HashSet<(&'static str, String)>,
    /// The trees that were changed.
    trees: BTreeMap<FileId, Grafts>,
    /// The names of what was changed, each where the change has it.
    changed: Vec<(String, Place)>,
}

impl Targets {
    fn of(sources: &Sources) -> Targets {
        let mut targets = Targets {
            files: HashMap::new(),
            own: HashSet::new(),
            trees: BTreeMap::new(),
            changed: Vec::new(),
        };
        for (id, file) in sources.files() {
            for (section, _, _) in sections() {
                for entry in file.root.get(section).map(Node::as_map).unwrap_or_default() {
                    let thing = (section, whole_id(section, &file.root, &entry.key.text));
                    if file.extended {
                        targets.files.insert(thing, id);
                    } else {
                        targets.own.insert(thing);
                    }
                }
            }
        }
        targets
    }

    /// Applies the changes of a file.
    fn apply(
        &mut self,
        sources: &mut Sources,
        from: FileId,
        changes: &Node,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        for (section, shape, kind) in sections() {
            let entries = changes.get(section).map(Node::as_map).unwrap_or_default();
            // A name that stands twice is for the check of the form.
            let mut seen = HashSet::new();
            for entry in entries {
                if !seen.insert(entry.key.text.as_str()) {
                    continue;
                }
                let thing = (section, entry.key.text.clone());
                let Some(file) = self.files.get(&thing).copied() else {
                    diagnostics.push(self.unknown(thing, kind, place(from, &entry.key)));
                    continue;
                };
                let Some(source) = sources.get_mut(file) else {
                    continue;
                };
                let grafts = self.trees.entry(file);
                let grafts = grafts.or_insert_with(|| Grafts::of(file, &source.root));
                let name = short_name(section, &source.root, &entry.key.text);
                let Some(things) = section_of(&mut source.root, section) else {
                    continue;
                };
                let mut merge = Merge {
                    grafts,
                    from,
                    changed: &mut self.changed,
                    diagnostics,
                };
                let mut change = entry.clone();
                change.key.text = name;
                merge.things(things, &[&change], shape);
            }
        }
    }

    fn unknown(&self, (section, id): (&'static str, String), kind: &Kind, at: Place) -> Diagnostic {
        let message = format!("the extended model has no {} `{id}`", kind.name);
        let diagnostic = Diagnostic::new(&rules::UNKNOWN_TARGET, at, message);
        let thing = (section, id);
        if self.own.contains(&thing) {
            return diagnostic.help("it is declared in this model: write the fact there");
        }
        let mut known = self.files.keys();
        if let Some((other, _)) = known.find(|(_, id)| *id == thing.1) {
            let mut kinds = sections().filter(|(name, ..)| name == other);
            let name = kinds.next().map_or("thing", |(_, _, kind)| kind.name);
            let an = if name.starts_with(['e', 'o']) {
                "an"
            } else {
                "a"
            };
            return diagnostic.help(format!("it is {an} {name}: change it under `{other}`"));
        }
        let ids = self.files.keys().filter(|(other, _)| *other == section);
        let ids = ids.map(|(_, id)| id.as_str());
        let end = format!(".{}", thing.1);
        let whole = ids.clone().filter(|id| id.ends_with(&end)).min();
        let meant = whole.or_else(|| suggest(&thing.1, ids));
        let new =
            format!("at is new is declared under `{section}` of a file, outside of `changes`");
        diagnostic.help(match meant {
            Some(id) => format!("did you mean `{id}`? Wh{new}"),
            None => format!("wh{new}"),
        })
    }

    /// Writes down what was changed, and where the nodes of the changed trees come
    /// from.
    fn close(self, sources: &mut Sources) {
        sources.changed = self.changed;
        for (file, grafts) in self.trees {
            if let Some(source) = sources.get_mut(file) {
                source.origins = grafts.close(&mut source.root);
            }
        }
    }
}

/// The sections of `changes`, what is in them, and what kind of thing that is.
fn sections() -> impl Iterator<Item = (&'static str, &'static Shape, &'static Kind)> {
    CHANGES.keys.iter().filter_map(|key| match key.shape {
        Shape::Names(shape @ Shape::Part(kind)) => Some((key.name, shape, *kind)),
        _ => None,
    })
}

/// Whether the things of a section have a namespace in their ids.
fn has_namespaces(section: &str) -> bool {
    ["enums", "objects", "messages"].contains(&section)
}

fn namespace(root: &Node) -> Option<&str> {
    root.get("namespace").and_then(Node::as_str)
}

fn whole_id(section: &str, root: &Node, name: &str) -> String {
    match namespace(root) {
        Some(namespace) if has_namespaces(section) => format!("{namespace}.{name}"),
        _ => name.to_owned(),
    }
}

fn short_name(section: &str, root: &Node, id: &str) -> String {
    let name = namespace(root)
        .filter(|_| has_namespaces(section))
        .and_then(|namespace| id.strip_prefix(namespace)?.strip_prefix('.'));
    name.unwrap_or(id).to_owned()
}

fn section_of<'a>(root: &'a mut Node, section: &str) -> Option<&'a mut Node> {
    let Value::Map(entries) = &mut root.value else {
        return None;
    };
    let found = entries.iter_mut().find(|entry| entry.key.text == section)?;
    Some(&mut found.node)
}

fn place(file: FileId, key: &Key) -> Place {
    Place { file, node: key.id }
}

fn misplaced_extends(at: Place) -> Diagnostic {
    let message = "only the root file says what the model extends";
    Diagnostic::new(&rules::MISPLACED_EXTENDS, at, message)
        .help("write it in the root file; it holds for all files")
}

fn nothing_extended(at: Place) -> Diagnostic {
    let message = "the model extends no other, so that there is nothing to change";
    Diagnostic::new(&rules::CHANGES_WITHOUT_EXTENDS, at, message).help(
        "write `extends: shipped` in the root file, or change the items where they are declared",
    )
}
