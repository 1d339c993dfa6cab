//! Statuses with all that a response can have.

use super::super::page::{ErrorId, Method, Record, Status, Text, Use};
use super::{Reader, words};

impl Reader {
    pub(super) fn status(&mut self, method: &mut Method) {
        let line = self.number(self.at);
        let (code, reason) = words::status(self.text(self.at)).unwrap_or_default();
        let unread = self.unread;
        let mut status = Status {
            line,
            end: line,
            code,
            reason: reason.to_owned(),
            doc: Text::new(),
            since: None,
            headers: Vec::new(),
            content: None,
            body: None,
            messages: Vec::new(),
            errors: Vec::new(),
        };
        self.take(Use::Status);
        // Whether a table describes a message that follows, and where a label
        // says that there is one more than so many.
        let mut associated = false;
        let mut label = None;
        while !self.is_end() && !self.starts_method(self.at) {
            let at = self.at;
            let text = self.text(at);
            let ends = [words::REQUEST, words::RESPONSE].contains(&text);
            if words::status(text).is_some() || ends || self.loses_method(at) {
                break;
            } else if self.starts_version(at) {
                self.version(&mut status.since, unread);
            } else if self.has(at, words::PARAMETERS) {
                self.take_all(words::PARAMETERS.len());
                self.parameters(&mut status.headers);
            } else if let Some(media) = words::content(text) {
                let media = media.to_owned();
                self.content(&mut status, media);
            } else if self.has(at, words::ERRORS) {
                self.take_all(words::ERRORS.len());
                self.errors(&mut status.errors);
            } else if text == words::ASSOCIATED {
                self.check_label(&mut label, &status);
                label = Some((self.number(at), status.messages.len()));
                self.take(Use::Label);
                associated = true;
            } else if text == words::REPRESENTATIONS {
                self.take(Use::Label);
                associated = false;
            } else if self.starts_record(at) {
                let record = self.record();
                self.put(&mut status, record, associated);
            } else if self.is_reference() {
                let record = self.reference();
                self.put(&mut status, record, associated);
            } else if self.is_boundary(at) {
                self.report("is not understood here");
            } else {
                self.prose(&mut status.doc);
            }
        }
        status.end = self.number(self.at.saturating_sub(1));
        self.check_label(&mut label, &status);
        self.check_rows(&mut status);
        let first = method.statuses.iter().find(|other| other.code == code);
        if let Some(first) = first {
            let message = format!(
                "the status {code} stands twice, first in line {}",
                first.line
            );
            self.doubt(line, message);
        } else if !(200..600).contains(&code) {
            self.doubt(line, format!("{code} is not the status of a response"));
        } else {
            method.statuses.push(status);
        }
    }

    /// Holds that a label for a message had one behind it.
    fn check_label(&mut self, label: &mut Option<(usize, usize)>, status: &Status) {
        if let Some((line, _)) = label
            .take()
            .filter(|(_, had)| status.messages.len() <= *had)
        {
            let message = "no message stands behind this label; its name may be missing";
            self.doubt(line, message.to_owned());
        }
    }

    fn put(&mut self, status: &mut Status, record: Record, associated: bool) {
        if associated {
            status.messages.push(record);
        } else if status.body.is_none() {
            status.body = Some(record);
        } else {
            let message = format!(
                "the status {} has a second representation, which the model cannot say; the first is taken",
                status.code
            );
            self.doubt(record.line, message);
            self.spare.push(record);
        }
    }

    /// Whether a name alone on its line refers to a table: a known name, or one
    /// that nothing comes behind.
    fn is_reference(&self) -> bool {
        let name = self.text(self.at);
        let is_last = self.is_boundary(self.at + 1);
        self.names.contains(name) || words::is_record_name(name) && is_last
    }

    /// A name without a table of its own: pages show a table once and leave out
    /// its copies.
    pub(super) fn reference(&mut self) -> Record {
        let line = self.number(self.at);
        let name = self.take(Use::Record);
        if !self.names.contains(&name) {
            let message = format!("`{name}` has no table, here or elsewhere on the page");
            self.doubt(line, message);
        }
        Record {
            line,
            end: line,
            name: Some(name),
            doc: Text::new(),
            since: None,
            has_table: false,
            has_options: false,
            inner_options: None,
            groups: Vec::new(),
        }
    }

    fn content(&mut self, status: &mut Status, media: String) {
        let is_media = media
            .split_once('/')
            .is_some_and(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty());
        if !is_media || media.contains(char::is_whitespace) || status.content.is_some() {
            self.report("is not a media type, or a second one");
            return;
        }
        self.take(Use::Content);
        status.content = Some(media);
    }

    fn check_rows(&mut self, status: &mut Status) {
        let code = status.code;
        let (headers, others) = std::mem::take(&mut status.headers)
            .into_iter()
            .partition(|header| header.location == crate::api::Location::Header);
        status.headers = headers;
        for other in others {
            let message = format!(
                "`{}` is no header, so that no response {code} can carry it",
                other.name
            );
            self.doubt(other.line, message);
        }
        self.drop_twins(
            &mut status.headers,
            |h| (h.line, &h.name),
            |h| h.name.to_ascii_lowercase(),
        );
        self.drop_twins(&mut status.errors, |e| (e.line, &e.id), |e| e.id.clone());
    }

    /// The rows behind the columns of the error identifiers.
    fn errors(&mut self, errors: &mut Vec<ErrorId>) {
        while !self.is_end() && !self.is_boundary(self.at) {
            if !words::is_error_id(self.text(self.at)) {
                self.report("stands where an error identifier is expected");
                continue;
            }
            let line = self.number(self.at);
            let mut error = ErrorId {
                line,
                end: line,
                id: self.take(Use::Error),
                urn: None,
                doc: Text::new(),
            };
            if let Some(urn) = words::error_type(self.text(self.at)) {
                error.urn = Some(urn.to_owned());
                self.take(Use::Error);
            }
            while !self.is_boundary(self.at) && !words::is_error_id(self.text(self.at)) {
                self.prose(&mut error.doc);
            }
            error.end = self.number(self.at.saturating_sub(1));
            errors.push(error);
        }
    }
}
