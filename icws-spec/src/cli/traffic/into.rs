//! `icws-spec traffic --into`.

use icws_spec::Model;
use icws_spec::texts::visible;
use icws_spec::traffic::{Learning, Surveyed, learn};

use super::super::{Failure, check, files};

/// Changes a model in place until it says what the traffic proves; with `dry`, only
/// says so.
pub(super) fn run(surveyed: &Surveyed, model: &Model, dry: bool) -> Result<(), Failure> {
    let servers = surveyed.servers();
    let learnt = learn(model, &surveyed.report, servers.as_deref());
    if !dry {
        files::write_back(&learnt.model, &learnt.files)?;
    }
    let changed = if dry { "to change" } else { "changed" };
    for change in &learnt.changes {
        tell_lines!("{changed}: {}", line(change));
    }
    for left in &learnt.left {
        tell_lines!("by hand: {}", line(left));
    }
    if !learnt.refused.is_empty() {
        tell!("not changed, since the model would have:");
        tell_lines!("{}", check::text(&learnt.refused));
    }
    let open = learnt.model.findings();
    tell_lines!("{}", check::text(open));
    if learnt.changes.is_empty() && learnt.left.is_empty() {
        tell!("nothing to change");
    }
    let undone = if dry { learnt.changes.len() } else { 0 };
    match undone + learnt.left.len() + open.len() {
        0 => Ok(()),
        _ => Err(Failure::Findings),
    }
}

/// A difference with both places, and why a person has to decide.
fn line(learning: &Learning) -> String {
    let finding = &learning.kind.finding;
    let question = learning.question.as_ref();
    let question = question.map_or(String::new(), |question| format!(" ({question})"));
    let place = learning.place.as_ref();
    let place = place.map_or(String::new(), |place| {
        format!(": {}:{}:{}", place.file, place.line, place.column)
    });
    let (site, subject, message) = (&learning.kind.site, &finding.subject, &finding.message);
    visible(&format!("{site}: {subject}: {message}{question}{place}\n"))
}
