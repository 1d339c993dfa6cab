//! No session is left behind on a server: each costs a licence.

use std::time::Duration;

use icws_generated::client::{Client, ClientError, TransportErrorKind};
use tokio::time::{Instant, sleep, timeout};

use crate::fake::{Answer, Fake, credentials};

const MADE: &str = r#"{"csrfToken":"t","sessionId":"late","userID":"agent"}"#;
const ENDED: &str = "DELETE cic1 /icws/late/connection";

fn late(seconds: u64) -> Answer {
    Answer::LateOk(Duration::from_secs(seconds), 201, MADE.to_owned())
}

fn client(fake: &Fake) -> Client {
    fake.builder().build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_connect_that_nobody_waits_for_any_more_is_ended() {
    let fake = Fake::new();
    fake.state().connect.push_back(late(3));
    let client = client(&fake);
    let connecting = client.connect(credentials());
    assert!(timeout(Duration::from_secs(1), connecting).await.is_err());
    fake.until(ENDED, 1).await;
}

#[tokio::test(start_paused = true)]
async fn a_login_that_is_slower_than_the_timeout_is_ended() {
    let fake = Fake::new();
    fake.state().connect.push_back(late(25));
    let session = client(&fake).connect(credentials()).await.unwrap();
    assert_eq!(session.id(), "1");
    fake.until(ENDED, 1).await;
    assert_eq!(fake.count("DELETE"), 1);
}

#[tokio::test(start_paused = true)]
async fn who_disconnects_while_the_session_is_made_anew_ends_that_one_too() {
    for wait in 0..40 {
        let fake = Fake::new();
        let session = fake.session().await;
        fake.state().connect.push_back(late(0));
        let _messages = session.messages().unwrap();
        sleep(Duration::from_millis(50)).await;
        fake.state().poll.push_back(Answer::forgotten());
        fake.until("POST", 2).await;
        sleep(Duration::from_millis(wait / 4)).await;
        let _ = session.disconnect().await;
        fake.until(ENDED, 1).await;
        sleep(Duration::from_secs(60)).await;
        assert_eq!(fake.count("POST"), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_deadline_is_kept_to_although_a_host_is_silent() {
    let fake = Fake::new();
    fake.state().connect.extend([Answer::Silence, late(5)]);
    let client = fake.builder().deadline(Duration::from_secs(12)).build();
    let start = Instant::now();
    let error = client.unwrap().connect(credentials()).await.unwrap_err();
    assert_eq!(start.elapsed().as_secs(), 12);
    let ClientError::Unreachable(attempts) = error else {
        panic!("{error}");
    };
    let ClientError::Transport { error, .. } = &*attempts[0].error else {
        panic!("{attempts:?}");
    };
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    fake.until(ENDED, 1).await;
}

#[tokio::test(start_paused = true)]
async fn a_server_that_says_when_to_come_again_is_asked_then() {
    let busy = |after| Answer::Headed(503, ["Retry-After", after], String::new());
    for (after, seconds) in [
        ("7", 7),
        ("3600", 20),
        ("soon", 0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
    ] {
        let fake = Fake::new();
        fake.state().connect.push_back(busy(after));
        let backoff = fake
            .builder()
            .backoff(Duration::from_millis(100), Duration::from_secs(20));
        let start = Instant::now();
        backoff
            .build()
            .unwrap()
            .connect(credentials())
            .await
            .unwrap();
        assert_eq!(start.elapsed().as_secs(), seconds, "{after}");
    }
    // The same for messages.
    let fake = Fake::new();
    fake.state()
        .poll
        .push_back(Answer::Headed(503, ["Retry-After", "1"], String::new()));
    let session = fake.session().await;
    let _messages = session.messages().unwrap();
    sleep(Duration::from_millis(950)).await;
    assert_eq!(fake.count("GET cic1 /icws/1/messaging/messages"), 1);
    fake.until("GET cic1 /icws/1/messaging/messages", 2).await;
}

#[tokio::test(start_paused = true)]
async fn an_end_that_nobody_waits_for_any_more_is_told_all_the_same() {
    let fake = Fake::new();
    let session = fake.session().await;
    let limit = Duration::from_millis(1);
    assert!(timeout(limit, session.disconnect()).await.is_err());
    fake.until("DELETE cic1 /icws/1/connection", 1).await;
}

#[tokio::test(start_paused = true)]
async fn a_session_whose_answer_breaks_off_is_ended_by_what_its_head_says() {
    let fake = Fake::new();
    fake.state().connect.push_back(Answer::CutSession("77"));
    let session = client(&fake).connect(credentials()).await.unwrap();
    assert_eq!(session.id(), "1");
    fake.until("DELETE cic1 /icws/77/connection", 1).await;
    assert_eq!(fake.count("DELETE"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_session_is_left_behind_only_where_the_server_does_not_know_it() {
    let refused = || Answer::Status(401, r#"{"errorCode":2}"#.to_owned());
    for (state, ended) in [
        (Answer::forgotten(), 0),
        (Answer::Status(500, String::new()), 1),
        (Answer::Status(502, String::new()), 1),
        (refused(), 1),
        (Answer::Fails(TransportErrorKind::Cut), 1),
    ] {
        let fake = Fake::new();
        let session = fake.session().await;
        fake.state().poll.push_back(refused());
        fake.state().connection.push_back(state);
        let _messages = session.messages().unwrap();
        fake.until("POST", 2).await;
        sleep(Duration::from_secs(1)).await;
        assert_eq!(fake.count("DELETE cic1 /icws/1/connection"), ended);
    }
}
