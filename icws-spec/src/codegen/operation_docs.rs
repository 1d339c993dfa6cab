//! What is said of an operation where its type stands.

use proc_macro2::TokenStream;

use crate::plan::{Handled, Path, Plan, PlannedOperation, ours};
use crate::texts::{code, inline};

use super::builders::parameter_docs;
use super::docs::Docs;

/// The docs of an operation: what it does, what is given with it, what comes of it,
/// and where the model has that from.
pub(super) fn docs(plan: &Plan<'_>, planned: &PlannedOperation<'_>) -> TokenStream {
    let (resource, operation) = (planned.resource, planned.operation);
    let mut docs = Docs::new(&operation.doc, &format!("{}.", code(&operation.name)))
        .then(code(&format!("{} {}", operation.method, resource.path)));
    if !resource.doc.is_empty() {
        docs = docs.then(format!("The resource: {}", inline(&resource.doc)));
    }
    let root = "super::".repeat(planned.names.own.modules.len());
    let setters = planned.setters().map(|(name, parameter)| {
        let text = match (parameter, planned.object) {
            (Some(parameter), _) => parameter_docs(parameter).line(),
            (None, Some(item)) => {
                let path = plan.types.path(item);
                format!("The body, required: [`{}`]({root}{path}).", path.name)
            }
            (None, None) => "The body, required.".to_owned(),
        };
        (format!("`{name}`"), text)
    });
    docs = docs.table(("setter", "meaning"), setters);
    let replies = operation.replies.iter();
    let replies = replies.map(|reply| (reply.status.to_string(), inline(&reply.doc)));
    docs = docs.table(("status", "meaning"), replies);
    for message in operation.replies.iter().flat_map(|reply| &reply.messages) {
        let message = &plan.structs[*message];
        docs = docs.then(format!(
            "Followed by [`{}`]({root}{}) on the session's queue.",
            message.record.name, message.path
        ));
    }
    for handled in plan.handled(planned) {
        docs = docs.then(handling(&handled, &root));
    }
    let source = operation.source.as_deref().or(resource.source.as_deref());
    let page = format!("Reference page: {}.", code(&resource.path));
    docs.since(operation.since.as_ref())
        .then(page)
        .source(source)
        .tokens()
}

/// How a client handles an operation, in a line.
fn handling(handled: &Handled, root: &str) -> String {
    let link = |path: &Path| format!("[`{}`]({root}{path})", path.name);
    match handled {
        Handled::Watched(states) => {
            let states: Vec<String> = states.iter().map(link).collect();
            let adds_up = match &states[..] {
                [] => "its messages are events, without a state".to_owned(),
                [one] => format!("its state is {one}"),
                many => format!("its states are {}", many.join(" and ")),
            };
            format!("Watched by `{}`; {adds_up}.", ours::WATCH)
        }
        Handled::Paged(item) => {
            let item = link(item);
            format!(
                "Read page by page by `{}`; its items are {item}.",
                ours::PAGES
            )
        }
        Handled::Awaited(completed) => {
            let completed = link(completed);
            format!(
                "Awaited by `{}`; its end is told by {completed}.",
                ours::COMPLETE
            )
        }
    }
}
