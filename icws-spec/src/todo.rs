//! The comments by which an import leaves questions open: how they are written,
//! and how they are found again.

use crate::diagnostic::Diagnostic;
use crate::place::FileId;
use crate::rules;
use crate::source::Sources;

/// What such a comment begins with; what asks and the question follow.
const START: &str = "# TODO (";

/// What stands between the two.
const THEN: &str = "): ";

/// The word for a page before the number of its line.
const PAGE: &str = "page line ";

/// The word for traffic.
const TRAFFIC: &str = "traffic";

/// What leaves a question open.
#[cfg(feature = "cli")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asker {
    /// A page, by the number of its line.
    Page(usize),
    /// What was seen on the wire.
    Traffic,
}

#[cfg(feature = "cli")]
impl From<usize> for Asker {
    fn from(line: usize) -> Self {
        Asker::Page(line)
    }
}

/// Returns the comment for a question.
#[cfg(feature = "cli")]
pub(crate) fn comment(asker: Asker, question: &str) -> String {
    // A comment ends with its line.
    let question: Vec<&str> = question.split_whitespace().collect();
    let asker = match asker {
        Asker::Page(line) => format!("{PAGE}{line}"),
        Asker::Traffic => TRAFFIC.to_owned(),
    };
    format!("{START}{asker}{THEN}{}", question.join(" "))
}

/// Reports the questions that are still open in the files of a model.
pub(crate) fn report(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    for (id, file) in sources.files() {
        let lines = file.placed().lines().enumerate();
        diagnostics.extend(lines.filter_map(|(index, line)| open_question(id, index + 1, line)));
    }
}

fn open_question(file: FileId, number: usize, line: &str) -> Option<Diagnostic> {
    let comment = line.trim_start();
    let open = comment.strip_prefix(START)?;
    let column = line.chars().count() - comment.chars().count() + 1;
    let (asker, question) = open.split_once(THEN).unwrap_or((open, ""));
    let message = match asker.strip_prefix(PAGE) {
        Some(line) if question.is_empty() => line.to_owned(),
        Some(line) => format!("line {line} of the page: {question}"),
        None if asker == TRAFFIC => format!("the traffic does not tell: {question}"),
        // Somebody's own.
        None => return None,
    };
    Some(
        Diagnostic::at(&rules::OPEN_TODO, file, number, column, message)
            .help("write what is missing, and take this comment away"),
    )
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    #[test]
    fn a_question_that_is_written_is_found() {
        let found = |asker: Asker| {
            let line = format!("  {}", comment(asker, "which\n type?"));
            open_question(FileId(0), 1, &line).unwrap().message
        };
        assert_eq!(found(7.into()), "line 7 of the page: which type?");
        assert_eq!(
            found(Asker::Traffic),
            "the traffic does not tell: which type?"
        );
        assert!(open_question(FileId(0), 1, "# TODO (me): think").is_none());
    }
}
