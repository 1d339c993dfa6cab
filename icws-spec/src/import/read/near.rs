//! Lines that look like running text and are damaged: a label, a fixed sentence
//! or a status with some wrong letters says nothing, and must not be passed
//! over as if it were a comment.

use super::words;

/// What a line may have been, other than one word, which is not running text
/// anyway.
const FIXED: &[&str] = &[
    words::VERSION,
    words::REQUEST,
    words::RESPONSE,
    words::REPRESENTATIONS,
    words::ASSOCIATED,
    words::OPTIONS,
    words::NO_PARAMETERS,
    words::REQUIRED,
    words::CONDITIONAL,
    words::NULLABLE,
    words::IGNORE_CASE,
    "Error Responses",
    "Error Identifier",
    "Error Description",
];

/// What stands before a colon and a value.
const PREFIXES: &[&str] = &[words::DEFAULT, "Content-Type:"];

/// The phrases behind the codes of statuses.
const REASONS: &[&str] = &[
    "OK",
    "Created",
    "Accepted",
    "No Content",
    "Found",
    "Bad Request",
    "Unauthorized",
    "Forbidden",
    "Not Found",
    "Method Not Allowed",
    "Conflict",
    "Gone",
    "Requested Range Not Satisfiable",
    "Internal Server Error",
    "Service Unavailable",
    "Gateway Timeout",
];

/// Whether a line is almost something else than running text.
pub(super) fn is_damaged(text: &str) -> bool {
    text.contains('\u{fffd}')
        || !text.chars().any(char::is_alphabetic)
        || FIXED.iter().any(|fixed| is_near(text, fixed))
        || PREFIXES.iter().any(|prefix| {
            let end = text.find(':').map_or(text.len(), |colon| colon + 1);
            is_near(text.get(..end).unwrap_or_default(), prefix)
        })
        || is_almost_status(text)
}

/// Whether some letters of a text are wrong; the more there are, the more may be.
fn is_near(text: &str, fixed: &str) -> bool {
    let most = (fixed.len() / 7).clamp(1, 4);
    text.len().abs_diff(fixed.len()) <= 2 * most
        && text != fixed
        && strsim::osa_distance(text, fixed) <= most
}

/// `4O4 - Not Found`, `404 Not Found`.
fn is_almost_status(text: &str) -> bool {
    let is_code = |word: &str| word.len() <= 5 && word.bytes().any(|b| b.is_ascii_digit());
    let code = text
        .split_once(" - ")
        .is_some_and(|(code, _)| is_code(code));
    let phrase = REASONS.iter().any(|reason| {
        let before = text.strip_suffix(reason);
        before.is_some_and(|before| {
            before.is_empty() || before.len() <= 8 && before.ends_with([' ', '-'])
        })
    });
    words::status(text).is_none() && (code || phrase && text.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn almost_a_label_is_no_running_text() {
        for text in [
            "Requ ired",
            "Required.",
            "Conditionaly Required",
            "Featur Version",
            "This property can b# null.",
            "This property can be null",
            "The value represented by this property should be treated as case sensitive.",
            "De ault value: admin",
            "4O4 - Not Found",
            "404 Not Found",
            "40 - Whatever",
            "- Not Found",
            "A comment with \u{fffd} in it.",
            "-- --",
        ] {
            assert!(is_damaged(text), "{text}");
        }
    }

    #[test]
    fn sentences_stay_sentences() {
        for text in [
            "Whether the property can be null is told elsewhere.",
            "The default value: see below.",
            "What was not found.",
            "One of 3 - or of 4.",
            "A request of the server.",
            "OK",
            "Multiple options are possible.",
        ] {
            assert!(!is_damaged(text), "{text}");
        }
    }
}
