//! Everything that arrives on a session.

use std::time::Duration;

use icws_generated::Message;
use icws_generated::client::{End, GapCause, Item, MessageMode, Messages, TransportErrorKind};
use icws_generated::interactions::callback::CallbackMessage;
use icws_generated::runtime::Field;

use crate::fake::{Answer, Fake, callback, credentials};

pub async fn next(messages: &mut Messages) -> Item<Message> {
    let next = tokio::time::timeout(Duration::from_secs(600), messages.next());
    next.await.expect("nothing comes").expect("it has ended")
}

#[tokio::test(start_paused = true)]
async fn all_kinds_of_messages_arrive_in_their_order() {
    let fake = Fake::new();
    let session = fake.session().await;
    let unknown = r#"{"__type":"urn:inin.com:system:new","x":1}"#;
    let bad = callback("2001", true, 1).replace("true", "1");
    let batch = format!("[{},{unknown},{bad}]", callback("2001", false, 0));
    fake.state().poll.push_back(Answer::ok(batch));
    let mut messages = session.messages().unwrap();
    assert!(matches!(
        next(&mut messages).await,
        Item::Message(Message::InteractionsCallbackCallbackMessage(_))
    ));
    assert!(matches!(
        next(&mut messages).await,
        Item::Message(Message::Unrecognized(_))
    ));
    let Item::Unreadable(error) = next(&mut messages).await else {
        panic!("the third is bad");
    };
    assert_eq!(error.raw, bad.as_bytes());
}

#[tokio::test(start_paused = true)]
async fn several_listen_to_all_messages_or_to_those_of_one_type() {
    let fake = Fake::new();
    let session = fake.session().await;
    let unknown = r#"{"__type":"urn:inin.com:system:new","x":1}"#;
    let batch = format!("[{unknown},{}]", callback("2001", false, 3));
    fake.state().poll.push_back(Answer::ok(batch));
    let mut all = session.messages().unwrap();
    let mut others = session.messages().unwrap();
    let mut callbacks = session.messages_of::<CallbackMessage>().unwrap();
    for messages in [&mut all, &mut others] {
        assert!(matches!(
            next(messages).await,
            Item::Message(Message::Unrecognized(_))
        ));
        assert!(matches!(
            next(messages).await,
            Item::Message(Message::InteractionsCallbackCallbackMessage(_))
        ));
    }
    let Some(Item::Message(message)) = callbacks.next().await else {
        panic!("it comes as what it is");
    };
    assert_eq!(message.interaction_id, "2001");
}

#[tokio::test(start_paused = true)]
async fn polls_follow_one_another() {
    let fake = Fake::new();
    let session = fake.session().await;
    let mut messages = session.messages().unwrap();
    // Others want the task's attention meanwhile.
    for id in 0..50 {
        drop(session.watch_callback(id.to_string()).await.unwrap());
    }
    fake.until("GET cic1 /icws/1/messaging/messages", 20).await;
    assert_eq!(fake.state().most_polling, 1);
    session.disconnect().await.unwrap();
    assert_eq!(next(&mut messages).await, Item::Ended(End::Disconnected));
    assert!(messages.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn one_gap_is_told_for_polls_that_fail_in_a_row() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state().poll.extend([
        Answer::Fails(TransportErrorKind::Cut),
        Answer::Status(500, String::new()),
        Answer::batch(&[callback("2001", false, 0)]),
        Answer::Silence,
        Answer::ok("<html>"),
    ]);
    let mut messages = session.messages().unwrap();
    let failed = |item: Item<Message>| match item {
        Item::Gap(gap) => match gap.cause {
            GapCause::Failed(text) => text,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    assert!(failed(next(&mut messages).await).contains("the connection broke"));
    assert!(matches!(next(&mut messages).await, Item::Message(_)));
    assert!(failed(next(&mut messages).await).contains("no response in time"));
    fake.until("GET cic1 /icws/1/messaging/messages", 8).await;
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_falls_behind_stops_nobody_and_hears_how_much_it_missed() {
    let fake = Fake::new();
    let client = fake.builder().buffer(2).build().unwrap();
    let session = client.connect(credentials()).await.unwrap();
    let batch = |attempts| Answer::batch(&[callback("2001", true, attempts)]);
    fake.state().poll.extend((0..20).map(batch));
    let mut sleeping = session.messages().unwrap();
    let mut messages = session.messages().unwrap();
    for _ in 0..20 {
        assert!(matches!(next(&mut messages).await, Item::Message(_)));
    }
    let Item::Gap(gap) = next(&mut sleeping).await else {
        panic!("it missed some");
    };
    assert_eq!(gap.cause, GapCause::Overrun(18));
    for attempts in [18, 19] {
        let Item::Message(Message::InteractionsCallbackCallbackMessage(message)) =
            next(&mut sleeping).await
        else {
            panic!("the last are there");
        };
        assert_eq!(message.attempts, Field::Value(attempts));
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_ends_may_be_a_sign_of_another_reader() {
    let fake = Fake::streaming();
    let session = fake.session().await;
    let saved = session.save();
    let other = fake
        .builder()
        .build()
        .unwrap()
        .resume(&saved, None)
        .unwrap();
    for session in [session, other] {
        drop(fake.open_stream());
        let mut messages = session.messages().unwrap();
        let Item::Gap(gap) = next(&mut messages).await else {
            panic!("another program may have read messages");
        };
        assert!(gap.to_string().contains("another program"), "{gap}");
    }
}

#[tokio::test(start_paused = true)]
async fn messages_that_nobody_reads_are_counted() {
    let fake = Fake::new();
    let session = fake.session().await;
    let batch = format!("[{},{}]", callback("9", true, 0), callback("8", true, 0));
    fake.state().poll.push_back(Answer::ok(batch));
    let _watch = session.watch_callback("2001").await.unwrap();
    fake.until("GET", 2).await;
    assert_eq!(session.unclaimed(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_comes_with_the_end_of_a_session_is_not_lost() {
    let fake = Fake::new();
    let session = fake.session().await;
    let down = r#"{"__type":"urn:inin.com:connection:connectionStateChangeMessage","isDelta":false,"previousConnectionState":1,"newConnectionState":2,"reason":"Bye.","shouldReconnect":false}"#;
    let batch = format!("[{down},{}]", callback("2001", false, 0));
    fake.state().poll.push_back(Answer::ok(batch));
    let mut messages = session.messages().unwrap();
    for _ in 0..2 {
        assert!(matches!(next(&mut messages).await, Item::Message(_)));
    }
    assert!(matches!(next(&mut messages).await, Item::Ended(_)));
}

#[tokio::test(start_paused = true)]
async fn events_are_read_as_they_come() {
    let fake = Fake::streaming();
    let events = fake.open_stream();
    let session = fake.session().await;
    let mut messages = session.messages().unwrap();
    let send = |text: String| events.send(Ok(text)).unwrap();
    send(":ping\n\n".to_owned());
    let message = format!("data: {}\n\n", callback("2001", false, 0));
    let (start, rest) = message.split_at(40);
    send(start.to_owned());
    send(rest.to_owned());
    assert!(matches!(
        next(&mut messages).await,
        Item::Message(Message::InteractionsCallbackCallbackMessage(_))
    ));
    let request = fake.state().requests.pop().unwrap();
    assert_eq!(request.headers()["Accept"], "text/event-stream");

    // Subscriptions are made beside the stream, not after it.
    let watch = session.watch_callback("2002").await.unwrap();
    drop(watch);
    fake.until(
        "DELETE cic1 /icws/1/messaging/subscriptions/interactions/2002",
        1,
    )
    .await;
    assert_eq!(fake.count("GET"), 1);

    events.send(Err(TransportErrorKind::Cut)).unwrap();
    assert!(matches!(next(&mut messages).await, Item::Gap(_)));
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_ends_as_it_should_is_no_gap() {
    let fake = Fake::streaming();
    let session = fake.session().await;
    let first = fake.open_stream();
    let second = fake.open_stream();
    first
        .send(Ok(format!("data: {}\n\n", callback("1", false, 0))))
        .unwrap();
    drop(first);
    second
        .send(Ok(format!("data: {}\n\ndata: {{", callback("2", false, 0))))
        .unwrap();
    drop(second);
    let mut messages = session.messages().unwrap();
    assert!(matches!(next(&mut messages).await, Item::Message(_)));
    assert!(matches!(next(&mut messages).await, Item::Message(_)));
    // This one ended within a message.
    assert!(matches!(next(&mut messages).await, Item::Gap(_)));
}

#[tokio::test(start_paused = true)]
async fn a_silent_stream_is_taken_for_dead() {
    let fake = Fake::streaming();
    let _events = fake.open_stream();
    let mut messages = fake.session().await.messages().unwrap();
    let started = tokio::time::Instant::now();
    assert!(matches!(next(&mut messages).await, Item::Gap(_)));
    assert!(started.elapsed() >= Duration::from_secs(119));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_answers_an_array_is_polled() {
    let fake = Fake::streaming();
    let message = callback("1", false, 0);
    fake.state().poll.push_back(Answer::batch(&[message]));
    let session = fake.session().await;
    let mut messages = session.messages().unwrap();
    assert!(matches!(next(&mut messages).await, Item::Message(_)));
    fake.until("GET", 3).await;
    let request = fake.state().requests.pop().unwrap();
    assert_ne!(request.headers()["Accept"], "text/event-stream");
}

#[tokio::test(start_paused = true)]
async fn polling_can_be_asked_for() {
    let fake = Fake::streaming();
    let client = fake
        .builder()
        .message_mode(MessageMode::Polling)
        .build()
        .unwrap();
    let session = client.connect(credentials()).await.unwrap();
    let _messages = session.messages().unwrap();
    fake.until("GET", 1).await;
    let request = fake.state().requests.pop().unwrap();
    assert_ne!(request.headers()["Accept"], "text/event-stream");
}
