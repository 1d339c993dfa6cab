//! The client over a transport of one's own: a connection for each request, and a line
//! for each that was sent.
//!
//! `cargo run --example own_transport`

use std::error::Error;

use bytes::Bytes;
use http::Uri;
use http::header::{HOST, HeaderValue};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use icws_generated::client::{
    Client, Credentials, Exchange, Transport, TransportError, TransportErrorKind,
};
use icws_mock::{Callback, MockServer};
use tokio::net::TcpStream;

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
    let server = MockServer::start().await?;
    let callback = Callback::new("+13175550142", "Invoice 4711");
    let id = server.control().create_callback(callback);

    let client = Client::builder().plain_http().transport(Plain);
    let client = client.host(server.address().to_string()).build()?;
    let session = client
        .connect(Credentials::password("agent", "secret"))
        .await?;
    let mut callback = session.watch_callback(&id).await?;
    println!("{:?}", callback.next().await);
    session.disconnect().await?;
    Ok(())
}
