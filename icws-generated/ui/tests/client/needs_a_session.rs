//! What needs a session cannot be asked without one.

use icws_generated::client::Client;
use icws_generated::interactions::callback::Unsubscribe;

async fn run(client: Client) {
    let request = Unsubscribe::builder().interaction_id("2001").build();
    let _ = client.call(request).await;
}

fn main() {}
