//! Points in time and lengths of time.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use jiff::Timestamp;

use super::error::ReadError;
use super::reader::Reader;
use super::value::{Blank, Value};
use super::writer::Writer;

/// A point in time.
///
/// Servers write `20201029T082018Z`, the vendor's own library accepts and sends
/// `2020-10-29T08:20:18.000Z`; both are read, with or without seconds, fraction
/// and the `T`, and the second form is written.
///
/// ```
/// use icws_runtime::DateTime;
///
/// let time: DateTime = "20201029T082018Z".parse()?;
/// assert_eq!(time.to_string(), "2020-10-29T08:20:18.000Z");
/// # Ok::<(), icws_runtime::DateTimeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(pub Timestamp);

/// The text is no point in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateTimeError(());

impl fmt::Display for DateTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date and time such as 20201029T082018Z")
    }
}

impl std::error::Error for DateTimeError {}

impl FromStr for DateTime {
    type Err = DateTimeError;

    fn from_str(text: &str) -> Result<Self, DateTimeError> {
        let parse = |text: &str| text.parse().map(DateTime).ok();
        // The compact form may come without its `T`.
        let compact = || {
            let (date, time) = text.split_at_checked(8)?;
            let digits = text.bytes().take(12).all(|byte| byte.is_ascii_digit());
            if digits {
                parse(&format!("{date}T{time}"))
            } else {
                None
            }
        };
        parse(text).or_else(compact).ok_or(DateTimeError(()))
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.0)
    }
}

impl From<Timestamp> for DateTime {
    fn from(time: Timestamp) -> Self {
        DateTime(time)
    }
}

impl Value for DateTime {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        let start = reader.start();
        let text = reader.string()?;
        let parsed = text.parse();
        *self = parsed.map_err(|error: DateTimeError| ReadError::new(error.to_string(), start))?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(&self.to_string());
    }
}

impl Blank for DateTime {
    fn blank() -> Self {
        DateTime(Timestamp::UNIX_EPOCH)
    }
}

/// A length of time in seconds, which may be negative and have a fraction.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Seconds(pub f64);

impl Seconds {
    /// The length as the standard library has it; `None` when it is negative or
    /// too long.
    pub fn to_duration(self) -> Option<Duration> {
        Duration::try_from_secs_f64(self.0).ok()
    }
}

impl From<Duration> for Seconds {
    fn from(duration: Duration) -> Self {
        Seconds(duration.as_secs_f64())
    }
}

impl Value for Seconds {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        self.0.read(reader)
    }

    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
    }
}

impl Blank for Seconds {
    fn blank() -> Self {
        Seconds(0.0)
    }
}
