//! A model with the edits of a round, if it is sound with them.

use std::collections::BTreeMap;

use crate::diagnostic::Finding;
use crate::model::Model;
use crate::place::FileId;
use crate::rules::{EXAMPLE_CONTRADICTS_MODEL, OPEN_TODO};

use super::super::edit::{Edit, apply};
use super::super::page::Notice;
use super::round::Round;

/// A model after some changes.
pub(super) struct Step {
    pub model: Model,
    pub files: Vec<FileId>,
    pub open: Vec<Notice>,
}

/// Makes the edits of a round; or returns what the changes would bring.
pub(super) fn attempt(model: &Model, round: Round<'_, '_>) -> Result<Step, Vec<Finding>> {
    let (edits, open) = round.finish();
    let (model, files) = make(model, edits)?;
    Ok(Step { model, files, open })
}

/// Makes edits of the files of a model, and returns it with the files that changed.
///
/// # Errors
/// When the model would not be sound any more: what it would have for findings; none
/// when an edit has no place in the text.
pub(crate) fn make(
    model: &Model,
    edits: BTreeMap<FileId, Vec<Edit>>,
) -> Result<(Model, Vec<FileId>), Vec<Finding>> {
    let mut texts = BTreeMap::new();
    for (id, edits) in edits {
        let edits: Vec<&Edit> = edits.iter().collect();
        // The extended model is not ours to change.
        let file = model.sources().get(id).filter(|file| !file.extended);
        // What has no place in the text has to be done by hand.
        let Some((text, file)) =
            file.and_then(|file| Some((apply(&file.text, &file.root, &edits)?, file)))
        else {
            return Err(Vec::new());
        };
        if text != file.text {
            texts.insert(id, text);
        }
    }
    let next = model.with_texts(&texts);
    let broken: Vec<Finding> = next
        .findings()
        .iter()
        .filter(|finding| !is_expected(finding))
        .cloned()
        .collect();
    if !broken.is_empty() {
        return Err(broken);
    }
    Ok((next, texts.into_keys().collect()))
}

/// Whether a finding is one that changes may bring: an open question, or an
/// example that needs another look.
fn is_expected(finding: &Finding) -> bool {
    [OPEN_TODO.id, EXAMPLE_CONTRADICTS_MODEL.id].contains(&finding.rule)
}
