//! The client over a transport of one's own: a connection for each request, and a line
//! for each that was sent.
//!
//! `cargo run --example own_transport`, or `-- http://127.0.0.1:8018 agent01` on a server
//! without TLS.

mod place;

use std::error::Error;

use bytes::Bytes;
use http::Uri;
use http::header::{HOST, HeaderValue};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use icws_generated::client::{Client, Exchange, Transport, TransportError, TransportErrorKind};
use tokio::net::TcpStream;

use icws::status::{SubscribeUserStatuses, UserStatusSubscription};

mod icws {
    icws_generated::bindings!(shipped, only: [status]);
}

fn no_connection(error: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Connect, error)
}

fn cut(error: hyper::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Cut, error)
}

/// Sends each request over a connection of its own, without TLS.
struct Plain;

impl Transport for Plain {
    fn send(&self, mut request: http::Request<Bytes>) -> Exchange<'_> {
        let line = format!("{} {}", request.method(), request.uri().path());
        let host = request.uri().authority().map(ToString::to_string);
        Box::pin(async move {
            let host = host.ok_or_else(|| no_connection("an address without a host"))?;
            // Over a connection goes the path alone, with the host as a header.
            let path = request.uri().path_and_query().cloned();
            *request.uri_mut() = path.map_or_else(|| Uri::from_static("/"), Uri::from);
            let name = HeaderValue::from_str(&host).map_err(no_connection)?;
            request.headers_mut().insert(HOST, name);

            let stream = TcpStream::connect(&host).await.map_err(no_connection)?;
            let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(cut)?;
            tokio::spawn(connection);
            let answer = sender.send_request(request.map(Full::new)).await;
            let answer = answer.map_err(cut)?;
            println!("{line}: {}", answer.status());
            Ok(answer.map(|body| body.map_err(cut).boxed_unsync()))
        })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::builder().transport(Plain);
    let place = place::log_in_by::<icws::Message>(client).await?;
    let users = UserStatusSubscription::new([&place.user]);
    let statuses = SubscribeUserStatuses::builder().body(users).build();
    let mut statuses = place.session.watch(statuses).await?;
    println!("{:?}", statuses.next().await);
    place.session.disconnect().await?;
    Ok(())
}
