//! The interactions on queues.

use icws_generated::Message;
use icws_generated::client::{Change, GapCause};
use icws_generated::queues::{
    QueueContentsMessage, QueueId, QueueSubscriptionParameters, QueueType, Subscribe,
};
use icws_generated::runtime::{Delta, Standing};

use crate::site::{Site, gap, keys, next, snapshot, update};

pub type Watched = Subscribe;

pub const PUT: &str = "queues.subscribe";
pub const DELETE: &str = "queues.unsubscribe";

type Queue = <QueueContentsMessage as Delta>::State;

pub fn support(id: &str) -> Subscribe {
    let queue = QueueId::new(QueueType::Workgroup, "Support");
    let body = QueueSubscriptionParameters::new(
        vec![queue],
        vec!["eic_state".to_owned(), "eic_remotename".to_owned()],
    );
    Subscribe::builder().subscription_id(id).body(body).build()
}

/// A message of the subscription `id` with these properties.
pub fn contents(id: &str, is_delta: bool, rest: &str) -> String {
    format!(
        r#"{{"subscriptionId":"{id}",{rest},"isDelta":{is_delta},"__type":"urn:inin.com:queues:queueContentsMessage"}}"#
    )
}

/// An interaction with a state and a name.
pub fn interaction(id: &str, state: &str, name: &str) -> String {
    format!(
        r#"{{"attributes":{{"Eic_State":"{state}","Eic_RemoteName":"{name}"}},"interactionId":"{id}"}}"#
    )
}

pub fn two(id: &str) -> String {
    let (one, other) = (
        interaction("2001", "A", "Ada"),
        interaction("2002", "H", "Bob"),
    );
    contents(
        id,
        false,
        &format!(r#""interactionsAdded":[{one},{other}]"#),
    )
}

pub fn state(id: &str, state: u8) -> String {
    format!(
        r#"{{"__type":"urn:inin.com:queues:queueSubscriptionStateMessage","state":{state},"isDelta":false,"subscriptionId":"{id}"}}"#
    )
}

pub fn attribute<'a>(queue: &'a Queue, id: &str, name: &str) -> Option<&'a str> {
    let interaction = queue.items.get(id)?;
    interaction.attributes.get(name).map(String::as_str)
}

#[tokio::test]
async fn interactions_join_change_in_part_and_leave() {
    let site = Site::new().await;
    let mut watch = site.watch(support("desk")).await;
    assert_eq!(
        site.body(PUT),
        r#"{"queueIds":[{"queueType":2,"queueName":"Support"}],"attributeNames":["eic_state","eic_remotename"]}"#
    );
    assert!(watch.state().is_none() && !watch.is_current());
    site.send(&two("desk"));
    let first = snapshot(&mut watch).await;
    assert_eq!(first.items.len(), 2);
    assert_eq!(attribute(&first, "2002", "Eic_RemoteName"), Some("Bob"));

    site.send(&contents(
        "desk",
        true,
        r#""interactionsChanged":[{"interactionId":"2001","attributes":{"Eic_State":"H"}}],"interactionsRemoved":["2002","1999"],"interactionsAdded":[{"interactionId":"2003","conferenceParentId":"2001","attributes":{}}]"#,
    ));
    let (queue, changes) = update(&mut watch).await;
    assert_eq!(keys(&changes.added), ["2003"]);
    assert_eq!(keys(&changes.changed), ["2001"]);
    // Nobody knew of the other one that left.
    assert_eq!(keys(&changes.removed), ["2002"]);
    let ids: Vec<&str> = queue.items.keys().map(|key| &**key).collect();
    assert_eq!(ids, ["2001", "2003"]);
    assert_eq!(attribute(&queue, "2001", "Eic_State"), Some("H"));
    assert_eq!(attribute(&queue, "2001", "Eic_RemoteName"), Some("Ada"));
    let party = queue.items.get("2003").unwrap();
    assert_eq!(party.conference_parent_id.as_deref(), Some("2001"));
    // What is held stays as it was.
    assert_eq!(attribute(&first, "2001", "Eic_State"), Some("A"));
    assert_eq!(first.items.len(), 2);
    assert!(watch.state().is_some_and(|now| now == queue));
}

#[tokio::test]
async fn a_full_message_takes_the_place_of_all_that_was_known() {
    let site = Site::new().await;
    let mut watch = site.watch(support("desk")).await;
    site.send(&two("desk"));
    snapshot(&mut watch).await;
    let other = interaction("3001", "A", "Cem");
    site.send(&contents(
        "desk",
        false,
        &format!(r#""interactionsAdded":[{other}]"#),
    ));
    let queue = snapshot(&mut watch).await;
    let ids: Vec<&str> = queue.items.keys().map(|key| &**key).collect();
    assert_eq!(ids, ["3001"]);
}

#[tokio::test]
async fn subscriptions_with_ids_of_their_own_are_told_apart() {
    let site = Site::new().await;
    let mut desk = site.watch(support("desk")).await;
    let mut wall = site.watch(support("wall")).await;
    site.send(&two("desk"));
    site.send(&contents("wall", false, r#""interactionsAdded":[]"#));
    assert_eq!(snapshot(&mut desk).await.items.len(), 2);
    assert_eq!(snapshot(&mut wall).await.items.len(), 0);
    site.send(&contents("wall", true, r#""interactionsRemoved":["2001"]"#));
    site.send(&contents("desk", true, r#""interactionsRemoved":["2001"]"#));
    let (queue, _) = update(&mut desk).await;
    assert_eq!(queue.items.len(), 1);
}

#[tokio::test]
async fn a_subscription_that_is_suspended_is_told_and_one_that_failed_is_made_again() {
    let site = Site::new().await;
    let mut watch = site.watch(support("desk")).await;
    site.send(&two("desk"));
    snapshot(&mut watch).await;

    site.send(&state("desk", 2));
    assert!(matches!(
        next(&mut watch).await,
        Change::Standing(Standing::Suspended)
    ));
    // The message itself tells more, such as an error.
    assert!(matches!(
        next(&mut watch).await,
        Change::Event(Message::QueuesQueueSubscriptionStateMessage(_))
    ));
    let store = watch.store();
    assert!(store.is_current() && store.standing() == Standing::Suspended);
    assert_eq!(site.count(PUT), 1);

    site.send(&state("desk", 3));
    assert_eq!(gap(&mut watch).await.cause, GapCause::Faulted);
    assert!(matches!(
        next(&mut watch).await,
        Change::Standing(Standing::Faulted)
    ));
    assert!(matches!(next(&mut watch).await, Change::Event(_)));
    assert!(!store.is_current() && store.state().is_some());
    site.until(PUT, 2).await;
    site.send(&two("desk"));
    assert_eq!(snapshot(&mut watch).await.items.len(), 2);
    // It works again, whether the server says so or not.
    assert!(matches!(
        next(&mut watch).await,
        Change::Standing(Standing::Normal)
    ));
    assert_eq!(store.standing(), Standing::Normal);

    // It may fail once more.
    site.send(&state("desk", 3));
    assert_eq!(gap(&mut watch).await.cause, GapCause::Faulted);
    assert!(matches!(
        next(&mut watch).await,
        Change::Standing(Standing::Faulted)
    ));
    site.until(PUT, 3).await;
}
