//! Two servers on two addresses with the same port.

use std::time::Duration;

use icws_generated::client::{Change, Client, ClientBuilder, ClientError, Credentials, GapCause};
use icws_mock::{Callback, Fault, MockServer};

/// Servers on 127.0.0.1 and 127.0.0.2, each with the other as its alternate.
pub async fn pair(features: &[(&'static str, u32)]) -> [MockServer; 2] {
    for _ in 0..100 {
        let builder = || MockServer::builder().features(features.iter().copied());
        let one = builder().alternates(["127.0.0.2"]).start().await.unwrap();
        let port = one.address().port();
        let other = builder()
            .alternates(["127.0.0.1"])
            .address(([127, 0, 0, 2], port));
        // Somebody may have the port at the other address.
        if let Ok(other) = other.start().await {
            return [one, other];
        }
    }
    panic!("no port is free at both addresses");
}

fn client(servers: &[MockServer]) -> ClientBuilder {
    Client::builder()
        .plain_http()
        .host("127.0.0.1")
        .port(servers[0].address().port())
        .poll_interval(Duration::from_millis(5))
        .backoff(Duration::from_millis(5), Duration::from_millis(50))
}

fn credentials() -> Credentials {
    Credentials::password("agent", "secret")
}

#[tokio::test]
async fn a_host_that_takes_nobody_names_the_one_that_does() {
    let servers = pair(&[]).await;
    let alternates = vec!["127.0.0.2".to_owned()];
    servers[0]
        .control()
        .inject_fault(Fault::Unavailable { alternates });
    let session = client(&servers)
        .build()
        .unwrap()
        .connect(credentials())
        .await
        .unwrap();
    assert_eq!(session.host(), "127.0.0.2");
    assert_eq!(servers[1].control().sessions(), [session.id()]);
    session.disconnect().await.unwrap();
    assert!(servers[1].control().sessions().is_empty());
}

#[tokio::test]
async fn a_watch_moves_with_its_session_to_the_other_host() {
    for messaging in [1, 2] {
        let [one, other] = pair(&[("messaging", messaging)]).await;
        for control in [one.control(), other.control()] {
            control.create_callback_with_id("2001", Callback::new("+1317", "Invoice"));
        }
        let servers = [one, other];
        let client = client(&servers).build().unwrap();
        let session = client.connect(credentials()).await.unwrap();
        let mut watch = session.watch_callback("2001").await.unwrap();
        assert!(matches!(watch.next().await, Some(Change::Snapshot(_))));
        let [one, other] = servers;
        other
            .control()
            .change("2001", |state| state.attempts = Some(7));
        drop(one);
        let mut moved = false;
        let state = loop {
            match watch.next().await.unwrap() {
                Change::Gap(gap) => {
                    moved |= gap.cause == GapCause::NewSession("127.0.0.2".to_owned())
                }
                Change::Snapshot(state) => break state,
                change => panic!("{change:?}"),
            }
        };
        assert_eq!(state.attempts, Some(7));
        assert_eq!(session.host(), "127.0.0.2");
        assert!(moved);
        other
            .control()
            .change("2001", |state| state.attempts = Some(8));
        assert!(
            matches!(watch.next().await, Some(Change::Update { state, .. }) if state.attempts == Some(8))
        );
    }
}

#[tokio::test]
async fn a_session_that_the_server_ended_is_made_anew_or_not_as_it_wishes() {
    let server = MockServer::start().await.unwrap();
    let id = server
        .control()
        .create_callback(Callback::new("+1317", "Invoice"));
    let client = client(std::slice::from_ref(&server)).build().unwrap();
    let session = client.connect(credentials()).await.unwrap();
    let mut watch = session.watch_callback(&id).await.unwrap();
    assert!(matches!(watch.next().await, Some(Change::Snapshot(_))));
    let first = session.id();
    server.control().disconnect(&first, "Switchover.", true);
    let mut gaps = 0;
    while let Some(Change::Gap(_)) = watch.next().await {
        gaps += 1;
    }
    assert!(
        gaps > 0 && watch.is_current(),
        "a snapshot follows the gaps"
    );
    assert_ne!(session.id(), first);
    server
        .control()
        .disconnect(&session.id(), "Logged on elsewhere.", false);
    let Some(Change::Ended(end)) = watch.next().await else {
        panic!("the server wants no other session");
    };
    assert!(end.to_string().contains("Logged on elsewhere."), "{end}");
    let error = session.watch_callback(&id).await.unwrap_err();
    assert!(matches!(error, ClientError::Ended(_)));
}
