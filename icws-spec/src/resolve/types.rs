//! Type expressions: `string`, `list int`, `common.error`.

use crate::api::{BodyType, RecordId, Type};
use crate::diagnostic::{Diagnostic, suggest};
use crate::rules;
use crate::source::Place;

use super::scope::Scope;

/// Reads a type as it may stand on a property. `namespace` is the one of the
/// file, searched first for names without a dot. `None` when it was reported.
pub(super) fn value_type(
    text: &str,
    namespace: Option<&str>,
    place: Place,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Type> {
    let text = text.trim();
    if let Some(item) = text.strip_prefix("list ") {
        let item = value_type(item, namespace, place, scope, diagnostics)?;
        return Some(Type::List(Box::new(item)));
    }
    if let Some((_, ty)) = Type::BASIC.iter().find(|(name, _)| *name == text) {
        return Some(ty.clone());
    }
    reference(text, namespace, place, scope, diagnostics).map(Type::Record)
}

/// Reads the type of a body, which may also be `messages`.
pub(super) fn body_type(
    text: &str,
    namespace: Option<&str>,
    place: Place,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<BodyType> {
    if text.trim() == "messages" {
        return Some(BodyType::Messages);
    }
    value_type(text, namespace, place, scope, diagnostics).map(BodyType::Value)
}

/// Reads the type of a parameter: the scalar ones only.
pub(super) fn parameter_type(
    text: &str,
    place: Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Type> {
    let found = Type::BASIC.iter().find(|(name, _)| *name == text.trim());
    if found.is_none() {
        let names: Vec<&str> = Type::BASIC.iter().map(|(name, _)| *name).collect();
        diagnostics.push(
            Diagnostic::new(
                &rules::UNKNOWN_REFERENCE,
                place,
                format!("`{text}` is not a type that a parameter can have"),
            )
            .help(match suggest(text, names.iter().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("parameters are one of {}", names.join(", ")),
            }),
        );
    }
    found.map(|(_, ty)| ty.clone())
}

/// Follows the name of an object or message.
pub(super) fn reference(
    text: &str,
    namespace: Option<&str>,
    place: Place,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<RecordId> {
    if let Some(id) = scope.record(text, namespace) {
        return Some(id);
    }
    // A type that is declared, but broken, has had its finding.
    if !scope.is_broken(text) {
        let candidates = scope
            .record_names(namespace)
            .chain(Type::BASIC.iter().map(|(name, _)| (*name).to_owned()))
            .collect::<Vec<_>>();
        diagnostics.push(
            Diagnostic::new(
                &rules::UNKNOWN_REFERENCE,
                place,
                format!("there is no type `{text}`"),
            )
            .help(match suggest(text, candidates.iter().map(String::as_str)) {
                Some(name) => format!("did you mean `{name}`?"),
                None => "declare it under `objects`, or name it with its namespace: `common.error`"
                    .to_owned(),
            }),
        );
    }
    None
}
