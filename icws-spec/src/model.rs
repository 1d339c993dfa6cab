//! A model from its files to what they mean, in one step.

use crate::api::Api;
use crate::diagnostic::{Finding, locate_all};
use crate::pins::Pins;
use crate::resolve::resolve;
use crate::source::{LoadError, Origin, Sources};

/// A model that was read, checked and resolved.
#[derive(Debug)]
pub struct Model {
    sources: Sources,
    api: Api,
    findings: Vec<Finding>,
}

impl Model {
    /// Reads, checks and resolves a model.
    ///
    /// # Errors
    /// Only when the root file cannot be read. What is wrong inside of it is in
    /// [`Model::findings`].
    pub fn load(origin: Origin<'_>) -> Result<Model, LoadError> {
        let mut diagnostics = Vec::new();
        let sources = Sources::load(origin, &mut diagnostics)?;
        let api = resolve(&sources, &mut diagnostics);
        let findings = locate_all(&sources, &diagnostics);
        Ok(Model {
            sources,
            api,
            findings,
        })
    }

    /// The model without what is newer than the pins.
    #[must_use]
    pub fn pinned(mut self, pins: &Pins) -> Model {
        self.api = self.api.pinned(pins);
        self
    }

    /// The files.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The resolved model, without the items that have a finding.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// What is wrong, in the order of the files.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
