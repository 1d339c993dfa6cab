//! What watches and items take over the bare objects.

use icws_generated::runtime::Delta;

use super::api::Message;
use super::api::queues::QueueInteraction;
use super::{change, meter, read, route};

/// What something takes as long as it is there.
fn bytes<T>(make: impl FnOnce() -> T) -> usize {
    let before = meter::live();
    let made = make();
    let bytes = meter::live() - before;
    drop(made);
    bytes
}

fn print(name: &str, count: usize, followed: usize, bare: usize) {
    let each = |bytes: usize| bytes as f64 / count as f64;
    println!(
        "{name:<56} {:>8.0} bytes, bare {:>6.0}, over it {:>6.0}",
        each(followed),
        each(bare),
        each(followed) - each(bare)
    );
}

pub fn measure() {
    let count = 10_000;
    let followed = bytes(|| route::callbacks(count));
    let state = |number| match read(&route::message(false, number, 0)) {
        Message::InteractionsCallbackCallbackMessage(message) => {
            (*message).clone().into_state().unwrap()
        }
        _ => panic!("it is a callback"),
    };
    let bare = bytes(|| {
        let mut states = Vec::with_capacity(count);
        states.extend((0..count).map(state));
        states
    });
    print("a watch of a callback, of 10000", count, followed, bare);

    for size in super::SIZES {
        let followed = bytes(|| change::queue(size));
        // Without the subscription itself, which a queue of none has, too.
        let followed = followed - bytes(|| change::queue(0));
        let bare = bytes(|| {
            let text = change::full(size);
            let Message::QueuesQueueContentsMessage(message) = read(&text) else {
                panic!("it is the contents of a queue");
            };
            let added = message.interactions_added.value().unwrap();
            let mut items: Vec<QueueInteraction> = Vec::with_capacity(size);
            items.extend(added.iter().cloned());
            items
        });
        print(
            &format!("an interaction of a queue of {size}"),
            size,
            followed,
            bare,
        );
    }
}
