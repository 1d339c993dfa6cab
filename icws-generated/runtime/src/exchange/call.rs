//! The requests of operations.

use std::fmt;
use std::ops::{Deref, DerefMut};

use super::arguments::Arguments;
use super::parameter::Parameter;
use super::request::{Request, Sessionless};
use super::response::Response;
use crate::json::{Blank, Value};
use crate::meta::OperationMeta;

/// An operation of the model as a type without values.
pub trait Operation: 'static {
    /// What the caller gives with a request.
    type Arguments: Arguments + Blank + Clone;

    /// What makes a request, with nothing given.
    type Builder: Start;

    /// The response, by status.
    type Response: Response;

    /// What the model says of the operation.
    const META: &'static OperationMeta;
}

/// An operation that needs no session.
#[diagnostic::on_unimplemented(
    message = "`{Self}` needs a session",
    label = "not an operation without a session",
    note = "`Client::connect` makes a session, and `Session::call` sends the request"
)]
pub trait SessionlessOperation: Operation {}

/// A builder as it starts out.
pub trait Start {
    /// Returns one to which nothing was given.
    fn start() -> Self;
}

/// A request of an operation. What the caller gave are its fields:
/// `subscribe.interaction_id`.
///
/// Operations with the same parameters share the struct behind it, so that there
/// is less to compile.
pub struct Call<O: Operation>(O::Arguments);

impl<O: Operation> Call<O> {
    /// Returns a builder to which nothing was given.
    pub fn builder() -> O::Builder {
        O::Builder::start()
    }

    /// Returns a request with what the caller gives.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    pub fn new(arguments: O::Arguments) -> Self {
        Call(arguments)
    }

    /// Returns what the caller gave.
    pub fn into_arguments(self) -> O::Arguments {
        self.0
    }
}

impl<O: Operation> Deref for Call<O> {
    type Target = O::Arguments;

    fn deref(&self) -> &O::Arguments {
        &self.0
    }
}

impl<O: Operation> DerefMut for Call<O> {
    fn deref_mut(&mut self) -> &mut O::Arguments {
        &mut self.0
    }
}

impl<O: Operation> Clone for Call<O> {
    fn clone(&self) -> Self {
        Call(self.0.clone())
    }
}

impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct(O::META.id);
        self.0.show(&mut shown);
        shown.finish()
    }
}

impl<O: Operation> Request for Call<O> {
    type Operation = O;
    type Response = O::Response;
    const META: &'static OperationMeta = O::META;

    fn blank() -> Self {
        Call(Blank::blank())
    }
}

impl<O: SessionlessOperation> Sessionless for Call<O> {}

impl<O: Operation> Arguments for Call<O> {
    fn parameter(&self, index: usize) -> Option<&dyn Parameter> {
        self.0.parameter(index)
    }

    fn parameter_mut(&mut self, index: usize) -> Option<&mut dyn Parameter> {
        self.0.parameter_mut(index)
    }

    fn show(&self, shown: &mut fmt::DebugStruct<'_, '_>) {
        self.0.show(shown);
    }

    fn body(&self) -> Option<&dyn Value> {
        self.0.body()
    }

    fn body_mut(&mut self) -> Option<&mut dyn Value> {
        self.0.body_mut()
    }
}
