//! How a run ends: nothing goes wrong any more, and everything comes right.

use std::time::Duration;

use icws_generated::runtime::follow::End;

use crate::run::Run;

/// So many rounds are enough for all waits and retries.
const ROUNDS: u32 = 1_000;

impl Run<'_> {
    /// Lets all come to rest, and checks that every reader knows the truth.
    pub fn calm(&mut self) {
        self.server.is_calm = true;
        for index in 0..self.instances.len() {
            let instance = &mut self.instances[index];
            self.server.resume(instance, &mut self.rng);
        }
        for _ in 0..ROUNDS {
            self.round();
            for index in 0..self.instances.len() {
                if self.instances[index].expects.is_empty() {
                    self.follow(index);
                }
            }
            if self.is_quiet() {
                break;
            }
        }
        assert!(self.is_quiet(), "it does not come to rest");
        for instance in &mut self.instances {
            let id = instance.kind.listed.id;
            instance.read(true);
            instance.check_store();
            assert!(instance.is_followed() && instance.held.is_some(), "{id}");
            let known = instance.current().unwrap_or_default();
            assert_eq!(known.len(), instance.worlds.len(), "{id}");
            for (known, world) in known.iter().zip(&instance.worlds) {
                assert_eq!(*known, world.truth, "{id}");
            }
        }
        assert_eq!(self.core.len(), self.instances.len());
    }

    /// Lets everybody leave, and checks that nothing is left behind.
    pub fn leave(&mut self) {
        for index in 0..self.instances.len() {
            while !self.instances[index].expects.is_empty() {
                self.drop_reader(index, 0, index % 2 == 0);
            }
        }
        for _ in 0..ROUNDS {
            self.round();
        }
        assert!(self.core.is_empty(), "{:?}", self.core);
        assert_eq!(self.core.wake_at(), None);
        for instance in &self.instances {
            assert!(instance.held.is_none(), "{}", instance.kind.listed.id);
        }
        let once = self.ended.values().all(|count| *count == 1);
        assert!(once, "a subscription was ended twice");
    }

    /// Ends everything, and checks that all are told.
    pub fn end(&mut self) {
        self.core.end(&End::Disconnected);
        assert!(self.core.is_empty());
        assert_eq!(self.core.wake_at(), None);
        for instance in &mut self.instances {
            instance.end();
        }
    }

    fn round(&mut self) {
        self.now += Duration::from_secs(2);
        self.overdue();
        self.pump();
        self.serve();
        self.deliver(self.server.queue.len());
    }

    fn is_quiet(&self) -> bool {
        let mut instances = self.instances.iter();
        let is_idle = self.flights.is_empty() && self.server.queue.is_empty();
        is_idle
            && self.core.wake_at().is_none()
            && instances.all(|instance| {
                let is_known = instance.current().is_some() || instance.worlds.is_empty();
                let held = instance.held.as_ref();
                is_known && held.is_some_and(|held| held.due.is_empty())
            })
    }
}
