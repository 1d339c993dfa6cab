//! Values of the client that hold a secret, over a transport without a network.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::{BodyExt, Full};
use icws_generated::client::{
    Change, Client, ClientBuilder, ClientError, Credentials, Exchange, SavedSession, Transport,
    TransportError, TransportErrorKind,
};
use icws_generated::connection::{GetConnection, GetVersion};
use icws_generated::interactions::callback::CallbackMessage;

use super::runtime::batch;
use super::{HUSH, Shown, both, debug};

/// Takes any session, and answers all else with secrets.
struct Leaky;

impl Transport for Leaky {
    fn send(&self, request: Request<Bytes>) -> Exchange<'_> {
        let path = request.uri().path().to_owned();
        let (status, body) = if request.method() == Method::POST {
            (
                201,
                format!(r#"{{"csrfToken":"{HUSH}","sessionId":"1","userID":"u","x":"{HUSH}"}}"#),
            )
        } else if path.ends_with("/messages") {
            (200, batch())
        } else if path.ends_with("/version") {
            (503, format!(r#"{{"token":"{HUSH}"}}"#))
        } else if request.method() == Method::PUT {
            (200, String::new())
        } else {
            (200, format!(r#"["{HUSH}"]"#))
        };
        let body = Full::new(Bytes::from(body)).map_err(|never| match never {});
        let response = Response::builder()
            .status(status)
            .header("Set-Cookie", format!("icws_1={HUSH}; Path=/icws/1"))
            .header("Content-Type", "application/json")
            .body(body.boxed_unsync());
        Box::pin(async move { Ok(response.unwrap()) })
    }
}

fn builder() -> ClientBuilder {
    Client::builder()
        .allow_any_version()
        .poll_interval(Duration::from_millis(1))
        .backoff(Duration::from_millis(1), Duration::from_millis(1))
        .deadline(Duration::from_millis(20))
}

/// What cannot be a client, with a secret where none should be.
fn configurations() -> Vec<ClientBuilder> {
    let address = format!("https://user:{HUSH}@web.example/api");
    vec![
        builder().host(&address),
        builder().host(format!("user:{HUSH}@cic1")),
        builder().host("cic1").url_template(&address),
        builder()
            .host("cic1")
            .url_template(format!("{address}/{{host}}")),
        builder()
            .host("cic1")
            .url_template(format!("https://user:{HUSH}@{{host}}")),
        builder()
            .host("cic1")
            .url_template(format!("ftp://user:{HUSH}@{{host}}")),
        builder()
            .host("cic1")
            .url_template(format!("https://{{host}}/?token={HUSH}")),
        builder().host("cic1").prefix(format!("?token={HUSH}")),
        builder().host("cic1").accept_language(format!("{HUSH}\n")),
        builder().host("cic1").user_agent(format!("{HUSH}\n")),
        builder().host("cic1").root_certificate(HUSH),
    ]
}

async fn session() -> Shown {
    let client = builder().host("cic1").transport(Leaky).build().unwrap();
    let credentials = [
        Credentials::password("agent", HUSH),
        Credentials::auth_token("seed", HUSH, "1"),
        Credentials::single_sign_on(HUSH),
    ];
    let mut shown: Shown = Vec::new();
    for credentials in &credentials {
        shown.push(("client/credentials.rs Credentials", debug(credentials)));
    }
    let session = client.connect(credentials[0].clone()).await.unwrap();
    let mut messages = session.messages().unwrap();
    let mut watch = session.watch_callback("2001").await.unwrap();
    for _ in 0..6 {
        let item = messages.next().await.unwrap();
        shown.push(("client/messages/item.rs Item", debug(&item)));
    }
    loop {
        let change = watch.next().await.unwrap();
        shown.push(("follow/change.rs Change", debug(&change)));
        if matches!(change, Change::Snapshot(_)) {
            break;
        }
    }
    let unread = session.call(GetConnection::builder().build()).await;
    let unreached = client.call(GetVersion::builder().build()).await;
    let unreached = unreached.unwrap_err();
    if let ClientError::Unreachable(attempts) = &unreached {
        shown.push(("client/error.rs Attempt", debug(attempts)));
    }
    let of = session.messages_of::<CallbackMessage>().unwrap();
    let saved = format!(
        r#"{{"host":"user:{HUSH}@cic1","baseUrl":"https://user:{HUSH}@cic1","sessionId":"1","csrfToken":"{HUSH}","cookie":"{HUSH}"}}"#
    );
    let saved = SavedSession::from_json(&saved).unwrap();
    let resumed = client.resume(&saved, None);
    let error = TransportError::new(TransportErrorKind::Cut, "it broke");
    shown.extend([
        ("client/handle.rs Client", debug(&client)),
        ("client/session/mod.rs Session", debug(&session)),
        (
            "client/session/saved.rs SavedSession",
            debug(&session.save()),
        ),
        ("client/session/saved.rs SavedSession", debug(&saved)),
        ("client/listen.rs Messages", debug(&messages)),
        ("client/listen.rs MessagesOf", debug(&of)),
        ("client/watch.rs Watch", debug(&watch)),
        ("follow/reader.rs Store", debug(&watch.store())),
        ("client/error.rs ClientError", both(&unread.unwrap_err())),
        ("client/error.rs ClientError", both(&unreached)),
        ("client/error.rs ClientError", both(&resumed.unwrap_err())),
        ("client/transport/mod.rs TransportError", both(&error)),
    ]);
    shown
}

pub fn shown() -> Shown {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut shown = runtime.block_on(session());
    for configuration in configurations() {
        shown.push(("client/builder.rs ClientBuilder", debug(&configuration)));
        let error = configuration.build().err();
        let error = error.map(|error| both(&error));
        shown.push(("client/config.rs ConfigError", error.expect("a client")));
    }
    shown
}
