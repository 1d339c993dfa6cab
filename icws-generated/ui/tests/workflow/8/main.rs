mod api {
    icws_generated::bindings!("./icws.yaml");
}

include!("../consumer.rs");
