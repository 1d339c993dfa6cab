//! Operations that give a list page by page.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::call::Operation;
use super::response::Response;
use crate::json::Record;

/// An operation that gives a list page by page: its requests have a range, and its
/// success is a page with items.
#[diagnostic::on_unimplemented(
    message = "`{Self}` gives no list page by page",
    label = "not a list with pages"
)]
pub trait PagedOperation: Operation {
    /// What the pages have.
    type Item: Record;

    /// The parameter that asks for a page, by its index.
    const RANGE: usize;

    /// Returns the items of a page.
    fn items(page: <Self::Response as Response>::Success) -> Vec<Self::Item>;
}

/// An operation that gives the properties of objects that are selected.
#[diagnostic::on_unimplemented(
    message = "`{Self}` selects no properties",
    label = "not an operation with `select`"
)]
pub trait Selecting: Operation {
    /// What the properties are of.
    type Item: Record;
}

/// A property of an object, to be selected by its name. Those of another object do not
/// compile.
///
/// ```
/// # #[cfg(feature = "full")]
/// # {
/// use icws_generated::configuration::users::{List, User};
///
/// let list = List::builder().select([User::EXTENSION, User::STATUS_TEXT]).build();
/// # }
/// ```
pub struct Property<T>(Cow<'static, str>, PhantomData<fn() -> T>);

impl<T> Property<T> {
    /// The property with this name on the wire.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    pub const fn new(name: &'static str) -> Self {
        Property(Cow::Borrowed(name), PhantomData)
    }

    /// The property with this name on the wire, for one that the server has beyond those
    /// of the model, or that only the running program knows.
    ///
    /// ```
    /// # #[cfg(feature = "full")]
    /// # {
    /// use icws_generated::configuration::users::{List, User};
    /// use icws_generated::runtime::Property;
    ///
    /// let newer = Property::named("pronouns");
    /// let list = List::builder().select([User::EXTENSION, newer]).build();
    /// # }
    /// ```
    pub fn named(name: impl Into<String>) -> Self {
        Property(Cow::Owned(name.into()), PhantomData)
    }

    /// Returns the name on the wire.
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl<T> Clone for Property<T> {
    fn clone(&self) -> Self {
        Property(self.0.clone(), PhantomData)
    }
}

impl<T> From<Property<T>> for String {
    fn from(property: Property<T>) -> String {
        property.0.into_owned()
    }
}

impl<T> fmt::Display for Property<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<T> fmt::Debug for Property<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Property({})", self.0)
    }
}
