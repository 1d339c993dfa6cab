//! A subscription of the run: what the server has of it, and what the client must
//! know of it.

use icws_generated::runtime::Standing;
use icws_spec::Api;
use icws_spec::api::{Operation, RecordId};
use icws_spec::plan::{Plan, Subscription};
use serde_json::{Value, json};

use crate::expect::{Due, Expect, States, View};
use crate::listed::Listed;
use crate::rules;
use crate::values::stripped;
use crate::watched::{Told, Watching};
use crate::world::{Sent, World};

/// So many events that nobody reads are kept.
pub const ROOM: usize = 4;

/// A subscription as the model has it.
pub struct Kind<'a> {
    pub api: &'a Api,
    pub facts: &'a Subscription,
    pub start: &'a Operation,
    pub listed: Listed,
    /// The messages with a state.
    pub records: Vec<RecordId>,
}

impl<'a> Kind<'a> {
    pub fn of(plan: &Plan<'a>, facts: &'a Subscription, listed: Listed) -> Kind<'a> {
        Kind {
            api: plan.api,
            facts,
            start: plan.operations[facts.start].operation,
            listed,
            records: facts.states().collect(),
        }
    }

    /// Whether it has a message that belongs to all subscriptions of its type.
    pub fn is_single(&self) -> bool {
        self.facts
            .messages
            .iter()
            .any(|message| message.key.is_none())
    }

    pub fn has(&self, record: RecordId) -> bool {
        self.facts.messages.iter().any(|m| m.record == record)
    }

    /// The number of a message among those with a state.
    pub fn part(&self, record: RecordId) -> Option<usize> {
        self.records.iter().position(|known| *known == record)
    }
}

/// What a message is.
#[derive(Debug, Clone)]
pub enum What {
    State(Sent),
    Event(Value),
    Standing(Standing, Value),
}

/// A message on its way.
#[derive(Debug, Clone)]
pub struct Item {
    pub record: RecordId,
    /// The key of what it belongs to; `None` for all of its type.
    pub key: Option<String>,
    pub what: What,
    /// Nothing follows it.
    pub ends: bool,
}

impl Item {
    pub fn message(&self) -> &Value {
        match &self.what {
            What::State(sent) => &sent.message,
            What::Event(message) | What::Standing(_, message) => message,
        }
    }
}

/// What the server has of a subscription.
#[derive(Debug, Default)]
pub struct Held {
    /// Full messages to be sent, after so many steps.
    pub due: Vec<(usize, u32)>,
    /// Of which messages a full one was sent: before it no delta is.
    pub begun: Vec<bool>,
    pub is_suspended: bool,
}

/// A subscription of the run.
pub struct Instance<'a> {
    pub kind: &'a Kind<'a>,
    pub key: String,
    pub worlds: Vec<World>,
    pub held: Option<Held>,
    pub watch: Box<dyn Watching>,
    /// What each reader must be told.
    pub expects: Vec<Expect>,
    /// The number by which the core knows it, if it does.
    pub entry: Option<u64>,
    /// Nobody reads it, and the core ends it.
    pub is_ending: bool,
    /// What it is about is gone: the core ends it, once it has no response to wait for.
    pub is_gone: bool,
    known: Vec<Option<std::sync::Arc<Value>>>,
    /// The last that was known.
    last: Option<States>,
    /// Something was told or is known since the last gap.
    is_intact: bool,
    standing: Standing,
}

impl<'a> Instance<'a> {
    pub fn new(
        kind: &'a Kind<'a>,
        key: String,
        worlds: Vec<World>,
        watch: Box<dyn Watching>,
    ) -> Self {
        let known = vec![None; kind.records.len()];
        Instance {
            kind,
            key,
            worlds,
            held: None,
            watch,
            expects: Vec::new(),
            entry: None,
            is_ending: false,
            is_gone: false,
            known,
            last: None,
            is_intact: false,
            standing: Standing::Normal,
        }
    }

    /// The client has it, and takes its messages.
    pub fn is_followed(&self) -> bool {
        self.entry.is_some() && !self.is_ending && !self.is_gone
    }

    pub fn current(&self) -> Option<States> {
        let known: Option<States> = self.known.iter().cloned().collect();
        known.filter(|known| !known.is_empty())
    }

    /// The client has made it, or has asked for it.
    pub fn begin(&mut self, id: u64) {
        self.entry = Some(id);
        self.is_ending = false;
        self.is_gone = false;
        self.known.fill(None);
        self.last = None;
        self.is_intact = false;
        self.standing = Standing::Normal;
    }

    /// The client asks for it once more: whatever came before is none of it.
    pub fn start_over(&mut self, id: u64) {
        self.begin(id);
        for expect in &mut self.expects {
            *expect = Expect::new(expect.is_awake, false);
        }
    }

    /// The client has forgotten it.
    pub fn forget(&mut self) {
        self.entry = None;
        self.is_ending = false;
        self.is_gone = false;
    }

    /// Nothing follows any more, and all readers are told.
    pub fn end(&mut self) {
        self.expects.iter_mut().for_each(Expect::end);
        self.read(true);
        assert!(self.watch.stored().end.is_some());
        for reader in (0..self.expects.len()).rev() {
            assert!(self.watch.read(reader).is_none(), "more after the end");
            self.watch.drop_reader(reader);
        }
        self.expects.clear();
        self.forget();
    }

    /// What it is about is gone: all readers are told, and the client ends it, at once
    /// if it is not just asked for.
    fn gone(&mut self, is_asked: bool) {
        let entry = self.entry;
        self.end();
        self.entry = entry;
        self.is_gone = true;
        self.is_ending = !is_asked;
    }

    /// A reader joins.
    pub fn join(&mut self, is_awake: bool) {
        let is_known = self.current().is_some();
        self.expects.push(Expect::new(is_awake, is_known));
    }

    /// Messages of it were lost.
    pub fn lose(&mut self) {
        if !self.is_followed() {
            return;
        }
        let due = if self.is_intact { Due::Must } else { Due::May };
        self.expects.iter_mut().for_each(|expect| expect.gap(due));
        self.known.fill(None);
        self.is_intact = false;
    }

    /// A message has come that belongs to it, perhaps while it is asked for.
    pub fn receive(&mut self, item: &Item, is_asked: bool) {
        if !self.is_followed() {
            return;
        }
        match &item.what {
            What::State(sent) => self.state(item.record, sent),
            What::Event(message) => self.event(message),
            What::Standing(standing, message) => {
                self.stand(*standing);
                self.event(message);
                if *standing == Standing::Faulted {
                    self.lose();
                }
            }
        }
        if item.ends {
            self.gone(is_asked);
        }
    }

    /// How it stands now, which readers are told if it is news.
    pub fn stand(&mut self, standing: Standing) {
        if self.standing != standing {
            self.standing = standing;
            self.expects.iter_mut().for_each(|e| e.standing(standing));
        }
    }

    /// It had failed, and was made again.
    pub fn recover(&mut self) {
        if self.standing == Standing::Faulted {
            self.stand(Standing::Normal);
        }
    }

    fn event(&mut self, message: &Value) {
        self.is_intact = true;
        let message = stripped(message);
        for expect in &mut self.expects {
            expect.event(message.clone(), ROOM);
        }
    }

    fn state(&mut self, record: RecordId, sent: &Sent) {
        let Some(part) = self.kind.part(record) else {
            return;
        };
        if !sent.is_full && self.known[part].is_none() {
            return;
        }
        self.known[part] = Some(sent.truth.clone());
        self.is_intact = true;
        let Some(current) = self.current() else {
            return;
        };
        self.last = Some(current);
        if sent.is_full {
            self.recover();
        }
        let (names, keys) = self.mentioned(record, &sent.message);
        for expect in &mut self.expects {
            if sent.is_full {
                expect.snapshot();
            } else {
                expect.update(&names, &keys);
            }
        }
    }

    /// The properties that a message has, and the keys of its items.
    fn mentioned(&self, record: RecordId, message: &Value) -> (Vec<String>, Vec<String>) {
        let api = self.kind.api;
        let (mut names, mut keys) = (Vec::new(), Vec::new());
        for property in &api[record].properties {
            let Some(value) = message.get(&property.name) else {
                continue;
            };
            let is_of_items = property.delta.is_some_and(|rule| rule.is_of_items());
            match value {
                Value::Array(items) if is_of_items => {
                    let collection = rules::Collection::of(&api[record]);
                    let of = collection.filter(|collection| !collection.is_map);
                    let id = of.and_then(|collection| collection.item);
                    keys.extend(items.iter().map(|item| rules::key(api, id, item)));
                }
                Value::Object(entries) if is_of_items => keys.extend(entries.keys().cloned()),
                _ => names.push(property.name.clone()),
            }
        }
        (names, keys)
    }

    /// The core may give up waiting for full messages now.
    pub fn doubt(&mut self) {
        if self.is_followed() && !self.known.is_empty() && self.current().is_none() {
            self.expects.iter_mut().for_each(Expect::doubt);
            self.is_intact = false;
        }
    }

    /// Sees whether it did. Where something is known already the first reader is
    /// awake, and tells.
    pub fn read_doubt(&mut self) {
        if self.read(false) {
            self.known.fill(None);
        }
    }

    /// Lets those readers read that are awake, or all. Returns true if there was a
    /// gap.
    pub fn read(&mut self, all: bool) -> bool {
        let now = self.current();
        let mut is_gap = false;
        for index in 0..self.expects.len() {
            if all || self.expects[index].is_awake {
                is_gap |= self.read_one(index, now.as_ref());
            }
        }
        is_gap
    }

    /// Lets a reader read all that there is. Returns true if there was a gap.
    pub fn read_one(&mut self, index: usize, now: Option<&States>) -> bool {
        let told = std::iter::from_fn(|| self.watch.read(index));
        let told: Vec<Told> = told
            .map(|told| match told {
                Told::Event(event) => Told::Event(stripped(&event)),
                told => told,
            })
            .collect();
        let (api, records) = (self.kind.api, &*self.kind.records);
        self.expects[index].check(told, now, View { api, records })
    }

    /// Checks what the store says.
    pub fn check_store(&self) {
        let stored = self.watch.stored();
        if self.is_followed() {
            assert!(stored.end.is_none());
            let now = self.current();
            let is_stateless = self.kind.records.is_empty();
            assert_eq!(stored.is_current, now.is_some() || is_stateless);
            // After a gap it is what was known before; of several states a part may
            // be newer.
            if now.is_some() || self.known.len() == 1 {
                assert_eq!(stored.state.is_some(), self.last.is_some());
                let (api, records) = (self.kind.api, &*self.kind.records);
                let state = stored.state.into_iter();
                state.for_each(|state| drop(View { api, records }.same(state, self.last.as_ref())));
            }
        }
    }
}

/// A request's body, as a server would take it.
pub fn body(kind: &Kind<'_>, rng: &mut fastrand::Rng) -> Option<Value> {
    let ty = kind.start.body.as_ref()?;
    let api = kind.api;
    let mut value = crate::values::Values { api, rng }.value(ty, 0);
    if value.is_null() {
        value = json!({});
    }
    Some(value)
}
