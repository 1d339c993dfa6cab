//! Several watches in one session: what they share, and what cannot be told apart.

use std::collections::BTreeMap;
use std::sync::Arc;

use icws_generated::client::{Change, ClientError};
use icws_generated::session::{
    SessionsStationsSubscription, SessionsUsersSubscription, SubscribeStationSessions,
    SubscribeUserSessions,
};

use crate::queues::{DELETE, PUT, attribute, contents, interaction, support, two};
use crate::site::{Site, keys, next, snapshot, update};
use crate::{statuses, users};

#[tokio::test]
async fn watches_of_the_same_share_a_subscription_that_ends_with_the_last() {
    let site = Site::new().await;
    let mut one = site.watch(support("desk")).await;
    site.send(&two("desk"));
    let state = snapshot(&mut one).await;
    let mut other = site.watch(support("desk")).await;
    // It knows at once what the first knows.
    assert!(Arc::ptr_eq(&state, &snapshot(&mut other).await));
    drop(one);
    site.send(&contents("desk", true, r#""interactionsRemoved":["2001"]"#));
    let (state, _) = update(&mut other).await;
    assert_eq!(state.items.len(), 1);
    assert_eq!((site.count(PUT), site.count(DELETE)), (1, 0));
    drop(other);
    site.until(DELETE, 1).await;
    // The next one is another subscription, which knows nothing yet.
    let again = site.watch(support("desk")).await;
    assert!(again.state().is_none());
    assert_eq!(site.count(PUT), 2);
    again.stop().await.unwrap();
    assert_eq!(site.count(DELETE), 2);
}

#[tokio::test]
async fn two_lists_whose_messages_look_alike_are_refused() {
    let site = Site::new().await;
    let mut ada = site.watch(statuses::of(&["ada"])).await;
    let error = site.session.watch(statuses::of(&["bob"])).await;
    let error = error.unwrap_err();
    let ClientError::Conflict(conflict) = &error else {
        panic!("{error}");
    };
    assert_eq!(conflict.operation, statuses::PUT);
    let text = error.to_string();
    assert!(text.contains("`status.subscribeUserStatuses`"), "{text}");
    assert!(text.contains("end that one, or follow both"), "{text}");
    assert!(error.is_unsent());
    // The first is watched on, and its list is what the server has.
    assert_eq!(site.count(statuses::PUT), 1);
    site.send(&statuses::message(
        false,
        r#"{"userId":"ada","statusId":"Lunch"}"#,
    ));
    assert!(snapshot(&mut ada).await.items.contains("ada"));
    ada.stop().await.unwrap();
    let _bob = site.watch(statuses::of(&["bob"])).await;

    // With an id that the caller chose both can be watched; with the same not.
    let _team = site.watch(users::of("team", &["ada"])).await;
    let _other = site.watch(users::of("other", &["bob"])).await;
    let error = site.session.watch(users::of("team", &["bob"])).await;
    assert!(error.unwrap_err().to_string().contains("the key `team`"));
}

#[tokio::test]
async fn operations_that_share_their_messages_are_refused_together() {
    let site = Site::new().await;
    let mut users = SessionsUsersSubscription::new();
    users.user_ids = Some(vec!["ada".to_owned()]);
    let users = SubscribeUserSessions::builder().body(users).build();
    let mut stations = SessionsStationsSubscription::new();
    stations.station_ids = Some(vec!["desk7".to_owned()]);
    let stations = SubscribeStationSessions::builder().body(stations).build();
    let watch = site.watch(users).await;
    let error = site.session.watch(stations.clone()).await.unwrap_err();
    assert!(matches!(error, ClientError::Conflict(_)), "{error}");
    assert_eq!(site.count("session.subscribeStationSessions"), 0);
    watch.stop().await.unwrap();
    let _stations = site.watch(stations).await;
}

/// What a program has that keeps the states of interactions by what it is told.
#[derive(Default, PartialEq, Debug)]
struct Mirror(BTreeMap<String, String>);

impl Mirror {
    fn take(
        &mut self,
        change: Change<
            <crate::queues::Watched as icws_generated::runtime::Subscription>::State,
            icws_generated::Message,
        >,
    ) {
        match change {
            Change::Snapshot(state) => {
                self.0.clear();
                for key in state.items.keys() {
                    let now = attribute(&state, key, "Eic_State").unwrap();
                    self.0.insert(key.to_string(), now.to_owned());
                }
            }
            Change::Update { state, changes, .. } => {
                for key in changes.removed {
                    assert!(self.0.remove(&*key).is_some(), "{key} was not known");
                }
                for key in changes.added.iter().chain(&changes.changed) {
                    let now = attribute(&state, key, "Eic_State").unwrap();
                    self.0.insert(key.to_string(), now.to_owned());
                }
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_watch_that_sleeps_ends_where_a_busy_one_does() {
    let site = Site::new().await;
    let mut busy = site.watch(support("desk")).await;
    let mut asleep = site.watch(support("desk")).await;
    let (mut seen, mut told) = (Mirror::default(), Mirror::default());
    site.send(&two("desk"));
    seen.take(next(&mut busy).await);
    told.take(next(&mut asleep).await);
    for round in 0..30 {
        let id = 3000 + round % 7;
        let added = interaction(&id.to_string(), &round.to_string(), "Cem");
        site.send(&contents(
            "desk",
            true,
            &format!(
                r#""interactionsAdded":[{added}],"interactionsChanged":[{{"interactionId":"2001","attributes":{{"Eic_State":"{round}"}}}}],"interactionsRemoved":["{}"]"#,
                3000 + (round + 3) % 7
            ),
        ));
        seen.take(next(&mut busy).await);
    }
    // One change tells it all that happened meanwhile.
    told.take(next(&mut asleep).await);
    assert_eq!(told, seen);
    let state = busy.state().unwrap();
    assert_eq!(state.items.len(), seen.0.len());
    assert!(Arc::ptr_eq(&state, &asleep.state().unwrap()));
    assert_eq!(seen.0["2001"], "29");
}

#[tokio::test]
async fn each_of_several_readers_of_one_watch_is_told_every_change() {
    let site = Site::new().await;
    let mut watch = site.watch(support("desk")).await;
    let mut early = watch.another();
    site.send(&two("desk"));
    for watch in [&mut watch, &mut early] {
        assert_eq!(snapshot(watch).await.items.len(), 2);
    }
    // One that comes later begins with what is known.
    let mut late = early.another();
    assert_eq!(snapshot(&mut late).await.items.len(), 2);
    site.send(&contents("desk", true, r#""interactionsRemoved":["2001"]"#));
    for watch in [&mut watch, &mut early, &mut late] {
        let (_, changes) = update(watch).await;
        assert_eq!(keys(&changes.removed), ["2001"]);
    }
    assert_eq!(site.count(PUT), 1);

    // The last ends the subscription.
    watch.stop().await.unwrap();
    drop(early);
    assert_eq!(site.sent(DELETE), 0);
    late.stop().await.unwrap();
    assert_eq!(site.count(DELETE), 1);
}
