//! Starting and stopping subscriptions.

use super::call::{Answer, Call};
use super::{configuration, directories, feeds, interactions, licenses, sessions, statistics};
use crate::modelled::Given;
use crate::refusal::Refusal;
use crate::topics::{Kind, Subject, Wording};

fn kind<'c>(call: &'c Call<'_>, number: usize) -> Result<&'c Kind, Refusal> {
    let kind = call.settings.areas.catalog.kinds.get(number);
    kind.ok_or_else(Refusal::not_implemented)
}

fn path(call: &Call<'_>, number: usize) -> Result<Vec<String>, Refusal> {
    let names = kind(call, number)?.parameters.clone();
    names.iter().map(|name| call.required(name)).collect()
}

/// Lets the session follow what it asks for. The same again begins anew.
pub(super) fn start(call: &mut Call<'_>, number: usize) -> Result<Answer, Refusal> {
    if call.settings.chosen.by_hand {
        return Ok(Answer::done());
    }
    let path = path(call, number)?;
    let start = kind(call, number)?.start.clone();
    interactions::may_follow(call, &start)?;
    if !call.world.has_room(call.session, number, &path) {
        return Err(Refusal::too_many_subscriptions());
    }
    let subject = Subject {
        kind: number,
        path,
        body: call.body.clone(),
        owner: feeds::is_owned(&start).then(|| call.user.clone()),
    };
    directories::prepare(call, &start)?;
    seed(call, &subject);
    statistics::prepare(call, &start);
    licenses::prepare(call, &start);
    sessions::prepare(call, &start);
    call.world.follow(call.session, subject);
    Ok(Answer::done())
}

/// Ends what the session follows, or says nothing when it does not.
pub(super) fn stop(call: &mut Call<'_>, number: usize) -> Result<Answer, Refusal> {
    if call.settings.chosen.by_hand {
        return Ok(Answer::done());
    }
    let path = path(call, number)?;
    let start = kind(call, number)?.start.clone();
    interactions::may_follow(call, &start)?;
    call.world.topics.stop(call.session, number, &path);
    Ok(Answer::done())
}

/// Fills the tables of a subscription that nobody has filled.
fn seed(call: &mut Call<'_>, subject: &Subject) {
    let settings = call.settings;
    let api = settings.areas.catalog.api;
    for (message, feed) in settings.areas.catalog.states(subject.kind) {
        configuration::fill_table(call, &feed.table);
        let wording = Wording::new(api, message.record, None);
        let tables = &call.world.tables;
        let missing = feed.missing(&wording, subject, tables, || {
            // What all share is not of what one of them names.
            let own = feed.item_of(subject).map(|_| named(subject));
            let given = own.unwrap_or_default();
            settings.shipped.made_up(message.record, &given, tables)
        });
        call.world.tables.make(&feed.table);
        for (id, item) in missing {
            match feed.item_of(subject) {
                Some(_) => call.world.make_up(&feed.table, &id, item),
                None => call.world.put(&feed.table, &id, item),
            }
        }
    }
}

/// The texts by which a body says what is to be followed.
fn named(subject: &Subject) -> Vec<Given> {
    let body = subject.body.as_object().into_iter().flatten();
    let texts = body.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    texts.collect()
}
