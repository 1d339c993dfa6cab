//! What it costs to keep subscriptions true: one change of many items, one message
//! among many watches, and memory; beside a program's own map of items.
//!
//! `cargo bench --manifest-path icws-generated/benches/speed/Cargo.toml --bench follow`

mod change;
mod memory;
mod meter;
mod route;

use std::time::Duration;

use icws_generated::runtime::follow::{Answer, Change, Follow, Reader, Subscriptions, Waits};
use icws_generated::runtime::{Batch, Subscription};

/// The areas of which there are subscriptions here.
mod api {
    icws_generated::bindings!(shipped, only: [interactions, queues]);
}

use api::Message;

#[global_allocator]
static ALLOCATOR: meter::Counting = meter::Counting;

/// How many items or watches.
const SIZES: [usize; 3] = [100, 10_000, 100_000];

const NOW: Duration = Duration::from_secs(1);

type State<S> = <S as Subscription>::State;

fn subscriptions() -> Subscriptions<Message> {
    let waits = Waits {
        least: Duration::from_secs(1),
        most: Duration::from_secs(60),
        chance: || 1.0,
    };
    Subscriptions::new(waits, Duration::from_secs(60), 1024)
}

/// Makes a subscription; its reader.
fn follow<S>(
    subscriptions: &mut Subscriptions<Message>,
    subscription: &S,
) -> Reader<State<S>, Message>
where
    S: Subscription + Clone + Send + Sync + 'static,
{
    match subscriptions.follow(subscription) {
        Ok(Follow::Ask(id, reader, _)) => {
            subscriptions.answered(id, Answer::Made, NOW);
            reader
        }
        _ => panic!("it is followed already"),
    }
}

/// A message as it is on the wire.
fn read(text: &str) -> Message {
    let mut batch = Batch::decode(format!("[{text}]").as_bytes()).unwrap();
    batch.items.pop().unwrap().unwrap()
}

/// The next change, which must be there.
fn take<S: Subscription>(reader: &mut Reader<State<S>, Message>) -> Change<State<S>, Message> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match reader.poll_change(&mut context) {
        std::task::Poll::Ready(Some(change)) => change,
        _ => panic!("nothing changed"),
    }
}

fn main() {
    change::measure();
    route::measure();
    memory::measure();
}
