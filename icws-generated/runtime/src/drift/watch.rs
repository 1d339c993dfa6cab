//! What the reader of a text tells a [`Drift`].

use super::Drift;
use crate::meta::{EnumMeta, OperationMeta, RecordMeta};

/// Where differences that are met in a text are counted.
#[derive(Clone, Copy)]
pub(crate) struct Watch<'d> {
    pub drift: &'d Drift,
    /// The operation whose response the text is.
    pub operation: Option<&'static OperationMeta>,
}

impl Watch<'_> {
    #[cold]
    pub fn met_type(&self, urn: Option<&str>) {
        self.drift.met_type(self.operation, urn);
    }

    #[cold]
    pub fn met_property(&self, object: &'static RecordMeta, name: &str) {
        self.drift.met_property(self.operation, object, name);
    }

    /// Sees a number of an enumeration, known or not.
    pub fn sees_number(
        &self,
        number: i64,
        values: &[EnumMeta],
        is_flags: bool,
        name: fn() -> &'static str,
    ) {
        if !is_known(number, values, is_flags) {
            self.drift.met_value(self.operation, name(), number);
        }
    }
}

fn is_known(number: i64, values: &[EnumMeta], is_flags: bool) -> bool {
    // Most enumerations count from 0.
    let at = usize::try_from(number).ok().and_then(|at| values.get(at));
    if at.is_some_and(|value| value.number == number) {
        return true;
    }
    match is_flags {
        true => number & !values.iter().fold(0, |bits, value| bits | value.number) == 0,
        false => values.iter().any(|value| value.number == number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn value(number: i64) -> EnumMeta {
        EnumMeta {
            number,
            name: "x",
            since: None,
        }
    }

    #[test]
    fn bits_that_have_names_are_known_together() {
        let bits = [value(1), value(2), value(8)];
        for number in [0, 1, 3, 11] {
            assert!(is_known(number, &bits, true), "{number}");
        }
        for number in [4, 12, -1] {
            assert!(!is_known(number, &bits, true), "{number}");
        }
        assert!(!is_known(3, &bits, false) && is_known(8, &bits, false));
        assert!(!is_known(0, &[], false));
    }
}
