//! Parameters: shared ones by their id, and those written in place.

use crate::api::{Location, Parameter, Since, Supplier, Type};
use crate::diagnostic::Diagnostic;
use crate::place::{FileId, Place};
use crate::rules;
use crate::syntax::Node;

use super::headers;
use super::scope::{Scope, flag, optional_text, text};
use super::since;
use super::types::{self, At};

/// The parameters listed by a resource or an operation.
pub(super) fn resolve(
    owner: &Node,
    file: FileId,
    parent: Option<&Since>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Parameter> {
    let list = owner
        .get("parameters")
        .map(Node::as_list)
        .unwrap_or_default();
    let mut parameters = Vec::with_capacity(list.len());
    for item in list {
        let place = file.at(item.id);
        let written = match item.as_str() {
            Some(id) => {
                let shared = scope.parameter(id, place, diagnostics);
                shared.map(|shared| (shared.node, shared.file))
            }
            None => Some((item, file)),
        };
        if let Some((node, file)) = written {
            parameters.extend(parameter(node, file, place, parent, scope, diagnostics));
        }
    }
    join(&[], parameters, diagnostics)
}

/// Puts an operation's parameters behind those of its resource. The same name
/// in the same place twice is a finding.
pub(super) fn join(
    first: &[Parameter],
    then: Vec<Parameter>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Parameter> {
    let mut all = first.to_vec();
    for parameter in then {
        let twin = all.iter().find(|other| {
            other.location == parameter.location && other.name.eq_ignore_ascii_case(&parameter.name)
        });
        if let Some(twin) = twin {
            diagnostics.push(
                Diagnostic::new(
                    &rules::DUPLICATE_PARAMETER,
                    parameter.place,
                    format!("`{}` is listed twice", parameter.name),
                )
                .help("the parameters of a resource hold for all of its operations")
                .related(twin.place, "first listed here"),
            );
            continue;
        }
        all.push(parameter);
    }
    all
}

/// `place` is where the operation mentions the parameter; the parts are where
/// it is written.
fn parameter(
    node: &Node,
    file: FileId,
    place: Place,
    parent: Option<&Since>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Parameter> {
    let name = text(node, "name");
    let part = |key: &str| file.at(node.get(key).map_or(node.id, |part| part.id));
    let location = match node.get("in").and_then(Node::as_str) {
        Some("path") => Location::Path,
        Some("query") => Location::Query,
        Some("header") => Location::Header,
        _ => return None,
    };
    let supplier = match node.get("session").and_then(Node::as_str) {
        Some("id") => Supplier::SessionId,
        Some("csrfToken") => Supplier::CsrfToken,
        Some("cookie") => Supplier::Cookie,
        _ => Supplier::Caller,
    };
    // With another type the parameter still is in the path.
    let ty = types::parameter_type(
        &text(node, "type"),
        At {
            scope,
            place: part("type"),
        },
        diagnostics,
    );
    let ty = ty.unwrap_or(Type::String);
    let required = flag(node, "required");
    if location == Location::Path && !required {
        diagnostics.push(
            Diagnostic::new(
                &rules::INVALID_VALUE,
                part("name"),
                format!("`{name}` is part of the path and cannot be left out"),
            )
            .help("add `required: true`"),
        );
    }
    let default = optional_text(node, "default");
    if default.is_some() && required {
        diagnostics.push(
            Diagnostic::new(
                &rules::INVALID_VALUE,
                part("default"),
                format!("`{name}` is required, so that no default can stand for it"),
            )
            .help("drop one of the two"),
        );
    }
    let refused = match location {
        Location::Header => headers::of_request(&name, supplier).err(),
        Location::Path | Location::Query => None,
    };
    if let Some(refused) = refused {
        let finding = Diagnostic::new(&rules::INVALID_VALUE, part("name"), refused.message);
        diagnostics.push(finding.help(refused.help));
        return None;
    }
    Some(Parameter {
        rust_name: optional_text(node, "rust_name"),
        name,
        location,
        supplier,
        ty,
        required: required || location == Location::Path,
        default,
        doc: text(node, "doc"),
        source: optional_text(node, "source"),
        since: since::resolve(node, file, parent, scope, diagnostics),
        place,
    })
}
