//! How watches end, and what the server is told of it.

use std::time::Duration;

use icws_generated::client::{Change, End, TransportErrorKind};
use tokio::time::{sleep, timeout};

use crate::fake::{Answer, Fake, callback};

const PUT: &str = "PUT cic1 /icws/1/messaging/subscriptions/interactions/2001/callback";
const DELETE: &str = "DELETE cic1 /icws/1/messaging/subscriptions/interactions/2001/callback";

fn last_subscription(fake: &Fake) -> String {
    let state = fake.state();
    let lines = state.log.iter().rev();
    let mut lines = lines.filter(|line| line.ends_with("/callback"));
    lines.next().unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn what_is_watched_again_is_not_unsubscribed() {
    let fake = Fake::new();
    let session = fake.session().await;
    drop(session.watch_callback("2001").await.unwrap());
    let _again = session.watch_callback("2001").await.unwrap();
    sleep(Duration::from_secs(1)).await;
    assert_eq!(last_subscription(&fake), PUT);
}

#[tokio::test(start_paused = true)]
async fn what_is_watched_again_while_it_is_unsubscribed_is_subscribed_anew() {
    let fake = Fake::new();
    let session = fake.session().await;
    let first = session.watch_callback("2001").await.unwrap();
    fake.until("GET", 1).await;
    drop(first);
    // By now the request that ends the first is on its way.
    sleep(Duration::from_millis(2)).await;
    let mut again = session.watch_callback("2001").await.unwrap();
    // The one ended before the other began.
    assert_eq!((fake.count(PUT), fake.count(DELETE)), (2, 1));
    fake.state()
        .poll
        .push_back(Answer::batch(&[callback("2001", false, 1)]));
    assert!(matches!(again.next().await, Some(Change::Snapshot(_))));
    assert_eq!(last_subscription(&fake), PUT);
}

#[tokio::test(start_paused = true)]
async fn a_stop_that_is_not_waited_for_still_ends_the_subscription() {
    let fake = Fake::new();
    let session = fake.session().await;
    let watch = session.watch_callback("2001").await.unwrap();
    let stopped = timeout(Duration::from_millis(1), watch.stop()).await;
    assert!(stopped.is_err());
    fake.until(DELETE, 1).await;
}

#[tokio::test(start_paused = true)]
async fn a_watch_of_what_is_being_stopped_waits_for_the_end() {
    let fake = Fake::new();
    let session = fake.session().await;
    let watch = session.watch_callback("2001").await.unwrap();
    let (stopped, again) = tokio::join!(watch.stop(), session.watch_callback("2001"));
    stopped.unwrap();
    let _again = again.unwrap();
    assert_eq!((fake.count(PUT), fake.count(DELETE)), (2, 1));
    assert_eq!(last_subscription(&fake), PUT);
}

#[tokio::test(start_paused = true)]
async fn a_subscription_whose_answer_is_lost_is_ended() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state()
        .subscribe
        .push_back(Answer::Fails(TransportErrorKind::Cut));
    session.watch_callback("2001").await.unwrap_err();
    fake.until(DELETE, 1).await;
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_unsubscribed_does_not_hold_up_messages() {
    let fake = Fake::new();
    let session = fake.session().await;
    let mut watch = session.watch_callback("2001").await.unwrap();
    let mut others = Vec::new();
    for id in 0..20 {
        others.push(session.watch_callback(id.to_string()).await.unwrap());
    }
    fake.state().other.extend((0..20).map(|_| Answer::Silence));
    drop(others);
    fake.until("DELETE", 1).await;
    fake.state()
        .poll
        .push_back(Answer::batch(&[callback("2001", false, 1)]));
    let change = timeout(Duration::from_secs(12), watch.next())
        .await
        .unwrap();
    assert!(matches!(change, Some(Change::Snapshot(_))));
    fake.until("DELETE", 20).await;
}

#[test]
fn readers_end_with_the_runtime_that_fetches() {
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().unwrap()
    };
    let fake = Fake::new();
    let fetching = runtime();
    let (mut messages, _session) = fetching.block_on(async {
        let session = fake.session().await;
        (session.messages().unwrap(), session)
    });
    drop(fetching);
    let item = runtime().block_on(async {
        timeout(Duration::from_secs(5), messages.next())
            .await
            .unwrap()
    });
    assert_eq!(
        item,
        Some(icws_generated::client::Item::Ended(End::Disconnected))
    );
}
