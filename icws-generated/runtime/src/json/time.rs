//! Points in time and lengths of time.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

use super::error::ReadError;
use super::reader::Reader;
use super::value::{Blank, Value, leaf};
use super::writer::Writer;

/// A point in time, in UTC, of the years 1 to 9999.
///
/// Servers write `20201029T082018Z`, the vendor's own library accepts and sends
/// `2020-10-29T08:20:18.000Z`; both are read, with or without seconds, fraction, zone
/// and the `T`, and the second form is written. A fraction keeps its digits, up to
/// nine.
///
/// Servers use the ends of what they can say for "never": `0001-01-01T00:00:00`,
/// `9999-12-31T23:59:59.9999999Z`. Of those there is no [`Timestamp`].
///
/// ```
/// use icws_runtime::DateTime;
///
/// let time: DateTime = "20201029T082018Z".parse()?;
/// assert_eq!(time.to_string(), "2020-10-29T08:20:18.000Z");
///
/// let never: DateTime = "9999-12-31T23:59:59.9999999Z".parse()?;
/// assert_eq!(never.timestamp(), None);
/// assert_eq!(never.to_string(), "9999-12-31T23:59:59.9999999Z");
/// # Ok::<(), icws_runtime::DateTimeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(civil::DateTime);

impl DateTime {
    /// Returns the moment; `None` of the last day that can be written, which no clock
    /// knows.
    pub fn timestamp(self) -> Option<Timestamp> {
        let zoned = self.0.to_zoned(TimeZone::UTC).ok()?;
        Some(zoned.timestamp())
    }

    /// Returns the date and time of day, in UTC.
    pub fn civil(self) -> civil::DateTime {
        self.0
    }
}

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
        let parse = |text: &str| {
            // Without a zone it is taken for UTC, in which servers count.
            let civil = || text.strip_suffix(['Z', 'z']).unwrap_or(text).parse().ok();
            let moment = text.parse::<Timestamp>().ok();
            let moment = moment.map(|moment| moment.to_zoned(TimeZone::UTC).datetime());
            moment.or_else(civil).map(DateTime)
        };
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
        let finer = self.0.subsec_nanosecond() % 1_000_000 != 0;
        match finer {
            true => write!(f, "{}Z", self.0),
            false => write!(f, "{:.3}Z", self.0),
        }
    }
}

impl From<Timestamp> for DateTime {
    fn from(time: Timestamp) -> Self {
        DateTime(time.to_zoned(TimeZone::UTC).datetime())
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

    leaf!();
}

impl Blank for DateTime {
    fn blank() -> Self {
        Timestamp::UNIX_EPOCH.into()
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

    leaf!();
}

impl Blank for Seconds {
    fn blank() -> Self {
        Seconds(0.0)
    }
}
