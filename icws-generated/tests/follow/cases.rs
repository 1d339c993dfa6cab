//! What the runs found, one by one.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use icws_generated::Message;
use icws_generated::interactions::callback::{CallbackMessage, CallbackState, Subscribe};
use icws_generated::runtime::follow::{
    Answer, Change, Follow, GapCause, Reader, Subscriptions, Task, Waits,
};

const PATIENCE: Duration = Duration::from_secs(10);
const START: Duration = Duration::ZERO;
const LATER: Duration = Duration::from_secs(60);

fn core() -> Subscriptions<Message> {
    let waits = Waits {
        least: Duration::from_millis(100),
        most: Duration::from_secs(5),
        chance: || 1.0,
    };
    Subscriptions::new(waits, PATIENCE, 4)
}

fn request() -> Subscribe {
    Subscribe::builder().interaction_id("2001").build()
}

fn ask(core: &mut Subscriptions<Message>) -> (u64, Reader<CallbackState, Message>) {
    match core.follow(&request()) {
        Ok(Follow::Ask(id, reader, _)) => (id, reader),
        other => panic!("{other:?}"),
    }
}

/// One that the server has, and that has been lost and is asked for again.
fn asked_again(core: &mut Subscriptions<Message>) -> (u64, Reader<CallbackState, Message>) {
    let (id, mut reader) = ask(core);
    core.answered(id, Answer::Made, START);
    core.receive(full(), START);
    cut(core);
    assert!(matches!(core.next_task(LATER), Some(Task::Subscribe(..))));
    assert!(matches!(next(&mut reader), Some(Change::Gap(_))));
    assert_eq!(next(&mut reader), None);
    (id, reader)
}

fn full() -> Message {
    CallbackMessage::new(false, "2001", "+1317", "Invoice").into()
}

fn cut(core: &mut Subscriptions<Message>) {
    core.lose(None, GapCause::Failed("cut".to_owned()), LATER);
}

fn next(reader: &mut Reader<CallbackState, Message>) -> Option<Change<CallbackState, Message>> {
    match reader.poll_change(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(change) => change,
        Poll::Pending => None,
    }
}

#[test]
fn a_full_message_may_be_faster_than_the_answer() {
    let mut core = core();
    let (id, mut reader) = ask(&mut core);
    core.receive(full(), START);
    core.answered(id, Answer::Made, START);
    assert!(matches!(next(&mut reader), Some(Change::Snapshot(_))));
    core.lose_overdue(LATER);
    assert_eq!((next(&mut reader), core.wake_at()), (None, None));
}

#[test]
fn a_loss_is_told_although_it_is_to_be_made_again_already() {
    let mut core = core();
    let (id, mut reader) = asked_again(&mut core);
    // The server has it from before, and sends the full message late.
    core.receive(full(), LATER);
    core.answered(id, Answer::NotMade, LATER);
    assert!(matches!(next(&mut reader), Some(Change::Snapshot(_))));
    cut(&mut core);
    assert!(matches!(next(&mut reader), Some(Change::Gap(_))));
    assert!(!reader.store().is_current());
    // Nothing came: another loss is no news.
    cut(&mut core);
    assert_eq!(next(&mut reader), None);
}

#[test]
fn what_is_left_while_it_is_asked_for_in_vain_is_ended() {
    let mut core = core();
    let (id, reader) = asked_again(&mut core);
    drop(reader);
    assert!(!core.leave(id, LATER));
    core.answered(id, Answer::NotMade, LATER);
    let task = core.next_task(LATER);
    assert!(matches!(task, Some(Task::Unsubscribe(..))), "{task:?}");
}

#[test]
fn the_request_to_end_waits_for_the_answer_to_the_one_to_make() {
    let mut core = core();
    let (id, reader) = asked_again(&mut core);
    drop(reader);
    assert!(core.end_now(id).is_none());
    core.answered(id, Answer::Made, LATER);
    let task = core.next_task(LATER);
    assert!(matches!(task, Some(Task::Unsubscribe(..))), "{task:?}");
}

#[test]
fn who_waits_is_woken_when_the_first_reader_leaves_without_an_answer() {
    let mut core = core();
    let (id, reader) = ask(&mut core);
    let Ok(Follow::Wait(waiting)) = core.follow(&request()) else {
        panic!("it is not decided");
    };
    drop(reader);
    assert!(core.leave(id, START));
    let mut context = Context::from_waker(Waker::noop());
    assert!(pin!(waiting).poll(&mut context).is_ready());
}
