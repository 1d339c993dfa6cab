//! Making sessions, what their calls have to show, and how they end.

use std::time::Duration;

use icws_mock::MockServer;
use serde_json::json;

use crate::raw::{Answer, PASSWORD, connect, send};

const LANGUAGE: (&str, &str) = ("Accept-Language", "en-us");
const POLL: &str = "GET /messaging/messages";

async fn post(server: &MockServer, query: &str, body: &str) -> Answer {
    let line = format!("POST /icws/connection{query}");
    send(server, &line, &[LANGUAGE], body).await.unwrap()
}

fn credentials(kind: &str, rest: &str) -> String {
    format!(r#"{{{rest},"applicationName":"test","__type":"urn:inin.com:connection:{kind}"}}"#)
}

#[tokio::test]
async fn a_new_session_is_told_in_body_and_headers_alike() {
    let server = MockServer::builder()
        .alternates(["cic2"])
        .start()
        .await
        .unwrap();
    let answer = post(&server, "", PASSWORD).await;
    let body = answer.json();
    let id = body["sessionId"].as_str().unwrap();
    assert!(id.parse::<u64>().unwrap() > 1 << 31, "{id}");
    assert_eq!(answer.header("ININ-ICWS-Session-ID"), Some(id));
    assert_eq!(
        answer.header("ININ-ICWS-CSRF-Token"),
        body["csrfToken"].as_str()
    );
    assert!(body["csrfToken"].as_str().unwrap().ends_with("=="));
    assert_eq!(
        answer.header("Location"),
        Some(&*format!("/icws/{id}/connection"))
    );
    let cookie = answer.header("Set-Cookie").unwrap();
    let rest = format!("|languageId=en-us; Path=/icws/{id}; HttpOnly");
    assert!(
        cookie.starts_with(&format!("icws_{id}=")) && cookie.ends_with(&rest),
        "{cookie}"
    );
    let exposed = answer.header("Access-Control-Expose-Headers").unwrap();
    assert_eq!(
        exposed,
        "ININ-ICWS-CSRF-Token,ININ-ICWS-Session-ID,Location,Set-Cookie"
    );
    let media = "application/vnd.inin.icws+JSON; charset=utf-8";
    assert_eq!(answer.header("Content-Type"), Some(media));
    assert_eq!(
        (&body["userID"], &body["alternateHostList"]),
        (&json!("agent"), &json!(["cic2"]))
    );
    for asked_for in ["features", "version", "serverTimeInfo", "effectiveStation"] {
        assert_eq!(body.get(asked_for), None);
    }
}

#[tokio::test]
async fn include_brings_what_it_names_and_the_server_has() {
    let server = MockServer::start().await.unwrap();
    let all = "?include=version,features%2Cserver-time,default-workstation,purecloud-integration,effective-station,more";
    let body = post(&server, all, PASSWORD).await.json();
    assert!(
        body["features"]
            .as_array()
            .unwrap()
            .contains(&json!({"featureId": "messaging", "version": 2}))
    );
    assert!(body["version"]["majorVersion"].is_string());
    assert!(body["serverTimeInfo"]["serverUtcTime"].is_string());
    assert_eq!(body["purecloudIntegration"]["integrationEnabled"], false);
    let object = body.as_object().unwrap();
    assert!(object["defaultWorkstationId"].is_null() && object["effectiveStation"].is_null());
    let older = MockServer::builder()
        .features([("connection", 4)])
        .start()
        .await
        .unwrap();
    let body = post(&older, all, PASSWORD).await.json();
    assert!(body.get("serverTimeInfo").is_some() && body.get("defaultWorkstationId").is_none());
}

#[tokio::test]
async fn wrong_credentials_are_a_400() {
    let server = MockServer::builder()
        .user("ada", "x")
        .user("bob", "y")
        .start()
        .await
        .unwrap();
    let ic = |user: &str, password: &str| {
        let rest = format!(r#""userID":"{user}","password":"{password}""#);
        credentials("icAuthConnectionRequestSettings", &rest)
    };
    for (user, password) in [("agent", "secret"), ("ada", "y")] {
        let answer = post(&server, "", &ic(user, password)).await;
        assert_eq!(answer.status, 400);
        let id = "error.request.connection.authenticationFailure";
        assert_eq!(answer.json()["errorId"], id);
        assert_eq!(answer.json()["errorCode"], -2147221503);
    }
    assert_eq!(
        post(&server, "", &ic("bob", "y")).await.json()["userID"],
        "bob"
    );
}

#[tokio::test]
async fn connecting_takes_the_language_and_a_readable_body() {
    let server = MockServer::start().await.unwrap();
    let line = "POST /icws/connection";
    let answer = send(&server, line, &[], PASSWORD).await.unwrap();
    assert_eq!(
        (answer.status, &answer.json()["propertyName"]),
        (400, &json!("Accept-Language"))
    );
    let odd = [("Accept-Language", "True"), ("ININ-ICWS-CSRF-Token", "")];
    assert_eq!(
        send(&server, line, &odd, PASSWORD).await.unwrap().status,
        201
    );
    for (body, id) in [
        ("", "malformed"),
        ("{", "malformed"),
        (r#"{"__type":"urn:x"}"#, "invalidProperty"),
        (
            &*credentials("icAuthConnectionRequestSettings", r#""userID":"a""#),
            "missingRequiredParameter",
        ),
        (
            &*credentials(
                "icAuthConnectionRequestSettings",
                r#""userID":1,"password":"""#,
            ),
            "invalidProperty",
        ),
    ] {
        let answer = post(&server, "", body).await;
        assert_eq!(answer.status, 400);
        assert_eq!(
            answer.json()["errorId"],
            format!("error.request.invalidRepresentation.{id}"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn tokens_are_good_for_one_connection() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let control = server.control();
    control.add_auth_token(&client.id, "5F5DD5A4-7C0C-4F39-A6A5-7FF7D4E6A5D2", "token");
    control.add_single_sign_on_token("signed on");
    let rest = format!(
        r#""authTokenSeed":"5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2","authToken":"token",
        "authTokenSourceSession":"{}","disconnectSourceSession":true"#,
        client.id
    );
    let auth = credentials("authTokenConnectionRequestSettings", &rest);
    let sso = credentials(
        "singleSignOnTokenConnectionRequestSettings",
        r#""singleSignOnToken":"signed on""#,
    );
    for body in [&auth, &sso] {
        assert_eq!(post(&server, "", body).await.json()["userID"], "agent");
        assert_eq!(post(&server, "", body).await.status, 400);
    }
    assert_eq!(client.call(POLL, "").await.status, 401);
}

#[tokio::test]
async fn cookies_are_found_however_they_are_sent() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let (id, pair) = (&client.id, &client.cookie);
    let line = client.line(POLL);
    for cookie in [
        format!("{pair}; Path=/icws/{id}; HttpOnly"),
        format!("[\"{pair}\"]"),
        format!("{id}; {pair}"),
        format!("other=1; {pair}; icws_1=x"),
    ] {
        let answer = send(&server, &line, &[("cookie", &cookie)], "")
            .await
            .unwrap();
        assert_eq!(answer.status, 200, "{cookie}");
    }
}

#[tokio::test]
async fn what_a_call_lacks_is_told_by_the_code_of_a_401() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let other = connect(&server).await;
    let cookie = ("Cookie", &*client.cookie);
    let wrong = format!("icws_{}=wrong", client.id);
    let line = client.line("GET /connection");
    for (line, headers, code) in [
        ("GET /icws/abc/connection", vec![cookie], 1),
        (&*line, vec![cookie], 2),
        (
            &*line,
            vec![cookie, ("ININ-ICWS-CSRF-Token", &*other.token)],
            2,
        ),
        (&*line, vec![("ININ-ICWS-CSRF-Token", &*client.token)], 4),
        (
            &*line,
            vec![
                ("Cookie", &*wrong),
                ("ININ-ICWS-CSRF-Token", &*client.token),
            ],
            -2147221499,
        ),
        (
            "GET /icws/1/connection",
            vec![("Cookie", "icws_1=x")],
            -2147221499,
        ),
    ] {
        let answer = send(&server, line, &headers, "").await.unwrap();
        assert_eq!(
            (answer.status, &answer.json()["errorCode"]),
            (401, &json!(code))
        );
        let challenge = r#"ICWS realm="ICWS" location="/ICWS/connection""#;
        assert_eq!(answer.header("WWW-Authenticate"), Some(challenge));
    }
}

#[tokio::test]
async fn the_token_is_taken_in_any_case_and_any_content_type_will_do() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let headers = [
        ("Cookie", &*client.cookie),
        ("Inin-Icws-Csrf-Token", &*client.token),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    server.control().create_interaction("1");
    let line = client.line("POST /interactions/1");
    let body = r#"{"x-icws":null,"attributes":{"A":"1"}}"#;
    assert_eq!(
        send(&server, &line, &headers, body).await.unwrap().status,
        200
    );
    // A body where there should be none, double slashes, a slash at the end.
    let line = format!(
        "GET /proxy/icws//{}//messaging/messages/?select=*",
        client.id
    );
    assert_eq!(
        send(&server, &line, &headers, "null").await.unwrap().status,
        200
    );
}

#[tokio::test]
async fn a_session_that_logged_out_answers_only_how_it_stands() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    assert_eq!(
        client.call("GET /connection", "").await.json(),
        json!({"connectionState": 1})
    );
    assert_eq!(client.call("DELETE /connection/", "{}").await.status, 200);
    for line in ["DELETE /connection", POLL] {
        assert_eq!(client.call(line, "").await.json()["errorCode"], -2147221499);
    }
    let state = client.call("GET /connection", "").await.json();
    assert_eq!(
        (&state["connectionState"], &state["shouldReconnect"]),
        (&json!(2), &json!(false))
    );
}

#[tokio::test]
async fn a_session_that_the_server_ends_is_told_why() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    assert!(server.control().disconnect(&client.id, "Switchover.", true));
    assert!(!server.control().disconnect(&client.id, "Again.", true));
    assert_eq!(client.call("DELETE /connection", "").await.status, 401);
    let expected = json!([{
        "__type": "urn:inin.com:connection:connectionStateChangeMessage", "isDelta": false,
        "previousConnectionState": 1, "newConnectionState": 2, "reason": "Switchover.", "shouldReconnect": true,
    }]);
    assert_eq!(client.poll().await, *expected.as_array().unwrap());
    assert_eq!(client.call(POLL, "").await.status, 401);
    let state = client.call("GET /connection", "").await.json();
    assert_eq!(
        state,
        json!({"connectionState": 2, "reason": "Switchover.", "shouldReconnect": true})
    );
}

#[tokio::test]
async fn sessions_that_are_not_used_expire_if_the_server_is_so_set_up() {
    let server = MockServer::builder()
        .idle_timeout(Duration::ZERO)
        .start()
        .await
        .unwrap();
    let client = connect(&server).await;
    assert!(server.control().sessions().is_empty());
    assert_eq!(client.call(POLL, "").await.status, 401);
    let patient = MockServer::builder()
        .idle_timeout(Duration::from_secs(3600))
        .start()
        .await
        .unwrap();
    let client = connect(&patient).await;
    assert_eq!(
        patient.control().sessions(),
        std::slice::from_ref(&client.id)
    );
    patient.control().expire_sessions();
    assert_eq!(client.call(POLL, "").await.status, 401);
}

#[tokio::test]
async fn no_two_servers_take_each_others_sessions() {
    let (one, two) = (
        MockServer::start().await.unwrap(),
        MockServer::start().await.unwrap(),
    );
    let client = connect(&one).await;
    connect(&two).await;
    let headers = [
        ("Cookie", &*client.cookie),
        ("ININ-ICWS-CSRF-Token", &*client.token),
    ];
    assert_eq!(
        send(&two, &client.line(POLL), &headers, "")
            .await
            .unwrap()
            .status,
        401
    );
}

#[tokio::test]
async fn the_location_of_a_challenge_is_where_a_session_is_made() {
    let server = MockServer::start().await.unwrap();
    let answer = send(&server, "POST /ICWS/connection", &[LANGUAGE], PASSWORD)
        .await
        .unwrap();
    assert_eq!(answer.status, 201);
}
