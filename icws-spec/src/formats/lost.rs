//! What of a model a format does not hold, by kind.

use crate::api::{Api, Location, Operation, Supplier};
use crate::plan::Plan;

use super::Format;
use super::security::is_cookie_header;

/// A kind of thing that a document does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lost {
    /// What it is, in the plural.
    pub kind: &'static str,
    /// How many of them the model has.
    pub count: usize,
}

/// Headers that OpenAPI does not take as parameters: it has other places for them.
const RESERVED: [&str; 3] = ["Accept", "Content-Type", "Authorization"];

/// What a format does not hold of a model.
pub(super) fn of(plan: &Plan<'_>, format: Format) -> Vec<Lost> {
    let api = plan.api;
    let operations = || api.operations().map(|(_, operation)| operation);
    let mut all = vec![
        ("texts that say where facts come from", sources(api)),
        ("names for Rust", rust_names(api)),
    ];
    match format {
        Format::OpenApi | Format::OpenApi30 => {
            if format == Format::OpenApi30 {
                let examples = api.records.iter();
                let more = examples.map(|record| record.examples.len().saturating_sub(1));
                all.push(("examples of types beside the first one", more.sum()));
            }
            let cookies = operations().filter(|operation| {
                let mut parameters = operation.parameters.iter();
                parameters.any(|p| p.supplier == Supplier::Cookie && is_cookie_header(&p.name))
            });
            all.push(("operations whose cookie has the session's id in its name, which is written as `icws_{sessionId}`", cookies.count()));
            let parameters = operations().flat_map(|o| &o.parameters);
            let reserved = parameters.filter(|p| {
                let mut names = RESERVED.iter();
                p.location == Location::Header && names.any(|n| p.name.eq_ignore_ascii_case(n))
            });
            all.push((
                "parameters that are headers which OpenAPI ignores",
                reserved.count(),
            ));
        }
        Format::JsonSchema => {
            all.push((
                "operations, of which only the bodies are written",
                operations().count(),
            ));
            all.push(("features", api.features.len()));
        }
        Format::AsyncApi => {
            let written = super::asyncapi::written(plan);
            all.push((
                "operations that have nothing to do with messages",
                operations().count() - written.len(),
            ));
            let both = written.iter();
            let both = both.filter(|o| has(o, Supplier::Cookie) && has(o, Supplier::CsrfToken));
            all.push(("operations that need cookie and token together, of which AsyncAPI says that either will do", both.count()));
            let examples = operations().map(|o| o.examples.len()).sum();
            all.push(("examples of operations", examples));
        }
        Format::Postman => {
            all.push((
                "objects, whose properties are not described",
                api.objects().count(),
            ));
            all.push(("messages", api.messages().count()));
            all.push(("enumerations", api.enums.len()));
        }
    }
    let all = all.into_iter().map(|(kind, count)| Lost { kind, count });
    all.filter(|lost| lost.count > 0).collect()
}

fn has(operation: &Operation, supplier: Supplier) -> bool {
    operation.parameters.iter().any(|p| p.supplier == supplier)
}

fn sources(api: &Api) -> usize {
    let count = |given: bool| usize::from(given);
    let records = api.records.iter().map(|record| {
        let properties = record.properties.iter().filter(|p| p.source.is_some());
        count(record.source.is_some()) + properties.count()
    });
    let enums = api.enums.iter().map(|e| count(e.source.is_some()));
    let resources = api.resources.iter().map(|r| count(r.source.is_some()));
    let operations = api.operations().map(|(_, operation)| {
        let parameters = operation.parameters.iter();
        let parameters = parameters.filter(|p| p.source.is_some()).count();
        let replies = operation.replies.iter().filter(|r| r.source.is_some());
        count(operation.source.is_some()) + parameters + replies.count()
    });
    records
        .chain(enums)
        .chain(resources)
        .chain(operations)
        .sum()
}

fn rust_names(api: &Api) -> usize {
    let records = api.records.iter().map(|record| {
        let properties = record.properties.iter().map(|p| &p.rust_name);
        properties.chain([&record.rust_name]).flatten().count()
    });
    let enums = api.enums.iter().map(|enumeration| {
        let values = enumeration.values.iter().map(|v| &v.rust_name);
        values.chain([&enumeration.rust_name]).flatten().count()
    });
    let operations = api.operations().map(|(_, operation)| {
        let parameters = operation.parameters.iter().map(|p| &p.rust_name);
        let replies = operation.replies.iter();
        let replies = replies.flat_map(|reply| {
            let headers = reply.headers.iter().map(|h| &h.rust_name);
            headers.chain(reply.errors.iter().map(|e| &e.rust_name))
        });
        let own = [&operation.rust_name];
        parameters.chain(replies).chain(own).flatten().count()
    });
    records.chain(enums).chain(operations).sum()
}
