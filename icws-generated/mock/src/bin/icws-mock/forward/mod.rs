//! `--forward`: a proxy before a real server, so that any client gives evidence.

mod headers;
mod upstream;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use icws_generated::client::{Client, ReplyBody, TransportErrorKind};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::record;
pub use upstream::{EXPECTED, Upstream};

/// How to forward.
pub struct Options {
    pub address: SocketAddr,
    pub upstream: Upstream,
    /// Certificates that are trusted beside those of the system, in PEM.
    pub root: Option<PathBuf>,
    pub record: Option<PathBuf>,
    pub log: bool,
}

/// So many clients are served at once; others wait.
const CLIENTS: usize = 256;

/// The head of a request, and its body, may take so long each.
const REQUEST_TIME: Duration = Duration::from_secs(120);

/// The server may take so long until the head of its response is there.
const RESPONSE_TIME: Duration = Duration::from_secs(300);

/// The body of a request, which is read before it is sent on, has so many bytes at most.
const BODY: usize = 64 << 20;

/// What all connections share.
struct Proxy {
    upstream: Upstream,
    client: Client,
    log: bool,
}

/// A proxy that listens.
pub struct Forward {
    listener: TcpListener,
    proxy: Arc<Proxy>,
}

impl Forward {
    /// Sets a proxy up. The server is not asked yet.
    ///
    /// # Errors
    /// When a file cannot be read or written, a certificate is none, or the address is not
    /// to be had.
    pub async fn start(options: Options) -> io::Result<Forward> {
        let upstream = options.upstream;
        let mut client = Client::builder()
            .host(upstream.host())
            .url_template(upstream.template());
        if let Some(root) = &options.root {
            client = client.root_certificate(read(root)?);
        }
        if let Some(file) = &options.record {
            client = client.record(record::to_file(file)?);
        }
        let client = client.build().map_err(io::Error::other)?;
        let listener = TcpListener::bind(options.address).await.map_err(|error| {
            let text = format!("cannot listen at {}: {error}", options.address);
            io::Error::new(error.kind(), text)
        })?;
        let proxy = Proxy {
            upstream,
            client,
            log: options.log,
        };
        Ok(Forward {
            listener,
            proxy: Arc::new(proxy),
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves clients, without an end.
    pub async fn run(self) {
        let places = Arc::new(Semaphore::new(CLIENTS));
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                return;
            };
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    let proxy = Arc::clone(&self.proxy);
                    tokio::spawn(async move {
                        connection(proxy, stream).await;
                        drop(place);
                    });
                }
                // No more files, say: others may be closed by then.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| {
        let text = format!("cannot read {}: {error}", path.display());
        io::Error::new(error.kind(), text)
    })
}

async fn connection(proxy: Arc<Proxy>, stream: TcpStream) {
    // Events are not to wait for more of them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let proxy = Arc::clone(&proxy);
        async move { Ok::<_, Infallible>(proxy.serve(request).await) }
    });
    let mut builder = http1::Builder::new();
    // A client may close its side after its request, and wait for the response.
    builder.half_close(true);
    builder.timer(TokioTimer::new());
    builder.header_read_timeout(REQUEST_TIME);
    // As servers write them: some clients look for `Set-Cookie` letter by letter.
    builder.title_case_headers(true);
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    // That a client goes away is no concern of the others.
    let _ = connection.await;
}

impl Proxy {
    async fn serve(&self, request: Request<Incoming>) -> Response<ReplyBody> {
        let line = format!("{} {}", request.method(), request.uri().path());
        let response = match self.forward(request).await {
            Ok(response) => response,
            Err(refusal) => refusal.into_http(),
        };
        if self.log {
            eprintln!("{line} {}", response.status().as_u16());
        }
        response
    }

    async fn forward(&self, request: Request<Incoming>) -> Result<Response<ReplyBody>, Refusal> {
        let (mut head, body) = request.into_parts();
        let address = self.upstream.address(&head.uri);
        let address = address.filter(|_| head.method != Method::CONNECT);
        head.uri = address.ok_or_else(|| {
            let problem = "only requests for a path are forwarded";
            Refusal::unread(StatusCode::BAD_REQUEST, problem)
        })?;
        let body = timeout(REQUEST_TIME, Limited::new(body, BODY).collect()).await;
        let body = body.map_err(|_| {
            let problem = "the body of the request did not come in time";
            Refusal::unread(StatusCode::REQUEST_TIMEOUT, problem)
        })?;
        let body = body.map_err(|error| match error.is::<LengthLimitError>() {
            true => {
                let problem = format!("a request of more than {BODY} bytes is not forwarded");
                Refusal::unread(StatusCode::PAYLOAD_TOO_LARGE, problem)
            }
            false => Refusal::unread(StatusCode::BAD_REQUEST, "the request was cut"),
        })?;
        headers::to_server(&mut head.headers);
        let request = Request::from_parts(head, body.to_bytes());
        let response = timeout(RESPONSE_TIME, self.client.transport().send(request)).await;
        let late = |_| {
            let problem = format!("{} did not answer in time", self.upstream);
            Refusal::new(StatusCode::GATEWAY_TIMEOUT, problem)
        };
        let mut response = response.map_err(late)?.map_err(|error| {
            let problem = format!("{}: {error}", self.upstream);
            let status = match error.kind() {
                TransportErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
                _ => StatusCode::BAD_GATEWAY,
            };
            Refusal::new(status, problem)
        })?;
        headers::to_client(response.headers_mut(), &self.upstream);
        Ok(response)
    }
}

/// What the proxy answers itself.
struct Refusal {
    status: StatusCode,
    problem: String,
    /// The request was not read to its end, so that nothing can follow on its connection.
    is_unread: bool,
}

impl Refusal {
    fn new(status: StatusCode, problem: impl Into<String>) -> Self {
        Refusal {
            status,
            problem: problem.into(),
            is_unread: false,
        }
    }

    fn unread(status: StatusCode, problem: impl Into<String>) -> Self {
        Refusal {
            is_unread: true,
            ..Refusal::new(status, problem)
        }
    }

    fn into_http(self) -> Response<ReplyBody> {
        let problem = format!("icws-mock --forward: {}", self.problem);
        let body = serde_json::json!({ "message": problem }).to_string();
        let body = Full::new(Bytes::from(body)).map_err(|never| match never {});
        let mut response = Response::new(body.boxed_unsync());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        let media = HeaderValue::from_static("application/json");
        headers.insert(CONTENT_TYPE, media);
        if self.is_unread {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}
