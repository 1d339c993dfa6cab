//! What one reader must be told, whenever it reads.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use icws_generated::runtime::follow::GapCause;
use icws_generated::runtime::{Changes, Standing};
use icws_spec::Api;
use icws_spec::api::RecordId;
use serde_json::Value;

use crate::rules::{self, Collection};
use crate::watched::Told;
use crate::world::World;

/// The states of a subscription, one for each type of message that has one.
pub type States = Vec<Arc<Value>>;

/// Whether a gap is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// There was none.
    No,
    /// The reader knows of one already.
    May,
    Must,
}

/// What a reader has not been told, and what it knows.
pub struct Expect {
    /// Whether it reads at once.
    pub is_awake: bool,
    gap: Due,
    snapshot: bool,
    /// What the deltas since had, by names and by keys of items.
    names: BTreeSet<String>,
    keys: BTreeSet<String>,
    standing: Option<Standing>,
    events: VecDeque<Value>,
    dropped: u64,
    end: bool,
    /// What it was told last; nothing after a gap.
    told: Option<States>,
}

impl Expect {
    /// A reader that joins: what is known is told first.
    pub fn new(is_awake: bool, is_known: bool) -> Expect {
        Expect {
            is_awake,
            gap: Due::No,
            snapshot: is_known,
            names: BTreeSet::new(),
            keys: BTreeSet::new(),
            standing: None,
            events: VecDeque::new(),
            dropped: 0,
            end: false,
            told: None,
        }
    }

    pub fn gap(&mut self, due: Due) {
        self.gap = self.gap.max(due);
        self.forget();
    }

    /// There may be a gap that it knows of.
    pub fn doubt(&mut self) {
        self.gap = self.gap.max(Due::May);
    }

    fn forget(&mut self) {
        self.snapshot = false;
        self.names.clear();
        self.keys.clear();
    }

    pub fn snapshot(&mut self) {
        self.forget();
        self.snapshot = true;
    }

    pub fn update(&mut self, names: &[String], keys: &[String]) {
        if !self.snapshot {
            self.names.extend(names.iter().cloned());
            self.keys.extend(keys.iter().cloned());
        }
    }

    pub fn standing(&mut self, standing: Standing) {
        self.standing = Some(standing);
    }

    pub fn event(&mut self, event: Value, room: usize) {
        self.events.push_back(event);
        if self.events.len() > room {
            self.events.pop_front();
            self.dropped += 1;
        }
    }

    pub fn end(&mut self) {
        self.end = true;
    }

    /// Holds all that a reader was told, until there was nothing more, against what
    /// it must be told. `now` is what is known, if it is. Returns true if there was a
    /// gap.
    pub fn check(&mut self, told: Vec<Told>, now: Option<&States>, view: View<'_>) -> bool {
        let mut is_first = true;
        let mut is_gap = false;
        for told in told {
            assert!(is_first || !matches!(&told, Told::Gap(cause) if !is_overrun(cause)));
            is_first = false;
            match told {
                Told::Gap(GapCause::Overrun(count)) => {
                    assert_eq!(count, std::mem::take(&mut self.dropped));
                }
                Told::Gap(cause) => {
                    assert_ne!(self.gap, Due::No, "a gap without a cause: {cause:?}");
                    self.gap = Due::No;
                    self.told = None;
                    is_gap = true;
                }
                Told::Snapshot(states) => {
                    assert!(self.snapshot, "a snapshot that nobody sent");
                    self.snapshot = false;
                    self.told = Some(view.same(states, now));
                }
                Told::Update(states, changes) => {
                    let before = self.told.take().expect("an update to what is not known");
                    let states = view.same(states, now);
                    view.check(&before, &states, &changes);
                    let names = changes.properties.iter().map(|name| (*name).to_owned());
                    assert!(names.collect::<BTreeSet<_>>().is_subset(&self.names));
                    let keys = changes.changed.iter().map(|key| view.key(key));
                    let keys: BTreeSet<_> = keys.collect();
                    assert!(keys.is_subset(&self.keys), "{keys:?} {:?}", self.keys);
                    self.told = Some(states);
                }
                Told::Standing(standing) => assert_eq!(Some(standing), self.standing.take()),
                Told::Event(event) => assert_eq!(Some(event), self.events.pop_front()),
                Told::Ended => assert!(std::mem::take(&mut self.end), "an end for nothing"),
            }
        }
        assert_ne!(self.gap, Due::Must, "a gap that was not told");
        // A cause that it knew of already is none for a later gap.
        self.gap = Due::No;
        assert!(!self.snapshot, "a snapshot that was not told");
        assert_eq!((self.standing, self.dropped), (None, 0));
        assert!(self.events.is_empty(), "events that were not told");
        assert!(!self.end, "an end that was not told");
        if let (Some(told), Some(now)) = (&self.told, now) {
            let is_same = told
                .iter()
                .zip(now)
                .all(|(told, now)| known(told).eq(known(now)));
            assert!(is_same, "a change that was not told: {told:?} {now:?}");
        }
        self.names.clear();
        self.keys.clear();
        is_gap
    }
}

fn is_overrun(cause: &GapCause) -> bool {
    matches!(cause, GapCause::Overrun(_))
}

/// The properties that the model knows: the others have no names to be told by.
fn known(state: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let properties = state.as_object().into_iter().flatten();
    properties.filter(|(name, _)| *name != "xNewer")
}

/// The states of a subscription, as the model says it.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub api: &'a Api,
    pub records: &'a [RecordId],
}

impl View<'_> {
    fn normal(&self, states: Vec<Value>) -> Vec<Value> {
        let states = self.records.iter().zip(states);
        let states = states.map(|(record, state)| {
            let omitted = World::omitted(self.api, *record);
            rules::normal(self.api, &self.api[*record], &omitted, &state)
        });
        states.collect()
    }

    /// Checks that states are what is known, and returns that.
    pub fn same(&self, states: Vec<Value>, now: Option<&States>) -> States {
        let now = now.expect("nothing is known, and was told");
        let states = self.normal(states);
        for (state, now) in states.iter().zip(now) {
            assert_eq!(*state, **now, "another state than the server's");
        }
        now.clone()
    }

    fn collection(&self) -> Option<(usize, Collection)> {
        let records = self.records.iter().enumerate();
        let mut all = records
            .filter_map(|(index, record)| Some((index, Collection::of(&self.api[*record])?)));
        all.next()
    }

    fn key(&self, text: &str) -> String {
        let (_, collection) = self.collection().expect("there are items");
        collection.told(self.api, text)
    }

    /// Holds the changes of an update against the states before and after it.
    fn check(&self, before: &States, after: &States, changes: &Changes) {
        assert!(!changes.is_empty());
        let collection = self.collection();
        for (index, (before, after)) in before.iter().zip(after).enumerate() {
            let name = collection.as_ref().filter(|(at, _)| *at == index);
            let name = name.map_or("", |(_, collection)| &collection.name);
            let names = known(before).chain(known(after)).map(|(name, _)| name);
            for changed in names.filter(|key| before.get(key) != after.get(key)) {
                let is_told = changes.properties.contains(&changed.as_str());
                assert!(is_told || changed == name, "`{changed}` changed in silence");
            }
        }
        let items = |states: &States| match &collection {
            Some((index, collection)) => collection.items(self.api, &states[*index]),
            None => BTreeMap::new(),
        };
        let (before, after) = (items(before), items(after));
        let keys = |keys: &[Arc<str>]| -> BTreeSet<String> {
            let told: BTreeSet<_> = keys.iter().map(|key| self.key(key)).collect();
            assert_eq!(told.len(), keys.len(), "a key is told twice: {keys:?}");
            told
        };
        let has = |items: &BTreeMap<String, Value>, key: &String| items.contains_key(key);
        let (added, removed) = (keys(&changes.added), keys(&changes.removed));
        let new = after.keys().filter(|key| !has(&before, key));
        assert_eq!(added, new.cloned().collect(), "added");
        let gone = before.keys().filter(|key| !has(&after, key));
        assert_eq!(removed, gone.cloned().collect(), "removed");
        let changed = keys(&changes.changed);
        for (key, item) in &after {
            let is_other = before.get(key).is_some_and(|before| before != item);
            assert!(
                !is_other || changed.contains(key),
                "`{key}` changed in silence"
            );
        }
        for key in &changed {
            assert!(
                has(&before, key) && has(&after, key),
                "`{key}` did not change"
            );
        }
    }
}
