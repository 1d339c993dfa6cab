//! What users of the client do: they follow, read, and leave.

use crate::run::Run;
use crate::server::Flight;
use crate::watched::Followed;

impl Run<'_> {
    /// What users of the client do.
    pub fn user(&mut self) {
        let index = self.rng.usize(..self.instances.len());
        let readers = self.instances[index].expects.len();
        if self.chance(if readers == 0 { 500 } else { 20 }) {
            self.follow(index);
        }
        if readers > 0 && self.chance(100) {
            let reader = self.rng.usize(..readers);
            let instance = &mut self.instances[index];
            let now = instance.current();
            instance.read_one(reader, now.as_ref());
            instance.check_store();
        }
        let is_undecided = |flight: &Flight| flight.is_own && flight.instance == index;
        if readers > 0 && self.chance(50) {
            let reader = match self.instances[index].kind.records.len() {
                // The first tells when the core gives up waiting for the others.
                2.. => readers - 1,
                _ => self.rng.usize(..readers),
            };
            // A future that is dropped may have sent its request, or not.
            self.flights.retain(|flight| !is_undecided(flight));
            let is_waited_for = self.rng.bool();
            self.drop_reader(index, reader, is_waited_for);
        }
        if !self.rivals.is_empty() && self.chance(50) {
            let rival = self.rng.usize(..self.rivals.len());
            let (watch, other) = &mut self.rivals[rival];
            let other = &self.instances[*other];
            if other.entry.is_some() {
                let followed = watch.follow(&mut self.core);
                assert_eq!(followed.is_err(), other.is_followed(), "{followed:?}");
            }
        }
    }

    pub fn follow(&mut self, index: usize) {
        let instance = &mut self.instances[index];
        let followed = instance.watch.follow(&mut self.core).expect("no conflict");
        let is_first = instance.expects.is_empty();
        let is_awake = is_first && instance.kind.records.len() > 1 || self.rng.u32(0..10) < 6;
        match followed {
            Followed::Ask(id, task) => {
                assert!(instance.entry.is_none(), "it is made twice");
                instance.begin(id);
                instance.join(is_awake);
                self.send(&task, Some(index));
            }
            Followed::Joined(id) => {
                assert!(instance.is_followed() && instance.entry == Some(id));
                instance.join(is_awake);
            }
            Followed::Wait => {
                let mut flights = self.flights.iter();
                let is_asked = flights.any(|f| f.is_own && f.instance == index);
                let is_over = instance.is_ending || instance.is_gone;
                assert!(is_over || is_asked, "a wait for nothing");
            }
        }
        self.instances[index].read(false);
    }

    /// Drops a reader; with the last the subscription ends.
    pub fn drop_reader(&mut self, index: usize, reader: usize, is_waited_for: bool) {
        let instance = &mut self.instances[index];
        instance.watch.drop_reader(reader);
        instance.expects.remove(reader);
        let Some(id) = instance.entry else { return };
        if is_waited_for {
            if let Some(task) = self.core.end_now(id) {
                instance.is_ending = true;
                self.send(&task, Some(index));
            }
        } else if self.core.leave(id, self.now) {
            instance.is_ending = true;
        }
    }
}
