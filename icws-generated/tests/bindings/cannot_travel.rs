//! Values that would be others when they arrive are not sent.

icws_generated::bindings!(inline: r#"
    icws: 1
    namespace: a
    objects:
      x:
        properties:
          f: { type: float }
          d: { type: list double }
    resources:
      /icws/x:
        GET:
          name: get
          parameters:
            - { name: only, in: query, type: list string }
            - { name: n, in: query, type: double }
            - { name: X-Took, in: header, type: duration }
          replies: { 200: { body: x } }
        PUT: { name: put, body: x, replies: { 204: {} } }
"#);

use a::{Get, Put, X};
use icws_generated::runtime::{Record, Request, Seconds, Server, Sessionless};

fn refusal(request: impl Sessionless) -> String {
    let server = Server::new("http://h").unwrap();
    request.to_http_on(&server).unwrap_err().to_string()
}

#[test]
fn values_that_cannot_travel_are_refused() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let n = "a.get: `n` is an infinity or no number";
        assert_eq!(refusal(Get::builder().n(value).build()), n);
        let took = refusal(Get::builder().x_took(Seconds(value)).build());
        assert_eq!(took, n.replace("`n`", "`X-Took`"));
        let mut body = X::new();
        body.d = Some(vec![1.0, value]);
        let problem = refusal(Put::builder().body(body).build());
        assert!(problem.contains("the body has an infinity"), "{problem}");
    }
    for (item, problem) in [
        ("a,b", "has an item with a comma, which separates items"),
        ("", "has an item without a character"),
        (" a", "has an item with blanks at its ends"),
    ] {
        let problem = format!("a.get: `only` {problem}");
        assert_eq!(refusal(Get::builder().only(["b", item]).build()), problem);
    }
}

#[test]
fn numbers_beyond_what_a_type_holds_are_no_others() {
    assert!(X::from_json(br#"{"f":1e39}"#).is_err());
    assert!(X::from_json(br#"{"d":[1e400]}"#).is_err());
    assert_eq!(X::from_json(br#"{"f":1e38}"#).unwrap().f, Some(1e38));
    for text in ["NaN", "inf", "1e999"] {
        let uri = format!("http://h/icws/x?n={text}");
        let request = http::Request::builder().uri(uri).body(bytes::Bytes::new());
        assert!(Get::from_http(&request.unwrap()).is_err(), "{text}");
    }
}

#[test]
fn a_page_for_people_is_not_nothing() {
    let page = |media: &str, body: &'static str| {
        let reply = http::Response::builder()
            .status(204)
            .header("Content-Type", media);
        Put::parse(reply.body(bytes::Bytes::from(body)).unwrap())
    };
    assert!(
        page("text/html; charset=utf-8", "<html>")
            .unwrap_err()
            .is_foreign()
    );
    assert!(page("text/html", "").is_ok());
    assert!(page("application/json", "{}").is_ok());
    assert!(page("text/plain", "OK").is_ok());
}
