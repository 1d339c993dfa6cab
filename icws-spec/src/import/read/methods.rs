//! Methods with their parts, and places where the start of one is lost.

use super::super::page::{Method, Parameter, Record, Text, Use};
use super::{Reader, words};

impl Reader {
    /// Whether a method begins here and the line of its verb or path is missing
    /// or damaged.
    pub(super) fn loses_method(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.text(before));
        let text = self.text(at);
        words::is_verb(text) && !words::is_path(self.text(at + 1))
            || text == self.path && at > 1 && !words::is_verb(before) && before != words::EXAMPLE
    }

    /// Leaves out all lines up to the next method.
    pub(super) fn skip(&mut self, why: &str) {
        let from = self.at;
        self.report(why);
        while !self.is_end() && !self.starts_method(self.at) {
            self.take(Use::Skipped);
        }
        let (from, to) = (self.number(from), self.number(self.at.saturating_sub(1)));
        if to > from {
            let message = format!(
                "nothing of the lines up to {to} is used, since they may be of another method"
            );
            self.doubt(from, message);
        }
    }

    pub(super) fn method(&mut self) -> Method {
        let mut method = Method {
            line: self.number(self.at),
            end: 0,
            verb: self.take(Use::Method),
            doc: Text::new(),
            since: None,
            parameters: Vec::new(),
            body: None,
            statuses: Vec::new(),
        };
        let unread = self.unread;
        if self.text(self.at) == self.path {
            self.take(Use::Path);
        } else {
            self.other_paths.push(self.text(self.at).to_owned());
            self.report("is not the path of the page");
        }
        let mut sections = Sections::default();
        while !self.is_end() && !self.starts_method(self.at) {
            self.part(&mut method, &mut sections, unread);
        }
        method.end = self.number(self.at.saturating_sub(1));
        let name = |p: &Parameter| (p.location.word(), p.name.to_ascii_lowercase());
        self.drop_twins(&mut method.parameters, |p| (p.line, &p.name), name);
        method
    }

    /// The next part of a method.
    fn part(&mut self, method: &mut Method, sections: &mut Sections, unread: usize) {
        let at = self.at;
        let text = self.text(at);
        if self.loses_method(at) {
            self.skip("is a verb without a path, or a path without a verb");
        } else if [words::REQUEST, words::RESPONSE].contains(&text) {
            if sections.is_second(text == words::RESPONSE, !method.statuses.is_empty()) {
                self.skip("stands here a second time: a verb with its path is missing before it");
            } else {
                self.take(Use::Label);
            }
        } else if text == words::REPRESENTATIONS {
            self.take(Use::Label);
        } else if self.starts_version(at) {
            self.version(&mut method.since, unread);
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
            self.put_body(method, record);
        } else if self.names.contains(text) && method.statuses.is_empty() {
            let record = self.reference();
            self.put_body(method, record);
        } else if self.is_boundary(at) {
            self.report("is not understood here");
        } else {
            self.prose(&mut method.doc);
        }
    }

    fn put_body(&mut self, method: &mut Method, record: Record) {
        if method.body.is_none() {
            method.body = Some(record);
            return;
        }
        let message = format!(
            "{} has a second representation, which the model cannot say; the first is taken",
            method.verb
        );
        self.doubt(record.line, message);
        self.spare.push(record);
    }
}

/// Which of its two sections a method has had.
#[derive(Default)]
struct Sections {
    request: bool,
    response: bool,
}

impl Sections {
    /// Whether the section comes a second time, or behind statuses.
    fn is_second(&mut self, response: bool, behind: bool) -> bool {
        let seen = if response {
            &mut self.response
        } else {
            &mut self.request
        };
        behind || std::mem::replace(seen, true)
    }
}
