//! A property and a resource that only the company's own server has, imported from their
//! pages beside this file into `model`; the README tells how. `cargo run --example own_page`.

mod api {
    icws_generated::bindings!("./model/icws.yaml", only: [acme, interactions.callback]);
}

use api::acme::GetTickets;
use api::interactions::callback::{CallbackMessage, Subscribe, SubscribeOutcome};
use icws_generated::runtime::{Request, Response};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let message = CallbackMessage::new(false, "2001", "+13175550142", "Invoice");
    println!("rests until {:?}", message.snoozed_until);
    let response = http::Response::builder()
        .status(409)
        .body(bytes::Bytes::new())?;
    if let SubscribeOutcome::Conflict(_) = Subscribe::parse(response)? {
        println!("somebody else watches it");
    }
    let response = http::Response::new(bytes::Bytes::from(r#"{ "tickets": ["4711"] }"#));
    println!(
        "tickets: {:?}",
        GetTickets::parse(response)?.into_result()?.tickets
    );
    Ok(())
}
