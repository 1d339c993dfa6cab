//! What the server does at once has no end to be waited for.

use icws_generated::client::Session;
use icws_generated::interactions::callback::Unsubscribe;

async fn run(session: Session) {
    let request = Unsubscribe::builder().interaction_id("2001").build();
    let _ = session.complete(request).await;
}

fn main() {}
