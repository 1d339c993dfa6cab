//! What a merge leaves as it is: the files of the extended model.

use std::collections::BTreeMap;

use crate::model::Model;
use crate::place::FileId;
use crate::syntax::Node;

use super::super::compare::Difference;
use super::super::edit::Edit;
use super::super::page::Page;
use super::super::tree::{self, Step};
use super::super::write::Options;
use super::super::yaml::{Field, Yaml, field, word};
use super::round::Round;

/// Returns why a person has to make a change: it is one of the extended model,
/// and has to be written under `changes`.
pub(super) fn question(
    page: &Page,
    model: &Model,
    options: Options,
    difference: &Difference<'_>,
) -> Option<String> {
    if !model.sources().files().any(|(_, file)| file.extended) {
        return None;
    }
    let mut round = Round::new(page, model, options);
    round.change(difference);
    let (edits, _) = round.finish();
    by_hand(model, &edits)
}

/// Returns what a person has to write in place of edits, if some are of files of the
/// extended model.
pub(crate) fn by_hand(model: &Model, edits: &BTreeMap<FileId, Vec<Edit>>) -> Option<String> {
    let extended = edits.iter().filter_map(|(id, edits)| {
        let file = model.sources().get(*id).filter(|file| file.extended)?;
        Some((&file.root, edits))
    });
    let edits: Vec<(&Node, &Edit)> = extended
        .flat_map(|(root, edits)| edits.iter().map(move |edit| (root, edit)))
        .collect();
    if edits.is_empty() {
        return None;
    }
    let changes: Option<Vec<String>> = edits
        .into_iter()
        .map(|(root, edit)| Some(change(root, edit)?.on_one_line()))
        .collect();
    Some(match changes {
        Some(changes) => format!(
            "the shipped model stays as it is; write under `changes`: `{}`",
            changes.join("` and `")
        ),
        None => "the shipped model stays as it is; `icws-spec init` writes its files as your own"
            .to_owned(),
    })
}

/// An edit of a file as an entry of `changes`; `None` for one that cannot be
/// written there.
fn change(root: &Node, edit: &Edit) -> Option<Field> {
    let (item, mut inner) = match edit {
        Edit::Set {
            item,
            path,
            key,
            value,
            ..
        } => {
            let gone = || field(key.as_str(), Yaml::Raw("~".to_owned()));
            let mut inner = value.clone().unwrap_or_else(gone);
            for step in path.iter().rev() {
                inner = field(step.as_str(), Yaml::Line(vec![inner]));
            }
            (*item, vec![inner])
        }
        Edit::Add { item, list, value } => {
            let list = field(*list, Yaml::List(vec![value.clone()]));
            (*item, vec![list])
        }
        Edit::Replace { .. } | Edit::Remove { .. } | Edit::Rename { .. } => return None,
    };
    let mut way = tree::way(root, item)?;
    way.reverse();
    let (Some(Step::Key(section)), Some(Step::Key(name))) = (way.pop(), way.pop()) else {
        return None;
    };
    // Steps inside of the item, innermost first.
    let mut steps = way.into_iter();
    while let Some(step) = steps.next() {
        inner = match step {
            Step::Key(key) => vec![field(key, Yaml::Line(inner))],
            Step::Item(node) => {
                inner.insert(0, word("name", node.get("name")?.as_str()?));
                let Some(Step::Key(list)) = steps.next() else {
                    return None;
                };
                vec![field(list, Yaml::List(vec![Yaml::Line(inner)]))]
            }
        };
    }
    let namespace = root.get("namespace").and_then(Node::as_str);
    let id = match (section, namespace) {
        ("enums" | "objects" | "messages", Some(namespace)) => format!("{namespace}.{name}"),
        _ => name.to_owned(),
    };
    Some(field(
        section,
        Yaml::Line(vec![field(id, Yaml::Line(inner))]),
    ))
}
