//! An object that is no message does not arrive by itself.

use icws_generated::client::Session;
use icws_generated::interactions::InteractionAttributes;

fn run(session: Session) {
    let _ = session.messages_of::<InteractionAttributes>();
}

fn main() {}
