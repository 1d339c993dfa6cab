//! A model that is the one before as long as nothing was changed.

use std::ops::Deref;

use crate::model::Model;

/// The model that was given, or one with other texts.
pub(crate) enum Whole<'m> {
    /// Nothing was changed.
    Given(&'m Model),
    /// Something was.
    New(Box<Model>),
}

impl Whole<'_> {
    /// The model itself; a copy, if nothing was changed.
    pub fn into_model(self) -> Model {
        match self {
            Whole::Given(model) => model.clone(),
            Whole::New(model) => *model,
        }
    }
}

impl Deref for Whole<'_> {
    type Target = Model;

    fn deref(&self) -> &Model {
        match self {
            Whole::Given(model) => model,
            Whole::New(model) => model,
        }
    }
}
