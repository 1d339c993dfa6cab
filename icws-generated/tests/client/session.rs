//! Requests of a session.

use std::time::Duration;

use bytes::Bytes;
use icws_generated::client::{
    Change, ClientError, Retry, SavedSession, Session, TransportErrorKind,
};
use icws_generated::connection::{GetConnection, GetFeatures};
use icws_generated::interactions::callback::{Subscribe, SubscribeOutcome};
use icws_generated::runtime::{Request, SessionProblem};
use tokio::time::timeout;

use crate::fake::{Answer, Fake, callback, credentials};
use crate::logs;

fn subscribe() -> Subscribe {
    Subscribe::builder().interaction_id("2001").build()
}

#[tokio::test]
async fn what_the_server_does_not_have_is_not_sent() {
    let fake = Fake::new();
    fake.state().features = vec![("connection", 11), ("interactions", 7)];
    let session = fake.session().await;
    let error = session.call(subscribe()).await.unwrap_err();
    assert!(error.is_unsent() && error.retry() == Retry::Never);
    assert!(
        error
            .to_string()
            .contains("needs interactions 8, but the server has interactions 7")
    );
    assert!(session.watch_callback("2001").await.is_err());
    assert_eq!(fake.state().log.len(), 1);
}

#[tokio::test]
async fn what_the_server_does_not_have_is_sent_all_the_same_when_asked_for() {
    let fake = Fake::new();
    fake.state().features = vec![("connection", 11), ("interactions", 7)];
    let client = fake.builder().allow_any_version().build().unwrap();
    let session = client.connect(credentials()).await.unwrap();
    session.call(subscribe()).await.unwrap();
    assert_eq!(fake.state().log.len(), 2);
}

#[tokio::test]
async fn an_answer_is_its_variant_or_an_error() {
    let fake = Fake::new();
    let session = fake.session().await;
    let refusal = || Answer::Status(404, r#"{"message":"Gone."}"#.to_owned());
    fake.state().subscribe.extend([refusal(), refusal()]);
    let answer = session.send(subscribe()).await.unwrap();
    assert!(matches!(answer, SubscribeOutcome::NotFound(_)));
    let error = session.call(subscribe()).await.unwrap_err();
    assert_eq!(error.api().unwrap().message(), Some("Gone."));
    session.call(subscribe()).await.unwrap();
}

/// A session that cannot be made anew: nobody gave its credentials.
async fn not_renewable(fake: &Fake) -> Session {
    let client = fake.builder().build().unwrap();
    let session = client.connect(credentials()).await.unwrap();
    client.resume(&session.save(), None).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_program_that_only_calls_gets_a_new_session_once_for_all_its_calls() {
    let fake = Fake::new();
    let session = fake.session().await;
    let gone = [
        Answer::forgotten(),
        Answer::forgotten(),
        Answer::forgotten(),
    ];
    fake.state().subscribe.extend(gone);
    fake.state().connection.push_back(Answer::forgotten());
    let call = || session.call(subscribe());
    let (one, two, three) = tokio::join!(call(), call(), call());
    for call in [one, two, three] {
        call.unwrap();
    }
    assert_eq!(fake.count("POST"), 2, "one session for all three");
    assert_eq!(fake.count("PUT cic1 /icws/2/"), 3);
    // Nobody reads messages: none are fetched.
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert_eq!(fake.count("GET cic1 /icws/2/messaging/messages"), 0);
}

#[tokio::test(start_paused = true)]
async fn the_first_watch_on_a_forgotten_session_is_made_on_a_new_one() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state().subscribe.push_back(Answer::forgotten());
    fake.state().connection.push_back(Answer::forgotten());
    fake.state().poll.push_back(Answer::forgotten());
    let mut watch = session.watch_callback("2001").await.unwrap();
    assert_eq!(fake.count("POST"), 2, "one new session");
    let full = callback("2001", false, 1);
    fake.state().poll.push_back(Answer::batch(&[full]));
    let change = watch.next().await;
    assert!(
        matches!(change, Some(Change::Snapshot(_))),
        "nobody has missed anything: {change:?}"
    );
    let more = timeout(Duration::from_secs(600), watch.next()).await;
    assert!(more.is_err(), "{more:?}");
    assert_eq!(fake.count("PUT"), 2, "refused once, made once");
    assert_eq!(fake.count("POST"), 2);
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_is_stopped_on_a_forgotten_session_has_ended_with_it() {
    let fake = Fake::new();
    let session = fake.session().await;
    let watch = session.watch_callback("2001").await.unwrap();
    fake.state().other.push_back(Answer::forgotten());
    watch.stop().await.unwrap();
    assert_eq!(fake.count("DELETE"), 1, "the new session does not have it");
    fake.until("POST", 2).await;
    session.call(subscribe()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_request_of_ones_own_has_a_forgotten_session_made_anew() {
    let fake = Fake::new();
    let session = fake.session().await;
    let send = || async {
        let request = GetConnection::builder().build();
        let request = request.to_http(&session.api_session()).unwrap();
        session.send_http(request).await.unwrap().status().as_u16()
    };
    fake.state()
        .connection
        .extend([Answer::forgotten(), Answer::forgotten()]);
    assert_eq!(send().await, 401);
    fake.until("POST", 2).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(session.id(), "2");
    assert_eq!(send().await, 200);
    assert_eq!(fake.count("POST"), 2);
}

#[tokio::test(start_paused = true)]
async fn a_password_before_a_host_is_in_no_error_and_no_log() {
    let fake = Fake::new();
    let session = fake.session().await;
    logs::secret("hush-before-a-host");
    let broken = Answer::Fails(TransportErrorKind::Cut);
    fake.state().other.push_back(broken);
    let page = http::Request::get("http://agent:hush-before-a-host@cic1:8018/page");
    let error = session.send_http(page.body(Bytes::new()).unwrap()).await;
    let error = error.unwrap_err().to_string();
    assert!(error.contains(" on cic1:8018: "), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_one_path_loses_no_session_that_lives() {
    let by_server = r#"{"message":"No token.","errorCode":2}"#;
    for said in ["<html>Who are you?</html>", by_server] {
        let fake = Fake::new();
        let session = fake.session().await;
        let full = callback("2001", false, 1);
        fake.state().poll.push_back(Answer::batch(&[full]));
        let mut watch = session.watch_callback("2001").await.unwrap();
        assert!(matches!(watch.next().await, Some(Change::Snapshot(_))));
        let refused = || Answer::Status(401, said.to_owned());
        fake.state().subscribe.extend([refused(), refused()]);
        assert!(session.call(subscribe()).await.is_err());
        assert!(session.watch_callback("13").await.is_err());
        fake.state().other.push_back(refused());
        let page = http::Request::get("http://cic1:8018/page").body(Bytes::new());
        let answer = session.send_http(page.unwrap()).await.unwrap();
        assert_eq!(answer.status(), 401);
        let change = timeout(Duration::from_secs(60), watch.next()).await;
        assert!(change.is_err(), "{change:?}");
        assert_eq!(fake.count("POST"), 1, "no other session was made");
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_without_a_session_is_asked_of_each_host() {
    let fake = Fake::new();
    let client = fake.builder().build().unwrap();
    fake.state().other.extend([
        Answer::Status(503, String::new()),
        // What a proxy, or a web server that is nothing else, answers.
        Answer::Status(404, String::new()),
        Answer::login_page(),
        Answer::ok(r#"{"featureInfoList":[]}"#),
    ]);
    let features = client.call(GetFeatures::builder().build()).await.unwrap();
    assert!(features.feature_info_list.is_empty());
    assert_eq!(fake.state().log.len(), 4);

    let refusal = r#"{"errorId":"error.request.invalid","message":"No."}"#;
    fake.state()
        .other
        .push_back(Answer::Status(400, refusal.to_owned()));
    let refused = client.call(GetFeatures::builder().build()).await;
    assert_eq!(refused.unwrap_err().api().unwrap().status(), 400);
    assert_eq!(fake.state().log.len(), 5);
}

#[tokio::test(start_paused = true)]
async fn an_error_says_where_and_whether_to_try_again() {
    let fake = Fake::new();
    let session = not_renewable(&fake).await;
    fake.state().connection.extend([
        Answer::Fails(TransportErrorKind::Cut),
        Answer::Silence,
        Answer::Status(401, String::new()),
        Answer::Status(500, String::new()),
        Answer::ok("{"),
    ]);
    let state = || GetConnection::builder().build();
    let mut said = Vec::new();
    for _ in 0..5 {
        let error = session.call(state()).await.unwrap_err();
        said.push((error.retry(), error.to_string()));
    }
    let expected = [
        (
            Retry::Later,
            "connection.getConnection on cic1:8019: the connection broke: as prepared",
        ),
        (
            Retry::Later,
            "connection.getConnection on cic1:8019: no response in time",
        ),
        (
            Retry::Reconnected,
            "connection.getConnection: 401 Unauthorized",
        ),
        (
            Retry::Later,
            "connection.getConnection: 500 Internal Server Error",
        ),
    ];
    for ((retry, text), (expected_retry, expected)) in said.iter().zip(expected) {
        assert_eq!((retry, text.as_str()), (&expected_retry, expected));
    }
    assert_eq!(said[4].0, Retry::Never);
}

#[tokio::test]
async fn sessions_of_one_client_keep_to_themselves() {
    let fake = Fake::new();
    let client = fake.builder().build().unwrap();
    let one = client.connect(credentials()).await.unwrap();
    let other = client.connect(credentials()).await.unwrap();
    other.call(subscribe()).await.unwrap();
    one.call(subscribe()).await.unwrap();
    let state = fake.state();
    for (request, id) in state.requests[2..].iter().zip(["2", "1"]) {
        assert!(request.uri().path().starts_with(&format!("/icws/{id}/")));
        assert_eq!(
            request.headers()["ININ-ICWS-CSRF-Token"],
            format!("token{id}")
        );
        let cookie = format!("icws_{id}=cookie{id}|languageId=en-us");
        assert_eq!(request.headers()["Cookie"], cookie);
    }
}

#[tokio::test]
async fn a_saved_session_goes_on_elsewhere() {
    let fake = Fake::new();
    let session = fake.session().await;
    let text = session.save().to_json();
    let saved = SavedSession::from_json(&text).unwrap();
    assert_eq!(saved, session.save());
    assert!(!format!("{saved:?} {session:?}").contains("token1"));

    let client = fake.builder().build().unwrap();
    let resumed = client.resume(&saved, None).unwrap();
    resumed.call(subscribe()).await.unwrap();
    let request = fake.state().requests.pop().unwrap();
    assert_eq!(request.headers()["ININ-ICWS-CSRF-Token"], "token1");
    assert_eq!(
        resumed.api_session().server().features(),
        session.api_session().server().features()
    );
    assert!(SavedSession::from_json("{}").is_ok_and(|saved| client.resume(&saved, None).is_err()));
}

#[tokio::test]
async fn a_session_that_was_disconnected_has_ended() {
    let fake = Fake::new();
    let session = fake.session().await;
    session.disconnect().await.unwrap();
    assert_eq!(fake.count("DELETE cic1 /icws/1/connection"), 1);
    let error = session.watch_callback("2001").await.unwrap_err();
    assert!(matches!(error, ClientError::Ended(_)), "{error}");
    assert!(session.messages().is_err());
}

#[tokio::test]
async fn a_401_says_by_its_code_whether_another_session_helps() {
    let fake = Fake::new();
    let session = not_renewable(&fake).await;
    for (code, problem, retry) in [
        (-2_147_221_499, SessionProblem::NotFound, Retry::Reconnected),
        (1, SessionProblem::NoId, Retry::Reconnected),
        (2, SessionProblem::Token, Retry::Never),
        (4, SessionProblem::Cookie, Retry::Never),
    ] {
        let body = format!(r#"{{"message":"No.","errorCode":{code}}}"#);
        fake.state().subscribe.push_back(Answer::Status(401, body));
        let error = session.call(subscribe()).await.unwrap_err();
        assert_eq!(error.retry(), retry);
        assert_eq!(error.api().unwrap().session_problem(), Some(problem));
    }
    let other = Answer::Status(403, r#"{"message":"No.","errorCode":2}"#.to_owned());
    fake.state().subscribe.push_back(other);
    let error = session.call(subscribe()).await.unwrap_err();
    assert_eq!(error.api().unwrap().session_problem(), None);
}

mod other {
    icws_generated::bindings!(inline: r#"
        icws: 1
        namespace: house
        messages: { pingMessage: { urn: "urn:example:house:pingMessage", properties: {} } }
    "#);
}

#[tokio::test]
async fn what_a_session_cannot_read_is_not_watched() {
    let fake = Fake::new();
    let client = fake.builder().build().unwrap();
    let session = client
        .connect_as::<other::Message>(credentials())
        .await
        .unwrap();
    let error = session.watch(subscribe()).await.unwrap_err();
    assert!(error.is_unsent(), "{error}");
    assert!(error.to_string().contains("callbackMessage"), "{error}");
    assert_eq!(fake.state().log.len(), 1);
}

/// A model with a message of the same URN, and a type of its own.
mod alike {
    icws_generated::bindings!(inline: r#"
        icws: 1
        namespace: house
        parameters:
          csrfToken: { name: ININ-ICWS-CSRF-Token, in: header, type: string, required: true, session: csrfToken }
          cookie: { name: Cookie, in: header, type: string, required: true, session: cookie }
          sessionId: { name: sessionId, in: path, type: string, required: true, session: id }
        messages:
          ring:
            urn: "urn:inin.com:interactions.callback:callbackMessage"
            delta: { flag: isDelta, key: interactionId }
            properties:
              isDelta: { type: boolean, required: true }
              interactionId: { type: string, required: true }
              subject: { type: string, required: true }
        resources:
          /icws/{sessionId}/messaging/subscriptions/interactions/{interactionId}/callback:
            parameters: [csrfToken, cookie, sessionId, { name: interactionId, in: path, type: string, required: true }]
            PUT: { name: subscribe, replies: { 200: { messages: [ring] } } }
            DELETE: { name: unsubscribe, replies: { 204: {} } }
    "#);
}

#[tokio::test(start_paused = true)]
async fn a_message_of_the_same_urn_and_another_type_is_of_another_model() {
    let fake = Fake::new();
    let client = fake.builder().build().unwrap();
    let session = client
        .connect_as::<alike::Message>(credentials())
        .await
        .unwrap();
    let own = alike::house::Subscribe::builder().interaction_id("2001");
    let mut watch = session.watch(own.build()).await.unwrap();
    let before = fake.count("PUT");
    let error = session.watch(subscribe()).await.unwrap_err();
    assert!(error.is_unsent(), "{error}");
    assert_eq!((before, fake.count("PUT"), fake.count("DELETE")), (1, 1, 0));

    // The right watch of the same thing goes on.
    let full = callback("2001", false, 1);
    fake.state().poll.push_back(Answer::batch(&[full]));
    let change = timeout(Duration::from_secs(60), watch.next()).await;
    assert!(
        matches!(&change, Ok(Some(Change::Snapshot(state))) if state.subject == "Invoice"),
        "{change:?}"
    );
    watch.stop().await.unwrap();
    assert_eq!(fake.count("DELETE"), 1);
}
