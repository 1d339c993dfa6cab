icws_macros::bindings!(model: "icws.yaml");

fn main() {}
