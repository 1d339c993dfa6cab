//! Points in time of a kind that is not known.

use std::fmt;

use super::error::ReadError;
use super::reader::Reader;
use super::time::{DateTime, DateTimeError};
use super::value::{Blank, Value, leaf};
use super::writer::Writer;

/// A point in time, a date or a time of day: the sources do not say which, and
/// the forms of dates and times of day are not documented. The text is kept as
/// it came.
///
/// ```
/// use icws_runtime::Moment;
///
/// let moment = Moment::from("20201029T082018Z");
/// assert_eq!(moment.date_time()?.to_string(), "2020-10-29T08:20:18.000Z");
/// assert!(Moment::from("29.10.2020").date_time().is_err());
/// # Ok::<(), icws_runtime::DateTimeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(String);

impl Moment {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the point in time that the text says.
    ///
    /// # Errors
    /// When the text is a date, a time of day, or anything else.
    pub fn date_time(&self) -> Result<DateTime, DateTimeError> {
        self.0.parse()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Moment {
    fn from(text: String) -> Self {
        Moment(text)
    }
}

impl From<&str> for Moment {
    fn from(text: &str) -> Self {
        Moment(text.to_owned())
    }
}

impl From<DateTime> for Moment {
    fn from(time: DateTime) -> Self {
        Moment(time.to_string())
    }
}

impl Value for Moment {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        self.0.read(reader)
    }

    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
    }

    leaf!();
}

impl Blank for Moment {
    fn blank() -> Self {
        Moment::default()
    }
}
