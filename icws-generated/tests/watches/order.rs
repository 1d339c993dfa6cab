//! What a test over HTTP cannot bring about at will.

use std::time::Duration;

use icws_generated::Message;
use icws_generated::client::GapCause;
use icws_generated::runtime::follow::{Answer, Follow, Subscriptions, Waits};
use icws_generated::runtime::{Batch, Standing};

use crate::queues::{state, support, two};

const NOW: Duration = Duration::from_secs(1);

fn receive(subscriptions: &mut Subscriptions<Message>, message: &str) {
    receive_at(subscriptions, message, NOW);
}

fn receive_at(subscriptions: &mut Subscriptions<Message>, message: &str, now: Duration) {
    let batch = Batch::decode(format!("[{message}]").as_bytes()).unwrap();
    for message in batch {
        subscriptions.receive(message.unwrap(), now);
    }
}

#[test]
fn on_a_new_session_nothing_is_suspended() {
    let waits = Waits {
        least: Duration::from_secs(1),
        most: Duration::from_secs(60),
        chance: || 1.0,
    };
    let mut subscriptions = Subscriptions::new(waits, Duration::from_secs(10), 16);
    let Ok(Follow::Ask(id, reader, _)) = subscriptions.follow(&support("desk")) else {
        panic!("nobody follows it yet");
    };
    subscriptions.answered(id, Answer::Made, NOW);
    receive(&mut subscriptions, &two("desk"));
    receive(&mut subscriptions, &state("desk", 2));
    let store = reader.store();
    assert_eq!(store.standing(), Standing::Suspended);
    // A full message does not say that others follow.
    receive(&mut subscriptions, &two("desk"));
    assert_eq!(store.standing(), Standing::Suspended);
    let cause = GapCause::NewSession("cic2".to_owned());
    subscriptions.lose(None, cause, NOW);
    assert_eq!(store.standing(), Standing::Normal);
}

const FAULTED: u8 = 3;

#[test]
fn what_fails_again_and_again_is_asked_for_less_and_less_often() {
    let most = Duration::from_secs(5);
    let waits = Waits {
        least: Duration::from_millis(50),
        most,
        chance: || 1.0,
    };
    let mut subscriptions = Subscriptions::new(waits, Duration::from_secs(10), 16);
    let Ok(Follow::Ask(id, _reader, _)) = subscriptions.follow(&support("desk")) else {
        panic!("nobody follows it yet");
    };
    let mut now = NOW;
    let mut asked = 0;
    while now < NOW + Duration::from_secs(60) {
        // It stands, and fails at once.
        subscriptions.answered(id, Answer::Made, now);
        receive_at(&mut subscriptions, &two("desk"), now);
        receive_at(&mut subscriptions, &state("desk", FAULTED), now);
        now = subscriptions.wake_at().expect("it is asked for again");
        subscriptions.next_task(now).expect("it is asked for again");
        asked += 1;
    }
    assert!((15..25).contains(&asked), "{asked} times in a minute");
    // It stands for long: that it fails once more is another failure.
    subscriptions.answered(id, Answer::Made, now);
    receive_at(&mut subscriptions, &two("desk"), now);
    now += most;
    receive_at(&mut subscriptions, &state("desk", FAULTED), now);
    assert_eq!(subscriptions.wake_at(), Some(now));
}
