//! The golden expansion of icws-spec, compiled as it stands there.

#[path = "../../icws-spec/tests/golden/house.rs"]
#[rustfmt::skip]
mod bindings;

use bindings::house::{Find, FindResponse, Room};
use icws_generated::runtime::{Endpoint, Response};

#[test]
fn two_successes_are_told_apart() {
    let reply = http::Response::builder()
        .status(202)
        .header("Location", "/icws/house/r2");
    let answer = Find::parse(reply.body(bytes::Bytes::new()).unwrap()).unwrap();
    let Ok(FindResponse::Accepted {
        value: (),
        location,
    }) = answer.into_result()
    else {
        panic!()
    };
    assert_eq!(location.as_deref(), Some("/icws/house/r2"));
    let FindResponse::Ok(room) = FindResponse::Ok(Room::new(2.5)) else {
        panic!()
    };
    assert_eq!(room.size, 2.5);
}
