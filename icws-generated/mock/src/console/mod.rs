//! The console: a page for people who watch the server, at `/mock/`, and the models as the
//! page and other tools read them. All else that the page shows and does is the control
//! over HTTP. It is a feature, as most of icws-spec is there to show what a model says.

#[cfg(not(feature = "console"))]
mod absent;
#[cfg(feature = "console")]
mod compare;
#[cfg(feature = "console")]
mod documents;
#[cfg(feature = "console")]
mod files;
#[cfg(feature = "console")]
mod reference;

#[cfg(not(feature = "console"))]
pub(crate) use absent::{HELP, Reference, document, page, remarks};
#[cfg(feature = "console")]
pub(crate) use {
    compare::remarks,
    documents::document,
    files::{HELP, page},
    reference::Reference,
};
