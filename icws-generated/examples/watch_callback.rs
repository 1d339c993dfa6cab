//! Asks for a callback and watches it: prints what changes, also while things go wrong.
//!
//! `cargo run --example watch_callback`, or `-- cic.example ada` on a real server. With the
//! id of an interaction behind the user, that one is watched until it ends, or Ctrl-C.

mod place;

use std::error::Error;
use std::time::Duration;

use icws_generated::client::{Change, ClientError, Session};
use icws_generated::interactions::Create;
use icws_generated::interactions::callback::*;
use icws_generated::queues::{QueueId, QueueType};
use icws_mock::{Control, Fault};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = place::log_in::<icws_generated::Message>().await?;
    let session = place.session;
    let asked = match place.arguments.first() {
        Some(id) => id.clone(),
        None => ask(&session, &place.user).await?,
    };
    let mut watch = session.watch_callback(&asked).await?;
    if place.arguments.is_empty() {
        let control = place.server.as_ref().map(|server| server.control());
        tokio::spawn(try_it(session.clone(), asked, control));
    }
    loop {
        let change = tokio::select! {
            change = watch.next() => change,
            _ = tokio::signal::ctrl_c() => {
                session.disconnect().await?;
                continue;
            }
        };
        match change {
            Some(Change::Snapshot(state)) => println!("snapshot  {}", line(&state)),
            Some(Change::Update { state, .. }) => println!("update    {}", line(&state)),
            Some(Change::Gap(gap)) => println!("gap       {gap}"),
            Some(Change::Ended(end)) => println!("ended     {end}"),
            Some(other) => println!("{other:?}"),
            None => return Ok(()),
        }
    }
}

async fn ask(session: &Session, user: &str) -> Result<String, ClientError> {
    let queue = QueueId::new(QueueType::User, user);
    let wanted = CreateCallbackParameters::new("+13175550142", queue, "Invoice 4711");
    let created = session.call(Create::builder().body(wanted).build()).await?;
    Ok(created.interaction_id)
}

/// Nobody answers twice, and then somebody does. On a server of its own more happens.
async fn try_it(session: Session, id: String, control: Option<Control>) -> Result<(), ClientError> {
    use CallbackDispositionType::{Retry, Success};
    for (number, how) in [Retry, Retry, Success].into_iter().enumerate() {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let set = SetDisposition::builder().interaction_id(&id);
        let set = set.body(DispositionParameters::new(how)).build();
        session.call(set).await?;
        if let (0, Some(control)) = (number, &control) {
            println!("(the server forgets the session, and the next answer breaks)");
            control.inject_fault(Fault::DropMidAnswer);
            control.expire_sessions();
            // The client waits for a second before it tries again.
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
    }
    session.disconnect().await
}

fn line(callback: &CallbackState) -> String {
    let attempts = callback.attempts.unwrap_or_default();
    let (subject, target) = (&callback.subject, &callback.target);
    format!("\"{subject}\" at {target}, attempts: {attempts}")
}
