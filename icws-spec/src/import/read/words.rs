//! The words by which a line of a page is known. A page has no other marks:
//! its indentation says nothing.

use crate::api::{Location, METHODS};

/// The columns of a table of parameters, behind its label.
pub(super) const PARAMETERS: &[&str] = &["Parameters", "Type", "Name", "Comments"];
/// The columns of a table of properties.
pub(super) const PROPERTIES: &[&str] = &["Property", "Value", "Comments"];
/// The columns of a table of error identifiers, behind its label.
pub(super) const ERRORS: &[&str] = &[
    "Error Responses",
    "Error Identifier",
    "Error Type",
    "Error Description",
];

pub(super) const VERSION: &str = "Feature Version";
pub(super) const REQUEST: &str = "Request";
pub(super) const RESPONSE: &str = "Response";
pub(super) const REPRESENTATIONS: &str = "Representations";
pub(super) const ASSOCIATED: &str = "Associated Message";
pub(super) const OPTIONS: &str = "Multiple options:";
pub(super) const NO_PARAMETERS: &str = "This request has no parameters.";
pub(super) const REQUIRED: &str = "Required";
pub(super) const CONDITIONAL: &str = "Conditionally Required";
pub(super) const NULLABLE: &str = "This property can be null.";
pub(super) const IGNORE_CASE: &str =
    "The value represented by this property should be treated as case-insensitive.";
pub(super) const CHOICES: &str = "Options:";
pub(super) const DEFAULT: &str = "Default value:";
/// Stands alone before a remark.
const NOTE: &str = "Note";
pub(super) const EXAMPLE: &str = "Example:";
/// What introduces the text about the type of a property.
pub(super) const TYPE_DOCS: &[&str] = &[
    "Property type documentation:",
    "List item type documentation:",
];
/// A control of the browser's page that is left in its text.
pub(super) const LEFTOVER: &str = "• Show More";
pub(super) const TYPE: &str = "__type";
pub(super) const KEY: &str = "[key]";
pub(super) const VALUE: &str = "[value]";

const LABELS: &[&str] = &[
    VERSION,
    REQUEST,
    RESPONSE,
    REPRESENTATIONS,
    ASSOCIATED,
    OPTIONS,
    REQUIRED,
    CONDITIONAL,
];

const KINDS: &[(&str, Location)] = &[
    ("Header", Location::Header),
    ("Query", Location::Query),
    ("Template", Location::Path),
];

/// The basic types as the pages print them, and as the model does.
const BASIC: &[(&str, &str)] = &[
    ("String", "string"),
    ("Boolean", "boolean"),
    ("Int", "int"),
    ("Long", "long"),
    ("Float", "float"),
    ("Double", "double"),
    ("Uri", "uri"),
    ("Guid", "guid"),
    ("GUID", "guid"),
    ("Duration", "duration"),
    ("DateTime", "dateTime"),
    ("Date", "date"),
    ("Time", "time"),
];

/// What stands in the column `Value` of a property.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// A type, in the words of the model.
    Type(String),
    /// A constant in quotes.
    Constant(String),
    /// A number: the row is a value of an enumeration.
    Number(i64),
}

/// Reads a cell of the column `Value`.
pub(super) fn cell(text: &str) -> Option<Cell> {
    if let Some(number) = number(text) {
        return Some(Cell::Number(number));
    }
    let constant = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
    if let Some(constant) = constant {
        return Some(Cell::Constant(constant.to_owned()));
    }
    value_type(text).map(Cell::Type)
}

/// A type as the pages print it, in the words of the model.
pub(super) fn value_type(text: &str) -> Option<String> {
    let Some(list) = text.strip_prefix("List [") else {
        return basic(text).map(str::to_owned);
    };
    let (bounds, item) = list.split_once("]: ")?;
    let item = basic(item)?;
    if bounds == "Unbounded" {
        return Some(format!("list {item}"));
    }
    let (least, most) = bounds.split_once(',')?;
    let least: u64 = least.trim().parse().ok()?;
    let most = most.trim();
    let limit: Option<u64> = match most {
        "*" => None,
        most => Some(most.parse().ok().filter(|most| *most >= least)?),
    };
    Some(match (least, limit) {
        (0, None) => format!("list {item}"),
        (least, None) => format!("list[{least}..*] {item}"),
        (least, Some(most)) => format!("list[{least}..{most}] {item}"),
    })
}

fn basic(text: &str) -> Option<&'static str> {
    let found = BASIC.iter().find(|(page, _)| *page == text);
    found.map(|(_, model)| *model)
}

/// A whole number and nothing else.
pub(super) fn number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// Feature and version: `interactions 8`.
pub(super) fn version(text: &str) -> Option<(&str, u32)> {
    let (feature, number) = text.split_once(' ')?;
    let named = feature.starts_with(|c: char| c.is_ascii_lowercase())
        && feature
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let number = self::number(number)?;
    let number = u32::try_from(number).ok().filter(|n| *n > 0)?;
    named.then_some((feature, number))
}

/// Code and phrase of a status: `204 - No Content`.
pub(super) fn status(text: &str) -> Option<(u16, &str)> {
    let (code, reason) = text.split_once(" - ")?;
    let code = (code.len() == 3).then(|| number(code)).flatten()?;
    let code = u16::try_from(code)
        .ok()
        .filter(|c| (100..600).contains(c))?;
    Some((code, reason))
}

/// The media type of `Content-Type: text/html`.
pub(super) fn content(text: &str) -> Option<&str> {
    text.strip_prefix("Content-Type:").map(str::trim)
}

/// The URN of `Type: urn:inin.com:common:error`.
pub(super) fn error_type(text: &str) -> Option<&str> {
    text.strip_prefix("Type:")
        .map(str::trim)
        .filter(|urn| urn.starts_with("urn:") && !urn.contains(' '))
}

/// An error identifier: words with dots between them.
pub(super) fn is_error_id(text: &str) -> bool {
    text.contains('.')
        && text.split('.').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
        })
        && text.starts_with(|c: char| c.is_ascii_lowercase())
}

pub(super) fn is_verb(text: &str) -> bool {
    METHODS.contains(&text)
}

/// Where a parameter of this kind travels.
pub(super) fn location(text: &str) -> Option<Location> {
    let found = KINDS.iter().find(|(word, _)| *word == text);
    found.map(|(_, location)| *location)
}

pub(super) fn is_path(text: &str) -> bool {
    text.starts_with('/') && text.len() > 1 && !text.contains(' ')
}

/// A name of a property or value: `maxAttempts`, `Success`.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// A name of a representation or message, which begins with a small letter.
pub(super) fn is_record_name(text: &str) -> bool {
    is_name(text) && text.starts_with(|c: char| c.is_ascii_lowercase())
}

/// A name of a parameter or header.
pub(super) fn is_parameter_name(text: &str) -> bool {
    !LABELS.contains(&text)
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.$".contains(&b))
}

/// Whether a line is one word and no sentence.
fn is_word(text: &str) -> bool {
    let is_sentence = text.ends_with(['.', ':', '!', '?', ';', ',', ')', '\u{2026}']);
    !text.contains(' ') && !is_sentence && !text.starts_with('•') && !is_link(text)
}

/// Whether a text begins like the address of a page.
pub(super) fn is_link(text: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
}

/// Whether a line that stands where running text may stand looks like a fact
/// instead: a word, a type, a number or a label alone on its line.
pub(super) fn is_stray(text: &str) -> bool {
    let column = |columns: &[&str]| columns.contains(&text);
    is_word(text) && text != NOTE
        || cell(text).is_some()
        || text.starts_with("List [")
        || text.starts_with('[') && text.ends_with(']')
        || is_verb(text)
        || is_path(text)
        || is_error_id(text)
        || location(text).is_some()
        || version(text).is_some()
        || error_type(text).is_some()
        || LABELS.contains(&text)
        || column(PARAMETERS)
        || column(PROPERTIES)
        || column(ERRORS)
}

/// Whether the line is one of the other text form, whose tables are drawn with
/// bars: `Feature | Version |`.
pub(super) fn is_barred(text: &str) -> bool {
    let mut cells = text.split('|').map(str::trim);
    let pair = (cells.next(), cells.next());
    matches!(
        pair,
        (Some("Feature"), Some("Version"))
            | (Some("Type"), Some("Name"))
            | (Some("Property"), Some("Value"))
            | (Some("Error Identifier"), Some("Error Type"))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_the_pages_in_the_words_of_the_model() {
        for (page, model) in [
            ("Int", Some("int")),
            ("DateTime", Some("dateTime")),
            ("List [Unbounded]: String", Some("list string")),
            ("List [0,*]: Int", Some("list int")),
            ("List [1,*]: Duration", Some("list[1..*] duration")),
            ("List [1,5]: Guid", Some("list[1..5] guid")),
            ("List [5,1]: Guid", None),
            ("List [Unbounded]: Thing", None),
            ("Decimal", None),
            ("int", None),
        ] {
            assert_eq!(value_type(page).as_deref(), model, "{page}");
        }
    }

    #[test]
    fn versions_statuses_and_identifiers() {
        assert_eq!(version("client-buttons 3"), Some(("client-buttons", 3)));
        assert_eq!(version("interactions 0"), None);
        assert_eq!(version("Added in 3"), None);
        assert_eq!(status("204 - No Content"), Some((204, "No Content")));
        assert_eq!(status("42 - No"), None);
        assert!(is_error_id("error.request.noStation"));
        assert!(!is_error_id("Ends with a dot."));
        assert!(!is_error_id("error."));
    }

    #[test]
    fn a_fact_alone_is_no_running_text() {
        for stray in [
            "attempts",
            "Int",
            "7",
            "[option]",
            "Decimal 2".to_lowercase().as_str(),
            "Comments",
            "\"x\"",
        ] {
            assert!(is_stray(stray), "{stray}");
        }
        for text in [
            "Note",
            "Deprecated.",
            "The count.",
            "• version",
            "NOTE: for agents only",
        ] {
            assert!(!is_stray(text), "{text}");
        }
    }
}
