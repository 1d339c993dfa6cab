//! Resources and their operations.

use std::collections::HashMap;

use crate::api::{Location, METHODS, Operation, Parameter, Resource, Segment, Since};
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::rules;
use crate::source::Sources;
use crate::syntax::Entry;

use super::scope::{File, Scope, entries, is_success, optional_text, text};
use super::types::{self as value_types, At};
use super::{Types, examples, parameters, replies, since};

/// Resolves all resources, in the order of the files.
pub(super) fn resolve(types: &Types<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Resource> {
    let scope = types.scope;
    let mut routes: HashMap<(String, String), Place> = HashMap::new();
    let mut resources = Vec::new();
    for file in scope.files() {
        for entry in entries(file.root, "resources") {
            let Some(mut resource) = resource(file, entry, types, diagnostics) else {
                continue;
            };
            let template = resource.template();
            resource.operations.retain(|operation| {
                is_new_route(
                    scope.sources,
                    &template,
                    operation,
                    &mut routes,
                    diagnostics,
                )
            });
            resources.push(resource);
        }
    }
    resources
}

fn resource(
    file: &File<'_>,
    entry: &Entry,
    types: &Types<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Resource> {
    let scope = types.scope;
    let node = &entry.node;
    let place = Place {
        file: file.id,
        node: entry.key.id,
    };
    let path = &entry.key.text;
    let segments = match segments(path) {
        Ok(segments) => segments,
        Err(problem) => {
            diagnostics.push(
                Diagnostic::new(
                    &rules::INVALID_VALUE,
                    place,
                    format!("`{path}` is not a path: {problem}"),
                )
                .help("write it as on the page: `/icws/{sessionId}/messaging/messages`"),
            );
            return None;
        }
    };
    let Some(namespace) = file.namespace else {
        diagnostics.extend(super::scope::without_namespace(file.root, place));
        return None;
    };
    let since = since::resolve(node, file.id, file.since.as_ref(), scope, diagnostics);
    let shared = parameters::resolve(node, file.id, since.as_ref(), scope, diagnostics);
    let context = Context {
        file,
        namespace,
        segments: &segments,
        place,
        path,
    };
    let operations = node
        .as_map()
        .iter()
        .filter(|entry| METHODS.contains(&entry.key.text.as_str()))
        .filter_map(|entry| operation(&context, entry, &shared, since.as_ref(), types, diagnostics))
        .collect();
    Some(Resource {
        path: path.clone(),
        segments,
        doc: text(node, "doc"),
        source: optional_text(node, "source"),
        since,
        operations,
        place,
    })
}

/// What the operations of a resource have in common.
struct Context<'a> {
    file: &'a File<'a>,
    namespace: &'a str,
    segments: &'a [Segment],
    place: Place,
    path: &'a str,
}

fn operation(
    context: &Context<'_>,
    entry: &Entry,
    shared: &[Parameter],
    parent: Option<&Since>,
    types: &Types<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Operation> {
    let scope = types.scope;
    let node = &entry.node;
    let file = context.file.id;
    let name = text(node, "name");
    let place = Place {
        file,
        node: node.get("name").map_or(entry.key.id, |name| name.id),
    };
    let since = since::resolve(node, file, parent, scope, diagnostics);
    let own = parameters::resolve(node, file, since.as_ref(), scope, diagnostics);
    let parameters = parameters::join(shared, own, diagnostics);
    let sound = check_path(context, &parameters, scope, diagnostics);
    let body_place = node.get("body").map(|body| Place {
        file,
        node: body.id,
    });
    let body = node.get("body").zip(body_place).and_then(|(body, place)| {
        let text = body.as_str().unwrap_or_default();
        value_types::value_type(text, At { scope, place }, diagnostics)
    });
    let replies = replies::resolve(node, file, since.as_ref(), types, diagnostics);
    // A reply with a finding of its own still is one.
    let mut written = entries(node, "replies").iter().map(|reply| &reply.key.text);
    if !written.any(|status| is_success(status)) && !scope.is_success_broken() {
        diagnostics.push(
            Diagnostic::new(
                &rules::NO_SUCCESS_STATUS,
                Place {
                    file,
                    node: entry.key.id,
                },
                format!("`{name}` has no reply for the case that it works"),
            )
            .help("add the status from 200 to 299 that the page lists"),
        );
        return None;
    }
    let expected = examples::Expected {
        method: &entry.key.text,
        segments: context.segments,
        parameters: &parameters,
        replies: &replies,
        body: body.as_ref(),
        types,
    };
    let examples = examples::read(node, file, &expected, diagnostics);
    sound.then(|| Operation {
        namespace: context.namespace.to_owned(),
        rust_name: optional_text(node, "rust_name"),
        name,
        method: entry.key.text.clone(),
        doc: text(node, "doc"),
        source: optional_text(node, "source"),
        since,
        parameters,
        body_place: body_place.filter(|_| body.is_some()),
        body,
        replies,
        examples,
        place,
    })
}

/// Checks that the path and the path parameters name the same things.
fn check_path(
    context: &Context<'_>,
    parameters: &[Parameter],
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let mut sound = true;
    let declared = |name: &str| {
        parameters
            .iter()
            .any(|p| p.location == Location::Path && p.name == name)
    };
    for segment in context.segments {
        let Segment::Parameter(name) = segment else {
            continue;
        };
        if declared(name) || scope.is_broken(name) {
            continue;
        }
        sound = false;
        diagnostics.push(
            Diagnostic::new(
                &rules::PATH_PARAMETER_UNDECLARED,
                context.place,
                format!("the path names `{{{name}}}`, but no parameter declares it"),
            )
            .help(format!(
                "add `{{ name: {name}, in: path, type: string, required: true }}` to the `parameters`"
            )),
        );
    }
    for parameter in parameters.iter().filter(|p| p.location == Location::Path) {
        let wanted = Segment::Parameter(parameter.name.clone());
        if context.segments.contains(&wanted) {
            continue;
        }
        sound = false;
        diagnostics.push(
            Diagnostic::new(
                &rules::PATH_PARAMETER_UNUSED,
                parameter.place,
                format!("`{}` is not in the path `{}`", parameter.name, context.path),
            )
            .help("correct the name, or the place it travels in: `in: query` or `in: header`")
            .related(context.place, "the path"),
        );
    }
    sound
}

fn is_new_route(
    sources: &Sources,
    template: &str,
    operation: &Operation,
    routes: &mut HashMap<(String, String), Place>,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let route = (operation.method.clone(), template.to_owned());
    if let Some(first) = routes.get(&route) {
        let message = format!(
            "another operation already answers this {} path",
            operation.method
        );
        let changes = sources.help_of_second(*first, operation.place, "resources");
        let help = changes.unwrap_or_else(|| {
            "paths that differ only in the names of their parameters are the same".to_owned()
        });
        diagnostics.push(
            Diagnostic::new(&rules::DUPLICATE_ROUTE, operation.place, message)
                .help(help)
                .related(*first, "the other operation"),
        );
        return false;
    }
    routes.insert(route, operation.place);
    true
}

/// Takes a path apart.
fn segments(path: &str) -> Result<Vec<Segment>, String> {
    let Some(rest) = path.strip_prefix('/') else {
        return Err("it does not start with `/`".to_owned());
    };
    let mut segments = Vec::new();
    for part in rest.split('/') {
        let inner = part.strip_prefix('{').and_then(|p| p.strip_suffix('}'));
        match inner {
            Some(name) if name.is_empty() || name.contains(['{', '}']) => {
                return Err(format!("`{part}` does not name a parameter"));
            }
            Some(name) => {
                let parameter = Segment::Parameter(name.to_owned());
                if segments.contains(&parameter) {
                    return Err(format!("`{part}` stands in it twice"));
                }
                segments.push(parameter);
            }
            None if part.is_empty() => return Err("a piece between slashes is empty".to_owned()),
            None if !part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c)) =>
            {
                return Err(format!(
                    "`{part}` is neither plain text nor a `{{parameter}}`"
                ));
            }
            None => segments.push(Segment::Literal(part.to_owned())),
        }
    }
    Ok(segments)
}
