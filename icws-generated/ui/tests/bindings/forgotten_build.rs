//! A builder is sent.

use icws_generated::interactions::callback::Subscribe;
use icws_generated::runtime::Request;

fn send(_: impl Request) {}

fn main() {
    send(Subscribe::builder().interaction_id("2001"));
}
