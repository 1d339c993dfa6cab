use icws_generated::interactions::callback::Subscribe;

fn main() {
    let _ = Subscribe::builder().interaction_id("1").interaction_id("2").build();
}
