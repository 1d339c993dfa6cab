//! Findings: what is wrong, where, and what to do about it.

use std::fmt;

use crate::place::{FileId, Place};
use crate::rules::{Rule, Severity};
use crate::syntax::Position;
use crate::texts::{in_columns, visible_line};

/// A finding as the checks make it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// What is wrong here.
    pub message: String,
    /// Where.
    pub(crate) at: At,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places that have to do with it.
    pub related: Vec<(Place, String)>,
}

/// A place that is looked up later, or is known already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum At {
    Node(Place),
    Position(FileId, Position),
}

impl Diagnostic {
    /// A finding at a node or key.
    pub fn new(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Self::make(rule, At::Node(place), message.into())
    }

    /// A finding at a line and column, counted from 1.
    pub(crate) fn at(
        rule: &'static Rule,
        file: FileId,
        line: usize,
        column: usize,
        message: impl Into<String>,
    ) -> Self {
        Self::make(
            rule,
            At::Position(file, Position { line, column }),
            message.into(),
        )
    }

    fn make(rule: &'static Rule, at: At, message: String) -> Self {
        Diagnostic {
            rule,
            message,
            at,
            help: None,
            related: Vec::new(),
        }
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, place: Place, text: impl Into<String>) -> Self {
        self.related.push((place, text.into()));
        self
    }
}

/// A finding with its place looked up: what a person or a tool reads.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The id of the rule, for `icws-spec explain`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// How many characters it is about.
    pub length: usize,
    /// What is wrong.
    pub message: String,
    /// The line of the file.
    pub source_line: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places.
    pub related: Vec<Related>,
}

/// Another place that has to do with a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Related {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is there.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding {
            file,
            line,
            column,
            severity,
            rule,
            message,
            source_line,
            length,
            ..
        } = self;
        // Names and lines are the model's, and may hold what a terminal obeys.
        let (file, message) = (visible_line(file), visible_line(message));
        writeln!(f, "{file}:{line}:{column}: {severity}[{rule}]: {message}")?;
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        let (shown, before, length) = window(source_line, column.saturating_sub(1), *length);
        // Tabs keep their width on both lines only when both have them.
        let indent: String = shown
            .chars()
            .take(before)
            .map(|c| if c == '\t' { '\t' } else { ' ' })
            .collect();
        writeln!(f, "{margin} |")?;
        writeln!(f, "{}", format!("{number} | {shown}").trim_end())?;
        write!(f, "{margin} | {indent}{}", "^".repeat(length))?;
        for related in &self.related {
            let Related {
                file,
                line,
                column,
                message,
            } = related;
            let (file, message) = (visible_line(file), visible_line(message));
            write!(f, "\n{margin} = note: {message}: {file}:{line}:{column}")?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n{margin} = help: {}", visible_line(help))?;
        }
        Ok(())
    }
}

/// Lines are shown up to this width.
const WIDTH: usize = 200;

/// The part of a line around what a finding is about, how much of it stands
/// before that, and how long that is in this part.
fn window(line: &str, before: usize, length: usize) -> (String, usize, usize) {
    let shown: Vec<char> = in_columns(line).chars().collect();
    if shown.len() <= WIDTH {
        return (shown.into_iter().collect(), before, length);
    }
    let start = before.saturating_sub(WIDTH / 2);
    let part: String = shown.iter().skip(start).take(WIDTH).collect();
    let left = if start > 0 { "\u{2026}" } else { "" };
    let right = if start + WIDTH < shown.len() {
        "\u{2026}"
    } else {
        ""
    };
    let before = before - start;
    let length = length.min(WIDTH.saturating_sub(before)).max(1);
    let before = before + left.chars().count();
    (format!("{left}{part}{right}"), before, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_line_the_part_around_is_shown() {
        assert_eq!(window("a: b", 3, 1), ("a: b".to_owned(), 3, 1));
        let line = format!("{}here{}", "a".repeat(500), "b".repeat(500));
        let (part, before, length) = window(&line, 500, 300);
        assert_eq!(
            part,
            format!("\u{2026}{}here{}\u{2026}", "a".repeat(100), "b".repeat(96))
        );
        assert_eq!((before, length), (101, 100));
        let (part, before, length) = window(&line, 0, 4);
        assert_eq!((part.chars().count(), before, length), (201, 0, 4));
    }
}
