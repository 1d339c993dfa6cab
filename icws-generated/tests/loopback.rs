//! The bindings against the embedded server of the example, over real HTTP.

#[path = "../examples/watch_callback/server.rs"]
mod server;

use bytes::Bytes;
use icws_generated::Message;
use icws_generated::interactions::callback::{
    CallbackMessage, Subscribe, SubscribeResponse, Unsubscribe,
};
use icws_generated::messaging::Poll;
use icws_generated::runtime::{
    Applied, Batch, Cache, Challenge, Endpoint, Response, Session, SessionParts,
};

use server::{Callback, EmbeddedServer};

fn send<E: Endpoint>(session: &Session, endpoint: E) -> E::Response {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let request = endpoint.to_http(session).unwrap().map(|body| body.to_vec());
    let (head, mut body) = agent.run(request).unwrap().into_parts();
    E::parse(http::Response::from_parts(
        head,
        Bytes::from(body.read_to_vec().unwrap()),
    ))
    .unwrap()
}

fn poll(session: &Session) -> Batch<Message> {
    send(session, Poll::builder().build())
        .into_result()
        .unwrap()
}

fn start() -> (EmbeddedServer, Session) {
    let server = EmbeddedServer::start().unwrap();
    server.create_callback("2001", Callback::new("+1317", "Invoice"));
    let session = Session::new(server.session_parts()).unwrap();
    (server, session)
}

fn subscribe() -> Subscribe {
    Subscribe::builder().interaction_id("2001").build()
}

#[test]
fn a_callback_is_watched_from_the_first_message_to_the_last() {
    let (server, session) = start();
    let mut cache = Cache::<CallbackMessage>::new();
    assert!(poll(&session).is_empty());
    send(&session, subscribe()).into_result().unwrap();
    server.change("2001", |callback| callback.attempts = Some(1));
    server.change("2001", |callback| callback.snoozed = Some(true));
    let batch = poll(&session);
    assert_eq!(batch.len(), 3);
    for (index, item) in batch.into_iter().enumerate() {
        let Ok(Message::CallbackMessage(message)) = item else {
            panic!("{item:?}")
        };
        let applied = cache.apply(message);
        assert_eq!(matches!(applied, Applied::Replaced(_)), index == 0);
    }
    let state = cache.get("2001").unwrap();
    assert_eq!(
        (state.attempts, state.snoozed, state.name.as_deref()),
        (Some(1), Some(true), None)
    );

    send(
        &session,
        Unsubscribe::builder().interaction_id("2001").build(),
    )
    .into_result()
    .unwrap();
    server.change("2001", |callback| callback.attempts = Some(2));
    assert!(poll(&session).is_empty());
}

#[test]
fn failures_are_what_the_page_says() {
    let (server, session) = start();
    server.create_chat("2002");
    let unknown = send(&session, Subscribe::builder().interaction_id("9").build());
    assert!(
        matches!(unknown, SubscribeResponse::NotFound(_)),
        "{unknown:?}"
    );
    let chat = send(
        &session,
        Subscribe::builder().interaction_id("2002").build(),
    );
    assert!(matches!(chat, SubscribeResponse::BadRequest(_)), "{chat:?}");
    server.expire_session();
    assert!(matches!(
        send(&session, subscribe()),
        SubscribeResponse::Unauthorized { .. }
    ));
    let (server, _) = start();
    assert_eq!(server.session_parts().base_url, server.base_url());
    let parts = SessionParts {
        csrf_token: "another",
        ..server.session_parts()
    };
    let stranger = send(&Session::new(parts).unwrap(), subscribe());
    let SubscribeResponse::Unauthorized {
        failure,
        www_authenticate,
    } = stranger
    else {
        panic!("{stranger:?}");
    };
    assert_eq!(
        failure.error().unwrap().message().unwrap(),
        "The session was not found."
    );
    assert_eq!(
        www_authenticate,
        Some(Challenge::icws("ICWS", "/ICWS/connection"))
    );
}

#[test]
fn what_the_server_sends_wrong_comes_through_as_it_is() {
    let (server, session) = start();
    send(&session, subscribe()).into_result().unwrap();
    server.inject(r#"{"__type":"urn:x","n": 1}"#);
    server.inject(r#"{"__type":"urn:inin.com:interactions.callback:callbackMessage"}"#);
    let batch = poll(&session);
    assert_eq!(batch.len(), 3);
    let Ok(Message::Unknown(unknown)) = &batch.items[1] else {
        panic!("{batch:?}")
    };
    assert_eq!(unknown.raw(), r#"{"__type":"urn:x","n": 1}"#);
    assert_eq!(batch.items[2].as_ref().unwrap_err().index, 2);
}
