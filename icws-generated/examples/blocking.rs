//! The bindings without tokio and without the client: a blocking HTTP library carries the
//! requests, and everything else is what the bindings do anyway.
//! `cargo run --example blocking` (the server is the mock one, in a thread), or
//! `-- https://cic.example:8019 ada` on a real one, with the password in `ICWS_PASSWORD`.

use bytes::Bytes;
use icws_generated::interactions::{self, callback::*};
use icws_generated::queues::{QueueId, QueueType};
use icws_generated::{Message, connection::*, messaging::Poll, runtime::*};

type Success<E> = <<E as Request>::Response as Response>::Success;
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let (tokio, arguments) = (tokio::runtime::Runtime::new()?, std::env::args().skip(1));
    let mock = tokio.block_on(icws_mock::MockServer::start())?;
    let (url, user, password) = match &*arguments.collect::<Vec<_>>() {
        [url, user] => (url.clone(), user.clone(), std::env::var("ICWS_PASSWORD")?),
        _ => (mock.base_url(), "agent".to_owned(), "secret".to_owned()),
    };
    // The bindings read the responses of all statuses themselves.
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    let http = Http(config.build().into());
    let session = http.connect(&url, &user, &password)?;
    let queue = QueueId::new(QueueType::User, user);
    let wanted = CreateCallbackParameters::new("+13175550142", queue, "Invoice 4711");
    let ask = interactions::Create::builder().body(wanted);
    let id = &http.call(&session, ask.build())?.interaction_id;
    let mut callbacks = Cache::new();
    http.call(&session, Subscribe::builder().interaction_id(id).build())?;
    http.poll(&session, &mut callbacks)?;
    let retry = DispositionParameters::new(CallbackDispositionType::Retry);
    let retry = SetDisposition::builder().interaction_id(id).body(retry);
    http.call(&session, retry.build())?;
    http.poll(&session, &mut callbacks)?;
    http.call(&session, Disconnect::builder().build())
}

struct Http(ureq::Agent);
impl Http {
    fn send<E: Request>(&self, request: http::Request<Bytes>) -> Result<E::Response> {
        let mut response = self.0.run(request.map(|body| body.to_vec()))?;
        let body = response.body_mut().read_to_vec()?;
        Ok(E::parse(response.map(|_| body.into()))?)
    }

    /// What a request was for, or what went wrong.
    fn call<E: Request>(&self, session: &ApiSession, request: E) -> Result<Success<E>> {
        Ok(self.send::<E>(request.to_http(session)?)?.into_result()?)
    }

    fn connect(&self, url: &str, user: &str, password: &str) -> Result<ApiSession> {
        let body = IcAuthConnectionRequestSettings::new("blocking", user, password);
        let request = Connect::builder().accept_language("en-US").body(body);
        let request = request.build().to_http_on(&Server::new(url)?)?;
        let (made, cookie) = match self.send::<Connect>(request)? {
            ConnectOutcome::Created {
                value, set_cookie, ..
            } => (value, set_cookie),
            other => return Err(format!("{:?}", other.into_result()).into()),
        };
        Ok(ApiSession::new(SessionParts {
            base_url: url,
            session_id: &made.session_id,
            csrf_token: &made.csrf_token,
            cookie: cookie.as_deref().ok_or("the server set no cookie")?,
        })?)
    }

    /// Takes what waits on the server, and prints what it adds up to.
    fn poll(&self, session: &ApiSession, cache: &mut Cache<CallbackMessage>) -> Result<()> {
        for item in self.call(session, Poll::builder().build())? {
            if let Message::InteractionsCallbackCallbackMessage(message) = item? {
                println!("{:?}", cache.apply(*message)?);
            }
        }
        Ok(())
    }
}
