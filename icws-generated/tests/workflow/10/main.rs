mod api {
    icws_macros::bindings!("./icws.yaml");
}

include!("../consumer.rs");
