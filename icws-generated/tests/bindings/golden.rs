//! The golden expansion of icws-spec, compiled as it stands there.

#[path = "../../../icws-spec/tests/golden/house.rs"]
#[rustfmt::skip]
mod bindings;

use bindings::house::{Find, FindOutcome, Room};
use icws_generated::runtime::{Request, Response};

#[test]
fn two_successes_are_told_apart() {
    let reply = http::Response::builder()
        .status(202)
        .header("Location", "/icws/house/r2");
    let answer = Find::parse(reply.body(bytes::Bytes::new()).unwrap()).unwrap();
    let Ok(FindOutcome::Accepted {
        value: (),
        location,
    }) = answer.into_result()
    else {
        panic!()
    };
    assert_eq!(location.as_deref(), Some("/icws/house/r2"));
    let FindOutcome::Ok(room) = FindOutcome::Ok(Room::new(2.5)) else {
        panic!()
    };
    assert_eq!(room.size, 2.5);
}
