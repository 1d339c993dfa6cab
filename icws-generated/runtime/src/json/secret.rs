//! Text that must not show in logs.

use std::fmt;
use std::ops::Deref;

use super::error::ReadError;
use super::reader::Reader;
use super::value::{Blank, Value, leaf};
use super::writer::Writer;

/// Text that must not show in logs: a password, a token, a cookie. `Debug` has
/// none of it, not even its length; it dereferences to the text for those who
/// need it.
///
/// ```
/// use icws_runtime::Secret;
///
/// let password = Secret::from("open sesame");
/// assert_eq!(format!("{password:?}"), "***");
/// assert_eq!(&*password, "open sesame");
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(String);

impl Secret {
    /// Stands in for the text.
    pub(super) const HIDDEN: &'static str = "***";
}

impl Deref for Secret {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Secret(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::HIDDEN)
    }
}

impl Value for Secret {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        self.0.read(reader)
    }

    fn write(&self, writer: &mut Writer) {
        writer.secret(&self.0);
    }

    leaf!();
}

impl Blank for Secret {
    fn blank() -> Self {
        Secret::default()
    }
}
