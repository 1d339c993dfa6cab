//! The state of a callback, kept true.

use std::time::Duration;

use icws_generated::Message;
use icws_generated::client::{Change, End, GapCause, TransportErrorKind, Watch};
use icws_generated::interactions::callback::{CallbackState, Subscribe};

use crate::fake::{Answer, Fake, callback, credentials};

const PUT: &str = "PUT cic1 /icws/1/messaging/subscriptions/interactions/2001/callback";
const DELETE: &str = "DELETE cic1 /icws/1/messaging/subscriptions/interactions/2001/callback";

async fn next(watch: &mut Watch<Subscribe>) -> Change<CallbackState, Message> {
    let next = tokio::time::timeout(Duration::from_secs(3600), watch.next());
    next.await.expect("nothing comes").expect("it has ended")
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_comes_first_and_deltas_are_merged() {
    let fake = Fake::new();
    let session = fake.session().await;
    let retried = callback("2001", true, 1).replace(r#""attempts":1"#, r#""snoozed":true"#);
    fake.state().poll.extend([
        Answer::batch(&[callback("2001", false, 0), callback("2002", false, 7)]),
        Answer::batch(&[retried]),
    ]);
    let mut watch = session.watch_callback("2001").await.unwrap();
    assert!(!watch.is_current());
    let Change::Snapshot(state) = next(&mut watch).await else {
        panic!("the first is a snapshot");
    };
    assert_eq!(state.attempts, Some(0));
    let Change::Update { state, changes, .. } = next(&mut watch).await else {
        panic!("the second is an update");
    };
    assert_eq!((state.attempts, state.snoozed), (Some(0), Some(true)));
    assert!(changes.properties.contains(&"snoozed"));
    assert!(!changes.properties.contains(&"attempts"));
    assert_eq!(watch.state(), Some(state));
    assert!(watch.is_current());

    // Another watch of the same shares the subscription, and starts with its state.
    let mut other = session.watch_callback("2001").await.unwrap();
    assert!(matches!(next(&mut other).await, Change::Snapshot(state) if state.attempts == Some(0)));
    watch.stop().await.unwrap();
    assert_eq!((fake.count(PUT), fake.count(DELETE)), (1, 0));
    other.stop().await.unwrap();
    assert_eq!((fake.count(PUT), fake.count(DELETE)), (1, 1));
    drop(session.watch_callback("2001").await.unwrap());
    fake.until(DELETE, 2).await;
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_cannot_be_made_leaves_nothing_behind() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state()
        .subscribe
        .push_back(Answer::Status(404, String::new()));
    let error = session.watch_callback("2001").await.unwrap_err();
    assert_eq!(error.api().unwrap().status(), 404);
    let watch = session.watch_callback("2001").await.unwrap();
    watch.stop().await.unwrap();
    assert_eq!(fake.count(DELETE), 1);
}

#[tokio::test(start_paused = true)]
async fn a_full_message_that_overtakes_the_response_is_not_asked_for_again() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state()
        .subscribe
        .push_back(Answer::Late(Duration::from_secs(2), 200));
    // Somebody listens, so that polls go on while the response is on its way.
    let _messages = session.messages().unwrap();
    fake.until("GET", 1).await;
    fake.state().poll.extend([
        Answer::ok("[]"),
        Answer::batch(&[callback("2001", false, 0)]),
    ]);
    let mut watch = session.watch_callback("2001").await.unwrap();
    assert!(matches!(next(&mut watch).await, Change::Snapshot(_)));
    let more = tokio::time::timeout(Duration::from_secs(600), watch.next()).await;
    assert!(more.is_err(), "{more:?}");
    assert_eq!(fake.count(PUT), 1);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_outlives_its_watches_has_ended() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state()
        .poll
        .push_back(Answer::batch(&[callback("2001", false, 0)]));
    let mut watch = session.watch_callback("2001").await.unwrap();
    let other = session.watch_callback("2001").await.unwrap();
    let store = watch.store();
    assert!(matches!(next(&mut watch).await, Change::Snapshot(_)));
    watch.stop().await.unwrap();
    assert!(store.is_current() && store.end().is_none(), "one is left");
    drop(other);
    assert_eq!(store.end(), Some(End::Stopped));
    assert!(!store.is_current());
    assert!(store.wait_until_current().await.is_err());
    assert!(store.state().is_some(), "what was known can be read");

    // Who waits for the first state is not left waiting.
    let watch = session.watch_callback("2002").await.unwrap();
    let store = watch.store();
    let (waited, ()) = tokio::join!(store.wait_until_current(), async { drop(watch) });
    assert_eq!(waited, Err(End::Stopped));

    let watch = session.watch_callback("2003").await.unwrap();
    let store = watch.store();
    session.disconnect().await.unwrap();
    assert!(store.wait_until_current().await.is_err());
    assert_eq!(store.end(), Some(End::Disconnected));
    drop(watch);
    assert_eq!(store.end(), Some(End::Disconnected));
}

#[tokio::test(start_paused = true)]
async fn after_a_failed_poll_only_a_new_snapshot_counts() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state().poll.extend([
        Answer::batch(&[callback("2001", false, 0)]),
        Answer::Fails(TransportErrorKind::Cut),
        // A delta to what was lost comes before the new snapshot.
        Answer::batch(&[callback("2001", true, 5), callback("2001", false, 6)]),
        Answer::batch(&[callback("2001", true, 7)]),
    ]);
    let mut watch = session.watch_callback("2001").await.unwrap();
    assert!(matches!(next(&mut watch).await, Change::Snapshot(_)));
    let Change::Gap(gap) = next(&mut watch).await else {
        panic!("the gap is told");
    };
    assert!(gap.to_string().contains("the connection broke"), "{gap}");
    assert!(!watch.is_current() && watch.state().is_some());
    let change = next(&mut watch).await;
    assert!(
        matches!(&change, Change::Snapshot(state) if state.attempts == Some(6)),
        "{change:?}"
    );
    assert!(
        matches!(next(&mut watch).await, Change::Update { state, .. } if state.attempts == Some(7))
    );
    assert_eq!(fake.count(PUT), 2);
}

#[tokio::test(start_paused = true)]
async fn an_unreadable_message_is_a_gap_for_its_type_and_a_cut_batch_for_all() {
    let fake = Fake::new();
    let session = fake.session().await;
    let bad = callback("2001", true, 1).replace("true", "1");
    let cut = format!("[{}", &callback("2001", false, 3)[..60]);
    fake.state().poll.extend([
        Answer::batch(&[
            callback("2001", false, 0),
            r#"{"__type":"urn:x","isDelta":5"#.to_owned() + "}",
        ]),
        Answer::batch(&[bad]),
        Answer::batch(&[callback("2001", false, 2)]),
        Answer::ok(cut),
        Answer::batch(&[callback("2001", false, 4)]),
    ]);
    let mut watch = session.watch_callback("2001").await.unwrap();
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(match next(&mut watch).await {
            Change::Snapshot(state) => state.attempts.unwrap(),
            Change::Gap(gap) if matches!(gap.cause, GapCause::Unreadable(_)) => -1,
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(seen, [0, -1, 2, -1, 4]);
}

#[tokio::test(start_paused = true)]
async fn a_lost_session_is_made_anew_with_its_watches() {
    let fake = Fake::new();
    let session = fake.session().await;
    let full = Answer::batch(&[callback("2001", false, 0)]);
    fake.state().poll.extend([full, Answer::forgotten()]);
    fake.state().connection.push_back(Answer::forgotten());
    let mut watch = session.watch_callback("2001").await.unwrap();
    assert!(matches!(next(&mut watch).await, Change::Snapshot(_)));
    // This host takes nobody any more; the session names another.
    fake.state().connect.push_back(Answer::Status(
        503,
        r#"{"alternateHostList":[]}"#.to_owned(),
    ));
    fake.state()
        .poll
        .push_back(Answer::batch(&[callback("2001", false, 9)]));
    let mut gaps = 0;
    loop {
        match next(&mut watch).await {
            Change::Gap(_) => gaps += 1,
            Change::Snapshot(state) => {
                assert_eq!(state.attempts, Some(9));
                break;
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(gaps >= 1);
    assert_eq!(
        (session.id(), session.host()),
        ("2".to_owned(), "cic2".to_owned())
    );
    let put = PUT.replace("cic1 /icws/1/", "cic2 /icws/2/");
    assert_eq!(fake.count(&put), 1);
    // The server knew that the old session was gone: there is nothing to end.
    assert_eq!(fake.count("DELETE"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_host_that_is_not_reached_any_more_is_left() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state()
        .poll
        .extend([Answer::batch(&[callback("2001", false, 0)])]);
    let mut watch = session.watch_callback("2001").await.unwrap();
    assert!(matches!(next(&mut watch).await, Change::Snapshot(_)));
    let down = || Answer::Fails(TransportErrorKind::Connect);
    fake.state().poll.extend((0..4).map(|_| down()));
    fake.state().connection.extend([down(), down()]);
    fake.state().connect.push_back(down());
    assert!(matches!(next(&mut watch).await, Change::Gap(_)));
    fake.until("PUT cic2 /icws/2/", 1).await;
    // It may come back with the old session on it.
    fake.until("DELETE cic1 /icws/1/connection", 1).await;
}

#[tokio::test(start_paused = true)]
async fn the_server_decides_whether_a_session_is_made_anew() {
    let down = |again: bool| {
        format!(
            r#"{{"__type":"urn:inin.com:connection:connectionStateChangeMessage","isDelta":false,"previousConnectionState":1,"newConnectionState":2,"reason":"Bye.","shouldReconnect":{again}}}"#
        )
    };
    let fake = Fake::new();
    fake.state().poll.push_back(Answer::batch(&[down(true)]));
    let session = fake.session().await;
    let _messages = session.messages().unwrap();
    fake.until("POST", 2).await;
    fake.state().poll.push_back(Answer::batch(&[down(false)]));
    let mut watch = session.watch_callback("2001").await.unwrap();
    loop {
        match next(&mut watch).await {
            Change::Ended(end) => {
                assert_eq!(end, End::ByServer("Bye.".to_owned()));
                break;
            }
            Change::Gap(_) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(watch.next().await.is_none());
    assert_eq!(fake.count("POST"), 2);
    assert_eq!(session.end(), Some(End::ByServer("Bye.".to_owned())));
}

#[tokio::test(start_paused = true)]
async fn a_session_that_cannot_be_made_anew_ends() {
    let fake = Fake::new();
    let gone = || Answer::Status(401, String::new());
    let client = fake.builder().build().unwrap();
    let token = icws_generated::client::Credentials::single_sign_on("t");
    for (credentials, expected) in [
        (token, "nothing to make another with"),
        (credentials(), "none made anew"),
    ] {
        let session = client.connect(credentials).await.unwrap();
        fake.state().poll.push_back(gone());
        fake.state().connection.push_back(gone());
        fake.state().connect.push_back(Answer::Status(
            400,
            r#"{"errorCode":-2147221503}"#.to_owned(),
        ));
        let mut watch = session.watch_callback("2001").await.unwrap();
        let end = loop {
            if let Change::Ended(end) = next(&mut watch).await {
                break end.to_string();
            }
        };
        assert!(end.contains(expected), "{end}");
        fake.state().connect.clear();
    }
}

#[tokio::test(start_paused = true)]
async fn a_callback_that_is_gone_ends_its_watch_alone() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state()
        .poll
        .extend([Answer::ok("[]"), Answer::Status(500, String::new())]);
    let mut gone = session.watch_callback("2001").await.unwrap();
    fake.state()
        .subscribe
        .push_back(Answer::Status(404, String::new()));
    assert!(matches!(next(&mut gone).await, Change::Gap(_)));
    let Change::Ended(End::Subscription(error)) = next(&mut gone).await else {
        panic!("it has ended");
    };
    assert_eq!(error.status(), 404);
    assert!(session.end().is_none());
    fake.state()
        .poll
        .push_back(Answer::batch(&[callback("2001", false, 1)]));
    let mut again = session.watch_callback("2001").await.unwrap();
    assert!(matches!(next(&mut again).await, Change::Snapshot(_)));
}

#[tokio::test(start_paused = true)]
async fn a_subscription_without_a_snapshot_is_made_again_less_and_less_often() {
    let fake = Fake::new();
    let session = fake.session().await;
    let mut watch = session.watch_callback("2001").await.unwrap();
    let started = tokio::time::Instant::now();
    for _ in 0..3 {
        let change = next(&mut watch).await;
        assert!(matches!(change, Change::Gap(gap) if gap.cause == GapCause::NoSnapshot));
    }
    assert!(started.elapsed() > Duration::from_secs(60));
    assert!(fake.count(PUT) <= 4);
    fake.state()
        .poll
        .push_back(Answer::batch(&[callback("2001", false, 1)]));
    assert!(matches!(next(&mut watch).await, Change::Snapshot(_)));
}
