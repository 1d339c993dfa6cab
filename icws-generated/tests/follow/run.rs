//! A run: the core, the server, and what happens between them by chance.

use std::collections::HashMap;
use std::time::Duration;

use fastrand::Rng;
use icws_generated::Message;
use icws_generated::runtime::follow::{Answer, End, GapCause, Subscriptions, Task, Waits};
use icws_generated::runtime::{Batch, Standing};
use serde_json::json;

use crate::instance::{Instance, Item, Kind, body};
use crate::server::{Flight, Reply, Server};
use crate::values::on_wire;
use crate::watched::Watching;
use crate::world::World;

const PATIENCE: Duration = Duration::from_secs(10);

pub struct Run<'a> {
    pub rng: Rng,
    pub core: Subscriptions<Message>,
    pub server: Server,
    pub instances: Vec<Instance<'a>>,
    /// Watches that cannot be while another one is, with its number.
    pub rivals: Vec<(Box<dyn Watching>, usize)>,
    pub flights: Vec<Flight>,
    pub now: Duration,
    /// How often each subscription was ended.
    pub ended: HashMap<u64, u32>,
}

impl<'a> Run<'a> {
    pub fn new(kinds: &'a [Kind<'a>], seed: u64) -> Run<'a> {
        let waits = Waits {
            least: Duration::from_millis(100),
            most: Duration::from_secs(5),
            chance: || 0.5,
        };
        let mut run = Run {
            rng: Rng::with_seed(seed),
            core: Subscriptions::new(waits, PATIENCE, crate::instance::ROOM),
            server: Server::default(),
            instances: Vec::new(),
            rivals: Vec::new(),
            flights: Vec::new(),
            now: Duration::ZERO,
            ended: HashMap::new(),
        };
        for kind in kinds {
            run.add(kind);
        }
        run
    }

    /// Adds subscriptions of a kind, as many as can be at once, and one too many.
    fn add(&mut self, kind: &'a Kind<'a>) {
        let rng = &mut self.rng;
        let records = kind.records.iter();
        let is_taken = |instance: &Instance<'_>| {
            let mut records = records.clone();
            records.any(|record| instance.kind.has(*record))
        };
        if let Some(other) = self.instances.iter().position(is_taken) {
            let watch = (kind.listed.make)("other", body(kind, rng).as_ref());
            self.rivals.push((watch, other));
            return;
        }
        let count = if kind.is_single() || kind.facts.key.is_none() {
            1
        } else {
            rng.usize(1..3)
        };
        let first = self.instances.len();
        for number in 0..count {
            let key = match kind.facts.key {
                Some(_) => format!("s{number} /ü"),
                None => "s".to_owned(),
            };
            let body = body(kind, rng);
            let watch = (kind.listed.make)(&key, body.as_ref());
            let messages = kind.facts.messages.iter().filter(|m| m.state.is_some());
            let worlds = messages.map(|message| {
                let own = message.key.map(|property| (property, key.clone()));
                let mut world = World::new(kind.api, message.record, own, rng);
                world.is_alone = count == 1;
                world
            });
            let worlds = worlds.collect();
            self.instances.push(Instance::new(kind, key, worlds, watch));
        }
        if kind.is_single() && kind.start.given().count() > 0 {
            let watch = (kind.listed.make)("other", body(kind, rng).as_ref());
            self.rivals.push((watch, first));
        }
    }

    pub fn chance(&mut self, permille: u32) -> bool {
        self.rng.u32(0..1000) < permille
    }

    /// One change on the server, and whatever else happens by chance.
    pub fn step(&mut self) {
        self.now += Duration::from_millis(self.rng.u64(0..400));
        let index = self.rng.usize(..self.instances.len());
        self.server
            .change(&mut self.instances[index], &mut self.rng);
        self.serve();
        self.user();
        self.trouble();
        self.pump();
        self.check_left(index);
        if self.chance(300) {
            let count = match self.rng.bool() {
                true => self.server.queue.len(),
                false => self.rng.usize(..=self.server.queue.len()),
            };
            self.deliver(count);
        }
    }

    /// Checks that the server has nothing that the client has forgotten.
    pub fn check_left(&self, index: usize) {
        let instance = &self.instances[index];
        let mut flights = self.flights.iter();
        if instance.entry.is_none() && !flights.any(|flight| flight.instance == index) {
            assert!(instance.held.is_none(), "left behind on the server");
        }
    }

    /// Lets the server send what is due, and requests arrive and be answered.
    pub fn serve(&mut self) {
        for instance in &mut self.instances {
            self.server.step(instance, &mut self.rng);
        }
        let mut index = 0;
        while let Some(flight) = self.flights.get_mut(index) {
            match flight.arrives {
                Some(0) => {
                    flight.arrives = None;
                    let instance = &mut self.instances[flight.instance];
                    flight.arrive(&mut self.server, instance, &mut self.rng);
                }
                Some(steps) => flight.arrives = Some(steps - 1),
                None if flight.answered == 0 => {
                    let flight = self.flights.remove(index);
                    self.answer(&flight);
                    continue;
                }
                None => flight.answered -= 1,
            }
            index += 1;
        }
    }

    fn answer(&mut self, flight: &Flight) {
        let (id, now) = (flight.id, self.now);
        let index = flight.instance;
        if !flight.is_put {
            let is_answered = matches!(flight.reply, Reply::Done | Reply::Refused);
            self.core.unsubscribed(id, is_answered, now);
            let instance = &mut self.instances[index];
            if is_answered {
                *self.ended.entry(id).or_default() += 1;
                if instance.entry == Some(id) {
                    instance.forget();
                }
            }
            return;
        }
        let is_made = flight.reply == Reply::Done;
        let is_lost = flight.session != self.server.session && flight.reply == Reply::Failed;
        let is_read = !self.instances[index].expects.is_empty();
        if flight.is_own && is_lost && is_read && self.chance(500) {
            // The session was made anew meanwhile: it is sent once more.
            self.core.asked(id);
            self.instances[index].start_over(id);
            self.launch(id, index, true, true);
            return;
        }
        if flight.is_own && !is_made {
            // As `Session::watch` fails: the watch is dropped with the error.
            if flight.reply != Reply::Lost {
                self.core.answered(id, Answer::NotMade, now);
                self.instances[index].forget();
            }
            if !self.instances[index].expects.is_empty() {
                self.drop_reader(index, 0, false);
            } else if self.core.leave(id, now) {
                // It was told that what it watches is gone.
                self.instances[index].is_ending = true;
            }
            return;
        }
        let is_refused = flight.reply == Reply::Refused;
        let answer = match flight.reply {
            Reply::Done => Answer::Made,
            Reply::Refused => Answer::Refused(End::Unsupported("refused".to_owned())),
            _ => Answer::NotMade,
        };
        self.core.answered(id, answer, now);
        let instance = &mut self.instances[index];
        if instance.entry != Some(id) {
            return;
        }
        if is_refused && !instance.is_ending {
            instance.end();
        } else if instance.expects.is_empty() {
            // Nobody read it any more: now it ends.
            instance.is_ending = true;
        }
    }

    /// Sends what the core asks for.
    pub fn pump(&mut self) {
        if self.chance(50) {
            self.overdue();
        }
        while let Some(task) = self.core.next_task(self.now) {
            self.send(&task, None);
        }
        let wake = self.core.wake_at();
        assert!(wake.is_none_or(|at| at > self.now), "a task was forgotten");
    }

    pub fn overdue(&mut self) {
        self.instances.iter_mut().for_each(Instance::doubt);
        self.core.lose_overdue(self.now);
        self.instances.iter_mut().for_each(Instance::read_doubt);
    }

    pub fn send(&mut self, task: &Task, own: Option<usize>) {
        let (id, is_put) = match task {
            Task::Subscribe(id, _) => (*id, true),
            Task::Unsubscribe(id, _) => (*id, false),
            other => panic!("{other:?}"),
        };
        let found = self.instances.iter().position(|i| i.entry == Some(id));
        let instance = own.or(found).expect("a task of what is followed");
        self.launch(id, instance, is_put, own.is_some() && is_put);
    }

    fn launch(&mut self, id: u64, instance: usize, is_put: bool, is_own: bool) {
        let rng = &mut self.rng;
        let is_calm = self.server.is_calm;
        self.flights.push(Flight {
            id,
            instance,
            is_put,
            is_own,
            session: self.server.session,
            // Some are overtaken by others.
            arrives: Some(match rng.u32(0..5) {
                0 => rng.u32(0..200),
                _ => rng.u32(0..10),
            }),
            answered: rng.u32(0..20),
            reply: match is_calm {
                true => Reply::Done,
                false => Reply::random(is_put, rng),
            },
        });
    }

    /// Delivers messages from the queue.
    pub fn deliver(&mut self, count: usize) {
        let items: Vec<Item> = self.server.queue.drain(..count).collect();
        for item in items {
            let is_bad = !self.server.is_calm && self.chance(2);
            self.deliver_one(&item, is_bad);
        }
    }

    fn deliver_one(&mut self, item: &Item, is_bad: bool) {
        let mut message = match self.rng.bool() {
            true => on_wire(item.message()),
            false => item.message().clone(),
        };
        // Without its type it may have been any message.
        let is_any = is_bad && self.rng.bool();
        if is_any {
            message = json!(["x"]);
        } else if is_bad {
            message["isDelta"] = json!("x");
        }
        let batch = Batch::<Message>::decode(json!([message]).to_string().as_bytes()).unwrap();
        let read = batch.into_iter().next().expect("a batch of one");
        match read {
            Ok(message) => {
                let is_of = |instance: &Instance<'_>| {
                    let key = item.key.as_ref();
                    instance.kind.has(item.record) && key.is_none_or(|key| *key == instance.key)
                };
                let mut known = self.instances.iter().filter(|i| i.entry.is_some());
                assert_eq!(self.core.is_for(&message), known.any(is_of));
                self.core.receive(message, self.now);
            }
            Err(error) => {
                assert!(is_bad, "{error}: {message}");
                let cause = GapCause::Unreadable(error.to_string());
                let urn = message["__type"].as_str();
                self.core.lose(urn, cause, self.now);
            }
        }
        for instance in &mut self.instances {
            if !is_any && !instance.kind.has(item.record) {
                continue;
            }
            let key = item.key.as_ref();
            if is_bad {
                instance.lose();
            } else if key.is_none_or(|key| *key == instance.key) {
                let mut flights = self.flights.iter();
                let is_asked = flights.any(|f| f.is_put && Some(f.id) == instance.entry);
                instance.receive(item, is_asked);
            }
            instance.read(false);
        }
    }

    /// What goes wrong on the way, and with the server.
    fn trouble(&mut self) {
        if self.chance(4) {
            // A part of the batch arrives, and the rest is lost.
            let whole = self.server.queue.len();
            let part = self.rng.usize(..=whole);
            self.deliver(part);
            self.server.queue.clear();
            self.lose(GapCause::Failed("cut".to_owned()));
        }
        if self.chance(2) {
            self.server.session += 1;
            self.server.queue.clear();
            for instance in &mut self.instances {
                instance.held = None;
                if instance.is_ending {
                    instance.forget();
                }
                // What the old session said of it counts no more.
                instance.stand(Standing::Normal);
            }
            self.lose(GapCause::NewSession("cic2".to_owned()));
        }
    }

    fn lose(&mut self, cause: GapCause) {
        self.core.lose(None, cause, self.now);
        for instance in &mut self.instances {
            instance.lose();
            instance.read(false);
        }
    }
}
