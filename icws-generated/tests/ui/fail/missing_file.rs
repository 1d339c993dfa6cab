icws_macros::bindings!("./nowhere.yaml");

fn main() {}
