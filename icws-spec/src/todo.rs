//! The comments by which an import leaves questions open: how they are written,
//! and how they are found again.

use crate::diagnostic::Diagnostic;
use crate::place::FileId;
use crate::rules;
use crate::source::Sources;

/// What such a comment begins with; the line of the page and the question
/// follow.
const START: &str = "# TODO (page line ";

/// What stands between the line and the question.
const THEN: &str = "): ";

/// Returns the comment for a question about a line of a page.
#[cfg(feature = "cli")]
pub(crate) fn comment(line: usize, question: &str) -> String {
    // A comment ends with its line.
    let question: Vec<&str> = question.split_whitespace().collect();
    format!("{START}{line}{THEN}{}", question.join(" "))
}

/// Reports the questions that are still open in the files of a model.
pub(crate) fn report(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    for (id, file) in sources.files() {
        let lines = file.text.lines().enumerate();
        diagnostics.extend(lines.filter_map(|(index, line)| open_question(id, index + 1, line)));
    }
}

fn open_question(file: FileId, number: usize, line: &str) -> Option<Diagnostic> {
    let comment = line.trim_start();
    let open = comment.strip_prefix(START)?;
    let column = line.chars().count() - comment.chars().count() + 1;
    let message = match open.split_once(THEN) {
        Some((page_line, question)) => format!("line {page_line} of the page: {question}"),
        None => open.to_owned(),
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
        let line = format!("  {}", comment(7, "which\n type?"));
        let found = open_question(FileId(0), 1, &line).unwrap();
        assert_eq!(found.message, "line 7 of the page: which type?");
    }
}
