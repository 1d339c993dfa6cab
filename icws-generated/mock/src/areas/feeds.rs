//! Where the states of the subscriptions of the shipped model are.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use icws_spec::Api;
use icws_spec::api::Type;

use super::{
    Lists, configuration, directories, interactions, licenses, sessions, stations, statistics,
    statuses,
};
use crate::modelled::{Modelled, times};
use crate::topics::{Catalog, Feed, Kind, Show, Wording, kinds};
use crate::world::interaction::INTERACTIONS;

/// The subscriptions of the shipped model, which are read once.
pub(crate) fn catalog(shipped: &'static Modelled) -> Arc<Catalog> {
    static CATALOG: OnceLock<Arc<Catalog>> = OnceLock::new();
    let catalog = CATALOG.get_or_init(|| {
        let (api, plan) = (shipped.api(), shipped.plan());
        let kinds = kinds(&plan);
        let lists = configuration::Lists::of(&plan);
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
        let long = long.collect();
        Arc::new(Catalog {
            api,
            feeds,
            kinds,
            lists,
            long,
            times,
        })
    });
    Arc::clone(catalog)
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
