//! Statuses of polls that the model does not know, as the client tells them.

use std::time::Duration;

use icws_generated::client::{Client, Credentials, Item, MessageMode};
use icws_mock::{Fault, MockServer};

#[tokio::test]
async fn a_status_of_polls_that_is_not_documented_is_a_difference() {
    let server = MockServer::start().await.unwrap();
    let client = Client::builder()
        .plain_http()
        .host(server.address().to_string())
        .poll_interval(Duration::from_millis(5))
        .backoff(Duration::from_millis(1), Duration::from_millis(10))
        .message_mode(MessageMode::Polling)
        .build()
        .unwrap();
    let credentials = Credentials::password("agent", "secret");
    let session = client.connect(credentials).await.unwrap();
    for status in [502, 500] {
        let fault = Fault::status(status);
        let control = server.control();
        control.inject_fault_at("messaging.poll", fault).unwrap();
    }
    let mut messages = session.messages().unwrap();
    assert!(matches!(messages.next().await, Some(Item::Gap(_))));
    // It comes when both polls have failed.
    let ping = r#"{"__type":"urn:inin.com:messaging:subscriptionStateMessage","isDelta":false}"#;
    server.control().inject_raw(ping);
    while let Some(Item::Gap(_)) = messages.next().await {}
    let told = session.drift().differences();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        told[0].to_string(),
        "messaging.poll: the undocumented status 502"
    );
}
