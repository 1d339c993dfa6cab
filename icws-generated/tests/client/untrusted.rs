//! What servers, gateways and whatever else answers say is not trusted.

use std::time::Duration;

use icws_generated::interactions::email::{EmailUploadFileAttachmentRequest, UploadFileAttachment};
use tokio::time::sleep;

use crate::fake::{Answer, Fake, credentials};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn ones_own_hosts_are_asked_before_those_that_a_503_names() {
    let fake = Fake::new();
    let names: Vec<String> = (0..80).map(|n| format!("\"other{n}\"")).collect();
    let body = format!(r#"{{"alternateHostList":[{}]}}"#, names.join(","));
    let mut answers = vec![Answer::Status(503, body)];
    answers.extend((0..200).map(|_| Answer::Silence));
    fake.state().connect.extend(answers);
    let client = fake.builder().host("own2").build().unwrap();
    let _ = client.connect(credentials()).await;
    assert!(fake.count("POST own2 ") > 0, "{:?}", fake.state().log);
}

#[tokio::test(start_paused = true)]
async fn the_refusal_of_a_gateway_does_not_end_a_session_that_is_made_again() {
    for status in [400, 401] {
        let fake = Fake::new();
        let session = fake.session().await;
        let gone = || Answer::Status(401, String::new());
        let gateway = r#"{"message":"Unauthorized"}"#.to_owned();
        fake.state()
            .connect
            .push_back(Answer::Status(status, gateway));
        fake.state().poll.push_back(gone());
        fake.state().connection.push_back(gone());
        let _messages = session.messages().unwrap();
        sleep(2 * MINUTE).await;
        assert_eq!(session.end(), None, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_id_of_a_server_stays_on_its_line() {
    let fake = Fake::new();
    let client = fake.builder().allow_any_version().build().unwrap();
    let session = client.connect(credentials()).await.unwrap();
    let id = format!("7\\nFAKE \\u001b[31m{}", "x".repeat(1_000_000));
    let accepted = format!(
        r#"{{"requestId":"{id}","interactionId":"2001","fileName":"a.png","uploadUri":"/up"}}"#
    );
    fake.state().other.push_back(Answer::Status(202, accepted));
    let request = UploadFileAttachment::builder()
        .interaction_id("2001")
        .body(EmailUploadFileAttachmentRequest::new("a.png", false));
    let error = session.complete_within(request.build(), Duration::from_secs(1));
    let text = error.await.unwrap_err().to_string();
    assert!(text.len() < 1000 && !text.contains('\n'), "{}", text.len());

    let made = format!(
        r#"{{"csrfToken":"t","sessionId":"{}"}}"#,
        "7".repeat(100_000)
    );
    let answers = std::iter::repeat_with(|| Answer::Status(201, made.clone()));
    fake.state().connect.extend(answers.take(50));
    let client = fake.builder().deadline(Duration::from_secs(1));
    let error = client.build().unwrap().connect(credentials()).await;
    let text = error.unwrap_err().to_string();
    assert!(text.contains("longer than 256 bytes"), "{}", text.len());
}

#[tokio::test(start_paused = true)]
async fn a_session_whose_201_cannot_be_read_is_ended() {
    let fake = Fake::new();
    let cut = r#"{"sessionId":"1","userID":"#.to_owned();
    let token = ["ININ-ICWS-CSRF-Token", "t"];
    fake.state()
        .connect
        .push_back(Answer::Headed(201, token, cut));
    let _session = fake.session().await;
    sleep(MINUTE).await;
    assert_eq!(fake.count("DELETE"), 1, "{:?}", fake.state().log);
}

#[tokio::test(start_paused = true)]
async fn a_page_without_a_media_type_is_no_success() {
    let fake = Fake::new();
    let session = fake.session().await;
    for media in ["text/plain", "application/octet-stream", ""] {
        let page = "\n<!DOCTYPE html><html>Log in".to_owned();
        let answer = Answer::Headed(200, ["Content-Type", media], page);
        fake.state().subscribe.push_back(answer);
        let error = session.watch_callback("2001").await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains("a login page"), "{media}: {text}");
    }
}
