//! Changes as a section of a changelog, in the form of Keep a Changelog.

use std::collections::BTreeSet;

use icws_spec::diff::rules::{
    EXAMPLES_CHANGED, Section, TEXT_CHANGED, VERSION_NOT_RAISED, Verdict,
};
use icws_spec::diff::{Change, Diff};
use icws_spec::texts::{code, inline};

/// More things than this are counted, not named.
const MOST_SUBJECTS: usize = 5;

pub(super) fn report(diff: &Diff) -> String {
    let mut out = String::new();
    for (section, title) in [
        (Section::Added, "Added"),
        (Section::Changed, "Changed"),
        (Section::Removed, "Removed"),
    ] {
        let findings = diff.findings.iter();
        let mut lines: Vec<String> = findings
            .filter(|change| change.rule.section == section && !is_aside(change))
            .map(line)
            .collect();
        if section == Section::Changed {
            lines.extend(texts(diff));
        }
        if !lines.is_empty() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&format!("### {title}\n\n{}", lines.concat()));
        }
    }
    out
}

/// What is no news for users of the bindings by itself: examples are tests, a
/// version that was not raised is about the vendor, and texts are one line.
fn is_aside(change: &Change) -> bool {
    [&TEXT_CHANGED, &EXAMPLES_CHANGED, &VERSION_NOT_RAISED].contains(&change.rule)
}

fn line(change: &Change) -> String {
    let mark = match change.verdict() {
        Verdict::Breaking => "**Breaking:** ",
        _ => "",
    };
    let subjects: BTreeSet<&str> = change.sites.iter().map(|s| s.subject.as_str()).collect();
    let named: Vec<String> = subjects
        .iter()
        .take(MOST_SUBJECTS)
        .map(|subject| code(subject))
        .collect();
    let more = match subjects.len().checked_sub(MOST_SUBJECTS + 1) {
        Some(more) => format!(" and {} more", more + 1),
        None => String::new(),
    };
    let rust = match (&change.rust_reason, change.rust) {
        (Some(reason), Verdict::Breaking) => format!(" ({})", inline(reason)),
        _ => String::new(),
    };
    format!(
        "- {mark}{}{more}: {}{rust}.\n",
        named.join(", "),
        inline(&change.message)
    )
}

fn texts(diff: &Diff) -> Option<String> {
    let findings = diff.findings.iter();
    let texts = findings.filter(|change| change.rule == &TEXT_CHANGED);
    let count: usize = texts.map(|change| change.sites.len()).sum();
    match count {
        0 => None,
        1 => Some("- The documentation of one item.\n".to_owned()),
        many => Some(format!("- The documentation of {many} items.\n")),
    }
}
