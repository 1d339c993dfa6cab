//! The shipped model can be expanded anywhere.

mod api {
    icws_generated::bindings!(shipped);
}

fn main() {
    let subscribe = api::interactions::callback::Subscribe::builder()
        .interaction_id("2001")
        .build();
    assert_eq!(subscribe.interaction_id, "2001");
}
