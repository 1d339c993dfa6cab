//! Parameters as the text that travels in paths, queries and headers.

use std::borrow::Cow;
use std::fmt;

use super::challenge::Challenge;
use crate::json::{Blank, DateTime, Enumeration, Moment, Seconds, Secret, Visitor};

/// A parameter's value. The trait can be made into an object.
pub trait Parameter {
    /// The text that travels; `None` when the parameter is left out.
    fn to_text(&self) -> Option<Cow<'_, str>>;

    /// Reads the text that travelled.
    ///
    /// # Errors
    /// When the text is not one of the type.
    fn read_text(&mut self, text: &str) -> Result<(), ParameterError>;

    /// Returns why the value cannot travel, if so: what is wrong with it.
    fn problem(&self) -> Option<&'static str> {
        None
    }

    /// Says which feature versions the value needs.
    fn visit(&self, visitor: &mut Visitor<'_>) {
        let _ = visitor;
    }
}

/// Why a text is not the value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterError {
    expected: &'static str,
}

impl fmt::Display for ParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it is not {}", self.expected)
    }
}

impl std::error::Error for ParameterError {}

impl Parameter for String {
    fn to_text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }

    fn read_text(&mut self, text: &str) -> Result<(), ParameterError> {
        text.clone_into(self);
        Ok(())
    }
}

macro_rules! parsed {
    ($($ty:ty, $expected:literal;)*) => {$(
        impl Parameter for $ty {
            fn to_text(&self) -> Option<Cow<'_, str>> {
                Some(Cow::Owned(self.to_string()))
            }

            fn read_text(&mut self, text: &str) -> Result<(), ParameterError> {
                *self = text.parse().map_err(|_| ParameterError { expected: $expected })?;
                Ok(())
            }
        }
    )*};
}

parsed! {
    bool, "`true` or `false`";
    i32, "a whole number of 32 bits";
    i64, "a whole number of 64 bits";
    DateTime, "a date and time such as 20201029T082018Z";
    Challenge, "a challenge such as ICWS realm=\"ICWS\"";
}

macro_rules! numbers {
    ($($ty:ident)*) => {$(
        impl Parameter for $ty {
            fn to_text(&self) -> Option<Cow<'_, str>> {
                Some(Cow::Owned(self.to_string()))
            }

            fn read_text(&mut self, text: &str) -> Result<(), ParameterError> {
                let read = text.parse().ok().filter(|value| $ty::is_finite(*value));
                *self = read.ok_or(ParameterError { expected: "a number" })?;
                Ok(())
            }

            fn problem(&self) -> Option<&'static str> {
                (!self.is_finite()).then_some("is an infinity or no number")
            }
        }
    )*};
}

numbers! { f32 f64 }

impl Parameter for Moment {
    fn to_text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.as_str()))
    }

    fn read_text(&mut self, text: &str) -> Result<(), ParameterError> {
        *self = text.into();
        Ok(())
    }
}

impl Parameter for Secret {
    fn to_text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }

    fn read_text(&mut self, text: &str) -> Result<(), ParameterError> {
        *self = text.into();
        Ok(())
    }
}

impl Parameter for Seconds {
    fn to_text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Owned(self.0.to_string()))
    }

    fn read_text(&mut self, text: &str) -> Result<(), ParameterError> {
        self.0.read_text(text)
    }

    fn problem(&self) -> Option<&'static str> {
        self.0.problem()
    }
}

/// A list travels with commas between its items; an empty one is an empty text.
impl<T: Parameter + Blank> Parameter for Vec<T> {
    fn to_text(&self) -> Option<Cow<'_, str>> {
        let items: Vec<Cow<'_, str>> = self.iter().filter_map(Parameter::to_text).collect();
        Some(Cow::Owned(items.join(",")))
    }

    fn read_text(&mut self, text: &str) -> Result<(), ParameterError> {
        self.clear();
        for item in text.split(',').filter(|_| !text.is_empty()) {
            let mut value = T::blank();
            value.read_text(item.trim())?;
            self.push(value);
        }
        Ok(())
    }

    /// No character can stand for a comma within an item.
    fn problem(&self) -> Option<&'static str> {
        self.iter().find_map(|item| match item.to_text() {
            Some(text) if text.contains(',') => {
                Some("has an item with a comma, which separates items")
            }
            Some(text) if text.trim() != text => Some("has an item with blanks at its ends"),
            Some(text) if text.is_empty() => Some("has an item without a character"),
            _ => item.problem(),
        })
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.iter().for_each(|item| item.visit(visitor));
    }
}

impl<T: Parameter + Blank> Parameter for Option<T> {
    fn to_text(&self) -> Option<Cow<'_, str>> {
        self.as_ref().and_then(Parameter::to_text)
    }

    fn read_text(&mut self, text: &str) -> Result<(), ParameterError> {
        let mut value = T::blank();
        value.read_text(text)?;
        *self = Some(value);
        Ok(())
    }

    fn problem(&self) -> Option<&'static str> {
        self.as_ref().and_then(Parameter::problem)
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        if let Some(value) = self {
            value.visit(visitor);
        }
    }
}

/// The number of an enumeration as the text of a parameter.
pub fn enum_to_text<T: Enumeration>(value: &T) -> Option<Cow<'static, str>> {
    Some(number_to_text(value.as_number()))
}

// Not generic, so that it is compiled once and not for each enumeration.
fn number_to_text(number: i64) -> Cow<'static, str> {
    Cow::Owned(number.to_string())
}

/// Reads an enumeration from the text of a parameter.
///
/// # Errors
/// When it is not a whole number.
pub fn enum_read_text<T: Enumeration>(value: &mut T, text: &str) -> Result<(), ParameterError> {
    *value = T::of(number_of_text(text)?);
    Ok(())
}

fn number_of_text(text: &str) -> Result<i64, ParameterError> {
    let expected = "the number of an enumeration";
    text.parse().map_err(|_| ParameterError { expected })
}
