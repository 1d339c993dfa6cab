//! What stands in place of a text: always the same, and of the same form.

use std::hash::{BuildHasher, RandomState};

use super::super::check::misfit;
use super::super::exchange::MASKED;
use crate::api::Type;

/// Makes texts out of texts. Nobody can tell which, not even by trying all numbers: the
/// key of the hash is made anew for each file, and kept nowhere.
pub(super) struct Pseudonyms(RandomState);

/// A text with fewer digits tells nobody apart, and would be taken for another one.
const FEWEST_DIGITS: usize = 4;

impl Pseudonyms {
    pub fn new() -> Self {
        Pseudonyms(RandomState::new())
    }

    /// Returns what stands in place of a text.
    pub fn of(&self, text: &str) -> String {
        let kept = ["", "true", "false", "null", "*", MASKED];
        if kept.contains(&text) || misfit(text, &Type::DateTime).is_none() {
            return text.to_owned();
        }
        let hash = self.0.hash_one(text);
        if misfit(text, &Type::Guid).is_none() {
            let second = self.0.hash_one((text, 2));
            let hex = format!("{hash:016x}{second:016x}");
            let mut hex = hex.chars();
            let same = |c: char| {
                if c == '-' {
                    '-'
                } else {
                    hex.next().unwrap_or('0')
                }
            };
            return text.chars().map(same).collect();
        }
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let is_number = text
            .chars()
            .all(|c| c.is_ascii_digit() || "+-/(). ".contains(c));
        if is_number && digits < FEWEST_DIGITS {
            return text.to_owned();
        }
        if is_number {
            return number(text, hash, digits);
        }
        format!("Text-{hash:016x}")
    }
}

/// A number with other digits. It fits the types that it did fit: the first digit is not
/// larger than before.
fn number(text: &str, hash: u64, digits: usize) -> String {
    let mut rest = hash;
    let mut is_first = true;
    let same = |c: char| {
        if !c.is_ascii_digit() {
            return c;
        }
        if rest == 0 {
            rest = hash.rotate_left(17);
        }
        let digit = char::from_digit((rest % 10) as u32, 10).unwrap_or('0');
        rest /= 10;
        match (std::mem::take(&mut is_first), c) {
            (true, '0') => '0',
            (true, _) if digits >= 10 => '1',
            (true, first) => first,
            (false, _) => digit,
        }
    };
    text.chars().map(same).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_of_its_form_in_its_place() {
        let names = Pseudonyms::new();
        for text in [
            "Ada Example",
            "+13175550142",
            "2001234567",
            "4711",
            "5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2",
            "a.b@c.example",
        ] {
            let name = names.of(text);
            assert_eq!(name, names.of(text));
            assert_ne!(name, text);
            for ty in [Type::Int, Type::Long, Type::Guid, Type::DateTime] {
                let fits = misfit(text, &ty).is_none();
                assert_eq!(misfit(&name, &ty).is_none(), fits, "{text} {name}");
            }
        }
        for text in ["", "7", "***", "20201029T082018Z", "true"] {
            assert_eq!(names.of(text), text);
        }
        assert_ne!(names.of("Ada"), Pseudonyms::new().of("Ada"));
    }
}
