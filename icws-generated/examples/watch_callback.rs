//! Watches a callback: connects, subscribes, and prints what changes.
//!
//! - `cargo run --example watch_callback` has its own server, and things go
//!   wrong on it.
//! - `cargo run --example watch_callback -- 2001234567 cic.example` watches a
//!   callback of a real one, over HTTPS, until it ends or Ctrl-C; or on
//!   `http://127.0.0.1:8018`, such as that of `icws-mock`. User and password come
//!   from the variables `ICWS_USER` and `ICWS_PASSWORD`, the certificate of a
//!   private authority from the file `ICWS_ROOT`.

use std::error::Error;
use std::time::Duration;

use icws_generated::Message;
use icws_generated::client::{Change, Client, ClientBuilder, Credentials};
use icws_generated::interactions::callback::CallbackState;
use icws_mock::{Callback, Control, Fault, MockServer};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => embedded().await,
        [id, server] => {
            let variable = |name| std::env::var(name).map_err(|error| format!("{name}: {error}"));
            let (user, password) = (variable("ICWS_USER")?, variable("ICWS_PASSWORD")?);
            let credentials = Credentials::password(user, password);
            watch(address(server)?, credentials, id).await
        }
        _ => Err("say nothing, or an interaction id and a server".into()),
    }
}

/// A server by name, or by its address without TLS.
fn address(server: &str) -> Result<ClientBuilder, Box<dyn Error>> {
    let mut builder = match server.strip_prefix("http://") {
        Some(host) => Client::builder().plain_http().host(host),
        None => Client::builder().host(server),
    };
    if let Ok(file) = std::env::var("ICWS_ROOT") {
        builder = builder.root_certificate(std::fs::read(file)?);
    }
    Ok(builder)
}

async fn embedded() -> Result<(), Box<dyn Error>> {
    let server = MockServer::start().await?;
    println!("a mock ICWS server listens on {}", server.base_url());
    let control = server.control();
    let id = control.create_callback(Callback::new("+13175550142", "Invoice 4711"));
    let story = tokio::spawn(story(control, id.clone()));
    let credentials = Credentials::password("agent", "secret");
    watch(address(&server.base_url())?, credentials, &id).await?;
    story.await?;
    Ok(())
}

/// What happens to the callback of the embedded server.
async fn story(control: Control, id: String) {
    let pause = || tokio::time::sleep(Duration::from_millis(300));
    let change = |change: fn(&mut CallbackState)| control.change(&id, change);
    pause().await;
    change(|callback| callback.name = Some("Ada Example".to_owned()));
    pause().await;
    change(|callback| callback.attempts = Some(1));
    pause().await;
    println!("(the server forgets the session, and the next answer breaks)");
    control.inject_fault(Fault::DropMidAnswer);
    control.expire_sessions();
    change(|callback| callback.subject = "Invoice 4712".to_owned());
    // The client waits for a second before it tries again.
    tokio::time::sleep(Duration::from_secs(3)).await;
    change(|callback| callback.snoozed = Some(true));
    pause().await;
    println!("(the server ends the session for good)");
    for session in control.sessions() {
        control.disconnect(&session, "Closing time.", false);
    }
}

/// Watches a callback until it ends, or until Ctrl-C.
async fn watch(
    builder: ClientBuilder,
    credentials: Credentials,
    id: &str,
) -> Result<(), Box<dyn Error>> {
    let client = builder.application_name("watch_callback").build()?;
    let session = client.connect(credentials).await?;
    println!("session {} on {}", session.id(), session.host());
    if let Err(error) = session.watch_callback("9999").await {
        println!("not watched  {error}");
    }
    let mut watch = session.watch_callback(id).await?;
    loop {
        let change = tokio::select! {
            change = watch.next() => change,
            _ = tokio::signal::ctrl_c() => break,
        };
        match change {
            Some(change) => print(&change),
            None => return Ok(()),
        }
    }
    watch.stop().await?;
    session.disconnect().await?;
    Ok(())
}

fn print(change: &Change<CallbackState, Message>) {
    match change {
        Change::Snapshot(state) => println!("snapshot     {}", line(state)),
        Change::Update { state, .. } => println!("update       {}", line(state)),
        Change::Gap(gap) => println!("gap          {gap}"),
        Change::Ended(end) => println!("ended        {end}"),
        other => println!("{other:?}"),
    }
}

fn line(callback: &CallbackState) -> String {
    let attempts = callback.attempts.unwrap_or_default();
    let snoozed = if callback.snoozed == Some(true) {
        ", snoozed"
    } else {
        ""
    };
    format!(
        "{} \"{}\" for {} at {}, attempt {attempts}{snoozed}",
        callback.interaction_id,
        callback.subject,
        callback.name.as_deref().unwrap_or("somebody"),
        callback.target,
    )
}
