//! A model from its files to what they mean, in one step.

#[cfg(feature = "cli")]
use std::collections::BTreeMap;
#[cfg(feature = "cli")]
use std::path::PathBuf;

use crate::api::Api;
use crate::diagnostic::{Diagnostic, Finding};
use crate::load::{LoadError, ModelSource};
use crate::locate::locate_all;
#[cfg(feature = "cli")]
use crate::place::FileId;
use crate::plan::{self, Part, Plan, Selection, Words};
use crate::resolve::resolve;
use crate::source::Sources;
use crate::todo;

/// A model that was read, checked and resolved.
#[derive(Debug, Clone)]
pub struct Model {
    sources: Sources,
    api: Api,
    /// What the bindings of all of it say in common.
    words: Words,
    findings: Vec<Finding>,
}

impl Model {
    /// Reads, checks and resolves a model.
    ///
    /// # Errors
    /// Only when the root file cannot be read. [`Model::findings`] has the
    /// problems inside of it.
    pub fn load(source: ModelSource<'_>) -> Result<Model, LoadError> {
        let mut diagnostics = Vec::new();
        let sources = Sources::load(source, &mut diagnostics)?;
        Ok(Model::resolved(sources, diagnostics))
    }

    /// The same model with other texts of some of its files.
    #[cfg(feature = "cli")]
    pub(crate) fn with_texts(&self, texts: &BTreeMap<FileId, String>) -> Model {
        if texts.is_empty() {
            return self.clone();
        }
        let mut diagnostics = Vec::new();
        let sources = self.sources.with_texts(texts, &mut diagnostics);
        Model::resolved(sources, diagnostics)
    }

    /// Adds a file that no file includes yet, and resolves nothing anew.
    #[cfg(feature = "cli")]
    pub(crate) fn with_file(&self, path: String, absolute: PathBuf, text: &str) -> (Model, FileId) {
        let mut next = self.clone();
        let id = next.sources.add(path, absolute, text);
        (next, id)
    }

    fn resolved(sources: Sources, mut diagnostics: Vec<Diagnostic>) -> Model {
        todo::report(&sources, &mut diagnostics);
        let (api, words) = plan::sound(resolve(&sources, &mut diagnostics), &mut diagnostics);
        let findings = locate_all(&sources, &diagnostics);
        Model {
            sources,
            api,
            words,
            findings,
        }
    }

    /// The model with what is selected of it.
    #[must_use]
    pub fn select(mut self, selection: &Selection) -> Model {
        let part = self.part(selection);
        (self.api, self.words) = (part.api.into_owned(), part.words.into_owned());
        self
    }

    /// Returns what is selected of the model.
    pub(crate) fn part(&self, selection: &Selection) -> Part<'_> {
        selection.part(&self.api, &self.words)
    }

    /// Returns the plan of the bindings: how the model is written in Rust.
    pub fn plan(&self) -> Plan<'_> {
        self.words.plan(&self.api)
    }

    /// The files.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The resolved model, without the items that have a finding.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// Returns the findings, in the order of the files.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    #[test]
    fn another_text_of_a_file_reads_no_other_file() {
        let model = Model::load(ModelSource::Shipped).unwrap();
        let (id, file) = model.sources().files().nth(3).unwrap();
        let texts = BTreeMap::from([(id, format!("{}\n", file.text))]);
        let next = model.with_texts(&texts);
        assert!(next.findings().is_empty());
        for ((before, file), (after, next)) in model.sources().files().zip(next.sources().files()) {
            assert_eq!(before, after);
            assert_eq!(std::ptr::eq(file, next), before != id, "{}", file.path);
        }
    }

    #[test]
    fn other_texts_give_what_loading_them_gives() {
        let texts = [
            "",
            // A file of the extended model is changed, then another, then both are not.
            "changes: { enums: { queues.queueType: { values: { Line: 4 } } } }",
            "changes: { objects: { status.userStatus: { doc: Of somebody. } } }",
            "changes: { objects: { status.userStatus: { dok: Of somebody. } } }",
            "enums: { wood: { values: { Oak: 0 } } }",
        ];
        let text = |text: &str| format!("icws: 1\nextends: shipped\nnamespace: desks\n{text}\n");
        let load = |text: &str| Model::load(ModelSource::Inline(text)).unwrap();
        let mut model = load(&text(""));
        for one in texts {
            let text = text(one);
            model = model.with_texts(&BTreeMap::from([(FileId::ROOT, text.clone())]));
            let loaded = load(&text);
            assert_eq!(model.findings(), loaded.findings());
            assert_eq!(format!("{:?}", model.api()), format!("{:?}", loaded.api()));
            for ((_, file), (_, other)) in model.sources().files().zip(loaded.sources().files()) {
                assert!(file.root == other.root, "{} with {one}", file.path);
                assert_eq!(file.origins, other.origins);
            }
        }
    }
}
