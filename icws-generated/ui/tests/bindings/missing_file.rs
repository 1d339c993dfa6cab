icws_generated::bindings!("./nowhere.yaml");

fn main() {}
