//! What the server does for each area of the API: the operations that read and
//! change the world, and where the states of subscriptions are. What is not here is
//! made up from the model.

pub(crate) mod agreement;
mod call;
pub(crate) mod choice;
pub(crate) mod configuration;
mod connections;
pub(crate) mod directories;
mod feeds;
pub(crate) mod interactions;
pub(crate) mod items;
pub(crate) mod licenses;
pub(crate) mod people;
mod query;
mod recordings;
mod removal;
mod sessions;
pub(crate) mod stations;
pub(crate) mod statistics;
pub(crate) mod statuses;
mod subscriptions;
pub(crate) mod system;

pub(crate) use call::{Answer, Call};
pub(crate) use feeds::{Areas, areas, is_owned};

use crate::refusal::Refusal;
use crate::world::World;
use icws_spec::api::{Operation, RecordId, Resource};

/// Lets what follows from the rest of the world follow it: who is logged in, sessions,
/// directories and statistics.
pub(crate) fn refresh(world: &mut World) {
    people::refresh(world);
    sessions::refresh(world);
    directories::refresh(world);
    statistics::refresh(world);
}

/// Carries out an operation.
pub(crate) type Handler = fn(&mut Call<'_>) -> Result<Answer, Refusal>;

/// What the server does for an operation.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Role {
    /// Something of its own.
    Own(Handler),
    /// It starts the subscription of this number.
    Start(usize),
    /// It stops it.
    Stop(usize),
    /// It is accepted, and a message tells that it has ended.
    Accept(RecordId),
    /// Something with the configuration list of this number.
    List(usize, configuration::Act),
}

impl Role {
    /// What the server does for an operation; `None` when its response is made up.
    pub fn of(areas: &Areas, resource: &Resource, operation: &Operation) -> Option<Role> {
        let id = operation.id();
        if let Some(handler) = handler(&id) {
            return Some(Role::Own(handler));
        }
        let mut kinds = areas.catalog.kinds.iter().enumerate();
        let kind = kinds.find_map(|(number, kind)| match () {
            () if kind.start == id => Some(Role::Start(number)),
            () if kind.stop == id => Some(Role::Stop(number)),
            () => None,
        });
        let long = areas.long.iter().find(|(known, _)| *known == id);
        let long = || long.map(|(_, completed)| Role::Accept(*completed));
        kind.or_else(long)
            .or_else(|| areas.lists.role(resource, operation))
    }

    /// Does it.
    pub fn act(self, call: &mut Call<'_>) -> Result<Answer, Refusal> {
        match self {
            Role::Own(handler) => handler(call),
            Role::Start(kind) => subscriptions::start(call, kind),
            Role::Stop(kind) => subscriptions::stop(call, kind),
            Role::Accept(completed) => Ok(call.accept(completed)),
            Role::List(list, act) => configuration::act(call, list, act),
        }
    }
}

/// The operations that have something of their own.
fn handler(id: &str) -> Option<Handler> {
    let areas = [
        connections::HANDLERS,
        directories::HANDLERS,
        interactions::HANDLERS,
        licenses::HANDLERS,
        recordings::HANDLERS,
        statistics::HANDLERS,
        stations::HANDLERS,
        statuses::HANDLERS,
        system::HANDLERS,
    ];
    let mut all = areas.iter().copied().flatten();
    all.find(|(known, _)| *known == id)
        .map(|(_, handler)| *handler)
}
