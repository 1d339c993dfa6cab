//! Findings of traffic for people.

use icws_spec::Model;
use icws_spec::traffic::rules::Rule;
use icws_spec::traffic::{Kind, Located, Surveyed};

use super::super::{fill, plural};

pub(super) fn report(surveyed: &Surveyed, model: &Model) -> String {
    let report = &surveyed.report;
    let mut out = String::new();
    for (kind, place) in report.kinds().iter().zip(report.places(model)) {
        out.push_str(&self::kind(kind, place.as_ref()));
        out.push('\n');
    }
    if report.more() > 0 {
        let more = report.more();
        out.push_str(&format!(
            "{more} findings of further kinds are not listed\n"
        ));
    }
    let kinds = report.kinds();
    if let Some(first) = kinds.first() {
        let count: u64 = kinds.iter().map(|kind| kind.count).sum();
        let id = first.finding.rule.id;
        out.push_str(&format!(
            "{count} finding{} of {} kind{}; see `icws-spec explain RULE`, for example `{id}`\n",
            plural(count == 1),
            kinds.len(),
            plural(kinds.len() == 1),
        ));
    }
    out
}

fn kind(kind: &Kind, place: Option<&Located>) -> String {
    let finding = &kind.finding;
    let times = match kind.count {
        1 => String::new(),
        count => format!(" ({count} times)"),
    };
    let mut out = format!(
        "traffic[{}]: {}: {}{times}\n  at    {}",
        finding.rule.id, finding.subject, finding.message, kind.site
    );
    out.push_str(&format!(", {}", finding.part));
    if !finding.pointer.is_empty() {
        out.push_str(&format!(" {}", finding.pointer));
    }
    out.push('\n');
    if let Some(example) = &finding.example {
        out.push_str(&format!("  here  {example}\n"));
    }
    if let Some(Located {
        file, line, column, ..
    }) = place
    {
        out.push_str(&format!("  model {file}:{line}:{column}\n"));
    }
    out
}

/// How many exchanges there were, in words.
pub(super) fn counts(surveyed: &Surveyed) -> String {
    let counts = surveyed.counts;
    let mut parts = vec![format!(
        "{} exchange{} held against the model",
        counts.checked,
        plural(counts.checked == 1)
    )];
    let mut add = |count: u64, what: &str| {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    };
    add(counts.unanswered, "of them without a response");
    add(counts.foreign, "not of ICWS passed over");
    add(counts.preflight, "preflights of browsers passed over");
    if surveyed.report.kinds().is_empty() {
        parts.push("no findings".to_owned());
    }
    parts.join(", ")
}

/// A rule in words.
pub fn explain(rule: &Rule) -> String {
    let written = if rule.written {
        "`traffic --into` writes what proves it.\n\n"
    } else {
        ""
    };
    let text = fill(rule.explain);
    format!("traffic[{}]: {}\n\n{written}{text}\n", rule.id, rule.title)
}
