//! Findings of traffic for tools. The form is stable.

use icws_spec::Model;
use icws_spec::traffic::{Kind, Located, Surveyed};
use serde_json::{Value, json};

pub(super) fn report(surveyed: &Surveyed, model: &Model, with_coverage: bool) -> Value {
    let report = &surveyed.report;
    let places = report.places(model);
    let findings = report.kinds().iter().zip(&places);
    let findings = findings.map(|(kind, place)| self::kind(kind, place.as_ref()));
    let counts = surveyed.counts;
    let mut out = json!({
        "icws": 1,
        "findings": findings.collect::<Vec<_>>(),
        "notListed": report.more(),
        "exchanges": {
            "checked": counts.checked,
            "unanswered": counts.unanswered,
            "foreign": counts.foreign,
            "preflight": counts.preflight,
        },
        "servers": surveyed.servers(),
    });
    if with_coverage {
        out["coverage"] = super::coverage::json(&surveyed.coverage(model));
    }
    out
}

fn kind(kind: &Kind, place: Option<&Located>) -> Value {
    let finding = &kind.finding;
    let number = if kind.site.is_line { "line" } else { "entry" };
    json!({
        "rule": finding.rule.id,
        "subject": finding.subject,
        "message": finding.message,
        "count": kind.count,
        "at": {
            "file": kind.site.file,
            number: kind.site.entry,
            "part": finding.part.to_string(),
            "pointer": finding.pointer,
        },
        "example": finding.example,
        "model": place.map(|place| json!({
            "file": place.file,
            "line": place.line,
            "column": place.column,
        })),
    })
}
