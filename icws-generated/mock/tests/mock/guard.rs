//! Who may control the server, and what pages of other sites may read.

use std::path::Path;

use icws_mock::MockServer;

use crate::raw::{JSON, bytes, send};
use crate::shell::control;

#[tokio::test]
async fn pages_of_other_sites_reach_nothing_of_it() {
    let server = MockServer::start().await.unwrap();
    for line in [
        "GET /mock/",
        "GET /mock/console/main.js",
        "GET /mock/traffic",
        "GET /mock/traffic/live",
        "GET /mock/traffic/1",
        "GET /mock/traffic/har",
        "DELETE /mock/traffic",
        "GET /mock/model",
        "GET /mock/model/types/common.error",
        "GET /mock/state",
        "GET /mock/tick",
        "PUT /mock/tick",
        "POST /mock/sessions",
        "POST /mock/sessions/1/try",
        "POST /mock/sessions/1/drop",
        "GET /mock/sessions?details",
        "POST /mock/users/agent/status",
        "POST /mock/interactions/1/hold",
        "POST /mock/chats",
        "GET /mock/gone",
        "DELETE /mock/gone/a.b",
        "DELETE /mock/faults/1",
    ] {
        for header in [
            ("Origin", "http://evil.example"),
            ("Origin", "null"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
        ] {
            let answer = send(&server, line, &[header], "").await.unwrap();
            assert_eq!(answer.status, 403, "{line} {header:?}");
            assert_eq!(answer.header("access-control-allow-origin"), None);
        }
        let rebound = format!("{line} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        let answer = bytes(server.address(), &rebound).await;
        assert!(answer.starts_with("HTTP/1.1 403"), "{line}: {answer}");
    }
}

#[tokio::test]
async fn pages_of_other_sites_do_not_control_the_server() {
    let server = MockServer::start().await.unwrap();
    let call = r#"{"workgroup":"Sales"}"#;
    let own = format!("localhost:{}", server.address().port());
    let origin = format!("http://{own}");
    let count = || server.control().items("interactions").len();
    let cases = [
        (&*own, vec![JSON], 200),
        ("127.0.0.1", vec![JSON], 200),
        ("[::1]:1", vec![JSON], 200),
        (&*own, vec![JSON, ("Origin", &*origin)], 200),
        // What a browser can send that does not say for which page.
        (&*own, vec![], 415),
        (&*own, vec![("Content-Type", "text/plain")], 415),
        (
            &*own,
            vec![("Content-Type", "text/plain; x=application/json")],
            415,
        ),
        ("[::1].evil.example", vec![JSON], 403),
        (&*own, vec![JSON, ("Origin", "http://evil.example")], 403),
        (
            &*own,
            vec![
                ("Origin", "http://evil.example"),
                ("Content-Type", "text/plain"),
            ],
            403,
        ),
        (&*own, vec![("Origin", "null")], 403),
        (&*own, vec![("Sec-Fetch-Site", "cross-site")], 403),
        ("evil.example", vec![], 403),
        ("evil.example", vec![("Origin", "http://evil.example")], 403),
    ];
    for (host, headers, status) in cases {
        let before = count();
        let lines: String = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let request = format!(
            "POST /mock/calls HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{lines}Content-Length: {}\r\n\r\n{call}",
            call.len()
        );
        let answer = bytes(server.address(), &request).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{host} {lines}: {answer}"
        );
        assert!(
            !answer.to_lowercase().contains("access-control"),
            "{answer}"
        );
        assert_eq!(
            count() - before,
            usize::from(status == 200),
            "{host} {lines}"
        );
    }
}

#[tokio::test]
async fn what_has_a_body_says_that_it_is_json() {
    let server = MockServer::start().await.unwrap();
    for (line, unmarked) in [
        ("PUT /mock/world/configuration/skills/a", 415),
        ("PATCH /mock/callbacks/1", 415),
        ("POST /mock/live", 415),
        ("DELETE /mock/faults", 204),
        ("GET /mock/state", 200),
        ("HEAD /mock/state", 405),
    ] {
        for headers in [&[][..], &[("Content-Type", "text/plain")]] {
            let answer = send(&server, line, headers, "").await;
            let status = answer.map_or(405, |answer| answer.status);
            assert_eq!(status, unmarked, "{line} {headers:?}");
        }
        let marked = send(&server, line, &[JSON], "").await;
        assert!(marked.is_none_or(|answer| answer.status != 415), "{line}");
    }
}

#[tokio::test]
async fn a_link_of_another_site_leads_to_the_page_and_to_nothing_else() {
    let server = MockServer::start().await.unwrap();
    let link = |dest| {
        [
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Mode", "navigate"),
            ("Sec-Fetch-Dest", dest),
        ]
    };
    let status = async |line: &str, headers: &[(&str, &str)]| {
        send(&server, line, headers, "").await.unwrap().status
    };
    assert_eq!(status("GET /mock/", &link("document")).await, 200);
    assert_eq!(status("GET /mock/", &link("iframe")).await, 403);
    for line in [
        "GET /mock",
        "GET /mock/traffic",
        "GET /mock/traffic/live",
        "POST /mock/",
        "GET /mock/console/main.js",
    ] {
        assert_eq!(status(line, &link("document")).await, 403, "{line}");
    }
    let page = control(&server, "GET /", "").await;
    assert_eq!(
        page.header("cross-origin-opener-policy"),
        Some("same-origin")
    );
}

/// Pages that show such documents are of another site.
#[tokio::test]
async fn documents_of_the_model_are_served_to_any_page() {
    let server = MockServer::start().await.unwrap();
    let foreign = [("Origin", "http://viewer.example")];
    let get = async |name: &str| {
        let line = format!("GET /mock/{name}");
        send(&server, &line, &foreign, "").await.unwrap()
    };
    let openapi = get("openapi.json").await;
    assert_eq!(openapi.header("access-control-allow-origin"), Some("*"));
    let openapi = openapi.json();
    assert_eq!(openapi["servers"][0]["url"], "/");
    assert!(openapi["paths"]["/icws/{sessionId}/messaging/messages"].is_object());
    let asyncapi = get("asyncapi.json").await.json();
    assert_eq!(asyncapi["asyncapi"], "3.0.0");
    let servers = asyncapi["servers"].as_object().unwrap();
    let (name, this) = servers.iter().next().unwrap();
    assert_eq!((name.as_str(), &this["protocol"]), ("mock", &"http".into()));
    // As the request names it.
    assert_eq!(this["host"], "localhost");
    assert_eq!(get("callbacks").await.status, 403);
    // A name that was bound anew is the site's own.
    for host in ["evil.example", "[::1].evil.example"] {
        let rebound =
            format!("GET /mock/openapi.json HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let answer = bytes(server.address(), &rebound).await;
        assert_eq!(
            answer.lines().next(),
            Some("HTTP/1.1 403 Forbidden"),
            "{host}"
        );
    }
    let wrong = control(&server, "POST /openapi.json", "").await;
    assert_eq!(wrong.status, 405);
}

#[tokio::test]
async fn documents_are_those_of_the_loaded_model_which_other_sites_may_not_read() {
    let model = Path::new("../tests/everything.yaml");
    let server = MockServer::builder().model(model).start().await.unwrap();
    let openapi = control(&server, "GET /openapi.json", "").await;
    assert_eq!(openapi.header("access-control-allow-origin"), None);
    assert_eq!(openapi.json()["tags"][0]["name"], "rooms.plans");
    let foreign = [("Origin", "http://viewer.example")];
    for name in ["openapi.json", "asyncapi.json"] {
        let line = format!("GET /mock/{name}");
        let answer = send(&server, &line, &foreign, "").await.unwrap();
        assert_eq!(answer.status, 403, "{name}");
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
}
