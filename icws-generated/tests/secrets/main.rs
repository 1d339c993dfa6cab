//! No public type of the runtime and of the client shows a secret: passwords, tokens,
//! cookies, the bodies of requests and responses, and users in addresses.
//!
//! `list.rs` has every public type of them, with values that hold a secret or the
//! reason why it holds none. A type that is new and not in the list fails here.

icws_generated::bindings!("tests/everything.yaml");

mod client;
mod list;
mod runtime;
mod shown;

use list::LIST;
use shown::{HUSH, Shown, both, debug, shows};

#[test]
fn every_public_type_is_in_the_list() {
    let folders = [
        ("runtime/src", ""),
        ("src/client", "client/"),
        ("src/recording", "tape/"),
    ];
    shown::has_all_types(LIST, env!("CARGO_MANIFEST_DIR"), &folders);
}

#[test]
fn no_type_shows_a_secret() {
    let values = runtime::shown().into_iter().chain(client::shown());
    shown::hides(LIST, values.collect());
}

#[test]
fn a_secret_is_found_in_any_form() {
    assert!(shows(&debug(&HUSH)) && shows(&debug(&HUSH.as_bytes())));
    assert!(!shows(&debug(&"hush")));
}
