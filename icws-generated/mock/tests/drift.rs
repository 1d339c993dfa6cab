//! What a server sends that the model does not know is told while a program runs.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use icws_generated::client::{Client, Credentials, Item, MessageMode, Session};
use icws_generated::connection::{GetStation, GetVersion};
use icws_mock::{Fault, MockServer};
use tracing_subscriber::filter::LevelFilter;

/// What was logged.
#[derive(Clone, Default)]
struct Text(Arc<Mutex<Vec<u8>>>);

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn client(server: &MockServer, mode: MessageMode) -> Client {
    Client::builder()
        .plain_http()
        .host(server.address().to_string())
        .poll_interval(Duration::from_millis(5))
        .backoff(Duration::from_millis(1), Duration::from_millis(10))
        .message_mode(mode)
        .build()
        .unwrap()
}

/// Has a session receive messages that differ from the model, so many times each.
async fn receive(server: &MockServer, session: &Session, times: usize) {
    let mut messages = session.messages().unwrap();
    let callback = r#"{"__type":"urn:inin.com:interactions.callback:callbackMessage","isDelta":false,
        "interactionId":"1","target":"+1","subject":"s","mood":"hush-4711"}"#;
    let state = r#"{"__type":"urn:inin.com:connection:connectionStateChangeMessage","isDelta":false,
        "previousConnectionState":1,"newConnectionState":17,"reason":"hush-4711"}"#;
    let newer = r#"{"__type":"urn:inin.com:system:newerMessage","pin":"hush-4711"}"#;
    for _ in 0..times {
        for message in [callback, state, newer] {
            server.control().inject_raw(message);
        }
    }
    for _ in 0..3 * times {
        assert!(matches!(messages.next().await, Some(Item::Message(_))));
    }
}

#[tokio::test]
async fn each_difference_is_told_once_and_counted() {
    let text = Text::default();
    let writer = text.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::INFO)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    let server = MockServer::builder()
        .messages_by_hand()
        .start()
        .await
        .unwrap();
    for mode in [MessageMode::Auto, MessageMode::Polling] {
        let client = client(&server, mode);
        let session = client
            .connect(Credentials::password("agent", "secret"))
            .await
            .unwrap();
        assert!(session.drift().is_empty(), "{:?}", session.drift());
        receive(&server, &session, 3).await;
        for _ in 0..3 {
            let fault = Fault::status(418);
            server
                .control()
                .inject_fault_at("connection.getStation", fault)
                .unwrap();
            session
                .call(GetStation::builder().build())
                .await
                .unwrap_err();
        }
        let fault = Fault::status(419);
        server
            .control()
            .inject_fault_at("connection.getVersion", fault)
            .unwrap();
        let _ = client.call(GetVersion::builder().build()).await;
        let told: Vec<_> = client
            .drift()
            .differences()
            .iter()
            .map(ToString::to_string)
            .collect();
        let expected = [
            "messaging.poll: the unknown property `mood` of `CallbackMessage`, 3 times",
            "messaging.poll: 17, which `icws_generated::connection::ConnectionState` has no name for, 3 times",
            "messaging.poll: an object of the unknown type `urn:inin.com:system:newerMessage`, 3 times",
            "connection.getStation: the undocumented status 418, 3 times",
            "connection.getVersion: the undocumented status 419",
        ];
        assert_eq!(told, expected, "{mode:?}");
        session.disconnect().await.unwrap();
    }
    let log = String::from_utf8(text.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<_> = log
        .lines()
        .filter(|line| line.contains("icws::drift: "))
        .collect();
    assert_eq!(lines.len(), 10, "once for each client: {log}");
    assert!(
        lines[0].ends_with("the unknown property `mood` of `CallbackMessage`"),
        "{}",
        lines[0]
    );
    assert!(!log.contains("hush-4711"), "{log}");
}
