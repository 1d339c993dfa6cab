//! Which replies there are.

use crate::api::{BodyType, Operation, Reply, Status, Type};

use super::super::page::{self, Method, Record};
use super::doubts::why;
use super::facts::Questions;
use super::replies::Shown;
use super::{Change, Comparison, Versions};

impl<'p, 'm> Comparison<'p, 'm> {
    pub(super) fn statuses(&mut self, method: &'p Method, operation: &'m Operation) {
        let known = self.known_now(method, operation);
        let mut before = None;
        for status in &method.statuses {
            let mut replies = operation.replies.iter();
            let found = replies.find(|reply| reply.status.code() == Some(status.code));
            let known = known.filter(|(known, _)| known.line == status.line);
            match found.or(known.map(|(_, reply)| reply)) {
                None => self.new_status(method, status, operation, before),
                Some(reply) => {
                    before = Some(status.code);
                    if known.is_some() {
                        self.status_is_known(method, status, reply);
                    }
                    self.reply(method, status, operation, reply);
                }
            }
        }
        for (at, reply) in operation.replies.iter().enumerate() {
            let mut statuses = method.statuses.iter();
            let shown = statuses.any(|status| Some(status.code) == reply.status.code());
            let is_known = known.is_some_and(|(_, known)| known.place == reply.place);
            if !shown && !is_known && reply.source.is_none() {
                self.missing_status(method, operation, at, reply);
            }
        }
    }

    /// The status of the page that a success of the model has whose status it
    /// does not know: one with the same body and messages, or the first.
    fn known_now(
        &self,
        method: &'p Method,
        operation: &'m Operation,
    ) -> Option<(&'p page::Status, &'m Reply)> {
        let mut replies = operation.replies.iter();
        let reply = replies.find(|reply| reply.status == Status::AnySuccess)?;
        let successes = || {
            let statuses = method.statuses.iter();
            statuses.filter(|status| reply.status.is(status.code))
        };
        let mut fitting = successes().filter(|status| self.has_what(reply, status));
        Some((fitting.next().or(successes().next())?, reply))
    }

    /// Whether a status has the body and messages of a reply.
    fn has_what(&self, reply: &Reply, status: &page::Status) -> bool {
        let body = match &reply.body {
            Some(BodyType::Value(ty)) => self.is_shown_as(ty, status.body.as_ref()),
            Some(BodyType::Media(media)) => status.content.as_ref() == Some(media),
            Some(BodyType::Messages) => true,
            None => status.body.is_none(),
        };
        let messages = reply.messages.iter().all(|id| {
            let mut messages = status.messages.iter();
            messages.any(|record| self.is_called(*id, record))
        });
        body && messages
    }

    fn is_shown_as(&self, ty: &Type, record: Option<&Record>) -> bool {
        record.is_some_and(|record| ty.record().is_some_and(|id| self.is_called(id, record)))
    }

    fn status_is_known(&mut self, method: &'p Method, status: &'p page::Status, reply: &'m Reply) {
        let item = reply.place;
        let message = format!(
            "{} has {} on the page, known now: `{}` in the model",
            method.verb, status.code, reply.status
        );
        let change = Change::Status {
            item,
            code: status.code,
        };
        let unread = self.doubts.within(method.line, method.end);
        let question = unread.then(|| why::UNREAD.to_owned());
        self.differs_or_asks(status.line, item, message, change, question);
    }

    fn new_status(
        &mut self,
        method: &'p Method,
        status: &'p page::Status,
        operation: &'m Operation,
        after: Option<u16>,
    ) {
        let message = format!("{} has no reply {} in the model", method.verb, status.code);
        let change = Change::AddReply {
            operation: operation.place,
            method,
            status,
            after,
        };
        let unread = self.doubts.within(status.line, status.end);
        let half = self.doubts.is_last(status.line);
        let question = if unread {
            Some(why::UNREAD.to_owned())
        } else {
            half.then(|| why::CUT.to_owned())
        };
        self.differs_or_asks(status.line, operation.place, message, change, question);
    }

    fn missing_status(
        &mut self,
        method: &'p Method,
        operation: &'m Operation,
        at: usize,
        reply: &'m Reply,
    ) {
        // The last method may have been cut, unless it goes on behind the place.
        let places = method.statuses.iter().filter_map(|status| {
            let mut replies = operation.replies.iter();
            replies.position(|reply| reply.status.is(status.code))
        });
        let places: Vec<usize> = places.collect();
        let goes_on = places.is_sorted() && places.last().is_some_and(|last| *last > at);
        let is_open = self.doubts.is_last(method.end) && !goes_on;
        let any = reply.status == Status::AnySuccess;
        let cut = (is_open || any).then(|| why::CUT.to_owned());
        let merged = self.lacking.contains(&reply.place);
        let question = self
            .doubts
            .of_absence()
            .or(cut)
            .or_else(|| merged.then(|| why::MERGED.to_owned()));
        let message = format!("{} has no status {} on the page", method.verb, reply.status);
        let change = Change::Drop {
            item: operation.place,
            section: Some("replies"),
            key: reply.status.to_string(),
        };
        self.differs_or_asks(method.line, reply.place, message, change, question);
    }

    fn reply(
        &mut self,
        method: &'p Method,
        status: &'p page::Status,
        operation: &'m Operation,
        reply: &'m Reply,
    ) {
        let first = self.differences.len();
        let lacking = lacking_behind(method, operation, reply);
        let shown = Shown {
            method: Some(method),
            status,
            question: lacking.map(|next| {
                format!(
                    "the page lacks {}, which stands behind it in the model: it may be of that",
                    next.status
                )
            }),
        };
        self.reply_facts(&shown, reply);
        if reply.source.is_none() || status.since.is_some() {
            self.since(Versions {
                name: format!("the status {}", status.code),
                line: status.line,
                place: reply.place,
                item: reply.place,
                page: status.since.as_ref(),
                page_around: method.since.as_ref().or(self.page.since.as_ref()),
                page_parent: method.since.as_ref().or(self.page.since.as_ref()),
                model: reply.since.as_ref(),
                model_around: operation.since.as_ref(),
                questions: Questions {
                    all: shown.question.clone(),
                    absent: self.doubts.of_more(status.line, status.end),
                },
            });
        }
        let differences = self.differences.iter().skip(first);
        let mut asked = differences.filter_map(|difference| difference.question.as_ref());
        let in_doubt =
            shown.question.is_some() && asked.any(|asked| Some(asked) == shown.question.as_ref());
        self.lacking
            .extend(lacking.filter(|_| in_doubt).map(|next| next.place));
        self.change_where_used(first, reply);
    }

    /// What a shared reply says is changed where it is used. What is new is
    /// added there; for the rest the reply is written in place first.
    fn change_where_used(&mut self, first: usize, reply: &'m Reply) {
        let node = self.node(reply.place);
        let is_named = node.is_some_and(|node| node.as_str().is_some());
        if !is_named && node.is_none_or(|node| node.get("use").is_none()) {
            return;
        }
        let of_reply = |difference: &&mut super::Difference<'p>| {
            difference.place == reply.place && !matches!(difference.change, Change::ByHand)
        };
        let item = reply.place;
        let mut differences = self.differences.iter().skip(first);
        let additions = differences
            .all(|difference| difference.place != reply.place || difference.is_addition());
        let mut whole = match (additions, is_named) {
            (false, _) => Some(Change::InPlace { item }),
            (true, true) => Some(Change::Complete { item }),
            (true, false) => return,
        };
        for difference in self.differences.iter_mut().skip(first).filter(of_reply) {
            difference.change = whole.take().unwrap_or(Change::Included);
        }
    }
}

/// The reply of the model behind one, if the page lacks it: what stands in the
/// status of the one may be of the other, whose line may be missing.
fn lacking_behind<'m>(
    method: &Method,
    operation: &'m Operation,
    reply: &Reply,
) -> Option<&'m Reply> {
    let mut behind = operation.replies.iter();
    behind.find(|other| other.place == reply.place)?;
    let next = behind.next()?;
    let mut statuses = method.statuses.iter();
    let is_shown = statuses.any(|status| next.status.is(status.code));
    let is_any = next.status == Status::AnySuccess;
    (!is_shown || is_any).then_some(next)
}
