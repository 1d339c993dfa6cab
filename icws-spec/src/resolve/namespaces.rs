//! What the namespaces are about.

use crate::api::Namespace;
use crate::diagnostic::Diagnostic;
use crate::rules;

use super::scope::{self, Scope};

/// Collects the namespaces of all files. Of the files of one namespace one says what it is
/// about, since nobody could tell which of two texts counts.
pub(super) fn resolve(scope: &Scope<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Namespace> {
    let mut all: Vec<Namespace> = Vec::new();
    for file in scope.files() {
        let at = |key: &str| {
            let node = file.root.get(key)?;
            Some(file.id.at(node.id))
        };
        let doc = scope::text(file.root, "doc");
        let (Some(name), Some(place)) = (file.namespace, at("doc").or(at("namespace"))) else {
            if let Some(place) = at("doc")
                && file.root.get("namespace").is_none()
            {
                diagnostics.push(
                    Diagnostic::new(
                        &rules::INVALID_VALUE,
                        place,
                        "the file has no `namespace` for this to be the text of",
                    )
                    .help("add `namespace: …` at the top of the file, or write a comment"),
                );
            }
            continue;
        };
        match all.iter_mut().find(|other| other.name == name) {
            None => all.push(Namespace {
                name: name.to_owned(),
                doc,
                place,
            }),
            Some(_) if doc.is_empty() => {}
            Some(other) if other.doc.is_empty() => (other.doc, other.place) = (doc, place),
            Some(other) => diagnostics.push(
                Diagnostic::new(
                    &rules::DUPLICATE_NAME,
                    place,
                    format!("another file says already what `{name}` is about"),
                )
                .related(other.place, "here"),
            ),
        }
    }
    all
}
