//! Ways to fetch the messages that wait.

use std::net::SocketAddr;
use std::error::Error;

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::SendRequest;
use hyper_util::client::legacy::Client as Pool;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use icws_generated::client::{Client, Credentials, Session};
use icws_generated::messaging::Poll;
use icws_generated::runtime::{ApiSession as Parts, Batch, Request as _};

use crate::hundred::Message;
use crate::peers::Tagged;

pub const BARE: &str = "bare hyper connection";
pub const ICWS_DECODED: &str = "this client, decoded";
pub const REQWEST_TAGGED: &str = "reqwest, decoded by serde's tagged enum";

pub enum Fetcher {
    Bare(SendRequest<Full<Bytes>>, Request<Bytes>),
    Pooled(Pool<HttpConnector, Full<Bytes>>, Request<Bytes>),
    Icws(Session<Message>, Parts),
    IcwsDecoded(Session<Message>, Parts),
    Reqwest(reqwest::Client, String),
    ReqwestTagged(reqwest::Client, String),
}

/// All of them, ready to fetch.
pub async fn all(address: SocketAddr) -> Result<Vec<Fetcher>, Box<dyn Error>> {
    let client = Client::builder()
        .plain_http()
        .host(address.to_string())
        .build()?;
    let session = client
        .connect_as::<Message>(Credentials::password("agent", "secret"))
        .await?;
    // The same request for all of them, as the client sends it.
    let mut request = Poll::builder().build().to_http(&session.api_session())?;
    let agent = http::HeaderValue::from_static("icws-generated/0.1.0");
    request.headers_mut().insert("User-Agent", agent);

    let stream = tokio::net::TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let mut origin = request.clone();
    origin.headers_mut().insert("Host", address.to_string().parse()?);
    *origin.uri_mut() = request.uri().path().parse()?;

    let mut headers = request.headers().clone();
    headers.remove("Host");
    let reqwest = reqwest::Client::builder().default_headers(headers).build()?;
    let url = request.uri().to_string();
    Ok(vec![
        Fetcher::Bare(sender, origin),
        Fetcher::Pooled(Pool::builder(TokioExecutor::new()).build_http(), request),
        Fetcher::Icws(session.clone(), session.api_session()),
        Fetcher::Reqwest(reqwest.clone(), url.clone()),
        Fetcher::IcwsDecoded(session.clone(), session.api_session()),
        Fetcher::ReqwestTagged(reqwest, url),
    ])
}

impl Fetcher {
    pub fn name(&self) -> &'static str {
        match self {
            Fetcher::Bare(..) => BARE,
            Fetcher::Pooled(..) => "hyper's pool",
            Fetcher::Icws(..) => "this client",
            Fetcher::IcwsDecoded(..) => ICWS_DECODED,
            Fetcher::Reqwest(..) => "reqwest",
            Fetcher::ReqwestTagged(..) => REQWEST_TAGGED,
        }
    }

    /// Fetches once: the bytes that came, or the messages that were read.
    pub async fn fetch(&mut self) -> Result<usize, Box<dyn Error>> {
        Ok(match self {
            Fetcher::Bare(sender, request) => {
                sender.ready().await?;
                let answer = sender.send_request(request.clone().map(Full::new)).await?;
                answer.into_body().collect().await?.to_bytes().len()
            }
            Fetcher::Pooled(pool, request) => {
                let answer = pool.request(request.clone().map(Full::new)).await?;
                answer.into_body().collect().await?.to_bytes().len()
            }
            Fetcher::Icws(session, parts) => poll(session, parts).await?.len(),
            Fetcher::IcwsDecoded(session, parts) => {
                let batch = Batch::<Message>::decode(&poll(session, parts).await?)?;
                assert!(batch.errors().next().is_none());
                batch.len()
            }
            Fetcher::Reqwest(client, url) => client.get(&*url).send().await?.bytes().await?.len(),
            Fetcher::ReqwestTagged(client, url) => {
                let body = client.get(&*url).send().await?.bytes().await?;
                serde_json::from_slice::<Vec<Tagged>>(&body)?.len()
            }
        })
    }
}

/// The session's parts change only when it is made anew, and are kept here as
/// the client itself keeps them.
async fn poll(session: &Session<Message>, parts: &Parts) -> Result<Bytes, Box<dyn Error>> {
    let request = Poll::builder().build().to_http(parts)?;
    Ok(session.send_http(request).await?.into_body())
}
