icws_generated::bindings!("./broken.yaml");

fn main() {
    // What has no finding is there all the same: no error about it.
    let _ = calls::Fine::new("1");
}
