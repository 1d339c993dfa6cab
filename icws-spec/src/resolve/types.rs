//! Type expressions: `string`, `list[1..*] int?`, `map boolean`, `common.error`.

use crate::api::{BodyType, HeaderType, List, Map, RecordId, Type};
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::rules;
use crate::spelling::did_you_mean;

use super::scope::{Named, Scope};

/// Where a type expression stands, and what its names mean there.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub scope: &'a Scope<'a>,
    pub place: Place,
}

impl At<'_> {
    /// The namespace of the file, searched first for names without a dot.
    fn namespace(&self) -> Option<&str> {
        self.scope.namespace(self.place.file)
    }
}

/// More words than this are no type that anybody would mean.
const MOST_WORDS: usize = 32;

/// Reads a type as it may stand on a property. `None` when it was reported.
pub(super) fn value_type(
    text: &str,
    at: At<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Type> {
    // Bounds end a word as well: `list[0..1]list[0..1]int` has no blanks.
    let words = text.split(|c: char| c.is_whitespace() || c == ']');
    let mut words = words.filter(|word| !word.is_empty());
    if words.nth(MOST_WORDS).is_none() {
        return nested_type(text, at, diagnostics);
    }
    diagnostics.push(
        Diagnostic::new(
            &rules::INVALID_VALUE,
            at.place,
            "this type has too many maps and lists in each other",
        )
        .help("declare objects for the inner ones"),
    );
    None
}

fn nested_type(text: &str, at: At<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Type> {
    let text = text.trim();
    if let Some(value) = text.strip_prefix("map ") {
        let (value, nullable_values) = item_type(value, at, diagnostics)?;
        return Some(Type::Map(Map {
            value: Box::new(value),
            nullable_values,
        }));
    }
    if let Some(list) = text
        .strip_prefix("list")
        .filter(|rest| rest.starts_with([' ', '[']))
    {
        return list_type(text, list, at, diagnostics).map(Type::List);
    }
    if let Some((_, ty)) = Type::BASIC.iter().find(|(name, _)| *name == text) {
        return Some(ty.clone());
    }
    match named(text, at, diagnostics)? {
        Named::Record(id) => Some(Type::Record(id)),
        Named::Enum(id) => Some(Type::Enum(id)),
    }
}

/// What follows the word `list`: bounds, items, whether they may be null.
fn list_type(
    whole: &str,
    text: &str,
    at: At<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<List> {
    let (bounds, item) = match text.strip_prefix('[') {
        None => (Some((0, None)), text),
        Some(rest) => {
            let (bounds, item) = rest.split_once(']').unwrap_or(("", rest));
            (self::bounds(bounds), item)
        }
    };
    let Some((least, most)) = bounds else {
        diagnostics.push(
            Diagnostic::new(
                &rules::INVALID_VALUE,
                at.place,
                format!("`{whole}` has bounds that cannot be read"),
            )
            .help("write `list[1..*] string`, or a number for the star"),
        );
        return None;
    };
    let (item, nullable_items) = item_type(item, at, diagnostics)?;
    Some(List {
        item: Box::new(item),
        nullable_items,
        least,
        most,
    })
}

/// The type of what a list or map holds, and whether it may be null: of a
/// `list map string?` the values of the maps may, and not the maps.
fn item_type(text: &str, at: At<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<(Type, bool)> {
    let text = text.trim();
    let holds = text.starts_with("map ") || text.starts_with("list ") || text.starts_with("list[");
    match text.strip_suffix('?').filter(|_| !holds) {
        Some(item) => Some((nested_type(item, at, diagnostics)?, true)),
        None => Some((nested_type(text, at, diagnostics)?, false)),
    }
}

fn bounds(text: &str) -> Option<(u64, Option<u64>)> {
    let (least, most) = text.split_once("..")?;
    let least = least.trim().parse().ok()?;
    match most.trim() {
        "*" => Some((least, None)),
        most => most
            .parse()
            .ok()
            .filter(|most| *most >= least)
            .map(|most| (least, Some(most))),
    }
}

/// Reads the type of the body of a reply, which may also be `messages`.
pub(super) fn body_type(
    text: &str,
    at: At<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<BodyType> {
    if text.trim() == "messages" {
        return Some(BodyType::Messages);
    }
    value_type(text, at, diagnostics).map(BodyType::Value)
}

/// Reads the type of a parameter: what fits into one piece of text.
pub(super) fn parameter_type(
    text: &str,
    at: At<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Type> {
    let ty = value_type(text, at, diagnostics)?;
    let scalar = |ty: &Type| !matches!(ty, Type::Record(_) | Type::Map(_) | Type::List(_));
    let fits = match &ty {
        Type::List(list) => scalar(&list.item) && !list.nullable_items,
        other => scalar(other),
    };
    if fits {
        return Some(ty);
    }
    diagnostics.push(
        Diagnostic::new(
            &rules::INVALID_VALUE,
            at.place,
            format!("a parameter cannot be a `{}`", text.trim()),
        )
        .help("it is a basic type, an enumeration, or a list of either"),
    );
    None
}

/// Reads the type of a header of a reply.
pub(super) fn header_type(text: &str, at: At<'_>, diagnostics: &mut Vec<Diagnostic>) -> HeaderType {
    if text.trim() == "challenge" {
        return HeaderType::Challenge;
    }
    let ty = parameter_type(text, at, diagnostics);
    HeaderType::Value(ty.unwrap_or(Type::String))
}

/// Follows the name of an object or message.
pub(super) fn record(
    text: &str,
    at: At<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<RecordId> {
    match named(text, at, diagnostics)? {
        Named::Record(id) => Some(id),
        Named::Enum(id) => {
            let enumeration = &at.scope.enums[id];
            diagnostics.push(
                Diagnostic::new(
                    &rules::UNKNOWN_REFERENCE,
                    at.place,
                    format!("`{text}` is an enumeration, not an object"),
                )
                .related(enumeration.declared.place(), "declared here"),
            );
            None
        }
    }
}

fn named(text: &str, at: At<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Named> {
    let found = at.scope.named(text, at.namespace());
    // A type that is declared, but broken, has had its finding.
    if found.is_none() && !at.scope.is_broken(text) {
        let basic = Type::BASIC.iter().map(|(name, _)| *name);
        let candidates = at.scope.type_names(at.namespace()).chain(basic);
        diagnostics.push(
            Diagnostic::new(
                &rules::UNKNOWN_REFERENCE,
                at.place,
                format!("there is no type `{text}`"),
            )
            .help(did_you_mean(text, candidates).unwrap_or_else(|| {
                "declare it under `objects` or `enums`, or name it with its namespace: `common.error`".to_owned()
            })),
        );
    }
    found
}
