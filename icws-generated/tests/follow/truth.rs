//! What is true of a subscription, and what its watch was told.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use icws_mock::Control;
use icws_spec::api::{Location, RecordId};
use serde_json::Value;
use tokio::time::sleep;

use crate::history::{Events, History};
use crate::instance::Kind;
use crate::live::{Live, Told};
use crate::rules;
use crate::values::on_wire;
use crate::world::World;

/// Long enough for a machine with much to do. Nothing waits for it to pass.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A subscription that is watched.
pub struct Watched<'a> {
    pub kind: &'a Kind<'a>,
    pub key: String,
    pub body: Value,
    pub user: String,
    /// The number of the session.
    pub session: usize,
    pub live: Live,
    /// What was true of each of its states, in the form in which two are compared, with
    /// the number of the step at which it first was.
    pub truths: Vec<HashMap<Arc<str>, u64>>,
    pub step: u64,
    pub last: Arc<[Value]>,
    pub history: History,
    pub events: Events,
}

impl Watched<'_> {
    fn normal(&self, record: RecordId, state: &Value) -> Value {
        let api = self.kind.api;
        let omitted = World::omitted(api, record);
        let mut normal = rules::normal(api, &api[record], &omitted, &on_wire(state));
        // Full messages say what they are.
        normal.as_object_mut().unwrap().remove("__type");
        forget_sessions(&mut normal);
        // Two that are the same have one text, in whatever order maps keep their keys.
        normal.sort_all_objects();
        normal
    }

    /// What tells those apart of which the same is true.
    fn subject(&self) -> (&'static str, String, String) {
        let id = self.kind.listed.id;
        let user = if OWNED.contains(&id) { &*self.user } else { "" };
        (id, format!("{}/{user}", self.key), self.body.to_string())
    }

    /// What is true now.
    fn truth(&self, control: &Control) -> Truth {
        let given = self.kind.start.given();
        let in_path = given.filter(|(_, parameter)| parameter.location == Location::Path);
        let path = vec![self.key.as_str(); in_path.count()];
        let id = self.kind.listed.id;
        let full = control.full(id, &path, self.body.clone(), &self.user);
        let records = &self.kind.records;
        assert_eq!(full.len(), records.len(), "{id}: {full:?}");
        let all = records.iter().zip(&full);
        let states: Arc<[Value]> = all
            .map(|(record, state)| self.normal(*record, state))
            .collect();
        let texts = states.iter().map(|state| state.to_string().into());
        Truth {
            texts: texts.collect(),
            states: Arc::clone(&states),
        }
    }

    fn learn(&mut self, truth: &Truth) {
        self.step += 1;
        for (truths, text) in self.truths.iter_mut().zip(&truth.texts) {
            truths.entry(Arc::clone(text)).or_insert(self.step);
        }
        self.last = Arc::clone(&truth.states);
    }

    /// What the store knows, in the form of [`Watched::last`].
    fn known(&self) -> Option<Vec<Value>> {
        let current = self.live.current()?;
        let all = self.kind.records.iter().zip(&current);
        Some(
            all.map(|(record, state)| self.normal(*record, state))
                .collect(),
        )
    }

    /// How much was told so far.
    pub fn position(&self) -> usize {
        self.history.read + self.live.heard.lock().unwrap().log.len()
    }

    /// What was told since this was asked was true at some time, and where messages were
    /// lost, a gap was told before anything that was not true before.
    pub fn check_heard(&mut self) {
        let told = std::mem::take(&mut self.live.heard.lock().unwrap().log);
        let id = self.kind.listed.id;
        for told in told {
            match told {
                Told::Gap => {
                    self.history.gap();
                    self.events.is_gap = true;
                }
                Told::State(states) => {
                    let since = self.since(&states);
                    self.history.state(id, since);
                }
                Told::Event(event) => {
                    self.history.read += 1;
                    // Others are told how a subscription stands.
                    if self.kind.records.is_empty() {
                        self.events.told(id, &event);
                    }
                }
            }
        }
    }

    /// The step since which these states are true.
    fn since(&self, states: &[Value]) -> u64 {
        let parts = self.kind.records.iter().zip(states).zip(&self.truths);
        let steps = parts.map(|((record, state), truths)| {
            let text = self.normal(*record, state).to_string();
            let id = self.kind.listed.id;
            let step = truths.get(&*text);
            *step.unwrap_or_else(|| panic!("{id}: never true: {text}"))
        });
        steps.max().unwrap_or_default()
    }
}

/// Forgets who is logged in: sessions come and go when clients lose them, and what is true
/// then is known too late.
fn forget_sessions(state: &mut Value) {
    match state {
        Value::Object(properties) => {
            properties.remove("loggedIn");
            properties.values_mut().for_each(forget_sessions);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_sessions),
        _ => {}
    }
}

/// Subscriptions by which all users follow their own.
const OWNED: &[&str] = &[
    "connection.subscribeStation",
    "directories.subscribeDirectories",
    "licenses.subscribe",
    "status.subscribePreviousUserStatuses",
];

/// The states of a subscription, and their texts.
struct Truth {
    states: Arc<[Value]>,
    texts: Vec<Arc<str>>,
}

/// Learns what is true now.
pub fn learn(all: &mut [Watched<'_>], control: &Control) {
    let mut known = HashMap::new();
    for watched in all {
        let truth = known
            .entry(watched.subject())
            .or_insert_with(|| watched.truth(control));
        watched.learn(truth);
    }
}

/// Waits until the store has what there is.
pub async fn settle(watched: &Watched<'_>) {
    let start = Instant::now();
    loop {
        let known = watched.known();
        let is_stateless = watched.kind.records.is_empty();
        if is_stateless || known.as_deref() == Some(&watched.last) {
            return;
        }
        let id = watched.kind.listed.id;
        assert!(
            start.elapsed() < PATIENCE,
            "{id}: {known:?}, but true is {:?}; {:?}",
            watched.last,
            watched.live.heard.lock().unwrap().gaps.last()
        );
        sleep(Duration::from_millis(5)).await;
    }
}
