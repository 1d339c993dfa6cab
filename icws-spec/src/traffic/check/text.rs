//! The forms of texts: of parameters, headers and strings of JSON.

use crate::api::Type;

/// Returns what was expected, if a text is no value of a type.
pub(super) fn misfit(text: &str, ty: &Type) -> Option<&'static str> {
    let fits = match ty {
        Type::Boolean => matches!(text, "true" | "false"),
        Type::Int => text.parse::<i32>().is_ok(),
        Type::Long | Type::Integer | Type::Enum(_) => text.parse::<i64>().is_ok(),
        Type::Float => text.parse().is_ok_and(f32::is_finite),
        Type::Double | Type::Number | Type::Duration => text.parse().is_ok_and(f64::is_finite),
        Type::DateTime => is_date_time(text),
        Type::Guid => is_guid(text),
        Type::List(list) => {
            let mut items = text.split(',').filter(|_| !text.is_empty());
            return items.find_map(|item| misfit(item.trim(), &list.item));
        }
        Type::String
        | Type::Secret
        | Type::Uri
        | Type::Moment
        | Type::Date
        | Type::Time
        | Type::Record(_)
        | Type::Map(_) => true,
    };
    (!fits).then(|| expected(ty))
}

/// A type in words.
pub(super) fn expected(ty: &Type) -> &'static str {
    match ty {
        Type::String | Type::Secret | Type::Uri | Type::Date | Type::Time | Type::Moment => {
            "a string"
        }
        Type::Guid => "a GUID",
        Type::DateTime => "a date and time such as 20201029T082018Z",
        Type::Boolean => "a boolean",
        Type::Int => "a whole number of 32 bits",
        Type::Long | Type::Integer => "a whole number of 64 bits",
        Type::Enum(_) => "the number of an enumeration",
        Type::Float | Type::Double | Type::Number => "a number",
        Type::Duration => "a number of seconds",
        Type::Record(_) | Type::Map(_) => "an object",
        Type::List(_) => "an array",
    }
}

/// Returns true for 8-4-4-4-12 hexadecimal digits.
fn is_guid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let groups: Vec<&str> = text.split('-').collect();
    groups.len() == lengths.len()
        && groups.iter().zip(lengths).all(|(group, length)| {
            group.len() == length && group.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

/// Returns true for a date with a time in one of the forms that are on the wire:
/// `20201029T082018Z`, `2020-10-29T08:20:18.5Z`; seconds, zone and in the compact
/// form the `T` may be left out.
fn is_date_time(text: &str) -> bool {
    let mut rest = Rest(text);
    let Some(extended) = rest.date() else {
        return false;
    };
    let separated = rest.take(|c| matches!(c, 'T' | 't' | ' '));
    if extended && !separated {
        return false;
    }
    rest.time(extended) && rest.zone() && rest.0.is_empty()
}

/// What is left of a text.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    /// Takes a character of a kind.
    fn take(&mut self, kind: impl Fn(char) -> bool) -> bool {
        let mut chars = self.0.chars();
        let taken = chars.next().is_some_and(kind);
        if taken {
            self.0 = chars.as_str();
        }
        taken
    }

    /// Takes so many digits, and returns their number if it is in bounds.
    fn number(&mut self, digits: usize, least: u32, most: u32) -> bool {
        let Some((number, rest)) = self.0.split_at_checked(digits) else {
            return false;
        };
        let plain = number.bytes().all(|byte| byte.is_ascii_digit());
        let fits = plain && number.parse().is_ok_and(|n| (least..=most).contains(&n));
        if fits {
            self.0 = rest;
        }
        fits
    }

    /// Takes a date, and returns whether it has dashes.
    fn date(&mut self) -> Option<bool> {
        let year = self.number(4, 0, 9999);
        let extended = self.take(|c| c == '-');
        let month = year && self.number(2, 1, 12);
        let dashes = !extended || self.take(|c| c == '-');
        (month && dashes && self.number(2, 1, 31)).then_some(extended)
    }

    fn time(&mut self, extended: bool) -> bool {
        let colon = |rest: &mut Self| !extended || rest.take(|c| c == ':');
        if !(self.number(2, 0, 23) && colon(self) && self.number(2, 0, 59)) {
            return false;
        }
        let mut ahead = Rest(self.0);
        if colon(&mut ahead) && ahead.number(2, 0, 60) {
            self.0 = ahead.0;
            if self.take(|c| matches!(c, '.' | ',')) {
                let digits = self.0.bytes().take_while(u8::is_ascii_digit).count();
                self.0 = self.0.get(digits..).unwrap_or_default();
                return digits > 0;
            }
        }
        true
    }

    /// Takes `Z`, an offset, or nothing.
    fn zone(&mut self) -> bool {
        if self.0.is_empty() || self.take(|c| matches!(c, 'Z' | 'z')) {
            return true;
        }
        self.take(|c| matches!(c, '+' | '-')) && self.number(2, 0, 23) && {
            self.take(|c| c == ':');
            self.0.is_empty() || self.number(2, 0, 59)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_with_times_have_the_forms_of_the_wire() {
        for text in [
            "20201029T082018Z",
            "202010290820",
            "20201029T0820Z",
            "2020-10-29T08:20Z",
            "2020-10-29T08:20:18.123Z",
            "9999-12-31T23:59:59.9999999Z",
            "0001-01-01T00:00:00",
            "2020-10-29T08:20:18+01:00",
        ] {
            assert!(is_date_time(text), "{text}");
        }
        for text in [
            "",
            "soon",
            "2020-10-29",
            "20201029",
            "2020-13-29T08:20Z",
            "2020-10-29T08:20:18.Z",
            "2020-10-29T08:20:18Zzz",
            "2020-10-2\u{e4}T08:20",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
    }

    #[test]
    fn texts_of_parameters_fit_their_types() {
        let fits = |text: &str, ty: &Type| misfit(text, ty).is_none();
        assert!(fits("5f5dd5a4-7c0c-4f39-A6A5-7ff7d4e6a5d2", &Type::Guid));
        assert!(!fits("5f5dd5a47c0c4f39a6a57ff7d4e6a5d2", &Type::Guid));
        assert!(!fits("2147483648", &Type::Int) && fits("2147483648", &Type::Long));
        assert!(!fits("inf", &Type::Double) && !fits("True", &Type::Boolean));
    }
}
