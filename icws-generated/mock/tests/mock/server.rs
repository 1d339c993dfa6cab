//! What a server says about itself, and what it is to browsers and to tests.

use icws_mock::MockServer;
use serde_json::json;
use tokio::io::AsyncReadExt;

use crate::raw::{PASSWORD, connect, send};

#[tokio::test]
async fn features_and_versions_need_no_session() {
    let server = MockServer::builder()
        .features([("messaging", 0)])
        .start()
        .await
        .unwrap();
    let get = async |path: &str| {
        let line = format!("GET /icws/connection/{path}");
        send(&server, &line, &[], "").await.unwrap()
    };
    let features = get("features").await.json();
    let ids: Vec<_> = features["featureInfoList"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| &f["featureId"])
        .collect();
    for (id, there) in [("connection", true), ("status", true), ("messaging", false)] {
        assert_eq!(ids.contains(&&json!(id)), there, "{id}");
    }
    assert_eq!(
        get("features/interactions").await.json(),
        json!({"featureId": "interactions", "version": 13})
    );
    assert_eq!(get("features/messaging").await.status, 400);
    assert!(get("version").await.json()["su"].is_string());
    assert_eq!(
        get("server-info").await.json()["authentication"]["allowIcAuth"],
        true
    );
}

#[tokio::test]
async fn unknown_paths_and_methods_are_told_apart() {
    let server = MockServer::start().await.unwrap();
    assert_eq!(
        send(&server, "GET /icws/connection/none", &[], "")
            .await
            .unwrap()
            .status,
        404
    );
    let answer = send(&server, "PUT /icws/connection", &[], "")
        .await
        .unwrap();
    assert_eq!((answer.status, answer.header("Allow")), (405, Some("POST")));
    assert_eq!(
        answer.json()["errorId"],
        "error.request.accessDenied.httpMethodNotAllowed"
    );
}

#[tokio::test]
async fn an_operation_that_is_gone_is_a_410() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let control = server.control();
    control.gone("messaging.poll").unwrap();
    assert!(control.gone("messaging.none").is_err());
    assert_eq!(client.call("GET /messaging/messages", "").await.status, 410);
    assert_eq!(client.call("GET /connection", "").await.status, 200);
}

#[tokio::test]
async fn browsers_may_ask_from_anywhere() {
    let server = MockServer::start().await.unwrap();
    let headers = [
        ("Origin", "http://app.example"),
        ("Access-Control-Request-Method", "POST"),
    ];
    let answer = send(&server, "OPTIONS /icws/connection", &headers, "")
        .await
        .unwrap();
    assert_eq!(answer.status, 204);
    let allowed = answer.header("Access-Control-Allow-Headers").unwrap();
    for name in [
        "X-ICWS-DevTools-CorrelationId",
        "ININ-ICWS-CSRF-Token",
        "Content-Type",
    ] {
        assert!(
            allowed.split(',').any(|allowed| allowed == name),
            "{allowed}"
        );
    }
    assert_eq!(
        answer.header("Access-Control-Allow-Origin"),
        Some("http://app.example")
    );
    let answer = send(&server, "GET /icws/connection/version", &[], "")
        .await
        .unwrap();
    assert_eq!(answer.header("Access-Control-Allow-Origin"), Some("*"));
    assert_eq!(
        answer.header("Access-Control-Allow-Credentials"),
        Some("true")
    );
}

#[tokio::test]
async fn requests_are_kept_and_their_secrets_do_not_show() {
    let server = MockServer::builder()
        .kept_requests(2)
        .start()
        .await
        .unwrap();
    let client = connect(&server).await;
    client.call("GET /nothing?x=1", "").await;
    send(&server, "POST /icws/connection", &[], PASSWORD)
        .await
        .unwrap();
    client.call("GET /connection", "").await;
    let requests = server.control().requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].body, PASSWORD);
    assert_eq!(
        (requests[0].status, requests[0].operation.as_deref()),
        (Some(400), Some("connection.connect"))
    );
    assert_eq!(
        requests[1].to_string(),
        format!(
            "GET /icws/{}/connection 200 connection.getConnection",
            client.id
        )
    );
    let shown = format!("{requests:?} {}", requests[0]);
    for secret in [
        "secret",
        &client.token,
        client.cookie.split_once('=').unwrap().1,
    ] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn a_server_that_stops_frees_its_port_and_ends_its_connections() {
    let server = MockServer::start().await.unwrap();
    let address = server.address();
    let mut kept = tokio::net::TcpStream::connect(address).await.unwrap();
    server.stop().await;
    let again = MockServer::builder()
        .address(address)
        .start()
        .await
        .unwrap();
    assert_eq!(again.address(), address);
    // The end of the stream, or a reset.
    assert!(matches!(kept.read(&mut [0]).await, Ok(0) | Err(_)));
}
