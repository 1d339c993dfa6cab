//! Parameters of requests, and headers of responses, which look the same.

use super::super::page::{Choice, Parameter, Text, Use};
use super::{Reader, words};

impl Reader {
    fn starts_parameter(&self, at: usize) -> bool {
        words::location(self.text(at)).is_some()
            && words::is_parameter_name(self.text(at + 1))
            && !self.is_boundary(at + 1)
    }

    /// The parameters behind the columns of their table.
    pub(super) fn parameters(&mut self, parameters: &mut Vec<Parameter>) {
        while !self.is_end() && (!self.is_boundary(self.at) || self.starts_parameter(self.at)) {
            if !self.starts_parameter(self.at) {
                self.report("stands where a parameter is expected");
                continue;
            }
            let parameter = self.parameter();
            parameters.push(parameter);
        }
    }

    fn parameter(&mut self) -> Parameter {
        let line = self.number(self.at);
        let location = words::location(self.text(self.at));
        self.take(Use::Parameter);
        let unread = self.unread;
        let mut parameter = Parameter {
            line,
            end: line,
            location: location.unwrap_or(crate::api::Location::Query),
            name: self.take(Use::Parameter),
            required: false,
            default: None,
            choices: Vec::new(),
            doc: Text::new(),
            since: None,
        };
        // Whether the line before was one of the bullets under `Options:`.
        let mut choosing = false;
        let mut after_choice = false;
        while !self.is_end() {
            let at = self.at;
            let text = self.text(at);
            let choice = std::mem::take(&mut after_choice);
            if self.starts_version(at) {
                let last = parameter
                    .choices
                    .last_mut()
                    .filter(|last| choice && last.since.is_none());
                match last {
                    Some(last) => {
                        self.version(&mut last.since, unread);
                        self.ask_whose(&parameter);
                    }
                    None => self.version(&mut parameter.since, unread),
                }
            } else if self.is_boundary(at) || self.starts_parameter(at) {
                break;
            } else if self.is_lost(unread) && is_fact(text) {
                self.report_lost();
            } else if text == words::REQUIRED && !parameter.required {
                parameter.required = true;
                self.take(Use::Required);
            } else if text == words::CHOICES {
                choosing = true;
                self.take(Use::Label);
            } else if let Some(bullet) = text
                .strip_prefix('•')
                .filter(|_| choosing && text != words::LEFTOVER)
            {
                let text = bullet.trim().to_owned();
                let line = self.number(at);
                self.take(Use::Choice);
                parameter.choices.push(Choice {
                    line,
                    text,
                    since: None,
                });
                after_choice = true;
            } else if let Some(default) = text.strip_prefix(words::DEFAULT) {
                let default = default.trim().to_owned();
                self.default(&mut parameter, default);
            } else {
                self.prose(&mut parameter.doc);
            }
        }
        parameter.end = self.number(self.at.saturating_sub(1));
        if parameter.required && parameter.default.is_some() {
            let message = format!(
                "`{}` is required and has a default; only the first can hold",
                parameter.name
            );
            self.doubt(parameter.line, message);
            parameter.default = None;
        }
        parameter
    }

    /// `Default value: x`, or the value on the next line.
    fn default(&mut self, parameter: &mut Parameter, default: String) {
        if !default.is_empty() {
            self.take(Use::Default);
            parameter.default = Some(default);
            return;
        }
        self.take(Use::Label);
        if !self.is_boundary(self.at) && !self.starts_parameter(self.at) {
            parameter.default = Some(self.take(Use::Default));
        }
    }

    /// A version behind the last bullet can be of the bullet or of the whole.
    fn ask_whose(&mut self, parameter: &Parameter) {
        let more = self.text(self.at).starts_with('•');
        if let Some(last) = parameter.choices.last().filter(|_| !more)
            && let Some(since) = &last.since
        {
            let message = format!(
                "`{since}` is taken as the version of `{}`, but could be that of the whole parameter `{}`",
                last.text, parameter.name
            );
            self.note(since.line, message);
        }
    }
}

/// Whether a line says something of the parameter that it stands behind.
fn is_fact(text: &str) -> bool {
    text == words::REQUIRED || text == words::CHOICES || text.starts_with(words::DEFAULT)
}
