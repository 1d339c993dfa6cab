//! What gives no list has no pages.

use icws_generated::client::Session;
use icws_generated::interactions::callback::Unsubscribe;

fn run(session: Session) {
    let request = Unsubscribe::builder().interaction_id("2001").build();
    let _ = session.pages(request);
}

fn main() {}
