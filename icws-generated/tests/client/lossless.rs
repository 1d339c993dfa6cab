//! Readers that miss nothing, and hold the session up for it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use icws_generated::Message;
use icws_generated::client::{Change, Item, Session, TransportErrorKind};
use icws_generated::interactions::callback::CallbackMessage;
use icws_generated::runtime::Field;
use tokio::sync::mpsc;
use tokio::time::sleep;
use tracing::subscriber::{DefaultGuard, set_default};

use crate::fake::{Answer, Fake, callback, credentials};
use crate::messages::next;

#[tokio::test(start_paused = true)]
async fn a_reader_may_hold_the_session_up_instead_of_missing_messages() {
    let poll = "GET cic1 /icws/1/messaging/messages";
    let batch = |attempts: i32| {
        Answer::batch(&[attempts, attempts + 1].map(|attempts| callback("2001", true, attempts)))
    };
    let fake = Fake::new();
    let client = fake.builder().buffer(3).build().unwrap();
    let session = client.connect(credentials()).await.unwrap();
    let batches = (0..20).map(|number| batch(2 * number));
    fake.state().poll.extend(batches);
    let mut slow = session.messages().unwrap().lossless();
    let mut other = session.messages_of::<CallbackMessage>().unwrap();
    other = other.lossless();
    sleep(Duration::from_secs(60)).await;
    assert_eq!(fake.count(poll), 2);
    for attempts in 0..40 {
        let Item::Message(message) = next(&mut slow).await else {
            panic!("nothing is missed");
        };
        let Message::InteractionsCallbackCallbackMessage(message) = message else {
            panic!("{message:?}");
        };
        assert_eq!(message.attempts, Field::Value(attempts));
        assert!(matches!(other.next().await, Some(Item::Message(_))));
    }
    // Who is gone holds nothing up.
    let before = fake.count(poll);
    fake.state().poll.extend((0..9).map(batch));
    drop((slow, other));
    let _reader = session.messages().unwrap();
    fake.until(poll, before + 9).await;
}

/// What is logged in the thread of a test.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Takes what would be logged elsewhere, as long as the guard lives.
    fn take(&self) -> DefaultGuard {
        let log = self.clone();
        let all = tracing_subscriber::fmt().with_ansi(false);
        set_default(all.with_writer(move || log.clone()).finish())
    }

    fn lines(&self, text: &str) -> Vec<String> {
        let log = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        let lines = log.lines().filter(|line| line.contains(text));
        lines.map(str::to_owned).collect()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn who_holds_the_session_up_is_told_once_in_the_log() {
    for is_streaming in [false, true] {
        let log = Log::default();
        let _guard = log.take();
        let waits = || log.lines("no messages are fetched until those that wait are read");
        let fake = if is_streaming {
            Fake::streaming()
        } else {
            Fake::new()
        };
        let messages = (0..9).map(|number| callback("2001", true, number));
        let mut stream = None;
        if is_streaming {
            let events = stream.insert(fake.open_stream());
            for message in messages {
                events.send(Ok(format!("data: {message}\n\n"))).unwrap();
            }
        } else {
            let batches = messages.map(|message| Answer::batch(&[message]));
            fake.state().poll.extend(batches);
        }
        let client = fake.builder().buffer(3).build().unwrap();
        let session = client.connect(credentials()).await.unwrap();
        let mut slow = session.messages().unwrap().lossless();
        sleep(Duration::from_secs(600)).await;
        let told = waits();
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].contains(" WARN ") && told[0].contains(r#"session="1""#));
        // It is told again when it is so again.
        for _ in 0..3 {
            assert!(matches!(next(&mut slow).await, Item::Message(_)));
        }
        sleep(Duration::from_secs(600)).await;
        assert_eq!(waits().len(), 2);
    }
}

/// A session that reads a stream of events, of which two wait for a reader at most.
async fn streamed() -> (
    Session,
    mpsc::UnboundedSender<Result<String, TransportErrorKind>>,
) {
    let fake = Fake::streaming();
    let events = fake.open_stream();
    let client = fake.builder().buffer(2).build().unwrap();
    let session = client.connect(credentials()).await.unwrap();
    (session, events)
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_goes_while_all_wait_for_it_holds_them_up_no_longer() {
    let (session, events) = streamed().await;
    let all = session.messages().unwrap().lossless();
    let some = session.messages_of::<CallbackMessage>().unwrap();
    let some = some.lossless();
    let mut other = session.messages().unwrap();
    for number in 0..3 {
        let event = format!("data: {}\n\n", callback("1", false, number));
        events.send(Ok(event)).unwrap();
        sleep(Duration::from_secs(1)).await;
    }
    for _ in 0..2 {
        assert!(matches!(next(&mut other).await, Item::Message(_)));
    }
    drop((all, some));
    let started = tokio::time::Instant::now();
    assert!(matches!(next(&mut other).await, Item::Message(_)));
    assert!(started.elapsed() < Duration::from_millis(100));
}

#[tokio::test(start_paused = true)]
async fn a_watch_has_no_gap_while_a_reader_holds_the_session_up() {
    let fake = Fake::streaming();
    let events = fake.open_stream();
    let client = fake.builder().buffer(1).build().unwrap();
    let session = client.connect(credentials()).await.unwrap();
    let mut slow = session.messages().unwrap().lossless();
    let event = |number| format!("data: {}\n\n", callback("2001", false, number));
    events.send(Ok(event(1))).unwrap();
    sleep(Duration::from_secs(1)).await;
    // Its first message waits behind those that the reader does not read.
    let mut watch = session.watch_callback("2001").await.unwrap();
    events.send(Ok(event(2))).unwrap();
    sleep(Duration::from_secs(600)).await;
    assert!(matches!(next(&mut slow).await, Item::Message(_)));
    let change = tokio::time::timeout(Duration::from_secs(60), watch.next()).await;
    assert!(
        matches!(change, Ok(Some(Change::Snapshot(_)))),
        "{change:?}"
    );
    assert_eq!(fake.count("PUT"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_held_up_as_polls_are() {
    let (session, events) = streamed().await;
    let mut messages = session.messages().unwrap().lossless();
    for attempts in 0..20 {
        let event = format!("data: {}\n\n", callback("1", false, attempts));
        events.send(Ok(event)).unwrap();
    }
    // Longer than a stream may be silent.
    sleep(Duration::from_secs(600)).await;
    for _ in 0..20 {
        assert!(matches!(next(&mut messages).await, Item::Message(_)));
    }
}
