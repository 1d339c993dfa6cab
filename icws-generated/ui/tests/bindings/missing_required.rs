use icws_generated::interactions::callback::Subscribe;

fn main() {
    let _ = Subscribe::builder().build();
}
