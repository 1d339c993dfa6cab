//! Changes for people.

use std::fmt::Write;

use icws_spec::diff::rules::{Rule, Verdict, Wire};
use icws_spec::diff::{Change, Diff, Site, Spot};

/// More places than this are counted, not listed.
const MOST_SITES: usize = 5;

pub(super) fn report(diff: &Diff) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(diff, &mut out);
    out
}

fn write(diff: &Diff, out: &mut String) -> std::fmt::Result {
    for change in &diff.findings {
        self::change(change, out)?;
        out.push('\n');
    }
    let Some(bump) = diff.bump() else {
        return Ok(());
    };
    let count = |verdict: Verdict| {
        let findings = diff.findings.iter();
        findings
            .filter(|change| change.verdict() == verdict)
            .count()
    };
    writeln!(
        out,
        "{} breaking, {} warning, {} fine; raise the {} version ({})",
        count(Verdict::Breaking),
        count(Verdict::Warning),
        count(Verdict::Fine),
        bump.word(),
        bump.below_one()
    )?;
    if let Some(first) = diff.findings.first() {
        let id = first.rule.id;
        writeln!(out, "see `icws-spec explain RULE`, for example `{id}`")?;
    }
    Ok(())
}

fn change(change: &Change, out: &mut String) -> std::fmt::Result {
    let subjects = match change.sites.as_slice() {
        [one] => one.subject.clone(),
        many => format!("{} places", many.len()),
    };
    writeln!(
        out,
        "{}[{}]: {subjects}: {}",
        change.verdict(),
        change.rule.id,
        change.message
    )?;
    for site in change.sites.iter().take(MOST_SITES) {
        let places = places(site);
        if change.sites.len() == 1 {
            writeln!(out, "  at    {places}")?;
        } else {
            writeln!(out, "  at    {}: {places}", site.subject)?;
        }
    }
    if let Some(more) = change.sites.len().checked_sub(MOST_SITES + 1) {
        writeln!(out, "        and {} more", more + 1)?;
    }
    if change.wire != Wire::FINE {
        writeln!(out, "  wire  {}", wire(change.wire))?;
    }
    match &change.rust_reason {
        Some(reason) => writeln!(out, "  rust  {}: {reason}", change.rust)?,
        None if change.rust != Verdict::Fine => writeln!(out, "  rust  {}", change.rust)?,
        None => {}
    }
    if change.verdict() != Verdict::Fine {
        for line in super::super::fill(change.rule.explain).lines() {
            writeln!(out, "  = {line}")?;
        }
    }
    Ok(())
}

fn places(site: &Site) -> String {
    let say = |spot: &Spot| format!("{}:{}:{}", spot.file, spot.line, spot.column);
    match (&site.old, &site.new) {
        (Some(old), Some(new)) => format!("{} -> {}", say(old), say(new)),
        (Some(old), None) => format!("{} -> nothing", say(old)),
        (None, Some(new)) => format!("nothing -> {}", say(new)),
        (None, None) => "the whole model".to_owned(),
    }
}

fn wire(wire: Wire) -> String {
    format!(
        "old client, new server: {}; new client, old server: {}",
        wire.old_client, wire.new_client
    )
}

/// A rule for `explain`: what it is, its verdicts, and why.
pub fn explain(rule: &Rule) -> String {
    let direction = if rule.request == rule.reply {
        format!("  wire           {}\n", wire(rule.request))
    } else {
        format!(
            "  in requests    {}\n  in replies     {}\n",
            wire(rule.request),
            wire(rule.reply)
        )
    };
    format!(
        "diff[{}]: {}\n\n{direction}  Rust sources   {}\n  version        {}\n\n{}\n",
        rule.id,
        rule.summary,
        rule.rust.word(),
        rule.version(),
        super::super::fill(rule.explain)
    )
}
