// A program that was written for the bindings of `interactions` 8; it is part of
// `main.rs` in each of the folders beside it.

use api::interactions::callback::{CallbackMessage, PutCallback};
use icws_generated::runtime::{Applied, Cache, Field};

fn main() {
    let watch = PutCallback::builder().interaction_id("2001").build();
    let mut callbacks = Cache::new();
    let mut message = CallbackMessage::new(false, &*watch.interaction_id, "+1317", "Invoice");
    message.attempts = Field::Value(1);
    if let Ok(Applied::Replaced(callback)) = callbacks.apply(message) {
        println!("{:?} of {:?}", callback.attempts, callback.max_attempts);
    }
}
