//! Sets a user's status, and waits until the server has done so.
//!
//! - `cargo run --example set_status` does it on a server of its own.
//! - `cargo run --example set_status -- cic.example ada "At Lunch"` does it on a real
//!   one, over HTTPS. The password comes from the variable `ICWS_PASSWORD`.

mod place;

use std::error::Error;

use icws::status::{GetUserStatus, ListStatusMessages, SetUserStatus, UserStatusUpdate};

/// What is needed of the API here. With the feature `status` of the crate the same would
/// be in `icws_generated`.
mod icws {
    icws_generated::bindings!(shipped, only: [status]);
}

/// A session that reads the messages of these bindings.
type Session = icws_generated::client::Session<icws::Message>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = place::log_in().await?;
    let (session, user) = (&place.session, &*place.user);
    let status = place.arguments.first().map_or("At Lunch", String::as_str);
    set(session, user, status).await?;
    if place.server.is_some() {
        // The server accepts what it cannot do, and says so afterwards.
        set(session, user, "On The Moon").await?;
    }
    session.disconnect().await?;
    Ok(())
}

async fn set(session: &Session, user: &str, status: &str) -> Result<(), Box<dyn Error>> {
    let known = session.call(ListStatusMessages::builder().build()).await?;
    let names = known
        .status_message_list
        .iter()
        .map(|known| &*known.status_id);
    println!("statuses: {}", names.collect::<Vec<_>>().join(", "));

    let update = UserStatusUpdate::new(status);
    let request = SetUserStatus::builder().user_id(user).body(update).build();
    // The response says only that the request was accepted. This waits for the message
    // that tells the end, which may even come first.
    match session.complete(request).await {
        Ok(_) => println!("{user} is now {status}"),
        Err(error) => println!("{user} is not {status}: {error}"),
    }
    let read = session
        .call(GetUserStatus::builder().user_id(user).build())
        .await?;
    println!(
        "read back: {}, since {:?}",
        read.status_id, read.status_changed
    );
    Ok(())
}
