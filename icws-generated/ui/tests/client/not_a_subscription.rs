//! What is watched starts no messages.

use icws_generated::interactions::callback::Unsubscribe;
use icws_generated::runtime::Subscription;

fn watch(_: impl Subscription) {}

fn main() {
    watch(Unsubscribe::builder().interaction_id("2001").build());
}
