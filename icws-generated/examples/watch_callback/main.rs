//! Watches a callback on an embedded ICWS server, over real HTTP: subscribes,
//! polls, merges what comes, meets the usual failures, and unsubscribes.
//!
//! `cargo run --example watch_callback`

mod server;

use std::error::Error;

use bytes::Bytes;
use icws_generated::interactions::callback::{
    CallbackMessage, CallbackState, Subscribe, SubscribeResponse, Unsubscribe,
};
use icws_generated::messaging::Poll;
use icws_generated::runtime::{Applied, Cache, Endpoint, Features, Response, Session};
use icws_generated::{Message, runtime::ApiError};

use server::{Callback, EmbeddedServer};

fn main() -> Result<(), Box<dyn Error>> {
    let server = EmbeddedServer::start()?;
    server.create_callback("2001234567", Callback::new("+13175550142", "Invoice 4711"));
    server.create_chat("2001234600");
    println!("an ICWS server listens on {}\n", server.base_url());

    let session = Session::new(server.session_parts())?;
    let session =
        session.with_features(Features::from_iter([("interactions", 8), ("messaging", 2)]));
    let client = Client {
        agent: agent(),
        session,
    };
    let mut cache = Cache::new();

    println!("Subscribe to what is not there, and to what is no callback:");
    for id in ["9999", "2001234600"] {
        match client.call(Subscribe::builder().interaction_id(id).build()) {
            Ok(()) => println!("  {id}: watched"),
            Err(error) => println!("  {id}: {error}"),
        }
    }

    println!("\nSubscribe to a callback:");
    let subscribe = Subscribe::builder().interaction_id("2001234567").build();
    match client.send(subscribe.clone())? {
        SubscribeResponse::Ok(()) => println!("  2001234567: watched"),
        other => other.into_result()?,
    }

    println!("\nThe first poll brings everything, the next ones what changed:");
    client.poll(&mut cache)?;
    server.change("2001234567", |callback| {
        callback.name = Some("Ada Example".to_owned())
    });
    server.change("2001234567", |callback| callback.attempts = Some(1));
    client.poll(&mut cache)?;
    server.change("2001234567", |callback| {
        callback.subject = "Invoice 4712".to_owned()
    });
    client.poll(&mut cache)?;

    println!("\nA batch with an unknown type and a bad item loses nothing:");
    server.inject(r#"{"__type":"urn:inin.com:system:somethingNew","isDelta":true,"level":3}"#);
    server.inject(
        r#"{"__type":"urn:inin.com:interactions.callback:callbackMessage","isDelta":"perhaps"}"#,
    );
    server.change("2001234567", |callback| callback.snoozed = Some(true));
    client.poll(&mut cache)?;

    println!("\nUnsubscribe:");
    client.call(Unsubscribe::builder().interaction_id("2001234567").build())?;
    server.change("2001234567", |callback| callback.attempts = Some(2));
    println!("  2001234567: not watched any more");
    client.poll(&mut cache)?;

    println!("\nThe session ends; the server says where to connect:");
    server.expire_session();
    match client.send(subscribe)? {
        SubscribeResponse::Unauthorized {
            failure,
            www_authenticate,
        } => {
            println!("  {}", failure.into_error());
            if let Some(challenge) = www_authenticate {
                let (realm, location) = (challenge.realm(), challenge.location());
                println!(
                    "  realm {}, connect at {}",
                    realm.unwrap_or("-"),
                    location.unwrap_or("-")
                );
            }
        }
        other => other.into_result()?,
    }
    Ok(())
}

/// The bindings make requests and read answers; what carries them is ours.
struct Client {
    agent: ureq::Agent,
    session: Session,
}

fn agent() -> ureq::Agent {
    // The bindings read the answers of all statuses themselves.
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into()
}

impl Client {
    /// The answer to a request, whatever its status.
    fn send<E: Endpoint>(&self, endpoint: E) -> Result<E::Response, Box<dyn Error>> {
        let request = endpoint.to_http(&self.session)?;
        let (head, mut body) = self
            .agent
            .run(request.map(|body| body.to_vec()))?
            .into_parts();
        let response = http::Response::from_parts(head, Bytes::from(body.read_to_vec()?));
        Ok(E::parse(response)?)
    }

    /// What a request was for, or what went wrong.
    fn call<E: Endpoint>(
        &self,
        endpoint: E,
    ) -> Result<<E::Response as Response>::Success, Box<dyn Error>> {
        let result: Result<_, ApiError> = self.send(endpoint)?.into_result();
        Ok(result?)
    }

    /// Takes what waits on the server, and prints what it adds up to.
    fn poll(&self, cache: &mut Cache<CallbackMessage>) -> Result<(), Box<dyn Error>> {
        let batch = self.call(Poll::builder().build())?;
        if batch.is_empty() {
            println!("  (nothing waits)");
        }
        for item in batch {
            match item {
                Ok(Message::CallbackMessage(message)) => match cache.apply(message) {
                    Applied::Replaced(state) => println!("  full     {}", line(state)),
                    Applied::Merged(state) => println!("  delta    {}", line(state)),
                    _ => println!("  orphan   a delta without a full message before it"),
                },
                Ok(other) => println!("  unknown  {}", other.type_urn().unwrap_or("(no type)")),
                Err(error) => println!("  bad      {error}"),
            }
        }
        Ok(())
    }
}

fn line(state: &CallbackState) -> String {
    let attempts = state
        .attempts
        .map_or("-".to_owned(), |attempts| attempts.to_string());
    format!(
        "{} \"{}\" for {} at {}, attempt {attempts}{}",
        state.interaction_id,
        state.subject,
        state.name.as_deref().unwrap_or("somebody"),
        state.target,
        if state.snoozed == Some(true) {
            ", snoozed"
        } else {
            ""
        },
    )
}
