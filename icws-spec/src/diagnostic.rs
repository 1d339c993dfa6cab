//! Findings: what is wrong, where, and what to do about it.

use std::fmt;

use crate::place::{FileId, Place};
use crate::rules::{Rule, SEVERITY};
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
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// How many characters it is about, as far as they are in `source_line`.
    pub length: usize,
    /// What is wrong.
    pub message: String,
    /// The line of the file; of a long one, the part around.
    pub source_line: String,
    /// How many characters of the line stand before that part.
    pub(crate) left_out: usize,
    /// Whether more of the line follows.
    pub(crate) is_cut: bool,
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
            rule,
            message,
            source_line,
            left_out,
            is_cut,
            length,
            ..
        } = self;
        // Names and lines are the model's, and may hold what a terminal obeys.
        let (file, message) = (visible_line(file), visible_line(message));
        writeln!(f, "{file}:{line}:{column}: {SEVERITY}[{rule}]: {message}")?;
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        let sign = |is_more: bool| if is_more { "\u{2026}" } else { "" };
        let (left, right) = (sign(*left_out > 0), sign(*is_cut));
        let shown = format!("{left}{}{right}", in_columns(source_line));
        let before = column.saturating_sub(1).saturating_sub(*left_out) + left.chars().count();
        // Tabs keep their width on both lines only when both have them.
        let indent: String = shown
            .chars()
            .take(before)
            .map(|c| if c == '\t' { '\t' } else { ' ' })
            .collect();
        writeln!(f, "{margin} |")?;
        writeln!(f, "{}", format!("{number} | {shown}").trim_end())?;
        write!(f, "{margin} | {indent}{}", "^".repeat(*length))?;
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
