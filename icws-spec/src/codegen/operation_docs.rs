//! What is said of an operation where its type stands.

use proc_macro2::TokenStream;

use crate::plan::{GivenParameter, Handled, Path, Plan, PlannedOperation, RustType, ours};
use crate::texts::{code, inline};

use super::builders::parameter_docs;
use super::docs::Docs;

/// The docs of an operation: what it does, what is given with it, what comes of it,
/// and where the model has that from.
pub(super) fn docs(plan: &Plan<'_>, index: usize, planned: &PlannedOperation<'_>) -> TokenStream {
    let (resource, operation) = (planned.resource, planned.operation);
    let mut docs = Docs::new(&operation.doc, &format!("{}.", code(&operation.name)))
        .then(code(&format!("{} {}", operation.method, resource.path)));
    if !resource.doc.is_empty() {
        docs = docs.then(format!("The resource: {}", inline(&resource.doc)));
    }
    let root = "super::".repeat(planned.names.own.modules.len());
    // Its setters are those of a builder that other operations have, too.
    let mut parameters = operation.given();
    let shape = plan.requests.get(planned.request);
    let given = shape.into_iter().flat_map(|shape| &shape.given);
    let setters = given.map(|one| {
        let parameter = one.parameter.and_then(|_| parameters.next());
        let text = match (parameter, &planned.object) {
            (Some((_, parameter)), _) => {
                parameter_docs(GivenParameter::of(operation, parameter)).line()
            }
            (None, Some(RustType::Item(item))) => {
                let path = plan.types.path(*item);
                format!("The body, required: [`{}`]({root}{path}).", path.name)
            }
            (None, _) => "The body, required.".to_owned(),
        };
        (format!("`{}`", one.name.plain()), text)
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
    for handled in plan.handled(index) {
        docs = docs.then(handling(plan, &handled, &root));
    }
    let source = operation.source.as_deref().or(resource.source.as_deref());
    let page = format!("Reference page: {}.", code(&resource.path));
    docs.since(operation.since.as_ref())
        .then(page)
        .source(source)
        .tokens()
}

/// How a client handles an operation, in a line.
fn handling(plan: &Plan<'_>, handled: &Handled, root: &str) -> String {
    let link = |path: &Path| format!("[`{}`]({root}{path})", path.name);
    match handled {
        Handled::Watched(states) => {
            let states = states
                .iter()
                .filter_map(|id| plan.structs[*id].state_path());
            let states: Vec<String> = states.map(|path| link(&path)).collect();
            let adds_up = match &states[..] {
                [] => "its messages are events, without a state".to_owned(),
                [one] => format!("its state is {one}"),
                many => format!("its states are {}", many.join(" and ")),
            };
            format!("Watched by `{}`; {adds_up}.", ours::WATCH)
        }
        Handled::Paged(item) => {
            let item = link(&plan.structs[*item].path);
            format!(
                "Read page by page by `{}`; its items are {item}.",
                ours::PAGES
            )
        }
        Handled::Awaited(completed) => {
            let completed = link(&plan.structs[*completed].path);
            format!(
                "Awaited by `{}`; its end is told by {completed}.",
                ours::COMPLETE
            )
        }
    }
}
