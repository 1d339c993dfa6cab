//! Reads the text form of a reference page, line by line. Lines are
//! classified by their words and their neighbours, never by their indentation;
//! each line is used for one fact or reported.

mod lines;
mod methods;
mod near;
mod parameters;
mod records;
mod replies;
mod words;

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::page::{Entry, Notice, Page, Record, Text, Use, Version};
use lines::Line;

/// Why a text is not a page that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The file as shown.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is the matter and what to do.
    pub message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for Refusal {}

/// Reads a page. `file` names it in what is said about it.
///
/// # Errors
/// When the text is no reference page in the form that browsers give: it has no
/// method, or its tables are drawn with bars.
pub fn read(file: &str, text: &str) -> Result<Page, Refusal> {
    let refuse = |line: usize, message: &str| Refusal {
        file: file.to_owned(),
        line,
        message: message.to_owned(),
    };
    let lines = lines::lines(text);
    if let Some(line) = lines.iter().find(|line| words::is_barred(&line.text)) {
        return Err(refuse(
            line.number,
            "this is the form of a page with bars between the columns, which has lost names, types and verbs; \
             select the page in a browser, copy it, and save it as plain text",
        ));
    }
    let Some(reader) = Reader::new(lines) else {
        return Err(refuse(
            1,
            "this is no reference page: nowhere is a verb (GET, PUT, …) followed by a path",
        ));
    };
    Ok(reader.page(file))
}

/// What the indices below count is lines that are not blank.
struct Reader {
    lines: Vec<Line>,
    at: usize,
    /// Where the first method begins.
    first: usize,
    /// The path of the page.
    path: String,
    /// Other paths that stand where its path is expected.
    other_paths: Vec<String>,
    /// Representations that have no place.
    spare: Vec<Record>,
    /// Whether a line is the name of the table that comes next.
    names_table: Vec<bool>,
    /// The names of all tables.
    names: HashSet<String>,
    ledger: Vec<Entry>,
    notices: Vec<Notice>,
    /// How many lines were not understood so far.
    unread: usize,
}

impl Reader {
    /// Returns `None` when there is no method.
    fn new(lines: Vec<Line>) -> Option<Reader> {
        let mut reader = Reader {
            names_table: vec![false; lines.len()],
            lines,
            at: 0,
            first: 0,
            path: String::new(),
            other_paths: Vec::new(),
            spare: Vec::new(),
            names: HashSet::new(),
            ledger: Vec::new(),
            notices: Vec::new(),
            unread: 0,
        };
        reader.first = (0..reader.lines.len()).find(|at| reader.starts_method(*at))?;
        let title = usize::from(lines::is_address(reader.text(0)));
        let path = if words::is_path(reader.text(title)) {
            title
        } else {
            reader.first + 1
        };
        reader.path = reader.text(path).to_owned();
        reader.find_names();
        Some(reader)
    }

    fn text(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", |line| &line.text)
    }

    fn number(&self, at: usize) -> usize {
        let line = self.lines.get(at).or(self.lines.last());
        line.map_or(1, |line| line.number)
    }

    fn is_end(&self) -> bool {
        self.at >= self.lines.len()
    }

    /// Uses the current line, and goes on to the next.
    fn take(&mut self, used: Use) -> String {
        let line = self.number(self.at);
        self.ledger.push(Entry { line, used });
        let text = self.text(self.at).to_owned();
        self.at += 1;
        text
    }

    fn take_all(&mut self, count: usize) {
        for _ in 0..count {
            self.take(Use::Label);
        }
    }

    /// Reports the current line as not understood, and goes on to the next.
    fn report(&mut self, why: &str) {
        let line = self.number(self.at);
        let text = self.take(Use::Reported);
        self.unread += 1;
        self.notices.push(Notice {
            line,
            message: format!("`{}` {why}", shorten(&text)),
            text: Some(text),
            unknown: true,
            doubtful: true,
        });
    }

    /// Says that a line that was used lacks something.
    fn note(&mut self, line: usize, message: String) {
        self.notices.push(Notice {
            line,
            message,
            text: None,
            unknown: false,
            doubtful: false,
        });
    }

    /// Says that lines contradict each other, so that some may be missing.
    fn doubt(&mut self, line: usize, message: String) {
        self.note(line, message);
        if let Some(notice) = self.notices.last_mut() {
            notice.doubtful = true;
        }
    }

    /// Whether lines were not understood since there were so many: what stands
    /// behind them may belong to something else.
    fn is_lost(&self, unread: usize) -> bool {
        self.unread > unread
    }

    /// Reports a fact that stands behind a line that was not understood.
    fn report_lost(&mut self) {
        self.report(
            "stands behind a line that was not understood, and may be about something else",
        );
    }

    fn has(&self, at: usize, columns: &[&str]) -> bool {
        columns
            .iter()
            .enumerate()
            .all(|(index, column)| self.text(at + index) == *column)
    }

    fn starts_method(&self, at: usize) -> bool {
        words::is_verb(self.text(at)) && words::is_path(self.text(at + 1))
    }

    fn starts_version(&self, at: usize) -> bool {
        self.text(at) == words::VERSION && words::version(self.text(at + 1)).is_some()
    }

    /// Whether running text ends here, wherever it stands: before what cannot be
    /// part of it, and before the name of a table alone.
    fn is_boundary(&self, at: usize) -> bool {
        self.ends_text(at) || self.names.contains(self.text(at)) && self.ends_text(at + 1)
    }

    fn ends_text(&self, at: usize) -> bool {
        let text = self.text(at);
        at >= self.lines.len()
            || self.starts_method(at)
            || self.loses_method(at)
            || self.starts_version(at)
            || words::status(text).is_some()
            || words::content(text).is_some()
            || [
                words::REQUEST,
                words::RESPONSE,
                words::REPRESENTATIONS,
                words::ASSOCIATED,
                words::OPTIONS,
            ]
            .contains(&text)
            || self.has(at, words::PARAMETERS)
            || self.has(at, words::PROPERTIES)
            || self.has(at, words::ERRORS)
            || self.names_table.get(at).copied().unwrap_or_default()
    }

    /// One line of running text.
    fn prose(&mut self, doc: &mut Text) {
        let text = self.text(self.at);
        if text == words::LEFTOVER {
            self.take(Use::Leftover);
        } else if [words::NULLABLE, words::IGNORE_CASE].contains(&text) {
            self.report("is said of something that is no property");
        } else if words::is_stray(text) {
            self.report("is not understood here: a name, type, number or label alone on its line");
        } else if near::is_damaged(text) {
            self.report("is almost a label, a fixed sentence or a status");
        } else {
            let example = text == words::EXAMPLE;
            doc.push(self.take(Use::Doc));
            // An example may be a single word.
            if example && !self.is_boundary(self.at) {
                doc.push(self.take(Use::Doc));
            }
        }
    }

    /// A feature version. A second one for the same thing is reported, and one
    /// behind a line that was not understood: `unread` is how many there were
    /// when the thing began.
    fn version(&mut self, since: &mut Option<Version>, unread: usize) {
        if self.is_lost(unread) {
            self.report_lost();
            self.report_lost();
            return;
        }
        if since.is_some() {
            self.report("is a second version of the same thing");
            self.report("is a second version of the same thing");
            return;
        }
        self.take(Use::Label);
        let line = self.number(self.at);
        let text = self.take(Use::Version);
        *since = words::version(&text).map(|(feature, number)| Version {
            line,
            feature: feature.to_owned(),
            number,
        });
    }

    fn page(mut self, file: &str) -> Page {
        let first = self.first;
        let mut page = Page {
            file: file.to_owned(),
            path: self.path.clone(),
            other_paths: Vec::new(),
            line: self.number(first + 1),
            doc: Text::new(),
            since: None,
            methods: Vec::new(),
            spare: Vec::new(),
            ledger: Vec::new(),
            notices: Vec::new(),
        };
        if lines::is_address(self.text(0)) {
            self.take(Use::Address);
        }
        if self.at < first && words::is_path(self.text(self.at)) {
            page.line = self.number(self.at);
            self.take(Use::Path);
        } else {
            self.note(
                page.line,
                format!(
                    "the page does not begin with its path; that of its first method, `{}`, is taken",
                    page.path
                ),
            );
        }
        while self.at < first {
            if self.starts_version(self.at) {
                self.version(&mut page.since, 0);
            } else if self.loses_method(self.at) {
                self.skip("is a verb without a path, or a path without a verb");
            } else {
                self.prose(&mut page.doc);
            }
        }
        while !self.is_end() {
            let method = self.method();
            if page.methods.iter().any(|other| other.verb == method.verb) {
                self.doubt(
                    method.line,
                    format!(
                        "{} stands on the page twice; the first is taken",
                        method.verb
                    ),
                );
            } else {
                page.methods.push(method);
            }
        }
        page.spare = std::mem::take(&mut self.spare);
        self.compare_copies(&page);
        page.other_paths = self.other_paths;
        page.ledger = self.ledger;
        page.notices = self.notices;
        page.notices.sort_by_key(|notice| notice.line);
        page
    }

    /// Tables of one name say the same; where one does not, the first counts.
    fn compare_copies(&mut self, page: &Page) {
        let tables = page.tables();
        let all = page.records().map(|(record, _)| record).chain(&page.spare);
        for record in all.filter(|record| record.has_table) {
            let name = record.name.as_deref();
            let first = name.and_then(|name| tables.get(name));
            if let (Some(name), Some(first)) =
                (name, first.filter(|first| !record.is_copy_of(first)))
            {
                let message = format!(
                    "`{name}` is another table in line {}, which is taken",
                    first.line
                );
                self.doubt(record.line, message);
            }
        }
    }

    /// Keeps the first of what stands twice, and says so.
    fn drop_twins<T, K: Eq + std::hash::Hash>(
        &mut self,
        items: &mut Vec<T>,
        shown: impl Fn(&T) -> (usize, &String),
        key: impl Fn(&T) -> K,
    ) {
        let mut lines: HashMap<K, usize> = HashMap::new();
        items.retain(|item| {
            let (line, name) = shown(item);
            let first = *lines.entry(key(item)).or_insert(line);
            if first != line {
                self.doubt(
                    line,
                    format!("`{name}` stands twice, first in line {first}"),
                );
            }
            first == line
        });
    }
}

/// The start of a long line.
fn shorten(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}
