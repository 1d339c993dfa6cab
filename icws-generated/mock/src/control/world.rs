//! The tables of the world, and what can be let happen in it.

use std::collections::BTreeMap;
use std::time::Duration;

use icws_generated::runtime::Standing;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::Control;
use crate::areas::interactions::{NewCall, Queue, actions, chats, new_call, queue};
use crate::areas::people::WORKGROUPS;
use crate::areas::statuses::USERS;
use crate::areas::{agreement, is_owned, stations, statistics, statuses, system};
use crate::scenario;
use crate::topics::Subject;
use crate::world::World;

/// The tables of the world: users, workgroups and other lists of the configuration
/// are `configuration/users` and so on, by the paths of the lists; `interactions`,
/// `status/user-statuses` and the others are listed by [`Control::tables`]. Items are
/// objects of the model where it has one. Every change is sent to those who follow
/// it, as the model has it.
impl Control {
    /// The names of the tables.
    pub fn tables(&self) -> Vec<String> {
        let world = self.shared.world();
        world.tables.names().map(str::to_owned).collect()
    }

    /// The items of a table, by their ids; none when there is no such table.
    pub fn items(&self, table: &str) -> BTreeMap<String, Value> {
        let world = self.shared.world();
        let items = world.tables.items(table);
        items
            .map(|(id, item)| (id.to_owned(), Value::clone(item)))
            .collect()
    }

    /// An item of a table.
    pub fn item(&self, table: &str, id: &str) -> Option<Value> {
        let world = self.shared.world();
        let id = statistics::known_id(table, id);
        world.tables.get(table, &id).map(|item| Value::clone(item))
    }

    /// Puts an item into a table, in place of the one with this id. A user who is put
    /// into `configuration/users` has a status, too; a value of
    /// `statistics/statistic-values` stays until it is removed.
    pub fn put(&self, table: &str, id: &str, item: Value) {
        let mut item = item;
        let put = |world: &mut World, id: &str| {
            agreement::settle(world, table, id, &mut item);
            world.put(table, id, item);
            Ok(true)
        };
        let _ = self.edit((table, id), |_| true, put);
    }

    /// Changes an item of a table. Returns false if there is none. The closure must
    /// not use the control.
    pub fn change_item(&self, table: &str, id: &str, change: impl FnOnce(&mut Value)) -> bool {
        let change = |world: &mut World, id: &str| {
            let Some(item) = world.tables.get(table, id) else {
                return Ok(false);
            };
            let mut item = Value::clone(item);
            change(&mut item);
            agreement::settle(world, table, id, &mut item);
            world.put(table, id, item);
            Ok(true)
        };
        self.edit((table, id), |_| true, change).ok().flatten() == Some(true)
    }

    /// Takes an item out of a table. With a user go the status, the sessions and the rest of
    /// the user, and nothing refers to a user, workgroup or station that is gone. Returns
    /// false if it was not there.
    pub fn remove(&self, table: &str, id: &str) -> bool {
        let remove = |world: &mut World, id: &str| Ok(world.remove(table, id));
        self.edit((table, id), |_| true, remove).ok().flatten() == Some(true)
    }

    /// The names of the tables that a subscription shows, by the operation that starts
    /// it (`queues.subscribe`); none when there is no such subscription, or it has no
    /// state.
    pub fn tables_of(&self, operation: &str) -> Vec<String> {
        let catalog = &self.shared.settings.areas.catalog;
        let kind = catalog.kind(operation);
        let tables = kind.into_iter().flat_map(|kind| catalog.tables(kind));
        tables.map(str::to_owned).collect()
    }

    /// The full messages that a session of a user would get if it subscribed now: by
    /// the operation, the parameters of its path without the session, and its body.
    /// Tables that nobody has filled are not filled by this.
    pub fn full(&self, operation: &str, path: &[&str], body: Value, user: &str) -> Vec<Value> {
        let Some(kind) = self.shared.settings.areas.catalog.kind(operation) else {
            return Vec::new();
        };
        let subject = Subject {
            kind,
            path: path.iter().map(|piece| (*piece).to_owned()).collect(),
            body,
            owner: is_owned(operation).then(|| user.to_owned()),
        };
        let world = self.shared.world();
        let messages = world.topics.full(&world.tables, &subject).into_iter();
        let read = messages.filter_map(|message| serde_json::from_slice(&message).ok());
        read.collect()
    }

    /// Lets a call ring: it waits on the queue of a workgroup, or alerts a user. The
    /// id of the interaction; `None` if there is no such workgroup or user.
    pub fn ring(
        &self,
        workgroup: &str,
        user: Option<&str>,
        remote: &str,
        name: &str,
    ) -> Option<String> {
        self.arrive("Call", workgroup, user, (remote, name))
    }

    /// Lets a chat with somebody from outside begin: it waits on the queue of a workgroup, or
    /// alerts a user. The id of the interaction; `None` if there is no such workgroup or user.
    pub fn chat(&self, workgroup: &str, user: Option<&str>, name: &str) -> Option<String> {
        self.arrive("Chat", workgroup, user, ("", name))
    }

    fn arrive(
        &self,
        medium: &str,
        workgroup: &str,
        user: Option<&str>,
        (remote, name): (&str, &str),
    ) -> Option<String> {
        self.act(|world| {
            let workgroup = &*world.tables.id(WORKGROUPS, workgroup)?;
            let user = match user {
                Some(user) => Some(world.tables.id(USERS, user)?),
                None => None,
            };
            let id = world.new_interaction_id();
            let call = NewCall {
                remote,
                name,
                workgroup,
                user: user.as_deref(),
                medium,
            };
            new_call(world, &id, &call);
            Some(id)
        })
    }

    /// Lets a user pick an interaction up. Returns false if there is none, or it has ended,
    /// or there is no such user.
    pub fn pick_up(&self, id: &str, user: &str) -> bool {
        self.act(|world| {
            let user = world.tables.id(USERS, user);
            user.is_some_and(|user| actions::pick_up(world, id, &user))
        })
    }

    /// Puts an interaction on the queue of a workgroup and no other. Returns false if
    /// there is none, or it has ended, or there is no such workgroup.
    pub fn transfer(&self, id: &str, workgroup: &str) -> bool {
        self.send_to(id, (WORKGROUPS, workgroup), Queue::Workgroup)
    }

    /// Puts an interaction on the queue of a user and no other, where it alerts. Returns
    /// false if there is none, or it has ended, or there is no such user.
    pub fn transfer_to_user(&self, id: &str, user: &str) -> bool {
        self.send_to(id, (USERS, user), Queue::User)
    }

    /// Puts an interaction on the queue of an item of a table.
    fn send_to(&self, id: &str, (table, name): (&str, &str), kind: Queue) -> bool {
        self.act(|world| {
            let target = world.tables.id(table, name);
            target.is_some_and(|name| actions::send_to(world, id, &queue(kind, &name)))
        })
    }

    /// Holds an interaction, or lets it go on. Returns false if there is none, or nobody has
    /// it: it waits to be picked up, or has ended.
    pub fn hold(&self, id: &str, on: bool) -> bool {
        self.act(|world| actions::set_held(world, id, on))
    }

    /// Mutes whoever has an interaction, or lets them be heard again. Returns false if there
    /// is none, or nobody has it.
    pub fn mute(&self, id: &str, on: bool) -> bool {
        self.act(|world| actions::set_muted(world, id, on))
    }

    /// Gives a user a status, as if the user had chosen it. Returns false if there is no
    /// such user or status.
    pub fn set_status(&self, user: &str, status: &str) -> bool {
        self.act(|world| {
            let known = world
                .tables
                .id(statuses::STATUSES, status)
                .zip(world.tables.id(USERS, user));
            let Some((status, user)) = known else {
                return false;
            };
            statuses::change(world, &user, &status, &Value::Null);
            true
        })
    }

    /// Puts a user on a station, or on none. Returns false if there is no such user or
    /// station.
    pub fn set_station(&self, user: &str, station: Option<&str>) -> bool {
        self.act(|world| {
            let Some(user) = world.tables.id(USERS, user) else {
                return false;
            };
            match station.map(|station| world.tables.id(stations::KNOWN, station)) {
                Some(Some(station)) => stations::place(world, &user, &station),
                Some(None) => return false,
                None => stations::leave(world, &user),
            }
            true
        })
    }

    /// Says how a subscription stands, by the operation that starts it
    /// (`queues.subscribe`), to all sessions that follow it. One that has failed brings
    /// no more. Returns false if nobody follows it, or it has no message for it.
    pub fn stand(&self, operation: &str, standing: Standing) -> bool {
        self.act(|world| world.stand(operation, standing)) > 0
    }

    /// Ends an interaction, as if a party of it had hung up. Returns false if there is
    /// none.
    pub fn hang_up(&self, id: &str) -> bool {
        self.act(|world| actions::end(world, id))
    }

    /// Writes a text into a chat, as a user or as somebody from outside. Returns false
    /// if there is no such chat, or it has ended.
    pub fn write(&self, id: &str, who: &str, text: &str) -> bool {
        self.act(|world| chats::write(world, id, who, text))
    }

    /// Sends a notification of a handler to the sessions that watch for it. Returns
    /// false if none does.
    pub fn notify<D: AsRef<str>>(&self, object_id: &str, event_id: &str, data: &[D]) -> bool {
        let data: Vec<&str> = data.iter().map(AsRef::as_ref).collect();
        let notification = json!({ "objectId": object_id, "eventId": event_id, "data": data });
        self.act(|world| system::send(world, &notification)) > 0
    }

    /// Lets something happen each time this much has passed, at least a millisecond, or
    /// nothing by itself any more. See [`MockBuilder::tick`](crate::MockBuilder::tick).
    pub fn set_tick(&self, period: Option<Duration>) {
        let period = period.map(|period| period.max(Duration::from_millis(1)));
        self.shared.tick.send_replace(period);
    }

    /// How often something happens by itself; `None` when nothing does.
    pub fn tick(&self) -> Option<Duration> {
        *self.shared.tick.borrow()
    }

    /// The same as it changes.
    pub(crate) fn ticks(&self) -> watch::Receiver<Option<Duration>> {
        self.shared.tick.subscribe()
    }

    /// Lets something happen by chance, as [`MockBuilder::tick`](crate::MockBuilder::tick)
    /// does.
    pub fn live(&self) {
        self.act(scenario::live);
    }
}
