//! Reads the text form of a reference page, line by line. What a line is
//! follows from its words and its neighbours, never from its indentation; each
//! line is used for one fact or reported.

mod parameters;
mod records;
mod replies;
mod words;

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::page::{Entry, Method, Notice, Page, Parameter, Text, Use, Version};

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
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<Line> = text
        .lines()
        .enumerate()
        .map(|(index, line)| Line {
            number: index + 1,
            text: line.split_whitespace().collect::<Vec<_>>().join(" "),
        })
        .filter(|line| !line.text.is_empty())
        .collect();
    if let Some(line) = lines.iter().find(|line| words::is_barred(&line.text)) {
        return Err(refuse(
            line.number,
            "this is the form of a page with bars between the columns, which has lost names, types and verbs; \
             select the page in a browser, copy it, and save it as plain text",
        ));
    }
    let reader = Reader::new(lines);
    let Some(first) = (0..reader.lines.len()).find(|at| reader.starts_method(*at)) else {
        return Err(refuse(
            1,
            "this is no reference page: nowhere is a verb (GET, PUT, …) followed by a path",
        ));
    };
    Ok(reader.page(file, first))
}

/// A line that is not blank, with single blanks between its words.
struct Line {
    number: usize,
    text: String,
}

/// What the indices below count is lines that are not blank.
struct Reader {
    lines: Vec<Line>,
    at: usize,
    /// Whether a line is the name of the table that comes next.
    names_table: Vec<bool>,
    /// The names of all tables.
    names: HashSet<String>,
    ledger: Vec<Entry>,
    notices: Vec<Notice>,
}

impl Reader {
    fn new(lines: Vec<Line>) -> Reader {
        let mut reader = Reader {
            names_table: vec![false; lines.len()],
            lines,
            at: 0,
            names: HashSet::new(),
            ledger: Vec::new(),
            notices: Vec::new(),
        };
        reader.find_names();
        reader
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
        self.notices.push(Notice {
            line,
            message: format!("`{}` {why}", shorten(&text)),
            unknown: true,
        });
    }

    /// Says that a line that was used lacks or contradicts something.
    fn note(&mut self, line: usize, message: String) {
        self.notices.push(Notice {
            line,
            message,
            unknown: false,
        });
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

    /// Whether running text ends here, wherever it stands.
    fn is_boundary(&self, at: usize) -> bool {
        let text = self.text(at);
        at >= self.lines.len()
            || self.starts_method(at)
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
        } else {
            let example = text == words::EXAMPLE;
            doc.push(self.take(Use::Doc));
            // An example may be a single word.
            if example && !self.is_boundary(self.at) {
                doc.push(self.take(Use::Doc));
            }
        }
    }

    /// A feature version; a second one for the same thing is reported.
    fn version(&mut self, since: &mut Option<Version>) {
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

    fn page(mut self, file: &str, first: usize) -> Page {
        let mut page = Page {
            file: file.to_owned(),
            path: String::new(),
            line: self.number(first + 1),
            doc: Text::new(),
            since: None,
            methods: Vec::new(),
            ledger: Vec::new(),
            notices: Vec::new(),
        };
        if words::is_path(self.text(0)) {
            page.line = self.number(0);
            page.path = self.take(Use::Path);
        } else {
            page.path = self.text(first + 1).to_owned();
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
                self.version(&mut page.since);
            } else {
                self.prose(&mut page.doc);
            }
        }
        while !self.is_end() {
            let method = self.method(&page.path);
            if page.methods.iter().any(|other| other.verb == method.verb) {
                self.note(
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
        self.compare_copies(&page);
        page.ledger = self.ledger;
        page.notices = self.notices;
        page.notices.sort_by_key(|notice| notice.line);
        page
    }

    /// Tables of one name say the same; where one does not, the first counts.
    fn compare_copies(&mut self, page: &Page) {
        let tables = page.tables();
        for (record, _) in page.records().filter(|(record, _)| record.has_table) {
            let name = record.name.as_deref();
            let first = name.and_then(|name| tables.get(name));
            if let (Some(name), Some(first)) =
                (name, first.filter(|first| !record.is_copy_of(first)))
            {
                let message = format!(
                    "`{name}` is another table in line {}, which is taken",
                    first.line
                );
                self.note(record.line, message);
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
                self.note(
                    line,
                    format!("`{name}` stands twice, first in line {first}"),
                );
            }
            first == line
        });
    }

    fn method(&mut self, path: &str) -> Method {
        let mut method = Method {
            line: self.number(self.at),
            verb: self.take(Use::Method),
            doc: Text::new(),
            since: None,
            parameters: Vec::new(),
            body: None,
            statuses: Vec::new(),
        };
        if self.text(self.at) == path {
            self.take(Use::Path);
        } else {
            self.report("is not the path of the page");
        }
        while !self.is_end() && !self.starts_method(self.at) {
            self.part(&mut method);
        }
        let name = |p: &Parameter| (p.location.word(), p.name.to_ascii_lowercase());
        self.drop_twins(&mut method.parameters, |p| (p.line, &p.name), name);
        method
    }

    /// The next part of a method.
    fn part(&mut self, method: &mut Method) {
        let at = self.at;
        let text = self.text(at);
        if [words::REQUEST, words::RESPONSE, words::REPRESENTATIONS].contains(&text) {
            self.take(Use::Label);
        } else if self.starts_version(at) {
            self.version(&mut method.since);
        } else if self.has(at, words::PARAMETERS) {
            self.take_all(words::PARAMETERS.len());
            self.parameters(&mut method.parameters);
        } else if words::status(text).is_some() {
            self.status(method);
        } else if text.ends_with(words::NO_PARAMETERS) {
            let text = self.take(Use::NoParameters);
            let own = text.trim_end_matches(words::NO_PARAMETERS).trim();
            method.doc.extend((!own.is_empty()).then(|| own.to_owned()));
        } else if self.starts_record(at) {
            let record = self.record();
            if method.body.is_some() {
                self.note(
                    record.line,
                    format!("{} has a second representation, which the model cannot say; the first is taken", method.verb),
                );
            } else {
                method.body = Some(record);
            }
        } else if self.is_boundary(at) {
            self.report("is not understood here");
        } else {
            self.prose(&mut method.doc);
        }
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
