//! The bindings without tokio and without the client: a blocking HTTP library
//! carries the requests, and everything else is what the bindings do anyway.
//!
//! `cargo run --example blocking` (the server is the mock one, in a thread).

use std::error::Error;

use bytes::Bytes;
use icws_generated::Message;
use icws_generated::connection::{
    Connect, ConnectOutcome, Disconnect, IcAuthConnectionRequestSettings,
};
use icws_generated::interactions::callback::{CallbackMessage, Subscribe};
use icws_generated::messaging::Poll;
use icws_generated::runtime::{
    ApiSession, Applied, Cache, Request, Response, Server, SessionParts, Sessionless,
};
use icws_mock::{Callback, MockServer};

fn main() -> Result<(), Box<dyn Error>> {
    let tokio = tokio::runtime::Runtime::new()?;
    let mock = tokio.block_on(MockServer::start())?;
    let control = mock.control();
    let id = control.create_callback(Callback::new("+13175550142", "Invoice 4711"));

    let http = Http::new();
    let session = http.connect(&mock.base_url(), "agent", "secret")?;
    let mut callbacks = Cache::new();
    http.call(&session, Subscribe::builder().interaction_id(&id).build())?;
    http.poll(&session, &mut callbacks)?;
    control.change(&id, |callback| callback.attempts = Some(1));
    http.poll(&session, &mut callbacks)?;
    match http.call(
        &session,
        Subscribe::builder().interaction_id("9999").build(),
    ) {
        Ok(()) => println!("9999 is watched"),
        Err(error) => println!("{error}"),
    }
    http.call(&session, Disconnect::builder().build())?;
    Ok(())
}

struct Http(ureq::Agent);

impl Http {
    fn new() -> Self {
        // The bindings read the responses of all statuses themselves.
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        Http(config.build().into())
    }

    fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, Box<dyn Error>> {
        let answer = self.0.run(request.map(|body| body.to_vec()))?;
        let (head, mut body) = answer.into_parts();
        Ok(http::Response::from_parts(head, body.read_to_vec()?.into()))
    }

    /// What a request was for, or what went wrong.
    fn call<E: Request>(
        &self,
        session: &ApiSession,
        endpoint: E,
    ) -> Result<<E::Response as Response>::Success, Box<dyn Error>> {
        let answer = self.send(endpoint.to_http(session)?)?;
        Ok(E::parse(answer)?.into_result()?)
    }

    fn connect(&self, url: &str, user: &str, password: &str) -> Result<ApiSession, Box<dyn Error>> {
        let settings = IcAuthConnectionRequestSettings::new("blocking", user, password);
        let request = Connect::builder()
            .accept_language("en-US")
            .body(settings)
            .build();
        let answer = self.send(request.to_http_on(&Server::new(url)?)?)?;
        match Connect::parse(answer)? {
            ConnectOutcome::Created {
                value, set_cookie, ..
            } => Ok(ApiSession::new(SessionParts {
                base_url: url,
                session_id: &value.session_id,
                csrf_token: &value.csrf_token,
                cookie: set_cookie.as_deref().ok_or("the server set no cookie")?,
            })?),
            other => Err(other
                .into_result()
                .map_or_else(Into::into, |_| "no session".into())),
        }
    }

    /// Takes what waits on the server, and prints what it adds up to.
    fn poll(
        &self,
        session: &ApiSession,
        cache: &mut Cache<CallbackMessage>,
    ) -> Result<(), Box<dyn Error>> {
        for item in self.call(session, Poll::builder().build())? {
            match item {
                Ok(Message::InteractionsCallbackCallbackMessage(message)) => {
                    match cache.apply(*message) {
                        Ok(Applied::Replaced(state)) => println!("full   {state:?}"),
                        Ok(Applied::Merged(state, _)) => println!("delta  {state:?}"),
                        Err(error) => println!("not merged: {error}"),
                        _ => println!("a delta without a full message before it"),
                    }
                }
                Ok(other) => println!("another message: {:?}", other.type_urn()),
                Err(error) => println!("not readable, but kept: {error}"),
            }
        }
        Ok(())
    }
}
