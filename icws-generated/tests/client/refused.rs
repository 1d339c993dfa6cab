//! Polls that are answered with 401 while the session lives: something between server and
//! client may have said it.

use std::time::Duration;

use icws_generated::client::{Change, Item, MessageMode, TransportErrorKind};
use icws_generated::interactions::callback::Unsubscribe;
use tokio::time::{Instant, sleep, timeout};

use crate::fake::{Answer, Fake, callback, credentials};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const POLL: &str = "GET cic1 /icws/1/messaging/messages";

/// A 401 that does not say that the session is gone.
fn refused(code: u8) -> Answer {
    let code = match code {
        0 => String::new(),
        code => format!(r#"{{"message":"No.","errorCode":{code}}}"#),
    };
    Answer::Status(401, code)
}

fn first() -> Answer {
    Answer::batch(&[callback("2001", false, 1)])
}

#[tokio::test(start_paused = true)]
async fn polls_that_are_refused_cost_no_session_that_lives() {
    // No token, no cookie, no id, and nothing said at all.
    for code in [2, 4, 1, 0] {
        let fake = Fake::new();
        let session = fake.session().await;
        fake.state().poll.push_back(first());
        let mut watch = session.watch_callback("2001").await.unwrap();
        assert!(matches!(watch.next().await, Some(Change::Snapshot(_))));
        let refusals = (0..4).map(|_| refused(code));
        fake.state().poll.extend(refusals);
        assert!(matches!(watch.next().await, Some(Change::Gap(_))));
        fake.until(POLL, 6).await;
        fake.state().poll.push_back(first());
        let current = async { while matches!(watch.next().await, Some(Change::Gap(_))) {} };
        timeout(MINUTE, current).await.unwrap();
        assert!(watch.is_current());
        sleep(MINUTE).await;
        assert_eq!((fake.count("POST"), fake.count("DELETE")), (1, 0), "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_refused_does_not_either() {
    let fake = Fake::streaming();
    let session = fake.session().await;
    fake.state().poll.extend([refused(2), refused(4)]);
    let _messages = session.messages().unwrap();
    fake.until(POLL, 3).await;
    sleep(MINUTE).await;
    assert_eq!(fake.count("POST"), 1);
}

#[tokio::test(start_paused = true)]
async fn polls_that_work_between_refusals_are_counted_anew() {
    let fake = Fake::new();
    let session = fake.session().await;
    let turns = (0..40).map(|turn| match turn % 4 {
        3 => Answer::ok("[]"),
        _ => refused(2),
    });
    fake.state().poll.extend(turns);
    let _messages = session.messages().unwrap();
    fake.until(POLL, 41).await;
    assert_eq!(fake.count("POST"), 1);
}

#[tokio::test(start_paused = true)]
async fn after_some_refused_polls_in_a_row_there_is_a_new_login() {
    let fake = Fake::new();
    let session = fake.session().await;
    let mut messages = session.messages().unwrap();
    fake.state().poll.extend((0..5).map(|_| refused(2)));
    fake.until("POST", 2).await;
    assert_eq!(fake.count(POLL), 5, "each was waited for in vain");
    // What the server says lives is not left there.
    fake.until("DELETE cic1 /icws/1/connection", 1).await;
    assert!(matches!(messages.next().await, Some(Item::Gap(_))));
    fake.until("GET cic1 /icws/2/messaging/messages", 3).await;
    assert_eq!(fake.count("POST"), 2);
}

#[tokio::test(start_paused = true)]
async fn polls_that_are_refused_for_ever_are_few_and_so_are_their_logins() {
    for mode in [MessageMode::Auto, MessageMode::Polling] {
        let fake = Fake::streaming();
        let (least, most) = (Duration::from_secs(1), Duration::from_secs(30));
        let builder = fake.builder().backoff(least, most).message_mode(mode);
        let client = builder.build().unwrap();
        let session = client.connect(credentials()).await.unwrap();
        fake.state().poll.extend((0..100_000).map(|_| refused(2)));
        let _watch = session.watch_callback("2001").await.unwrap();
        let started = Instant::now();
        sleep(HOUR).await;
        let polls = 100_000 - fake.state().poll.len();
        let logins = fake.count("POST") - 1;
        assert!((100..1500).contains(&polls), "{polls} polls in an hour");
        assert!((20..200).contains(&logins), "{logins} logins in an hour");
        // All but the last one are ended on the server, which says that they live.
        sleep(MINUTE).await;
        let left = fake.count("POST") - fake.count("DELETE");
        assert!(left <= 2, "{left} sessions after {:?}", started.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_that_cannot_be_made_anew_is_kept_while_it_lives() {
    let fake = Fake::new();
    let client = fake.builder().build().unwrap();
    let saved = client.connect(credentials()).await.unwrap().save();
    let session = client.resume(&saved, None).unwrap();
    let refusals = (0..20).map(|turn| refused(turn % 2 * 2));
    fake.state().poll.extend(refusals);
    let mut messages = session.messages().unwrap();
    assert!(matches!(messages.next().await, Some(Item::Gap(_))));
    sleep(MINUTE).await;
    fake.until(POLL, 30).await;
    assert_eq!((session.end(), fake.count("POST")), (None, 1));
}

#[tokio::test(start_paused = true)]
async fn the_state_is_not_asked_for_where_the_server_says_that_the_session_is_gone() {
    let down = r#"{"__type":"urn:inin.com:connection:connectionStateChangeMessage","isDelta":false,"previousConnectionState":1,"newConnectionState":2,"reason":"Bye.","shouldReconnect":true}"#;
    for last in [Answer::ok(format!("[{down}]")), Answer::forgotten()] {
        let fake = Fake::new();
        let session = fake.session().await;
        fake.state().poll.push_back(last);
        let _messages = session.messages().unwrap();
        // What the state says comes too late: it is `Up` here.
        fake.until("POST", 2).await;
        assert_eq!(fake.count(POLL), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_that_is_refused_and_not_up_is_made_anew_at_once() {
    for state in [
        Answer::ok(r#"{"connectionState":2}"#),
        Answer::Status(401, String::new()),
        Answer::Fails(TransportErrorKind::Cut),
    ] {
        let fake = Fake::new();
        let session = fake.session().await;
        fake.state().poll.push_back(refused(2));
        fake.state().connection.push_back(state);
        let _messages = session.messages().unwrap();
        fake.until("POST", 2).await;
        assert_eq!(fake.count(POLL), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_known_for_certain_weighs_more_than_a_refusal() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state().poll.push_back(refused(2));
    // While the state is asked for, another request learns that the session is gone.
    let up = r#"{"connectionState":1}"#.to_owned();
    let late = Answer::LateOk(Duration::from_secs(1), 200, up);
    fake.state().connection.push_back(late);
    let _messages = session.messages().unwrap();
    fake.until("GET cic1 /icws/1/connection", 1).await;
    fake.state().other.push_back(Answer::forgotten());
    let request = Unsubscribe::builder();
    let request = request.interaction_id("9").build();
    session.call(request).await.unwrap();
    assert_eq!(
        (fake.count("POST"), fake.count("DELETE cic1 /icws/2/")),
        (2, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_finds_its_session_lost_waits_for_no_failing_poll() {
    let fake = Fake::new();
    let client = fake.builder().backoff(MINUTE, MINUTE).build().unwrap();
    let session = client.connect(credentials()).await.unwrap();
    let broken = Answer::Status(500, String::new());
    for failing in [broken, refused(2)] {
        fake.state().poll.push_back(failing);
        let _messages = session.messages().unwrap();
        sleep(Duration::from_secs(2)).await;
        let started = Instant::now();
        fake.state().other.push_back(Answer::forgotten());
        let request = Unsubscribe::builder().interaction_id("9").build();
        session.call(request).await.unwrap();
        assert!(started.elapsed().as_secs() < 2, "{:?}", started.elapsed());
        // A session that is lost soon after it was made waits by itself.
        sleep(2 * MINUTE).await;
    }
    assert_eq!(fake.count("POST"), 3);
}
