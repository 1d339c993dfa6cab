//! From findings as the checks make them to findings with their places.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{At, Diagnostic, Finding, Related};
use crate::excerpt::{Excerpt, Line};
use crate::place::{FileId, Place};
use crate::source::{SourceFile, Sources};
use crate::syntax::{NodePositions, Position};

/// Looks up the places of findings, and sorts them by file and line.
pub fn locate_all(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<Finding> {
    let mut positions = Positions::new(sources);
    let mut lines = Lines::new(sources);
    let mut seen = HashSet::new();
    let mut findings: Vec<(FileId, Finding)> = Vec::new();
    for diagnostic in diagnostics {
        // A shared item is checked wherever it is used; once is enough.
        if seen.insert((diagnostic.rule.id, diagnostic.at, &diagnostic.message)) {
            findings.push(finding(sources, &mut positions, &mut lines, diagnostic));
        }
    }
    findings.sort_by(|(a_file, a), (b_file, b)| {
        (a_file, a.line, a.column, a.rule).cmp(&(b_file, b.line, b.column, b.rule))
    });
    by_cause(sources, &mut positions, findings)
}

/// As many findings of one rule that come of one change are told; more say the
/// same again.
const MOST: usize = 3;

/// Names the change behind each finding in the extended model, and counts those
/// that are too many.
fn by_cause(
    sources: &Sources,
    positions: &mut Positions<'_>,
    findings: Vec<(FileId, Finding)>,
) -> Vec<Finding> {
    let mut told: Vec<Finding> = Vec::new();
    // For each change and rule the findings so far, and the last that is told.
    let mut counts: HashMap<(Place, &str), (usize, usize)> = HashMap::new();
    for (file, mut finding) in findings {
        let extended = sources.get(file).is_some_and(|file| file.extended);
        if let Some(cause) = extended.then(|| sources.cause(&finding.message)).flatten() {
            let (count, last) = counts.entry((cause, finding.rule)).or_default();
            *count += 1;
            if *count > MOST {
                continue;
            }
            *last = told.len();
            let related = positions.related(cause, "it comes of this change");
            finding.related.push(related);
        }
        told.push(finding);
    }
    for (count, last) in counts.into_values() {
        let note = told.get_mut(last).and_then(|last| last.related.last_mut());
        if let (Some(note), Some(more @ 1..)) = (note, count.checked_sub(MOST)) {
            note.message = format!("it and {more} more like it come of this change");
        }
    }
    told
}

fn finding(
    sources: &Sources,
    positions: &mut Positions<'_>,
    lines: &mut Lines<'_>,
    diagnostic: &Diagnostic,
) -> (FileId, Finding) {
    let (id, position) = match diagnostic.at {
        At::Node(place) => {
            let place = sources.origin(place);
            (place.file, positions.of(place))
        }
        At::Position(file, position) => (file, position),
    };
    let excerpt = lines.around(id, position);
    let related = diagnostic.related.iter();
    let related = related
        .map(|(place, message)| positions.related(*place, message))
        .collect();
    let finding = Finding {
        rule: diagnostic.rule.id,
        file: positions.path(id),
        line: position.line,
        column: position.column,
        length: excerpt.length,
        message: diagnostic.message.clone(),
        source_line: excerpt.text,
        left_out: excerpt.left_out,
        is_cut: excerpt.is_cut,
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

    /// The position of a node in the file that it was written in.
    fn of(&mut self, place: Place) -> Position {
        let sources = self.sources;
        let file = self.files.entry(place.file).or_insert_with(|| {
            NodePositions::of(sources.get(place.file).map_or("", SourceFile::placed))
        });
        file.get(place.node).unwrap_or(Position::START)
    }

    /// The file that a node was written in, and where in it.
    pub(crate) fn look_up(&mut self, place: Place) -> (String, Position) {
        let place = self.sources.origin(place);
        (self.path(place.file), self.of(place))
    }

    fn related(&mut self, place: Place, message: &str) -> Related {
        let (file, position) = self.look_up(place);
        Related {
            file,
            line: position.line,
            column: position.column,
            message: message.to_owned(),
        }
    }

    fn path(&self, file: FileId) -> String {
        let file = self.sources.get(file);
        file.map(|file| file.path.clone()).unwrap_or_default()
    }
}

/// The lines of the files with findings, each file taken apart once.
struct Lines<'a> {
    sources: &'a Sources,
    files: HashMap<FileId, Vec<Line<'a>>>,
}

impl<'a> Lines<'a> {
    fn new(sources: &'a Sources) -> Self {
        Lines {
            sources,
            files: HashMap::new(),
        }
    }

    /// Returns what stands around a position of a file.
    fn around(&mut self, file: FileId, position: Position) -> Excerpt {
        let sources = self.sources;
        let lines = self.files.entry(file).or_insert_with(|| {
            let text = sources.get(file).map_or("", SourceFile::placed);
            text.lines().map(Line::new).collect()
        });
        let line = lines.get(position.line.saturating_sub(1));
        line.unwrap_or(&Line::EMPTY).around(position.column)
    }
}

#[cfg(test)]
mod tests {
    use crate::excerpt::{LETTERS, WIDTH};
    use crate::syntax::READS;
    use crate::{Model, ModelSource};

    #[test]
    fn a_file_is_read_once_for_all_of_its_findings() {
        let properties: String = (0..40)
            .map(|number| format!("      p{number}: {{ type: gone{number} }}\n"))
            .collect();
        let text = format!("icws: 1\nnamespace: a\nobjects:\n  x:\n    properties:\n{properties}");
        let before = READS.get();
        let model = Model::load(ModelSource::Inline(&text)).unwrap();
        assert_eq!(READS.get() - before, 1);
        let lines = model.findings().iter().map(|finding| finding.line);
        assert!(lines.eq(6..46));
    }

    #[test]
    fn a_finding_costs_what_stands_around_it_however_long_its_line_is() {
        let letters = |count: usize| {
            let names = (0..count).map(|number| format!("p{number}: {{ type: gone{number} }}"));
            let names: Vec<String> = names.collect();
            let properties = names.join(", ");
            let text = format!(
                "icws: 1\nnamespace: a\nobjects: {{ x: {{ properties: {{ {properties} }} }} }}"
            );
            let before = LETTERS.get();
            let model = Model::load(ModelSource::Inline(&text)).unwrap();
            assert_eq!(model.findings().len(), count);
            for finding in model.findings() {
                assert!(finding.source_line.chars().count() <= WIDTH);
                let caret = finding.column - 1 - finding.left_out;
                let shown = finding.source_line.chars().skip(caret);
                assert!(shown.take(4).eq("gone".chars()), "{finding}");
            }
            LETTERS.get() - before
        };
        let (few, many) = (letters(20), letters(200));
        assert!(
            many < 15 * few,
            "{few} letters for 20 findings, {many} for 200"
        );
    }

    #[test]
    fn a_byte_order_mark_is_in_no_place() {
        let text = "\u{feff}icws: 2\n";
        let model = Model::load(ModelSource::Inline(text)).unwrap();
        let [finding] = model.findings() else {
            panic!("one finding")
        };
        assert_eq!((finding.column, finding.length), (7, 1));
        assert_eq!(finding.source_line, "icws: 2");
    }

    #[test]
    fn a_sound_file_is_not_read_for_positions() {
        let before = READS.get();
        Model::load(ModelSource::Shipped).unwrap();
        assert_eq!(READS.get(), before);
    }
}
