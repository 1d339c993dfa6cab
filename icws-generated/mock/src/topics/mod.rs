//! Who follows what, and what is sent because of a change: sessions that follow the
//! same with the same words share a subject.

mod concern;
mod delta;
mod feed;
mod kind;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bytes::Bytes;
use icws_generated::runtime::Standing;
use icws_spec::Api;
use icws_spec::api::Type;
use serde_json::Value;

use crate::modelled::times;
use crate::world::{Sessions, Tables};
use concern::Concern;
pub(crate) use delta::{Change, Changed, Wording};
pub(crate) use feed::{Feed, Show};
pub(crate) use kind::{Followed, Kind, SESSION, kinds};

/// The subscriptions that a server knows, which never change.
pub(crate) struct Catalog {
    pub api: &'static Api,
    pub kinds: Vec<Kind>,
    /// For each kind, and each of its messages, where its state is.
    pub feeds: Vec<Vec<Option<Feed>>>,
    /// The types of the items of tables, where there are points in time in them.
    pub times: HashMap<String, Type>,
}

/// What is followed: a kind, and all that the request says.
#[derive(Debug, PartialEq, Eq, Hash, Clone)]
pub(crate) struct Subject {
    pub kind: usize,
    /// The values of the parameters in the path.
    pub path: Vec<String>,
    /// The body; null without one.
    pub body: Value,
    /// The user, where everyone follows their own.
    pub owner: Option<String>,
}

/// A subject with those who follow it.
#[derive(Debug)]
struct Topic {
    subject: Subject,
    sessions: BTreeSet<String>,
    /// The full messages, until something changes: sessions share them. Not kept for a
    /// session that is alone, to which they have been sent.
    full: Option<Vec<Bytes>>,
}

/// Who follows what.
pub(crate) struct Topics {
    catalog: &'static Catalog,
    topics: BTreeMap<u64, Topic>,
    by_subject: HashMap<Subject, u64>,
    concern: Concern,
    /// What a session follows: one subject for each kind and path.
    by_session: BTreeMap<String, BTreeMap<(usize, Vec<String>), u64>>,
    /// How many that are.
    count: usize,
    last: u64,
}

impl Topics {
    pub fn new(catalog: &'static Catalog) -> Self {
        Topics {
            catalog,
            topics: BTreeMap::new(),
            by_subject: HashMap::new(),
            concern: Concern::default(),
            by_session: BTreeMap::new(),
            count: 0,
            last: 0,
        }
    }

    /// Writes the points in time of an item of a table as servers write them.
    pub fn rewrite_times(&self, table: &str, item: &mut Value) {
        if let Some(ty) = self.catalog.times.get(table) {
            times::rewrite(self.catalog.api, ty, item);
        }
    }

    /// Lets a session follow a subject, in place of what it followed by that path.
    /// Returns all that there is to be told.
    pub fn start(&mut self, tables: &Tables, session: &str, subject: Subject) -> Vec<Bytes> {
        self.stop(session, subject.kind, &subject.path);
        let place = (subject.kind, subject.path.clone());
        let id = self.by_subject.get(&subject).copied();
        let id = id.unwrap_or_else(|| self.add(subject));
        if let Some(topic) = self.topics.get_mut(&id) {
            topic.sessions.insert(session.to_owned());
        }
        let of_session = self.by_session.entry(session.to_owned()).or_default();
        of_session.insert(place, id);
        self.count += 1;
        self.known(tables, id)
    }

    /// How many subscriptions all sessions have.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Returns true if a session follows something by a path.
    pub fn has(&self, session: &str, kind: usize, path: &[String]) -> bool {
        let of_session = self.by_session.get(session);
        of_session.is_some_and(|own| own.contains_key(&(kind, path.to_vec())))
    }

    /// The full messages of a topic, which are kept where several follow it.
    fn known(&mut self, tables: &Tables, id: u64) -> Vec<Bytes> {
        let Some(Topic { subject, full, .. }) = self.topics.get(&id) else {
            return Vec::new();
        };
        if let Some(full) = full {
            return full.clone();
        }
        let full = self.full(tables, subject);
        let topic = self.topics.get_mut(&id);
        if let Some(topic) = topic.filter(|topic| topic.sessions.len() > 1) {
            topic.full = Some(full.clone());
        }
        full
    }

    fn add(&mut self, subject: Subject) -> u64 {
        self.last += 1;
        let id = self.last;
        for (_, feed) in self.catalog.states(subject.kind) {
            self.concern.add(&feed.table, feed.item_of(&subject), id);
        }
        self.by_subject.insert(subject.clone(), id);
        let sessions = BTreeSet::new();
        let topic = Topic {
            subject,
            sessions,
            full: None,
        };
        self.topics.insert(id, topic);
        id
    }

    /// Ends what a session follows by a path. Returns false if it follows nothing
    /// there.
    pub fn stop(&mut self, session: &str, kind: usize, path: &[String]) -> bool {
        let Some(of_session) = self.by_session.get_mut(session) else {
            return false;
        };
        let id = of_session.remove(&(kind, path.to_vec()));
        if of_session.is_empty() {
            self.by_session.remove(session);
        }
        self.count -= usize::from(id.is_some());
        id.map(|id| self.leave(session, id)).is_some()
    }

    /// Ends all that a session follows.
    pub fn end(&mut self, session: &str) {
        let own = self.by_session.remove(session).unwrap_or_default();
        self.count -= own.len();
        for id in own.into_values() {
            self.leave(session, id);
        }
    }

    /// Ends what all sessions follow of an item.
    pub fn forget(&mut self, table: &str, id: &str) {
        let catalog = self.catalog;
        let is_of = |subject: &Subject| {
            let mut states = catalog.states(subject.kind);
            states.any(|(_, feed)| {
                feed.table == table && feed.item_of(subject).as_deref() == Some(id)
            })
        };
        self.stop_all(is_of);
    }

    /// Ends what all sessions follow of these subjects.
    fn stop_all(&mut self, is_meant: impl Fn(&Subject) -> bool) {
        let topics = self.topics.values();
        let meant = topics.filter(|topic| is_meant(&topic.subject));
        let gone = meant.flat_map(|topic| {
            let sessions = topic.sessions.iter().cloned();
            sessions.map(|session| (session, topic.subject.kind, topic.subject.path.clone()))
        });
        for (session, kind, path) in gone.collect::<Vec<_>>() {
            self.stop(&session, kind, &path);
        }
    }

    fn leave(&mut self, session: &str, id: u64) {
        let Some(topic) = self.topics.get_mut(&id) else {
            return;
        };
        topic.sessions.remove(session);
        if !topic.sessions.is_empty() {
            return;
        }
        let Some(Topic { subject, .. }) = self.topics.remove(&id) else {
            return;
        };
        self.by_subject.remove(&subject);
        for (_, feed) in self.catalog.states(subject.kind) {
            let item = feed.item_of(&subject);
            self.concern.remove(&feed.table, item.as_deref(), id);
        }
    }

    /// What a session follows: the kinds with their subjects.
    pub fn of_session(&self, session: &str) -> impl Iterator<Item = (&Kind, &Subject)> {
        let ids = self.by_session.get(session).into_iter().flatten();
        let topics = ids.filter_map(|(_, id)| self.topics.get(id));
        topics.filter_map(|topic| {
            let kind = self.catalog.kinds.get(topic.subject.kind)?;
            Some((kind, &topic.subject))
        })
    }

    /// The full messages of a subject.
    pub fn full(&self, tables: &Tables, subject: &Subject) -> Vec<Bytes> {
        let states = self.catalog.states(subject.kind);
        states
            .filter_map(|(message, feed)| self.catalog.full(tables, subject, message, feed))
            .collect()
    }

    /// Tells those who follow them that items of a table have changed, in one message.
    pub fn publish(
        &mut self,
        tables: &Tables,
        sessions: &mut Sessions,
        table: &str,
        changes: &[Changed],
    ) {
        let items = changes.iter().map(|changed| &*changed.id);
        for id in self.concern.of(table, items) {
            let Some(topic) = self.topics.get_mut(&id) else {
                continue;
            };
            topic.full = None;
            let subject = &topic.subject;
            for (message, feed) in self.catalog.states(subject.kind) {
                if feed.table != table {
                    continue;
                }
                let key = self.catalog.key(subject, message);
                let wording = Wording::new(self.catalog.api, message.record, key);
                let all = changes.iter().map(|changed| {
                    let (before, now) = (changed.before.as_deref(), changed.now.as_deref());
                    feed.change(&wording, subject, &changed.id, before, now)
                });
                let said = match all.fold(Change::Nothing, Change::and) {
                    Change::Nothing => continue,
                    Change::Message(message) => Some(text(&message)),
                    Change::All => self.catalog.full(tables, subject, message, feed),
                };
                if let Some(said) = said {
                    topic.send(sessions, &said);
                }
            }
        }
    }

    /// Returns true if somebody follows an item of a table by itself.
    pub fn is_single(&self, table: &str, item: &str) -> bool {
        self.concern.is_single(table, item)
    }

    /// Sends a message that is no state to those who follow a kind, and for whom the
    /// subject is one that is meant.
    pub fn tell(
        &self,
        sessions: &mut Sessions,
        (start, message): (&str, &str),
        properties: &Value,
        is_meant: impl Fn(&Subject) -> bool,
    ) -> usize {
        let Some(kind) = self.catalog.kind(start) else {
            return 0;
        };
        let api = self.catalog.api;
        let followed = self
            .catalog
            .kinds
            .get(kind)
            .and_then(|kind| kind.message(api, message));
        let Some(followed) = followed else {
            return 0;
        };
        let of_kind = self
            .topics
            .values()
            .filter(|topic| topic.subject.kind == kind);
        let mut count = 0;
        for topic in of_kind.filter(|topic| is_meant(&topic.subject)) {
            let key = self.catalog.key(&topic.subject, followed);
            let wording = Wording::new(api, followed.record, key);
            topic.send(sessions, &text(&wording.whole(properties)));
            count += 1;
        }
        count
    }

    /// Says how a subscription stands to all who follow it. One that has failed is
    /// followed no more. Returns how many subjects were meant; none when the
    /// subscription has no message for it.
    pub fn stand(&mut self, sessions: &mut Sessions, start: &str, standing: Standing) -> usize {
        let catalog = self.catalog;
        let Some(kind) = catalog.kind(start) else {
            return 0;
        };
        let messages = catalog.kinds.get(kind).into_iter();
        let mut messages = messages.flat_map(|kind| &kind.messages);
        let said = messages.find_map(|message| message.standing(catalog.api, standing));
        let Some((name, properties)) = said else {
            return 0;
        };
        let count = self.tell(sessions, (start, name), &properties, |_| true);
        if standing == Standing::Faulted {
            self.stop_all(|subject| subject.kind == kind);
        }
        count
    }

    /// The subjects of a kind that anyone follows.
    pub fn of_kind(&self, start: &str) -> impl Iterator<Item = &Subject> {
        let kind = self.catalog.kind(start);
        let topics = self.topics.values().map(|topic| &topic.subject);
        topics.filter(move |subject| Some(subject.kind) == kind)
    }
}

impl Topic {
    fn send(&self, sessions: &mut Sessions, message: &Bytes) {
        for id in &self.sessions {
            sessions.push(id, message.clone());
        }
    }
}

impl Catalog {
    /// The number of a kind, by the operation that starts it.
    pub fn kind(&self, start: &str) -> Option<usize> {
        self.kinds.iter().position(|kind| kind.start == start)
    }

    /// The messages of a kind with a state, and where that is.
    pub fn states(&self, kind: usize) -> impl Iterator<Item = (&Followed, &Feed)> {
        let messages = self.kinds.get(kind).map(|kind| &kind.messages);
        let feeds = self.feeds.get(kind).into_iter().flatten();
        let both = messages.into_iter().flatten().zip(feeds);
        both.filter_map(|(message, feed)| Some((message, feed.as_ref()?)))
    }

    /// The tables in which the states of a kind are.
    pub fn tables(&self, kind: usize) -> impl Iterator<Item = &str> {
        self.states(kind).map(|(_, feed)| &*feed.table)
    }

    /// The value of the property that tells the subjects of a message apart.
    fn key<'s>(&self, subject: &'s Subject, message: &'s Followed) -> Option<(&'s str, &'s str)> {
        let (name, parameter) = message.key.as_ref()?;
        Some((name, subject.path.get(*parameter)?))
    }

    fn full(
        &self,
        tables: &Tables,
        subject: &Subject,
        message: &Followed,
        feed: &Feed,
    ) -> Option<Bytes> {
        let key = self.key(subject, message);
        let wording = Wording::new(self.api, message.record, key);
        let message = feed.full(&wording, subject, tables)?;
        Some(text(&message))
    }
}

fn text(message: &Value) -> Bytes {
    Bytes::from(message.to_string())
}
