//! Values, fields and setters that came with a newer version than the pin are
//! not there.

mod eight {
    icws_generated::bindings!("../../../tests/pinned.yaml", features: { interactions: 8 });
}

use eight::calls::{CallMessage, List, MediaType};

fn main() {
    let _ = (MediaType::Callback, MediaType::SmsMessage);
    let message = CallMessage::new(true, "1");
    let _ = (message.attempts, message.snoozed);
    let _ = List::builder().limit(1).order("name");
}
