//! `icws-spec traffic --into`.

use std::fs;

use icws_spec::Model;
use icws_spec::texts::visible;
use icws_spec::traffic::{Learning, Surveyed, learn};

use super::super::{Failure, check};

/// Changes a model in place until it says what the traffic proves; with `dry`, only
/// says so.
pub(super) fn run(surveyed: &Surveyed, model: &Model, dry: bool) -> Result<(), Failure> {
    let servers = surveyed.servers();
    let learnt = learn(model, &surveyed.report, servers.as_deref());
    for id in learnt.files.iter().filter(|_| !dry) {
        let file = learnt.model.sources().get(*id);
        let file = file.and_then(|file| Some((file.absolute.as_ref()?, &file.text)));
        if let Some((path, text)) = file {
            fs::write(path, text)
                .map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
        }
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
