//! `icws-spec check`.

use std::path::Path;

use icws_spec::Finding;
use serde_json::{Value, json};

use super::{Failure, Format};

pub fn run(model: Option<&Path>, format: Format) -> Result<(), Failure> {
    let model = super::load(model)?;
    let findings = model.findings();
    match format {
        Format::Text => super::print(&text(findings))?,
        Format::Json => super::print(&super::json(&report(findings)))?,
    }
    if !findings.is_empty() {
        return Err(Failure::Findings);
    }
    if format == Format::Text {
        let api = model.api();
        eprintln!(
            "no findings: {} operations, {} messages, {} objects in {} files",
            api.operations().count(),
            api.messages().count(),
            api.objects().count(),
            model.sources().files().count()
        );
    }
    Ok(())
}

/// The findings for people, with a count at the end.
pub fn text(findings: &[Finding]) -> String {
    let mut out: String = findings
        .iter()
        .map(|finding| format!("{finding}\n\n"))
        .collect();
    match findings {
        [] => {}
        [one] => out.push_str(&format!(
            "1 finding; see `icws-spec explain {}`\n",
            one.rule
        )),
        [first, ..] => out.push_str(&format!(
            "{} findings; see `icws-spec explain RULE`, for example `{}`\n",
            findings.len(),
            first.rule
        )),
    }
    out
}

fn report(findings: &[Finding]) -> Value {
    let findings = findings.iter().map(|finding| {
        let related = finding.related.iter().map(|related| {
            json!({
                "file": related.file,
                "line": related.line,
                "column": related.column,
                "message": related.message,
            })
        });
        json!({
            "rule": finding.rule,
            "severity": finding.severity.to_string(),
            "file": finding.file,
            "line": finding.line,
            "column": finding.column,
            "length": finding.length,
            "message": finding.message,
            "help": finding.help,
            "related": related.collect::<Vec<_>>(),
        })
    });
    json!({ "icws": 1, "findings": findings.collect::<Vec<_>>() })
}
