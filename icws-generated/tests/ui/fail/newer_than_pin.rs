mod api {
    icws_macros::bindings!(shipped, features: { interactions: 7 });
}

use api::interactions::callback::Subscribe;

fn main() {
    let _ = Subscribe::builder();
}
