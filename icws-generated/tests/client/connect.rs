//! Finding a host that takes the session.

use std::time::Duration;

use icws_generated::client::{ClientError, Credentials, Retry, TransportErrorKind};

use crate::fake::{Answer, Fake, credentials};

fn elsewhere(hosts: &str) -> Answer {
    let body = format!(
        r#"{{"alternateHostList":[{hosts}],"errorId":"error.server.notAcceptingConnections"}}"#
    );
    Answer::Status(503, body)
}

#[tokio::test]
async fn a_session_is_made_of_what_the_server_answers() {
    let fake = Fake::new();
    let client = fake
        .builder()
        .application_name("wallboard")
        .include(["version"]);
    let session = client
        .build()
        .unwrap()
        .connect(credentials())
        .await
        .unwrap();
    assert_eq!(
        (session.id(), session.host()),
        ("1".to_owned(), "cic1".to_owned())
    );
    assert_eq!(session.details().unwrap().user_id.as_deref(), Some("agent"));

    let state = fake.state();
    let request = &state.requests[0];
    assert_eq!(
        request.uri(),
        "https://cic1:8019/icws/connection?include=features%2Cversion"
    );
    assert_eq!(request.headers()["Accept-Language"], "en-US");
    assert!(
        request.headers()["User-Agent"]
            .to_str()
            .unwrap()
            .starts_with("icws-generated/")
    );
    assert!(!request.headers().contains_key("Cookie"));
    assert_eq!(
        request.body().as_ref(),
        br#"{"__type":"urn:inin.com:connection:icAuthConnectionRequestSettings","applicationName":"wallboard","userID":"agent","password":"open sesame"}"#
    );
}

#[tokio::test(start_paused = true)]
async fn a_503_leads_to_the_hosts_it_names_each_once_per_round() {
    let fake = Fake::new();
    fake.state()
        .connect
        .extend([elsewhere(r#""cic2","cic3""#), elsewhere(r#""CIC1","cic3""#)]);
    let session = fake.session().await;
    assert_eq!(session.host(), "cic3");
    let hosts: Vec<String> = fake.state().log.clone();
    let expected = ["cic1", "cic2", "cic3"].map(|host| format!("POST {host} /icws/connection"));
    assert_eq!(hosts, expected);
}

#[tokio::test(start_paused = true)]
async fn rounds_go_on_until_one_takes_the_session() {
    let fake = Fake::new();
    fake.state().connect.extend([
        elsewhere(r#""cic2""#),
        Answer::Fails(TransportErrorKind::Connect),
        Answer::Status(500, String::new()),
        Answer::Status(429, String::new()),
        elsewhere(""),
    ]);
    let session = fake.session().await;
    assert_eq!(session.host(), "cic2");
    assert_eq!((fake.count("POST cic1"), fake.count("POST cic2")), (3, 3));
}

#[tokio::test(start_paused = true)]
async fn no_host_until_the_deadline_is_an_error_that_names_them() {
    let fake = Fake::new();
    for _ in 0..1000 {
        let refusals = [
            elsewhere(r#""cic2""#),
            Answer::Fails(TransportErrorKind::Connect),
        ];
        fake.state().connect.extend(refusals);
    }
    let client = fake
        .builder()
        .deadline(Duration::from_secs(20))
        .build()
        .unwrap();
    let started = tokio::time::Instant::now();
    let error = client.connect(credentials()).await.unwrap_err();
    assert!(started.elapsed() <= Duration::from_secs(21));
    assert_eq!(error.retry(), Retry::Later);
    let ClientError::Unreachable(attempts) = &error else {
        panic!("{error}");
    };
    let hosts: Vec<&str> = attempts
        .iter()
        .map(|attempt| attempt.host.as_str())
        .collect();
    assert_eq!(hosts, ["cic1", "cic2"]);
    assert!(
        error
            .to_string()
            .contains("cic2: connection.connect on cic2:8019: no connection")
    );
    // Each host once per round, and rounds further and further apart.
    let (one, other) = (fake.count("POST cic1"), fake.count("POST cic2"));
    let is_even = one.abs_diff(other) <= 1;
    assert!(is_even && (10..60).contains(&one), "{one} {other}");
}

#[tokio::test(start_paused = true)]
async fn a_host_that_was_not_asked_again_in_time_is_named_too() {
    let fake = Fake::new();
    let busy = || Answer::Status(503, String::new());
    fake.state()
        .connect
        .extend([busy(), busy(), Answer::Silence]);
    let client = fake.builder().host("cic2");
    let client = client.deadline(Duration::from_secs(5)).build().unwrap();
    let error = client.connect(credentials()).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("cic1: connection.connect on cic1: no response in time"));
    assert!(text.contains("cic2: connection.connect: 503"), "{text}");
}

#[tokio::test]
async fn wrong_credentials_are_final() {
    let fake = Fake::new();
    let body = r#"{"errorId":"error.request.connection.authenticationFailure","message":"No.","errorCode":-2147221503}"#;
    fake.state()
        .connect
        .push_back(Answer::Status(400, body.to_owned()));
    let client = fake.builder().host("cic2").build().unwrap();
    let error = client.connect(credentials()).await.unwrap_err();
    assert!(matches!(error, ClientError::Credentials(_)), "{error}");
    assert_eq!(error.retry(), Retry::Never);
    assert_eq!(fake.state().log.len(), 1);
    assert!(!format!("{error:?} {error} {:?}", credentials()).contains("sesame"));
}

#[tokio::test]
async fn older_servers_tell_wrong_credentials_by_the_code() {
    let fake = Fake::new();
    let body = r#"{"message":"No.","errorCode":-2147221503}"#;
    fake.state()
        .connect
        .push_back(Answer::Status(400, body.to_owned()));
    let error = fake
        .builder()
        .build()
        .unwrap()
        .connect(credentials())
        .await
        .unwrap_err();
    assert!(matches!(error, ClientError::Credentials(_)), "{error}");
}

#[tokio::test]
async fn tokens_travel_in_their_own_representations() {
    let fake = Fake::new();
    let client = fake.builder().build().unwrap();
    let seed = "5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2";
    client
        .connect(Credentials::auth_token(seed, "t", "7"))
        .await
        .unwrap();
    client
        .connect(Credentials::single_sign_on("t"))
        .await
        .unwrap();
    let state = fake.state();
    let body = |index: usize| String::from_utf8_lossy(state.requests[index].body()).into_owned();
    assert!(body(0).contains(r#""authToken":"t","authTokenSourceSession":"7""#));
    assert!(body(1).contains(r#""singleSignOnToken":"t""#));
}

#[tokio::test]
async fn a_template_leads_through_a_proxy() {
    let fake = Fake::new();
    fake.state().connect.push_back(elsewhere(r#""cic2""#));
    let client = fake
        .builder()
        .url_template("https://web.example/app/api/{host}");
    let session = client
        .build()
        .unwrap()
        .connect(credentials())
        .await
        .unwrap();
    assert_eq!(
        session.api_session().server().base_url(),
        "https://web.example/app/api/cic2"
    );
    assert_eq!(
        fake.state().log[1],
        "POST web.example /app/api/cic2/icws/connection"
    );
}

#[test]
fn what_cannot_work_is_refused_when_the_client_is_built() {
    let fake = Fake::new();
    let problem = |builder: icws_generated::client::ClientBuilder| {
        builder.build().map(drop).unwrap_err().to_string()
    };
    assert_eq!(
        problem(icws_generated::client::Client::builder()),
        "no host was given"
    );
    for host in ["a b", "", "https://cic1", "cic1/app", "agent:secret@cic1"] {
        let problem = problem(fake.builder().host(host));
        assert!(problem.contains("is no host") && !problem.contains("secret"));
    }
    let with_user = fake.builder().url_template("https://agent:secret@{host}");
    assert!(!problem(with_user).contains("secret"));
    assert!(problem(fake.builder().url_template("https://x")).contains("{host}"));
    assert!(problem(fake.builder().accept_language("en\n")).contains("the language"));
    let pem = icws_generated::client::Client::builder()
        .host("h")
        .root_certificate("not PEM");
    assert!(problem(pem).contains("PEM"));
}

#[tokio::test]
async fn a_prefix_needs_no_slashes() {
    for prefix in ["app", "/app", "/app/"] {
        let fake = Fake::new();
        let client = fake.builder().prefix(prefix).build().unwrap();
        client.connect(credentials()).await.unwrap();
        assert_eq!(fake.state().log, ["POST cic1 /app/icws/connection"]);
    }
}

#[tokio::test(start_paused = true)]
async fn hosts_that_are_named_twice_or_without_end_are_not_asked_so() {
    let fake = Fake::new();
    let client = fake
        .builder()
        .deadline(std::time::Duration::from_secs(600))
        .build()
        .unwrap();
    let named = |hosts: &str| Answer::Status(503, format!(r#"{{"alternateHostList":[{hosts}]}}"#));
    fake.state()
        .connect
        .push_back(named(r#""b","B","","https://x""#));
    fake.state()
        .connect
        .extend((0..500).map(|n| named(&format!(r#""host{n}""#))));
    let started = tokio::time::Instant::now();
    client.connect(credentials()).await.unwrap();
    assert_eq!(
        fake.count("POST b ") + fake.count("POST B "),
        fake.count("POST cic1 ")
    );
    assert_eq!(fake.count("POST  ") + fake.count("POST https "), 0);
    // There were rounds, with waits between them.
    assert!(fake.count("POST cic1 ") > 1);
    assert!(started.elapsed() > std::time::Duration::from_secs(4));
}

#[tokio::test(start_paused = true)]
async fn what_is_at_an_address_instead_of_a_server_is_passed_over() {
    for status in [403, 404, 405, 407, 410, 421, 429, 400] {
        let fake = Fake::new();
        let page = "<html>Sign in</html>".to_owned();
        fake.state().connect.push_back(Answer::Status(status, page));
        let client = fake.builder().host("cic2").build().unwrap();
        let session = client.connect(credentials()).await;
        let session = session.unwrap_or_else(|error| panic!("{status}: {error}"));
        assert_eq!(session.host(), "cic2", "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_server_names_is_asked_only_if_it_is_a_host() {
    let named = r#"{"alternateHostList":["evil.example/path","a&b","..","admin%2fx","cic3"]}"#;
    for only_own in [false, true] {
        let fake = Fake::new();
        fake.state()
            .connect
            .extend([named, ""].map(|body| Answer::Status(503, body.to_owned())));
        let mut builder = fake.builder().host("cic2");
        if only_own {
            builder = builder.only_these_hosts();
        }
        let session = builder.build().unwrap().connect(credentials()).await;
        // One's own are asked first, `cic1` and `cic2`.
        let expected = if only_own { "cic1" } else { "cic3" };
        assert_eq!(session.unwrap().host(), expected);
        assert_eq!(fake.state().log.len(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_loss_ones_own_hosts_are_asked_before_those_that_the_server_named() {
    let fake = Fake::new();
    let made = r#"{"csrfToken":"t","sessionId":"1","features":[],"alternateHostList":["evil.example/path","a&b","cic3"]}"#;
    let busy = || Answer::Status(503, String::new());
    fake.state()
        .connect
        .extend([Answer::Status(201, made.to_owned()), busy(), busy()]);
    let gone = || Answer::Status(401, String::new());
    fake.state().poll.push_back(gone());
    fake.state().connection.push_back(gone());
    let client = fake.builder().host("cic2").build().unwrap();
    let session = client.connect(credentials()).await.unwrap();
    let _messages = session.messages().unwrap();
    fake.until("POST", 4).await;
    let asked: Vec<String> = fake.state().log.clone();
    let asked = asked.iter().filter(|line| line.starts_with("POST"));
    let hosts: Vec<&str> = asked.filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(hosts, ["cic1", "cic1", "cic2", "cic3"]);
}
