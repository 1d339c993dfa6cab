//! Findings: what is wrong, where, and what to do about it.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::rules::{Rule, Severity};
use crate::source::{FileId, Place, Sources};
use crate::syntax::{NodePositions, Position};

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

/// Looks up the places of findings, and sorts them by file and line.
pub fn locate_all(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<Finding> {
    let mut positions = Positions::new(sources);
    let mut lines = Lines::new(sources);
    let mut seen = HashSet::new();
    let mut findings: Vec<(FileId, Finding)> = Vec::new();
    for diagnostic in diagnostics {
        // A shared item is checked wherever it is used; once is enough.
        if seen.insert((diagnostic.rule.id, diagnostic.at, &diagnostic.message)) {
            findings.push(finding(&mut positions, &mut lines, diagnostic));
        }
    }
    findings.sort_by(|(a_file, a), (b_file, b)| {
        (a_file, a.line, a.column, a.rule).cmp(&(b_file, b.line, b.column, b.rule))
    });
    findings.into_iter().map(|(_, finding)| finding).collect()
}

fn finding(
    positions: &mut Positions<'_>,
    lines: &mut Lines<'_>,
    diagnostic: &Diagnostic,
) -> (FileId, Finding) {
    let (id, position) = match diagnostic.at {
        At::Node(place) => (place.file, positions.of(place)),
        At::Position(file, position) => (file, position),
    };
    let source_line = lines.of(id, position.line);
    let related = diagnostic.related.iter();
    let related = related.map(|(place, message)| {
        let (file, position) = positions.look_up(*place);
        Related {
            file,
            line: position.line,
            column: position.column,
            message: message.clone(),
        }
    });
    let related = related.collect();
    let finding = Finding {
        rule: diagnostic.rule.id,
        severity: diagnostic.rule.severity,
        file: positions.path(id),
        line: position.line,
        column: position.column,
        length: token_length(source_line, position.column),
        message: diagnostic.message.clone(),
        source_line: source_line.to_owned(),
        help: diagnostic.help.clone(),
        related,
    };
    (id, finding)
}

/// Looks up places. A file is read for them all when the first is asked for.
pub(crate) struct Positions<'a> {
    sources: &'a Sources,
    files: HashMap<FileId, NodePositions>,
}

impl<'a> Positions<'a> {
    pub(crate) fn new(sources: &'a Sources) -> Self {
        Positions {
            sources,
            files: HashMap::new(),
        }
    }

    pub(crate) fn of(&mut self, place: Place) -> Position {
        let sources = self.sources;
        let file = self.files.entry(place.file).or_insert_with(|| {
            let text = sources.get(place.file).map_or("", |file| &file.text);
            NodePositions::of(text.strip_prefix('\u{feff}').unwrap_or(text))
        });
        file.get(place.node).unwrap_or(Position::START)
    }

    /// The file of a place, and where in it.
    pub(crate) fn look_up(&mut self, place: Place) -> (String, Position) {
        (self.path(place.file), self.of(place))
    }

    fn path(&self, file: FileId) -> String {
        let file = self.sources.get(file);
        file.map(|file| file.path.clone()).unwrap_or_default()
    }
}

/// The lines of the files with findings, each file taken apart once.
struct Lines<'a> {
    sources: &'a Sources,
    files: HashMap<FileId, Vec<&'a str>>,
}

impl<'a> Lines<'a> {
    fn new(sources: &'a Sources) -> Self {
        Lines {
            sources,
            files: HashMap::new(),
        }
    }

    /// Returns a line of a file, counted from 1.
    fn of(&mut self, file: FileId, line: usize) -> &'a str {
        let sources = self.sources;
        let lines = self.files.entry(file).or_insert_with(|| {
            let text = sources.get(file).map_or("", |file| &file.text);
            text.lines().collect()
        });
        lines.get(line.saturating_sub(1)).copied().unwrap_or("")
    }
}

/// How far the key, scalar or bracket at a column reaches on its line.
fn token_length(line: &str, column: usize) -> usize {
    let rest: Vec<char> = line.chars().skip(column.saturating_sub(1)).collect();
    let token = match rest.first().copied() {
        Some(quote @ ('"' | '\'')) => {
            let end = rest.iter().skip(1).position(|c| *c == quote);
            end.map_or(rest.len(), |end| end + 2)
        }
        Some(open @ ('{' | '[')) => bracket_length(&rest, open),
        _ => plain_length(&rest),
    };
    let token = rest.get(..token).unwrap_or_default();
    let trailing = token.iter().rev().take_while(|c| c.is_whitespace()).count();
    (token.len() - trailing).max(1)
}

/// Up to the bracket that closes the first one, or the bracket alone.
fn bracket_length(rest: &[char], open: char) -> usize {
    let close = if open == '{' { '}' } else { ']' };
    let mut depth = 0usize;
    let end = rest.iter().position(|c| {
        depth += usize::from(*c == open);
        depth -= usize::from(*c == close);
        depth == 0
    });
    end.map_or(1, |end| end + 1)
}

/// Up to what ends a plain scalar: a colon, comma, bracket or comment. Braces
/// of a path belong to it.
fn plain_length(rest: &[char]) -> usize {
    let mut braces = 0usize;
    let end = rest.iter().enumerate().position(|(index, c)| {
        let next = rest.get(index + 1);
        if *c == '{' {
            braces += 1;
        }
        let closes = *c == '}' && braces == 0;
        if *c == '}' {
            braces = braces.saturating_sub(1);
        }
        closes
            || matches!(c, ',' | '[' | ']') && index > 0
            || *c == ':' && next.is_none_or(|c| c.is_whitespace())
            || *c == ' ' && next.is_some_and(|c| *c == '#')
    });
    end.unwrap_or(rest.len())
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
        writeln!(f, "{file}:{line}:{column}: {severity}[{rule}]: {message}")?;
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        // Tabs keep their width on both lines only when both have them.
        let indent: String = source_line
            .chars()
            .take(column.saturating_sub(1))
            .map(|c| if c == '\t' { '\t' } else { ' ' })
            .collect();
        writeln!(f, "{margin} |")?;
        writeln!(f, "{}", format!("{number} | {source_line}").trim_end())?;
        write!(f, "{margin} | {indent}{}", "^".repeat(*length))?;
        for related in &self.related {
            let Related {
                file,
                line,
                column,
                message,
            } = related;
            write!(f, "\n{margin} = note: {message}: {file}:{line}:{column}")?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n{margin} = help: {help}")?;
        }
        Ok(())
    }
}

/// The candidate that a misspelt word most likely means: one that is a few
/// letters away, or a shorter or longer form of it (`bool`, `integer`).
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = Spelling::of(word);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = Spelling::of(candidate);
            let shorter = word.length.min(other.length);
            let related = shorter >= 3
                && (other.lower.starts_with(&word.lower) || word.lower.starts_with(&other.lower));
            // Measuring is slow; most candidates are seen to be far away.
            let most = 1 + shorter / 4;
            if !related && word.least_distance(&other) > most {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&word.lower, &other.lower);
            (related || distance <= most).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// A word as its distance to others is seen.
struct Spelling {
    lower: String,
    /// The number of its letters.
    length: usize,
    /// A bit for each letter that is in it.
    letters: u64,
}

impl Spelling {
    fn of(word: &str) -> Spelling {
        let lower = word.to_lowercase();
        let bits = lower.chars().map(|letter| 1 << (u32::from(letter) % 64));
        Spelling {
            length: lower.chars().count(),
            letters: bits.fold(0, |letters, bit: u64| letters | bit),
            lower,
        }
    }

    /// Less than this two words are never apart: each change makes one letter
    /// more or less, or another.
    fn least_distance(&self, other: &Spelling) -> usize {
        let lacking = (other.letters & !self.letters).count_ones();
        let spare = (self.letters & !other.letters).count_ones();
        let letters = lacking.max(spare) as usize;
        letters.max(self.length.abs_diff(other.length))
    }
}

#[cfg(test)]
mod tests {
    use super::suggest;
    use crate::syntax::READS;
    use crate::{Model, Origin};

    #[test]
    fn a_file_is_read_once_for_all_of_its_findings() {
        let properties: String = (0..40)
            .map(|number| format!("      p{number}: {{ type: gone{number} }}\n"))
            .collect();
        let text = format!("icws: 1\nnamespace: a\nobjects:\n  x:\n    properties:\n{properties}");
        let before = READS.get();
        let model = Model::load(Origin::Inline(&text)).unwrap();
        assert_eq!(READS.get() - before, 1);
        let lines = model.findings().iter().map(|finding| finding.line);
        assert!(lines.eq(6..46));
    }

    #[test]
    fn a_misspelt_word_finds_what_is_near_and_not_what_is_far() {
        let words = ["string", "boolean", "int", "double", "Straße"];
        assert_eq!(suggest("stirng", words), Some("string"));
        assert_eq!(suggest("Bool", words), Some("boolean"));
        assert_eq!(suggest("integer", words), Some("int"));
        assert_eq!(suggest("duoble", words), Some("double"));
        assert_eq!(suggest("STRASSE", words), Some("Straße"));
        assert_eq!(suggest("xyzzy", words), None);
    }

    #[test]
    fn a_sound_file_is_not_read_for_positions() {
        let before = READS.get();
        Model::load(Origin::Shipped).unwrap();
        assert_eq!(READS.get(), before);
    }
}
