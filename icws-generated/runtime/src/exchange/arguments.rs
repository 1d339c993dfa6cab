//! What a request carries.

use std::fmt;

use super::parameter::Parameter;
use crate::json::Value;

/// What a caller gives with a request, as one reader and one writer for all
/// requests see it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a request",
    label = "not a request",
    note = "a builder becomes a request by `.build()`, which is there once every required parameter is given"
)]
pub trait Arguments {
    /// A parameter that the caller gives, by its index in the meta data.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn parameter(&self, index: usize) -> Option<&dyn Parameter>;

    /// The same, to be read into.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn parameter_mut(&mut self, index: usize) -> Option<&mut dyn Parameter>;

    /// Adds each of them to what `Debug` shows.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn show(&self, shown: &mut fmt::DebugStruct<'_, '_>);

    /// The representation in the body, if the operation has one.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn body(&self) -> Option<&dyn Value> {
        None
    }

    /// The same, to be read into.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn body_mut(&mut self) -> Option<&mut dyn Value> {
        None
    }
}
