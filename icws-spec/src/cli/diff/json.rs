//! Changes for tools. The form is stable, as that of the exported model.

use icws_spec::diff::{Change, Diff, Site, Spot};
use serde_json::{Value, json};

pub(super) fn report(diff: &Diff) -> Value {
    json!({
        "icws": 1,
        "verdict": diff.verdict().word(),
        "bump": diff.bump().map(|bump| bump.word()),
        "findings": diff.findings.iter().map(change).collect::<Vec<_>>(),
    })
}

fn change(change: &Change) -> Value {
    json!({
        "rule": change.rule.id,
        "verdict": change.verdict().word(),
        "message": change.message,
        "key": change.fact.as_ref().map(|fact| fact.key),
        "old": change.fact.as_ref().map(|fact| &fact.old),
        "new": change.fact.as_ref().map(|fact| &fact.new),
        "reason": change.rule.explain,
        "wire": {
            "oldClient": change.wire.old_client.word(),
            "newClient": change.wire.new_client.word(),
        },
        "rust": change.rust.word(),
        "rustReason": change.rust_reason,
        "bump": change.bump.word(),
        "sites": change.sites.iter().map(site).collect::<Vec<_>>(),
    })
}

fn site(site: &Site) -> Value {
    json!({
        "subject": site.subject,
        "old": site.old.as_ref().map(spot),
        "new": site.new.as_ref().map(spot),
    })
}

fn spot(spot: &Spot) -> Value {
    json!({ "file": spot.file, "line": spot.line, "column": spot.column })
}
