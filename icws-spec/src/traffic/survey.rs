//! Files of traffic held against a model, as one survey.

use std::io::{self, Read};

use serde_json::Value;

use super::coverage::{Counters, Coverage};
use super::finding::{Finding, Part};
use super::har::{self, Broken, Form, ReadError, Visitor};
use super::report::{Report, Site};
use super::versions::Versions;
use super::{Counts, Traffic, rules};
use crate::model::Model;
use crate::plan::Namespaces;

/// Traffic of files, held against a model.
pub struct Survey<'a> {
    traffic: Traffic<'a>,
    report: Report,
    versions: Versions,
}

impl<'a> Survey<'a> {
    /// Begins a survey.
    pub fn new(traffic: Traffic<'a>) -> Self {
        Survey {
            traffic,
            report: Report::default(),
            versions: Versions::default(),
        }
    }

    /// Reads a file: a HAR document, or a recording with an entry of HAR on each line.
    /// Only one entry is kept at a time.
    ///
    /// # Errors
    /// When the file is neither, when a document is broken or cut, and when it cannot
    /// be read. What came before that is held against the model all the same.
    pub fn read(&mut self, name: &str, reader: impl Read) -> Result<(), ReadError> {
        let mut file = File {
            survey: self,
            name: name.to_owned(),
            form: Form::Document,
            cookies: [false; 2],
            without: Default::default(),
        };
        let outcome = har::read(reader, &mut file);
        file.end();
        outcome
    }

    /// Ends the survey: what can be told at the end of the sessions is told.
    #[must_use]
    pub fn finish(mut self) -> Surveyed {
        for (site, finding) in self.traffic.finish_at() {
            self.report.add(&site, finding);
        }
        Surveyed {
            counts: self.traffic.counts(),
            coverage: self.traffic.coverage,
            only: self.traffic.only,
            report: self.report,
            versions: self.versions,
        }
    }
}

/// What a survey has found.
pub struct Surveyed {
    /// The findings.
    pub report: Report,
    /// How many exchanges there were.
    pub counts: Counts,
    coverage: Counters,
    only: Option<Namespaces>,
    versions: Versions,
}

impl Surveyed {
    /// Returns how often each item of the model was in the traffic.
    pub fn coverage(&self, model: &Model) -> Coverage {
        Coverage::of(model.api(), &self.coverage, self.only.as_ref())
    }

    /// Returns the versions that servers told of themselves, if any did.
    pub fn servers(&self) -> Option<String> {
        self.versions.shown()
    }
}

/// A file that is read.
struct File<'s, 'a> {
    survey: &'s mut Survey<'a>,
    name: String,
    form: Form,
    /// Whether a request, and a response, had a cookie so far.
    cookies: [bool; 2],
    /// The requests, and the responses, that lack one. Tools leave cookies out, and
    /// then no exchange of a file has one.
    without: [Report; 2],
}

impl File<'_, '_> {
    fn site(&self, number: u64) -> Site {
        Site {
            file: self.name.clone(),
            entry: number,
            is_line: self.form == Form::Lines,
        }
    }

    fn unreadable(&mut self, number: u64, broken: Broken) {
        let site = self.site(number);
        let finding = Finding {
            rule: &rules::UNREADABLE_ENTRY,
            part: Part::Entry,
            pointer: broken.pointer,
            subject: "the file".to_owned(),
            namespace: String::new(),
            place: None,
            message: broken.message,
            example: None,
            fact: None,
        };
        self.survey.report.add(&site, finding);
    }

    fn end(self) {
        for (has, report) in self.cookies.into_iter().zip(self.without) {
            if has {
                self.survey.report.absorb(report);
            }
        }
    }
}

impl Visitor for File<'_, '_> {
    fn form(&mut self, form: Form) -> io::Result<()> {
        self.form = form;
        Ok(())
    }

    fn member(&mut self, _: &str, _: Value) -> io::Result<()> {
        Ok(())
    }

    fn entry(&mut self, number: u64, entry: Value) -> io::Result<()> {
        let sight = match har::sight(&entry) {
            Ok(sight) => sight,
            Err(broken) => {
                self.unreadable(number, broken);
                return Ok(());
            }
        };
        let site = self.site(number);
        let survey = &mut *self.survey;
        let Some(findings) = survey.traffic.exchange_at(&site, &sight.exchange) else {
            return Ok(());
        };
        for finding in findings {
            let lacks = match (&finding.part, finding.rule.id) {
                (Part::RequestHeader(name), "missing-parameter") if is(name, "cookie") => 0,
                (Part::ResponseHeader(name), "missing-header") if is(name, "set-cookie") => 1,
                _ => {
                    survey.report.add(&site, finding);
                    continue;
                }
            };
            if let Some(report) = self.without.get_mut(lacks) {
                report.add(&site, finding);
            }
        }
        survey.versions.see(&sight.exchange);
        for (has, own) in self.cookies.iter_mut().zip(sight.has_cookies) {
            *has |= own;
        }
        Ok(())
    }

    fn broken(&mut self, number: u64, error: Broken) -> io::Result<()> {
        self.unreadable(number, error);
        Ok(())
    }
}

fn is(name: &str, other: &str) -> bool {
    name.eq_ignore_ascii_case(other)
}
