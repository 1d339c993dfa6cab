//! A file beside the one that calls the macro, with a file that it includes.

icws_generated::bindings!("./beside.yaml");

use icws_generated::runtime::{Request, Response};
use pets::{Find, FindOutcome};

#[test]
fn a_file_beside_is_read() {
    let reply = http::Response::builder()
        .body(bytes::Bytes::from(r#"[{"name":"Rex"}]"#))
        .unwrap();
    let pets = Find::parse(reply).unwrap().into_result().unwrap();
    assert_eq!(pets[0].name, "Rex");
    assert_eq!(Find::builder().pet_id(7).build().pet_id, 7);
    let FindOutcome::Ok(_) = FindOutcome::Ok(Vec::new()) else {
        return;
    };
}
