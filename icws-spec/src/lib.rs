//! The model of ICWS, the REST API of PureConnect: its YAML files, their
//! language, the checks, and the generator of the Rust bindings.
//!
//! Data flows in one direction. The text of the files becomes a tree
//! ([`syntax`]). [`Sources::load`] checks the tree against the language and
//! follows its includes. [`resolve()`] makes an [`Api`] of the trees, [`plan`]
//! decides how it is written in Rust, and `codegen` (with the feature of that
//! name) writes it. `diff`, which comes with the feature `cli`, compares two
//! models, and `traffic`, with the feature of that name, holds what went over the
//! wire against one. ARCHITECTURE.md describes all of it.
//!
//! ```
//! use icws_spec::{Model, ModelSource};
//!
//! let model = Model::load(ModelSource::Shipped)?;
//! assert!(model.findings().is_empty());
//! assert!(model.api().resources.iter().any(|resource| resource.path == "/icws/connection"));
//! # Ok::<(), icws_spec::LoadError>(())
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo)
)]

pub mod api;
mod changes;
mod circles;
#[cfg(feature = "codegen")]
pub mod codegen;
#[cfg(feature = "cli")]
mod delta;
mod diagnostic;
#[cfg(feature = "cli")]
pub mod diff;
mod excerpt;
#[cfg(feature = "export")]
pub mod export;
#[cfg(feature = "export")]
pub mod facts;
mod files;
#[cfg(feature = "formats")]
pub mod formats;
#[cfg(feature = "cli")]
pub mod import;
#[cfg(feature = "cli")]
pub mod init;
mod json;
mod load;
mod locate;
mod model;
mod names;
mod place;
pub mod plan;
mod resolve;
pub mod rules;
#[cfg(feature = "cli")]
pub mod schema;
pub mod shipped;
mod source;
mod spelling;
pub mod syntax;
pub mod texts;
mod todo;
#[cfg(feature = "traffic")]
pub mod traffic;

pub use api::Api;
pub use diagnostic::{Diagnostic, Finding, Related};
pub use files::{Reader, read_file};
pub use load::{LoadError, ModelSource};
pub use model::Model;
pub use place::{FileId, Place};
pub use plan::{Namespaces, Pins, Selection, UnknownName};
pub use resolve::resolve;
pub use source::{SourceFile, Sources};
pub use spelling::suggest;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
