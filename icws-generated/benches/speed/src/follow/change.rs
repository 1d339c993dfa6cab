//! One change of one interaction of a queue.

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;

use icws_generated::runtime::Delta;
use icws_generated::runtime::follow::{Change, Reader, Subscriptions};

use super::api::Message;
use super::api::queues::{
    QueueContentsMessage, QueueId, QueueInteraction, QueueSubscriptionParameters, QueueType,
    Subscribe,
};
use super::{NOW, SIZES, State, follow, meter, read, subscriptions, take};

fn id(number: usize) -> String {
    format!("2001{number:06}")
}

/// An interaction as queues have them: a few attributes.
fn item(number: usize) -> String {
    format!(
        r#"{{"interactionId":"{}","attributes":{{"Eic_State":"A","Eic_RemoteName":"Ada Example {number}","Eic_RemoteId":"+1317555{number:06}","Eic_WorkgroupName":"Support"}}}}"#,
        id(number)
    )
}

fn message(is_delta: bool, rest: &str) -> String {
    format!(
        r#"{{"__type":"urn:inin.com:queues:queueContentsMessage","isDelta":{is_delta},"subscriptionId":"desk",{rest}}}"#
    )
}

pub fn full(size: usize) -> String {
    let items: Vec<_> = (0..size).map(item).collect();
    message(
        false,
        &format!(r#""interactionsAdded":[{}]"#, items.join(",")),
    )
}

fn changed(size: usize, turn: usize) -> String {
    // All over the queue.
    let number = turn.wrapping_mul(7_919) % size;
    message(
        true,
        &format!(
            r#""interactionsChanged":[{{"interactionId":"{}","attributes":{{"Eic_State":"{}"}}}}]"#,
            id(number),
            turn % 10
        ),
    )
}

fn rounds<T>(size: usize, rounds: usize, each: usize, read: impl Fn(&str) -> T) -> Vec<Vec<T>> {
    let texts = (0..rounds).map(|round| (0..each).map(move |turn| round * each + turn));
    let round = |turns: Vec<usize>| {
        turns
            .iter()
            .map(|turn| read(&changed(size, *turn)))
            .collect()
    };
    texts.map(|turns| round(turns.collect())).collect()
}

/// A queue that is known.
pub fn queue(size: usize) -> (Subscriptions<Message>, Reader<State<Subscribe>, Message>) {
    let queue = QueueId::new(QueueType::Workgroup, "Support");
    let body = QueueSubscriptionParameters::new(vec![queue], vec!["Eic_State".to_owned()]);
    let subscribe = Subscribe::builder().subscription_id("desk").body(body);
    let mut subscriptions = subscriptions();
    let mut reader = follow(&mut subscriptions, &subscribe.build());
    subscriptions.receive(read(&full(size)), NOW);
    assert!(matches!(
        take::<Subscribe>(&mut reader),
        Change::Snapshot(_)
    ));
    (subscriptions, reader)
}

pub fn measure() {
    for size in SIZES {
        let (mut subscriptions, mut reader) = queue(size);
        let name = format!("change of one of {size}, nobody holds the state");
        meter::each(&name, rounds(size, 21, 1_000, read), |message| {
            subscriptions.receive(message, NOW);
            drop(black_box(take::<Subscribe>(&mut reader)));
        });
        // A reader of the state has that of before while the next change comes.
        let mut shown = reader.store().state();
        let name = format!("change of one of {size}, the state is held");
        meter::each(&name, rounds(size, 21, 1_000, read), |message| {
            subscriptions.receive(message, NOW);
            let Change::Update { state, .. } = take::<Subscribe>(&mut reader) else {
                panic!("one item changed");
            };
            shown = Some(state);
        });
        assert_eq!(shown.map(|state| state.items.len()), Some(size));
        naive(size);
    }
}

/// As a program would begin: a map of items, and a copy of it for who reads; the
/// items themselves, or pointers to them.
fn naive(size: usize) {
    let contents = |text: &str| match read(text) {
        Message::QueuesQueueContentsMessage(message) => message,
        _ => panic!("it is the contents of a queue"),
    };
    let mut shown: Arc<HashMap<String, QueueInteraction>> = Arc::default();
    let items = Arc::make_mut(&mut shown);
    let state = contents(&full(size)).clone().into_state().unwrap();
    for (key, item) in state.items.iter() {
        items.insert(key.to_string(), QueueInteraction::clone(item));
    }
    let each = (1_000_000 / size).clamp(10, 1_000);
    let name = format!("change of one of {size}, a HashMap that is cloned");
    let read = |text: &str| (*contents(text)).clone();
    meter::each(
        &name,
        rounds(size, 6, each, read),
        |message: QueueContentsMessage| {
            let mut copy = HashMap::clone(&shown);
            for change in message.interactions_changed.value().into_iter().flatten() {
                if let Some(item) = copy.get_mut(&change.interaction_id) {
                    for (name, value) in change.attributes.iter() {
                        item.attributes.insert(name, value.clone());
                    }
                }
            }
            shown = Arc::new(copy);
        },
    );
    assert_eq!(shown.len(), size);
    let items = shown
        .iter()
        .map(|(key, item)| (key.clone(), Arc::new(item.clone())));
    let mut shown: Arc<HashMap<String, Arc<QueueInteraction>>> = Arc::new(items.collect());
    let name = format!("change of one of {size}, the same with shared items");
    meter::each(
        &name,
        rounds(size, 6, each, read),
        |message: QueueContentsMessage| {
            let mut copy = HashMap::clone(&shown);
            for change in message.interactions_changed.value().into_iter().flatten() {
                if let Some(item) = copy.get_mut(&change.interaction_id) {
                    let item = Arc::make_mut(item);
                    for (name, value) in change.attributes.iter() {
                        item.attributes.insert(name, value.clone());
                    }
                }
            }
            shown = Arc::new(copy);
        },
    );
    assert_eq!(shown.len(), size);
}
