//! Typestate of the request builders: what has been given, and what is missing.

use std::marker::PhantomData;

/// A required parameter that has not been given; `P` names it.
#[derive(Debug)]
pub struct Missing<P>(PhantomData<fn() -> P>);

impl<P> Missing<P> {
    /// To begin with.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    #[allow(clippy::new_without_default, reason = "only generated code makes one")]
    pub fn new() -> Self {
        Missing(PhantomData)
    }
}

/// A required parameter that has been given.
#[derive(Debug)]
pub struct Set<T>(pub T);

/// A required parameter is there. Only [`Set`] is; a builder with anything
/// [`Missing`] has no way to `build`.
#[diagnostic::on_unimplemented(
    message = "a required parameter of the request has not been given: `{Self}`",
    label = "`build` needs every required parameter",
    note = "call the setter of that name before `build`"
)]
pub trait Provided {
    /// The parameter's type.
    type Value;

    /// The parameter's value.
    fn take(self) -> Self::Value;
}

impl<T> Provided for Set<T> {
    type Value = T;

    fn take(self) -> T {
        self.0
    }
}
