//! Where the states of the subscriptions of the shipped model are.

use std::collections::HashMap;
use std::sync::OnceLock;

use icws_spec::Api;
use icws_spec::api::{RecordId, Type};

use super::configuration::Lists;
use super::{directories, interactions, licenses, sessions, stations, statistics, statuses};
use crate::modelled::{Modelled, times};
use crate::topics::{Catalog, Feed, Kind, Show, Wording, kinds};
use crate::world::interaction::INTERACTIONS;

/// What the areas take from the shipped model.
pub(crate) struct Areas {
    pub catalog: Catalog,
    /// The lists of the configuration.
    pub lists: Lists,
    /// The operations that end later, with the message that tells it.
    pub long: Vec<(String, RecordId)>,
}

/// What the areas take from the shipped model, which is read once.
pub(crate) fn areas(shipped: &'static Modelled) -> &'static Areas {
    static AREAS: OnceLock<Areas> = OnceLock::new();
    AREAS.get_or_init(|| {
        let (api, plan) = (shipped.api(), shipped.plan());
        let kinds = kinds(&plan);
        let lists = Lists::of(&plan);
        let feeds = kinds.iter().map(|kind| {
            let messages = kind.messages.iter();
            let feeds = messages.map(|message| {
                let name = &*api[message.record].name;
                let own = interactions::feed(name)
                    .or_else(|| directories::feed(name))
                    .or_else(|| licenses::feed(name))
                    .or_else(|| sessions::feed(name))
                    .or_else(|| stations::feed(name))
                    .or_else(|| statistics::feed(name))
                    .or_else(|| statuses::feed(name))
                    .or_else(|| lists.feed(&kind.path, api, message.record));
                let feed = || own.unwrap_or_else(|| Feed::made_up(api, message.record));
                message.has_state.then(feed)
            });
            feeds.collect()
        });
        let feeds: Vec<Vec<Option<Feed>>> = feeds.collect();
        let times = times_of(api, &kinds, &feeds, &lists);
        let long = plan.operations.iter().filter_map(|planned| {
            let long = planned.long.as_ref()?;
            Some((planned.operation.id(), long.completed))
        });
        Areas {
            long: long.collect(),
            catalog: Catalog {
                api,
                feeds,
                kinds,
                times,
            },
            lists,
        }
    })
}

/// The types of the items of tables, where there are points in time in them.
fn times_of(
    api: &Api,
    kinds: &[Kind],
    feeds: &[Vec<Option<Feed>>],
    lists: &Lists,
) -> HashMap<String, Type> {
    let messages = kinds.iter().flat_map(|kind| &kind.messages);
    let followed = messages.zip(feeds.iter().flatten());
    let followed = followed.filter_map(|(message, feed)| {
        let feed = feed.as_ref()?;
        // The messages about interactions have parts of their items.
        let is_whole = feed.table != INTERACTIONS;
        let item = Wording::new(api, message.record, None).collection();
        let record = match (&feed.show, item) {
            (Show::Items(_), Some(item)) => item.ty.record()?,
            _ => message.record,
        };
        is_whole.then(|| (&*feed.table, record))
    });
    let all = followed.chain(lists.tables());
    let all = all.map(|(table, record)| (table.to_owned(), Type::Record(record)));
    all.filter(|(_, ty)| times::are_in(api, ty)).collect()
}

/// Whether everyone follows their own by this subscription.
pub(crate) fn is_owned(start: &str) -> bool {
    matches!(
        start,
        "connection.subscribeStation"
            | "directories.subscribeDirectories"
            | "licenses.subscribe"
            | "status.subscribePreviousUserStatuses"
    )
}
