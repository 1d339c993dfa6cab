//! No password, token or cookie is in any log line, error or `Debug` text.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use icws_generated::client::{Change, Client, Credentials, SavedSession};
use icws_mock::{Callback, Fault, MockServer, Scenario};
use tracing_subscriber::filter::LevelFilter;

/// All that was logged or formatted.
#[derive(Clone, Default)]
struct Text(Arc<Mutex<Vec<u8>>>);

impl Text {
    fn add(&self, value: &dyn std::fmt::Debug) {
        let _ = write!(&mut self.clone(), "{value:?} {value:#?}");
    }

    fn read(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn secrets_stay_out_of_everything_that_is_shown() {
    let text = Text::default();
    let writer = text.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();

    let password = "open-sesame-7311";
    let world = format!("users: [{{ id: ada, password: {password} }}]");
    text.add(&world.parse::<Scenario>().unwrap());
    let server = MockServer::builder()
        .user("agent", password)
        .start()
        .await
        .unwrap();
    let control = server.control();
    let id = control.create_callback(Callback::new("+1317", "Invoice"));
    let client = Client::builder()
        .plain_http()
        .host(server.address().to_string())
        .poll_interval(Duration::from_millis(5))
        .backoff(Duration::from_millis(1), Duration::from_millis(10))
        .build()
        .unwrap();
    let credentials = Credentials::password("agent", password);
    text.add(&(&client, &credentials));

    let wrong = Credentials::password("agent", "wrong-sesame-9924");
    text.add(&client.connect(wrong).await.unwrap_err());
    let token = Credentials::single_sign_on("sign-on-5531");
    text.add(&client.connect(token).await.unwrap_err());
    // Answers that carry a session and break.
    for fault in [
        Fault::TruncateJson,
        Fault::DropMidAnswer,
        Fault::status(500),
    ] {
        control
            .inject_fault_at("connection.connect", fault)
            .unwrap();
    }
    let session = client.connect(credentials).await.unwrap();
    text.add(&(
        &session,
        session.details(),
        session.api_session(),
        session.save(),
    ));
    let saved = session.save().to_json();
    text.add(&SavedSession::from_json(&saved));
    text.add(&SavedSession::from_json(&saved.replace("cookie", "\u{1}")));

    let mut watch = session.watch_callback(&id).await.unwrap();
    text.add(&session.watch_callback("9999").await.unwrap_err());
    for fault in [
        Fault::DropBeforeAnswer,
        Fault::TruncateJson,
        Fault::status(500),
        Fault::ExpireSession,
    ] {
        while let Some(change) = watch.next().await {
            text.add(&change);
            if matches!(change, Change::Snapshot(_)) {
                break;
            }
        }
        control.inject_fault(fault);
        control.expire_sessions();
    }
    text.add(&watch);
    // The session expired a moment ago, and nobody looked.
    text.add(&session.disconnect().await.unwrap_err());
    text.add(&session);

    let requests = control.requests();
    text.add(&requests);
    let mut secrets = vec![
        password.to_owned(),
        "wrong-sesame-9924".to_owned(),
        "sign-on-5531".to_owned(),
    ];
    for request in &requests {
        let header = |name: &str| {
            request
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        secrets.extend(header("ININ-ICWS-CSRF-Token").map(str::to_owned));
        // The name of the cookie and the language in it are none.
        let value = header("Cookie").and_then(|cookie| cookie.split(['=', '|']).nth(1));
        secrets.extend(value.map(str::to_owned));
    }
    secrets.sort();
    secrets.dedup();
    assert!(
        secrets.len() > 6,
        "several sessions had secrets: {secrets:?}"
    );
    let text = text.read();
    assert!(text.contains("answered") && text.len() > 10_000);
    // What belongs together is in spans.
    assert!(text.contains("request{operation=") && text.contains("messages{session="));
    for secret in secrets {
        let place = text.find(&secret);
        let around = place.map(|at| text.get(at.saturating_sub(200)..at).unwrap_or_default());
        assert_eq!(around, None, "a secret is shown behind this");
    }
}
