icws_generated::bindings!(model: "icws.yaml");

fn main() {}
