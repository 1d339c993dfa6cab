//! `icws-spec check`.

use std::path::Path;

use icws_spec::rules::SEVERITY;
use icws_spec::{Finding, Model, Selection};
use serde_json::{Value, json};

use super::{Failure, Format};

/// Checks all of the model, and counts what is selected of it.
pub fn run(model: Option<&Path>, selection: &Selection, format: Format) -> Result<(), Failure> {
    let model = super::load(model)?;
    let findings = model.findings();
    if findings.is_empty() {
        super::known(selection, &model)?;
    }
    match format {
        Format::Text => super::print(&text(findings))?,
        Format::Json => super::print(&super::json(&report(findings)))?,
    }
    if !findings.is_empty() {
        return Err(Failure::Findings);
    }
    if format == Format::Text {
        let files = model.sources().files().count();
        let [operations, messages, objects] = counts(&model);
        if selection.only.is_none() {
            tell!(
                "no findings: {operations} operations, {messages} messages, {objects} objects in {files} files"
            );
        } else {
            let [o, m, r] = counts(&model.select(selection));
            tell!(
                "no findings; selected: {o} of {operations} operations, {m} of {messages} messages, {r} of {objects} objects"
            );
        }
    }
    Ok(())
}

/// How many operations, messages and objects a model has.
fn counts(model: &Model) -> [usize; 3] {
    let api = model.api();
    let (operations, messages, objects) = (api.operations(), api.messages(), api.objects());
    [operations.count(), messages.count(), objects.count()]
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
            "severity": SEVERITY,
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
