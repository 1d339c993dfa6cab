//! Setters come in any order; what is optional may be left out.

icws_generated::bindings!(inline: r#"
    icws: 1
    namespace: calls
    resources:
      /icws/{area}/calls/{callId}:
        parameters:
          - { name: area, in: path, type: string, required: true }
          - { name: callId, in: path, type: int, required: true }
          - { name: X-Reason, in: header, type: string, required: true }
          - { name: select, in: query, type: string }
          - { name: limit, in: query, type: int }
        GET: { name: call, replies: { 200: {}, 204: {} } }
"#);

use calls::{Call, CallOutcome};
use icws_generated::runtime::{ApiSession, Request, Response, SessionParts};

#[test]
fn setters_come_in_any_order() {
    let one = Call::builder()
        .call_id(3)
        .limit(5)
        .x_reason("because")
        .area("a b")
        .select("x,y")
        .build();
    let other = Call::builder()
        .area(String::from("a b"))
        .x_reason("because")
        .select("x,y")
        .call_id(3)
        .limit(5)
        .build();
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
    let bare = Call::builder().x_reason("r").area("a").call_id(1).build();
    assert_eq!((bare.select.clone(), bare.limit), (None, None));

    let session = ApiSession::new(SessionParts {
        base_url: "http://h",
        session_id: "1",
        csrf_token: "t",
        cookie: "c",
    });
    let request = one.to_http(&session.unwrap()).unwrap();
    assert_eq!(
        request.uri().path_and_query().unwrap().as_str(),
        "/icws/a%20b/calls/3?select=x%2Cy&limit=5"
    );
    assert_eq!(request.headers()["X-Reason"], "because");
    assert_eq!(
        format!("{:?}", Call::from_http(&request).unwrap().request),
        format!("{other:?}")
    );

    // Two ways to succeed: the result says which.
    let reply = http::Response::builder()
        .status(204)
        .body(bytes::Bytes::new())
        .unwrap();
    let outcome = Call::parse(reply).unwrap();
    assert!(matches!(outcome, CallOutcome::NoContent(())));
    let () = outcome.into_result().unwrap();
}
