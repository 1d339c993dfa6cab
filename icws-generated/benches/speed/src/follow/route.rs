//! One message among many watches of callbacks.

use std::hint::black_box;

use icws_generated::runtime::follow::{Change, Reader, Subscriptions};

use super::api::Message;
use super::api::interactions::callback::Subscribe;
use super::{NOW, State, follow, meter, read, subscriptions, take};

const WATCHES: [usize; 3] = [1, 100, 10_000];

fn id(number: usize) -> String {
    format!("2001{number:06}")
}

pub fn message(is_delta: bool, number: usize, attempts: usize) -> String {
    format!(
        r#"{{"__type":"urn:inin.com:interactions.callback:callbackMessage","isDelta":{is_delta},"interactionId":"{}","target":"+13175550142","name":"Ada Example","subject":"Invoice {number}","attempts":{attempts},"maxAttempts":3,"snoozed":false}}"#,
        id(number)
    )
}

pub type Readers = Vec<Reader<State<Subscribe>, Message>>;

/// So many callbacks that are known.
pub fn callbacks(count: usize) -> (Subscriptions<Message>, Readers) {
    let mut subscriptions = subscriptions();
    let mut readers = Vec::with_capacity(count);
    for number in 0..count {
        let subscribe = Subscribe::builder().interaction_id(id(number)).build();
        let mut reader = follow(&mut subscriptions, &subscribe);
        subscriptions.receive(read(&message(false, number, 0)), NOW);
        assert!(matches!(
            take::<Subscribe>(&mut reader),
            Change::Snapshot(_)
        ));
        readers.push(reader);
    }
    (subscriptions, readers)
}

pub fn measure() {
    for count in WATCHES {
        let (mut subscriptions, mut readers) = callbacks(count);
        let number = |turn: usize| turn.wrapping_mul(7_919) % count;
        let round = |round: usize| {
            let turns = (0..1_000).map(|turn| round * 1_000 + turn);
            let messages = turns.map(|turn| {
                let number = number(turn);
                (number, read(&message(true, number, turn % 3)))
            });
            messages.collect()
        };
        let name = format!("a message to one of {count} watches");
        meter::each(&name, (0..21).map(round).collect(), |(number, message)| {
            subscriptions.receive(message, NOW);
            drop(black_box(take::<Subscribe>(&mut readers[number])));
        });
    }
}
