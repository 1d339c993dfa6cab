//! Where the states of the subscriptions of the shipped model are.

use std::sync::{Arc, OnceLock};

use super::{
    configuration, directories, interactions, licenses, sessions, stations, statistics, statuses,
};
use crate::modelled::Modelled;
use crate::topics::{Catalog, Feed, kinds};

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
        let feeds = feeds.collect();
        let long = plan.long.iter().filter_map(|long| {
            let operation = plan.operations.get(long.operation)?.operation;
            Some((operation.id(), long.completed))
        });
        let long = long.collect();
        Arc::new(Catalog {
            api,
            feeds,
            kinds,
            lists,
            long,
        })
    });
    Arc::clone(catalog)
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
