mod api {
    icws_generated::bindings!(shipped, features: { interactions: 7 });
}

use api::interactions::callback::Subscribe;

fn main() {
    let _ = Subscribe::builder();
}
