//! What a reader has not seen yet: merged, so that it stays small however long
//! the reader does not look.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::change::Change;
use super::gap::{End, Gap, GapCause};
use crate::messages::{Changes, Standing};

/// With changes of more items than this the whole state counts as changed.
const MOST_KEYS: usize = 65_536;

/// What happened to an item since a reader looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Added,
    Changed,
    Removed,
    /// It left, and came back.
    Replaced,
}

/// What a reader has not seen.
#[derive(Debug)]
pub(super) struct Pending<M> {
    gap: Option<Gap>,
    snapshot: bool,
    properties: Vec<&'static str>,
    items: BTreeMap<Arc<str>, Fate>,
    standing: Option<Standing>,
    events: VecDeque<Arc<M>>,
    /// So many events wait at most.
    room: usize,
    dropped: u64,
}

impl<M: Clone> Pending<M> {
    pub fn new(room: usize) -> Self {
        Pending {
            gap: None,
            snapshot: false,
            properties: Vec::new(),
            items: BTreeMap::new(),
            standing: None,
            events: VecDeque::new(),
            room,
            dropped: 0,
        }
    }

    /// What was known is outdated, and so are the changes to it. Of several gaps
    /// the first is told.
    pub fn gap(&mut self, gap: &Gap) {
        self.forget_changes();
        self.gap.get_or_insert_with(|| gap.clone());
    }

    pub fn snapshot(&mut self) {
        self.forget_changes();
        self.snapshot = true;
    }

    /// Forgets all that was not read.
    pub fn forget(&mut self) {
        *self = Pending::new(self.room);
    }

    fn forget_changes(&mut self) {
        self.snapshot = false;
        self.properties.clear();
        self.items.clear();
    }

    pub fn update(&mut self, changes: &Changes) {
        if self.snapshot {
            return;
        }
        for property in &changes.properties {
            if !self.properties.contains(property) {
                self.properties.push(property);
            }
        }
        for key in &changes.added {
            self.item(key, Fate::Added);
        }
        for key in &changes.changed {
            self.item(key, Fate::Changed);
        }
        for key in &changes.removed {
            self.item(key, Fate::Removed);
        }
        if self.items.len() > MOST_KEYS {
            self.snapshot();
        }
    }

    fn item(&mut self, key: &Arc<str>, now: Fate) {
        match self.items.entry(Arc::clone(key)) {
            Entry::Vacant(entry) => {
                entry.insert(now);
            }
            Entry::Occupied(mut entry) => {
                let fate = match (*entry.get(), now) {
                    // A reader that never saw it need not hear of it.
                    (Fate::Added, Fate::Removed) => {
                        entry.remove();
                        return;
                    }
                    (Fate::Added, _) => Fate::Added,
                    (Fate::Removed, Fate::Added | Fate::Changed) => Fate::Replaced,
                    (Fate::Replaced, Fate::Added | Fate::Changed) => Fate::Replaced,
                    (_, Fate::Removed) => Fate::Removed,
                    (before, _) => before,
                };
                entry.insert(fate);
            }
        }
    }

    pub fn standing(&mut self, standing: Standing) {
        self.standing = Some(standing);
    }

    pub fn event(&mut self, event: Arc<M>) {
        if self.events.len() >= self.room {
            self.events.pop_front();
            self.dropped += 1;
        }
        self.events.push_back(event);
    }

    /// Takes the next change that the reader has to hear of, with the state now.
    /// Nothing comes after `end`.
    pub fn take<S>(
        &mut self,
        end: Option<&End>,
        state: impl FnOnce() -> Arc<S>,
    ) -> Option<Change<S, M>> {
        if let Some(gap) = self.gap.take() {
            return Some(Change::Gap(gap));
        }
        if std::mem::take(&mut self.snapshot) {
            return Some(Change::Snapshot(state()));
        }
        if !self.properties.is_empty() || !self.items.is_empty() {
            let changes = self.changes();
            let state = state();
            return Some(Change::Update { state, changes });
        }
        if let Some(standing) = self.standing.take() {
            return Some(Change::Standing(standing));
        }
        if self.dropped > 0 {
            let gap = Gap::new(GapCause::Overrun(std::mem::take(&mut self.dropped)));
            return Some(Change::Gap(gap));
        }
        if let Some(event) = self.events.pop_front() {
            return Some(Change::Event(Arc::unwrap_or_clone(event)));
        }
        end.cloned().map(Change::Ended)
    }

    fn changes(&mut self) -> Changes {
        let mut changes = Changes {
            properties: std::mem::take(&mut self.properties),
            ..Changes::default()
        };
        for (key, fate) in std::mem::take(&mut self.items) {
            match fate {
                Fate::Added => changes.added.push(key),
                Fate::Changed | Fate::Replaced => changes.changed.push(key),
                Fate::Removed => changes.removed.push(key),
            }
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take<M: Clone>(pending: &mut Pending<M>, end: Option<&End>) -> Option<Change<(), M>> {
        pending.take(end, Arc::default)
    }

    fn changes(added: &[&str], changed: &[&str], removed: &[&str]) -> Changes {
        let keys = |names: &[&str]| names.iter().map(|name| Arc::from(*name)).collect();
        Changes {
            added: keys(added),
            changed: keys(changed),
            removed: keys(removed),
            ..Changes::default()
        }
    }

    #[test]
    fn changes_that_nobody_saw_are_told_together() {
        let mut pending = Pending::<()>::new(4);
        pending.update(&changes(&["new", "short"], &["old"], &["gone", "back"]));
        pending.update(&changes(&["back"], &["new", "old"], &["short"]));
        let told = take(&mut pending, None);
        assert_eq!(
            told,
            Some(Change::Update {
                state: Arc::default(),
                changes: changes(&["new"], &["back", "old"], &["gone"])
            })
        );
        assert_eq!(take(&mut pending, None), None);
    }

    #[test]
    fn a_snapshot_tells_all_changes_before_and_after_it() {
        let mut pending = Pending::<()>::new(4);
        pending.update(&changes(&["a"], &[], &[]));
        pending.snapshot();
        pending.update(&changes(&["b"], &[], &[]));
        assert_eq!(
            take(&mut pending, None),
            Some(Change::Snapshot(Arc::default()))
        );
        assert_eq!(take(&mut pending, None), None);
    }

    #[test]
    fn a_gap_is_told_although_a_snapshot_has_come() {
        let mut pending = Pending::<()>::new(4);
        pending.snapshot();
        pending.gap(&Gap::new(GapCause::NoSnapshot));
        pending.snapshot();
        assert!(matches!(take(&mut pending, None), Some(Change::Gap(_))));
        assert_eq!(
            take(&mut pending, None),
            Some(Change::Snapshot(Arc::default()))
        );
    }

    #[test]
    fn events_that_have_no_room_are_counted() {
        let mut pending = Pending::new(2);
        for number in 0..5 {
            pending.event(Arc::new(number));
        }
        let Some(Change::Gap(gap)) = take(&mut pending, None) else {
            panic!("the gap is told");
        };
        assert_eq!(gap.cause, GapCause::Overrun(3));
        assert_eq!(take(&mut pending, None), Some(Change::Event(3)));
        assert_eq!(take(&mut pending, None), Some(Change::Event(4)));
        let end = take(&mut pending, Some(&End::Disconnected));
        assert_eq!(end, Some(Change::Ended(End::Disconnected)));
    }
}
