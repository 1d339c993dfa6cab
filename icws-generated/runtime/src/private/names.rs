//! The names of the standard library that generated code uses. It reaches them
//! by the path of the runtime, so that no type of a model hides them.

pub use std::borrow::Cow;
pub use std::boxed::Box;
pub use std::clone::Clone;
pub use std::cmp::{Eq, PartialEq};
pub use std::collections::BTreeMap;
pub use std::convert::{From, Into};
pub use std::fmt::{self, Debug};
pub use std::hash::Hash;
pub use std::iter::IntoIterator;
pub use std::marker::{Copy, PhantomData};
pub use std::option::Option::{self, None, Some};
pub use std::primitive::{bool, f32, f64, i32, i64, str, usize};
pub use std::result::Result::{self, Err, Ok};
pub use std::string::String;
pub use std::vec::Vec;

use crate::json::Field;

/// The list of a page that may have none.
pub trait Listed<T> {
    /// Returns the items, none without a list.
    fn items(self) -> Vec<T>;
}

impl<T> Listed<T> for Option<Vec<T>> {
    fn items(self) -> Vec<T> {
        self.unwrap_or_default()
    }
}

impl<T> Listed<T> for Field<Vec<T>> {
    fn items(self) -> Vec<T> {
        self.into_option().unwrap_or_default()
    }
}

/// Returns the items of a page that may have none.
pub fn listed<T>(items: impl Listed<T>) -> Vec<T> {
    items.items()
}

/// Returns the list of items that an argument gives.
pub fn items<T>(given: impl IntoIterator<Item: Into<T>>) -> Vec<T> {
    given.into_iter().map(Into::into).collect()
}
