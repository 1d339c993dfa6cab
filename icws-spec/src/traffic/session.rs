//! What is known of each session: what it asked for, and which states it has.

use std::collections::{HashMap, HashSet};

use super::check::{Message, has_lost_messages};
use super::exchange::Exchange;
use super::finding::Finding;
use super::report::Site;
use super::route::{Found, Target};
use super::rules;
use crate::api::{Api, RecordId};

/// So many sessions are followed; of more, no message is judged.
const MOST_SESSIONS: usize = 100_000;

/// So many subjects of a session are followed; of more, no delta is judged.
const MOST_SUBJECTS: usize = 100_000;

/// What tells a session apart: where its server is, and its id.
type Key = (String, String);

/// All sessions of the traffic.
pub(super) struct Sessions {
    /// The messages that come with a subscription only.
    subscribed: HashSet<RecordId>,
    sessions: HashMap<Key, Session>,
}

/// One session.
#[derive(Default)]
struct Session {
    /// Whether its start is in the traffic.
    is_whole: bool,
    /// Whether messages may be missing from the traffic.
    has_lost: bool,
    /// The messages that operations of it bring.
    brought: HashSet<RecordId>,
    /// What came without an operation so far, where it was first.
    unbrought: HashMap<RecordId, (Site, Finding)>,
    /// Subjects with a state.
    known: HashSet<(RecordId, Option<String>)>,
    /// Messages that were told as deltas without a state.
    told: HashSet<(RecordId, Option<String>)>,
}

impl Sessions {
    pub fn new(api: &Api) -> Self {
        let replies = api
            .operations()
            .flat_map(|(_, operation)| &operation.replies);
        let messages = replies.flat_map(|reply| &reply.messages);
        Sessions {
            subscribed: messages.copied().collect(),
            sessions: HashMap::new(),
        }
    }

    /// Follows an exchange that a session, or nobody, made, and returns what its
    /// messages break.
    pub fn follow(
        &mut self,
        found: Found<'_>,
        target: &Target<'_>,
        exchange: &Exchange,
        messages: &[Message<'_>],
        site: &Site,
    ) -> Vec<Finding> {
        let Some(id) = id(found, target) else {
            self.start(target, exchange);
            return Vec::new();
        };
        let key = (target.before.clone(), id);
        if self.sessions.len() >= MOST_SESSIONS && !self.sessions.contains_key(&key) {
            return Vec::new();
        }
        let session = self.sessions.entry(key).or_default();
        session.has_lost |= has_lost_messages(found, exchange);
        let replies = found.operation.replies.iter();
        let own = replies.filter(|reply| exchange.status.is_some_and(|code| reply.status.is(code)));
        let brought = own.flat_map(|reply| &reply.messages);
        session.brought.extend(brought.copied());
        let mut findings = Vec::new();
        for message in messages {
            findings.extend(session.message(message, &self.subscribed, site));
        }
        findings
    }

    /// A session begins where a request without one is answered with its id.
    fn start(&mut self, target: &Target<'_>, exchange: &Exchange) {
        if exchange.method != "POST" || exchange.status != Some(201) {
            return;
        }
        let header = exchange.response_header("ININ-ICWS-Session-ID");
        let body = exchange.response_body.json();
        let own = body
            .as_ref()
            .and_then(|body| body.get("sessionId")?.as_str());
        if let Some(id) = own.or(header)
            && self.sessions.len() < MOST_SESSIONS
        {
            let key = (target.before.clone(), id.to_owned());
            let session = self.sessions.entry(key).or_default();
            session.is_whole = true;
        }
    }

    /// Returns what can be told of the sessions at their end, and forgets them.
    pub fn finish(&mut self) -> Vec<(Site, Finding)> {
        let mut findings = Vec::new();
        for (_, session) in self.sessions.drain() {
            let Session {
                is_whole,
                brought,
                unbrought,
                ..
            } = session;
            let unbrought = unbrought.into_iter();
            let unbrought = unbrought.filter(|(id, _)| is_whole && !brought.contains(id));
            findings.extend(unbrought.map(|(_, found)| found));
        }
        let order = |(site, finding): &(Site, Finding)| {
            (site.file.clone(), site.entry, finding.subject.clone())
        };
        findings.sort_by_key(order);
        findings
    }
}

impl Session {
    fn message(
        &mut self,
        message: &Message<'_>,
        subscribed: &HashSet<RecordId>,
        site: &Site,
    ) -> Option<Finding> {
        let id = message.record;
        let finding = |rule, text: &str| Finding {
            rule,
            part: message.part.clone(),
            pointer: message.pointer.clone(),
            subject: message.is.id(),
            namespace: message.is.namespace.clone(),
            place: Some(message.is.place),
            message: text.to_owned(),
            example: None,
            fact: None,
        };
        if subscribed.contains(&id) && !self.brought.contains(&id) {
            let text = "no operation of the session that brings this message succeeded";
            let unbrought = self.unbrought.entry(id);
            unbrought.or_insert_with(|| {
                let finding = finding(&rules::UNSUBSCRIBED_MESSAGE, text);
                (site.clone(), finding)
            });
        }
        let delta = message.delta?;
        let subject = (id, message.key.clone());
        let is_known = self.known.contains(&subject) || self.known.contains(&(id, None));
        let is_full = self.known.len() >= MOST_SUBJECTS;
        if !delta {
            if !is_full {
                self.known.insert(subject);
            }
            return None;
        }
        let judged = self.is_whole && !self.has_lost && !is_full && !is_known;
        let first = judged && self.told.insert(subject);
        first.then(|| {
            finding(
                &rules::DELTA_FIRST,
                "no message in full came before this delta",
            )
        })
    }
}

/// The id of the session that made a request.
fn id(found: Found<'_>, target: &Target<'_>) -> Option<String> {
    let place = found.operation.needs(found.resource).session?;
    Some((*target.pieces.get(place)?).to_owned())
}
