//! Types of which the sources of the model say less than a page does.

use crate::api::Type;

/// What a type of a page is beside one of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// The same; of some texts the model knows more, that they are secret.
    Same,
    /// One of those that the model says it may be.
    Now,
    /// Another.
    Other,
}

/// Holds a type of a page, in the words of the model, against one of the model.
pub(super) fn matched(page: &str, model: &str) -> Match {
    if page == model || page == model.replace("secret", "string") {
        Match::Same
    } else if narrowed(model, page) == page {
        Match::Now
    } else {
        Match::Other
    }
}

impl Match {
    /// The type that the model gets in place of its own.
    pub fn in_place_of(self, model: &str, page: &str) -> String {
        match self {
            Match::Now => narrowed(model, page),
            _ => page.to_owned(),
        }
    }
}

/// A type of the model with the word of the page in place of the words for what
/// is not known.
fn narrowed(model: &str, page: &str) -> String {
    let word = page.rsplit(' ').next().unwrap_or_default();
    let vague = Type::BASIC.iter().map(|(name, _)| *name);
    let mut vague = vague.filter(|name| name.split('|').count() > 1);
    let found = vague.find(|name| {
        let last = model.rsplit(' ').next().unwrap_or_default();
        last.trim_end_matches('?') == *name && name.split('|').any(|one| one == word)
    });
    found.map_or_else(|| model.to_owned(), |vague| model.replace(vague, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_now_and_what_is_another() {
        for (page, model, is) in [
            ("int", "int", Match::Same),
            ("string", "secret", Match::Same),
            ("int", "int|long", Match::Now),
            (
                "list[1..*] date",
                "list[1..*] dateTime|date|time",
                Match::Now,
            ),
            ("double", "float|double", Match::Now),
            ("string", "int|long", Match::Other),
            ("list int", "int|long", Match::Other),
            ("int", "long", Match::Other),
            ("date", "dateTime", Match::Other),
        ] {
            assert_eq!(matched(page, model), is, "{page} {model}");
        }
        let nullable = Match::Now.in_place_of("list int|long?", "list int");
        assert_eq!(nullable, "list int?");
    }
}
