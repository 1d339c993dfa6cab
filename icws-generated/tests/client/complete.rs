//! Operations that end later.

use std::time::Duration;

use icws_generated::client::{ClientError, Session};
use icws_generated::interactions::email::{EmailUploadFileAttachmentRequest, UploadFileAttachment};

use crate::fake::{Answer, Fake, credentials};

fn upload() -> UploadFileAttachment {
    let body = EmailUploadFileAttachmentRequest::new("a.png", false);
    UploadFileAttachment::builder()
        .interaction_id("2001")
        .body(body)
        .build()
}

fn acceptance(id: &str) -> String {
    format!(r#"{{"requestId":"{id}","interactionId":"2001","fileName":"a.png","uploadUri":"/up"}}"#)
}

fn accepted(id: &str) -> Answer {
    Answer::Status(202, acceptance(id))
}

fn ended(id: &str, error: &str) -> Answer {
    Answer::ok(format!(
        r#"[{{"__type":"urn:inin.com:interactions.email:emailUploadFileStatusMessage","isDelta":false,"requestId":"{id}","error":{error},"interactionId":"2001","fileName":"a.png","uploadSuccess":true}}]"#
    ))
}

async fn session(fake: &Fake) -> Session {
    let client = fake.builder().allow_any_version().build().unwrap();
    client.connect(credentials()).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn an_operation_is_awaited_until_its_message_comes() {
    let fake = Fake::new();
    let session = session(&fake).await;
    fake.state().other.push_back(accepted("7"));
    fake.state()
        .poll
        .extend([Answer::ok("[]"), ended("6", "null"), ended("7", "null")]);
    let message = session.complete(upload()).await.unwrap();
    assert_eq!(message.request_id, "7");
}

#[tokio::test(start_paused = true)]
async fn an_end_that_overtakes_the_response_is_not_missed() {
    let fake = Fake::new();
    let session = session(&fake).await;
    // The response takes longer than the poll that brings the end.
    fake.state()
        .other
        .push_back(Answer::LateOk(Duration::from_secs(2), 202, acceptance("7")));
    fake.state().poll.push_back(ended("7", "null"));
    let message = session.complete(upload()).await.unwrap();
    assert_eq!(message.request_id, "7");
}

#[tokio::test(start_paused = true)]
async fn an_operation_that_fails_later_is_an_error() {
    let fake = Fake::new();
    let session = session(&fake).await;
    fake.state().other.push_back(accepted("7"));
    fake.state()
        .poll
        .push_back(ended("7", r#"{"errorId":"error.email","message":"Gone."}"#));
    let error = session.complete(upload()).await.unwrap_err();
    let ClientError::Failed(error) = error else {
        panic!("{error}");
    };
    assert_eq!(error.error_id(), Some("error.email"));
}

#[tokio::test(start_paused = true)]
async fn without_a_message_it_is_not_known_whether_it_was_done() {
    let fake = Fake::new();
    let session = session(&fake).await;
    fake.state().other.push_back(accepted("7"));
    let error = session.complete(upload()).await.unwrap_err();
    assert!(error.to_string().contains("request 7"), "{error}");

    // A new session says nothing of what the old one did.
    fake.state().other.push_back(accepted("8"));
    fake.state()
        .poll
        .push_back(Answer::Status(401, String::new()));
    fake.state()
        .connection
        .push_back(Answer::Status(401, String::new()));
    let started = tokio::time::Instant::now();
    let error = session.complete(upload()).await.unwrap_err();
    assert!(matches!(error, ClientError::NotCompleted { .. }), "{error}");
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test(start_paused = true)]
async fn an_end_that_cannot_be_read_is_told_at_once() {
    let fake = Fake::new();
    let session = session(&fake).await;
    fake.state().other.push_back(accepted("7"));
    // Without the error, which must be there, and null when there is none.
    fake.state().poll.push_back(Answer::ok(
        r#"[{"__type":"urn:inin.com:interactions.email:emailUploadFileStatusMessage","isDelta":false,"requestId":"7","interactionId":"2001","fileName":"a.png","uploadSuccess":true}]"#,
    ));
    let started = tokio::time::Instant::now();
    let error = session.complete(upload()).await.unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(5));
    assert!(error.to_string().contains("request 7"), "{error}");
    let ClientError::UnreadableEnd { error, .. } = error else {
        panic!("{error}");
    };
    assert!(error.raw.starts_with(b"{"));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_after_the_program_has_ended_the_session() {
    let fake = Fake::new();
    let session = session(&fake).await;
    session.disconnect().await.unwrap();
    let sent = fake.state().requests.len();
    let error = session.call(upload()).await.unwrap_err();
    assert!(matches!(error, ClientError::Ended(_)), "{error}");
    assert_eq!(fake.state().requests.len(), sent);
}
