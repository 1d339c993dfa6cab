//! Servers that do not do as they should.

use std::time::Duration;

use icws_generated::client::{Change, GapCause, Item, MessageMode, TransportErrorKind};
use icws_generated::connection::GetConnection;
use tokio::time::{Instant, sleep, timeout};

use crate::fake::{Answer, Fake, callback, credentials};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn sessions_that_are_lost_at_once_are_made_less_and_less_often() {
    let fake = Fake::new();
    let gone = (0..1000).map(|_| Answer::forgotten());
    fake.state().poll.extend(gone);
    let session = fake.session().await;
    let _messages = session.messages().unwrap();
    sleep(MINUTE).await;
    let made = fake.count("POST");
    assert!((10..150).contains(&made), "{made} sessions in a minute");
}

#[tokio::test(start_paused = true)]
async fn a_subscription_that_fails_does_not_hold_up_the_others() {
    let fake = Fake::new();
    let session = fake.session().await;
    let _broken = session.watch_callback("13").await.unwrap();
    let mut watch = session.watch_callback("2001").await.unwrap();
    fake.state().broken = Some("/13/callback");
    fake.state()
        .poll
        .push_back(Answer::Fails(TransportErrorKind::Cut));
    assert!(matches!(watch.next().await, Some(Change::Gap(_))));
    fake.state()
        .poll
        .push_back(Answer::batch(&[callback("2001", false, 1)]));
    let change = timeout(MINUTE, watch.next()).await.unwrap();
    assert!(matches!(change, Some(Change::Snapshot(_))), "{change:?}");
    // The other is tried again all the same, in its own time.
    let broken = "PUT cic1 /icws/1/messaging/subscriptions/interactions/13/";
    let before = fake.count(broken);
    sleep(MINUTE).await;
    let tried = fake.count(broken) - before;
    assert!((10..150).contains(&tried), "{tried} times in a minute");
}

#[tokio::test(start_paused = true)]
async fn snapshots_that_cannot_be_read_are_asked_for_less_and_less_often() {
    for full_first in [false, true] {
        let fake = Fake::streaming();
        let events = fake.open_stream();
        let session = fake.session().await;
        let mut watch = session.watch_callback("2001").await.unwrap();
        let server = fake.clone();
        tokio::spawn(async move {
            for count in 1.. {
                server.until("PUT", count).await;
                let bad = callback("2001", true, 1).replace("true", "1");
                let mut text = format!("data: {bad}\n\n");
                if full_first {
                    text = format!("data: {}\n\n{text}", callback("2001", false, 1));
                }
                if events.send(Ok(text)).is_err() {
                    return;
                }
            }
        });
        let until = Instant::now() + MINUTE;
        while tokio::time::timeout_at(until, watch.next()).await.is_ok() {}
        let made = fake.count("PUT");
        assert!((10..150).contains(&made), "{made} times in a minute");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_of_an_older_session_says_nothing_of_the_present_one() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state()
        .connection
        .push_back(Answer::Late(Duration::from_secs(5), 401));
    let late = tokio::spawn({
        let session = session.clone();
        async move { session.call(GetConnection::builder().build()).await.err() }
    });
    sleep(Duration::from_millis(50)).await;
    // Another server gives its session the same id.
    let same = r#"{"csrfToken":"t","sessionId":"1","features":[]}"#;
    fake.state()
        .connect
        .push_back(Answer::Status(201, same.to_owned()));
    fake.state().poll.push_back(Answer::forgotten());
    let _messages = session.messages().unwrap();
    fake.until("POST", 2).await;
    assert!(late.await.unwrap().is_some());
    sleep(MINUTE).await;
    assert_eq!(fake.count("POST"), 2);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_told_apart_is_a_gap_for_all() {
    let fake = Fake::new();
    let session = fake.session().await;
    let other = r#"{"__type":"urn:x"}"#;
    // A comma is missing; behind it there is more than what follows next.
    let broken = format!("[{other} {other},{}]", callback("2001", true, 2));
    fake.state().poll.extend([
        Answer::batch(&[callback("2001", false, 1)]),
        Answer::ok(broken),
    ]);
    let mut watch = session.watch_callback("2001").await.unwrap();
    assert!(matches!(watch.next().await, Some(Change::Snapshot(_))));
    let change = timeout(MINUTE, watch.next()).await.unwrap();
    assert!(
        matches!(&change, Some(Change::Gap(gap)) if matches!(gap.cause, GapCause::Unreadable(_))),
        "{change:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_comes_within_a_gap_is_told_of_what_it_misses() {
    let fake = Fake::new();
    let session = fake.session().await;
    let fails = || Answer::Fails(TransportErrorKind::Cut);
    fake.state().poll.extend((0..50).map(|_| fails()));
    let mut first = session.messages().unwrap();
    assert!(matches!(first.next().await, Some(Item::Gap(_))));
    drop(first);
    let mut second = session.messages().unwrap();
    let item = timeout(MINUTE, second.next()).await.unwrap();
    assert!(matches!(item, Some(Item::Gap(_))), "{item:?}");
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_has_gone_reads_nothing() {
    let fake = Fake::new();
    let session = fake.session().await;
    drop(session.messages().unwrap());
    fake.until("GET", 1).await;
    fake.state()
        .poll
        .push_back(Answer::batch(&[callback("9", true, 0)]));
    fake.until("GET", 3).await;
    assert_eq!(session.unclaimed(), 1);
}

#[tokio::test(start_paused = true)]
async fn where_streams_bring_nothing_messages_are_polled() {
    let fake = Fake::streaming();
    // What stands between holds responses back until they end.
    fake.state().poll.extend((0..1000).map(|_| Answer::Silence));
    let session = fake.session().await;
    let _messages = session.messages().unwrap();
    sleep(5 * MINUTE).await;
    let request = fake.state().requests.pop().unwrap();
    assert_ne!(request.headers()["Accept"], "text/event-stream");
}

#[tokio::test(start_paused = true)]
async fn no_time_is_too_long() {
    for mode in [MessageMode::Auto, MessageMode::Polling] {
        let fake = Fake::streaming();
        let events = fake.open_stream();
        events.send(Ok(":ping\n\n".to_owned())).unwrap();
        let client = fake
            .builder()
            .request_timeout(Duration::MAX)
            .deadline(Duration::MAX)
            .backoff(Duration::MAX, Duration::MAX)
            .poll_interval(Duration::MAX)
            .stream_silence(Duration::MAX)
            .message_mode(mode)
            .build()
            .unwrap();
        let session = client.connect(credentials()).await.unwrap();
        let mut watch = session.watch_callback("2001").await.unwrap();
        assert!(timeout(MINUTE, watch.next()).await.is_err());
        assert_eq!(session.end(), None);
    }
}

#[tokio::test(start_paused = true)]
async fn a_401_to_one_request_does_not_tear_down_a_session_that_lives() {
    let fake = Fake::new();
    let session = fake.session().await;
    let first = format!(
        "[{},{}]",
        callback("2001", false, 1),
        callback("13", false, 1)
    );
    fake.state().poll.push_back(Answer::ok(first));
    let mut watch = session.watch_callback("2001").await.unwrap();
    let _other = session.watch_callback("13").await.unwrap();
    assert!(matches!(watch.next().await, Some(Change::Snapshot(_))));
    // Both are made again, and something between refuses one of them.
    let refused = r#"{"message":"No token.","errorCode":2}"#;
    let refused = || Answer::Status(401, refused.to_owned());
    fake.state()
        .poll
        .push_back(Answer::Fails(TransportErrorKind::Cut));
    fake.state()
        .subscribe
        .extend([refused(), refused(), refused()]);
    assert!(matches!(watch.next().await, Some(Change::Gap(_))));
    fake.until("PUT", 6).await;
    let error = session.call(GetConnection::builder().build()).await.err();
    assert!(error.is_none(), "{error:?}");
    sleep(MINUTE).await;
    assert_eq!(fake.count("POST"), 1);
}
