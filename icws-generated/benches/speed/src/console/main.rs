//! What the console costs a client while its page is closed: polls of a mock that keeps
//! its traffic, as after somebody has opened the page once, and of one that does not.
//!
//! `cargo bench --manifest-path icws-generated/benches/speed/Cargo.toml --bench console`.
//! Each server has a thread of its own, whose processor time is counted; they take turns.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use icws_mock::{Control, MockServer};
use rustix::time::{ClockId, clock_gettime};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// Polls per measurement, and how often each is measured, by turns.
const POLLS: u32 = 2_000;
const TURNS: usize = 15;

/// The messages that a poll brings.
const BATCHES: [usize; 2] = [0, 100];

const MESSAGE: &str = r#"{"__type":"urn:inin.com:queues:queueContentsMessage","isDelta":true,"subscriptionId":"tour","interactionsChanged":[{"interactionId":"2001234787","attributes":{"Eic_State":"C"}}]}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut servers = Vec::new();
    for keeps in [false, true] {
        let server = Server::start(keeps)?;
        let client = runtime.block_on(Client::connect(server.address, &server.control))?;
        servers.push((server, client));
    }
    for messages in BATCHES {
        let mut best = [(Duration::MAX, Duration::MAX); 2];
        for _ in 0..TURNS {
            for ((server, client), best) in servers.iter_mut().zip(&mut best) {
                let (start, busy) = (Instant::now(), server.time()?);
                for _ in 0..POLLS {
                    for _ in 0..messages {
                        server.control.inject_raw(MESSAGE);
                    }
                    runtime.block_on(client.poll())?;
                }
                *best = (best.0.min(start.elapsed() / POLLS), best.1.min((server.time()? - busy) / POLLS));
            }
        }
        println!("a poll of {messages} messages");
        for (keeps, (elapsed, busy)) in ["no traffic", "traffic kept"].iter().zip(best) {
            let rate = 1.0 / elapsed.as_secs_f64();
            let busy = busy.as_secs_f64() * 1e6;
            println!("{keeps:14} {busy:6.1} µs of the server's thread, {rate:6.0} polls a second");
        }
    }
    Ok(())
}

/// A server on a thread of its own.
struct Server {
    address: SocketAddr,
    control: Control,
    ask: UnboundedSender<()>,
    times: mpsc::Receiver<Duration>,
}

impl Server {
    fn start(keeps_traffic: bool) -> Result<Self, Box<dyn Error>> {
        let (started, starts) = mpsc::channel();
        let (told, times) = mpsc::channel();
        let (ask, mut asked) = unbounded_channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::spawn(move || {
            runtime.block_on(async {
                let builder = MockServer::builder();
                let builder = if keeps_traffic { builder.keep_traffic() } else { builder };
                let server = builder.start().await.unwrap();
                started.send((server.address(), server.control())).unwrap();
                while asked.recv().await.is_some() {
                    let time = clock_gettime(ClockId::ThreadCPUTime);
                    let nanoseconds = u32::try_from(time.tv_nsec).unwrap_or(0);
                    let _ = told.send(Duration::new(time.tv_sec.unsigned_abs(), nanoseconds));
                }
            });
        });
        let (address, control) = starts.recv()?;
        Ok(Server { address, control, ask, times })
    }

    /// The processor time of its thread so far.
    fn time(&self) -> Result<Duration, Box<dyn Error>> {
        self.ask.send(())?;
        Ok(self.times.recv()?)
    }
}

/// A client with one connection, which polls.
struct Client {
    connection: SendRequest<Empty<Bytes>>,
    poll: Request<Empty<Bytes>>,
}

impl Client {
    async fn connect(address: SocketAddr, control: &Control) -> Result<Self, Box<dyn Error>> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (mut connection, driver) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(driver);
        let login = r#"{"__type":"urn:inin.com:connection:icAuthConnectionRequestSettings","applicationName":"bench","userID":"agent","password":"secret"}"#;
        let cookie = connect(address, login).await?;
        let id = control.sessions().pop().unwrap_or_default();
        let poll = Request::get(format!("/icws/{id}/messaging/messages"))
            .header("host", address.to_string())
            .header("cookie", cookie)
            .body(Empty::new())?;
        connection.ready().await?;
        Ok(Client { connection, poll })
    }

    async fn poll(&mut self) -> Result<(), Box<dyn Error>> {
        self.connection.ready().await?;
        let answer = self.connection.send_request(self.poll.clone()).await?;
        assert_eq!(answer.status(), 200);
        answer.into_body().collect().await?;
        Ok(())
    }
}

/// Makes a session; its cookie.
async fn connect(address: SocketAddr, login: &'static str) -> Result<String, Box<dyn Error>> {
    let stream = TcpStream::connect(address).await?;
    let (mut connection, driver) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(driver);
    let request = Request::post("/icws/connection")
        .header("host", address.to_string())
        .header("accept-language", "en-us")
        .body(http_body_util::Full::new(Bytes::from_static(login.as_bytes())))?;
    let answer = connection.send_request(request).await?;
    assert_eq!(answer.status(), 201);
    let cookie = answer.headers()["set-cookie"].to_str()?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}
