//! The world of the mock: 10,000 interactions, 1,000 sessions that follow a queue each,
//! and 100 changes a second. First sessions that follow the same queue share a subject,
//! then each asks for attributes of its own, so that the server says every change anew.
//!
//! `cargo bench --manifest-path icws-generated/benches/speed/Cargo.toml --bench world`.
//! The server has a thread of its own, and one thread reads all streams.

mod meter;

use std::collections::BTreeMap;
use std::error::Error;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use icws_mock::{Control, MockServer, Scenario};
use rustix::time::{ClockId, clock_gettime};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

const INTERACTIONS: usize = 10_000;
const WORKGROUPS: usize = 8;
const SESSIONS: usize = 1_000;
/// Changes per second, and for how long.
const CHANGES: u32 = 100;
const SECONDS: u32 = 20;
const KIB: f64 = 1024.0;

/// When each change was made, and how long it took to arrive.
#[derive(Default)]
struct Log {
    made: Mutex<Vec<Instant>>,
    took: Mutex<Vec<Duration>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    for shares in [true, false] {
        run(shares)?;
    }
    Ok(())
}

fn run(shares: bool) -> Result<(), Box<dyn Error>> {
    let scenario: Scenario = format!(
        "workgroups: [{{ count: {WORKGROUPS}, id: 'w{{n}}' }}]\n\
         users: [{{ id: agent, password: secret }}]"
    )
    .parse()?;
    let (sender, receiver) = std::sync::mpsc::channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let server = std::thread::spawn(move || {
        meter::is_server();
        runtime.block_on(async {
            let server = MockServer::builder().world(scenario).kept_requests(0);
            let server = server.start().await.unwrap();
            sender.send((server.address(), server.control())).unwrap();
            let _ = stopped.await;
        });
        process_time()
    });
    let (address, control): (SocketAddr, Control) = receiver.recv()?;
    let ids = fill(&control);
    let log = Arc::new(Log::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (all, own, start) = (meter::all(), meter::server(), Instant::now());
        for number in 0..SESSIONS {
            let tag = (!shares).then_some(number);
            let stream = follow(address, number % WORKGROUPS + 1, tag).await?;
            tokio::spawn(read(stream, Arc::clone(&log)));
        }
        let seconds = start.elapsed().as_secs_f64();
        // The last of the full messages arrive.
        tokio::time::sleep(Duration::from_secs(2)).await;
        println!(
            "{SESSIONS} sessions follow a queue each, {}: made in {seconds:.1} s, {:.1} KiB each in the server, {:.1} KiB both ends",
            if shares { "the same attributes" } else { "attributes of their own" },
            (meter::server() - own) / SESSIONS as f64 / KIB,
            (meter::all() - all) / SESSIONS as f64 / KIB,
        );
        let (cpu, start) = (process_time(), Instant::now());
        let changes = std::thread::spawn({
            let log = Arc::clone(&log);
            move || change(&control, &ids, &log)
        });
        while !changes.is_finished() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let busy = (process_time() - cpu).as_secs_f64() / start.elapsed().as_secs_f64();
        tokio::time::sleep(Duration::from_secs(1)).await;
        report(&log);
        println!("{:.0} % of one processor, both ends", busy * 100.0);
        Ok::<_, Box<dyn Error>>(())
    })?;
    drop(stop);
    let _ = server.join();
    Ok(())
}

/// Processor time of all threads.
fn process_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Makes the interactions, and says what they take over what a program would keep of
/// them.
fn fill(control: &Control) -> Vec<String> {
    let before = meter::all();
    let ids: Vec<String> = (0..INTERACTIONS)
        .map(|number| {
            let workgroup = format!("w{}", number % WORKGROUPS + 1);
            let id = control.ring(&workgroup, None, "+13175550142", "Ada Example");
            id.expect("there is such a workgroup")
        })
        .collect();
    let each = |bytes: f64| bytes / INTERACTIONS as f64;
    let kept = each(meter::all() - before);
    let before = meter::all();
    let bare: Vec<(String, BTreeMap<String, String>)> = ids
        .iter()
        .map(|id| {
            let item = control.item("interactions", id).unwrap_or_default();
            let attributes = item["attributes"].as_object().into_iter().flatten();
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let attributes = attributes.map(|(name, value)| (name.clone(), text(value)));
            (id.clone(), attributes.collect())
        })
        .collect();
    let bare_bytes = each(meter::all() - before);
    drop(bare);
    println!("{INTERACTIONS} interactions: {kept:.0} bytes each, bare {bare_bytes:.0}, over it {:.0}", kept - bare_bytes);
    ids
}

fn change(control: &Control, ids: &[String], log: &Log) {
    let start = Instant::now();
    for number in 0..CHANGES * SECONDS {
        let id = &ids[number as usize * 7919 % ids.len()];
        log.made.lock().unwrap().push(Instant::now());
        control.set_attributes(id, &[("Note", number.to_string())]);
        let due = start + Duration::from_secs(1) * number / CHANGES;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
}

fn report(log: &Log) {
    let mut took = log.took.lock().unwrap();
    took.sort();
    let at = |share: f64| took.get((took.len() as f64 * share) as usize).copied().unwrap_or_default();
    let expected = (CHANGES * SECONDS) as usize * SESSIONS / WORKGROUPS;
    println!(
        "{} of {expected} messages arrived, half of them within {:.1} ms, 99 % within {:.1} ms, all within {:.1} ms",
        took.len(),
        at(0.5).as_secs_f64() * 1e3,
        at(0.99).as_secs_f64() * 1e3,
        took.last().copied().unwrap_or_default().as_secs_f64() * 1e3,
    );
}

/// A session that follows the queue of a workgroup, and its stream of events.
async fn follow(
    address: SocketAddr,
    workgroup: usize,
    tag: Option<usize>,
) -> Result<BufReader<TcpStream>, Box<dyn Error>> {
    let connect = r#"{"__type":"urn:inin.com:connection:icAuthConnectionRequestSettings","applicationName":"bench","userID":"agent","password":"secret"}"#;
    let made = exchange(address, "POST /icws/connection", "Accept-Language: en\r\n", connect).await?;
    let between = |start: &str, end: &str| {
        let rest = made.split_once(start).map(|(_, rest)| rest).unwrap_or_default();
        rest.split(end).next().unwrap_or_default().to_owned()
    };
    let (session, token) = (between("\"sessionId\":\"", "\""), between("\"csrfToken\":\"", "\""));
    let cookie = between("set-cookie: ", ";");
    let headers = format!("Cookie: {cookie}\r\nININ-ICWS-CSRF-Token: {token}\r\n");
    let own = tag.map(|tag| format!(r#","Own{tag}""#)).unwrap_or_default();
    let body = format!(
        r#"{{"queueIds":[{{"queueType":2,"queueName":"w{workgroup}"}}],"attributeNames":["Eic_State","Eic_RemoteName","Note"{own}]}}"#
    );
    let line = format!("PUT /icws/{session}/messaging/subscriptions/queues/q");
    let answer = exchange(address, &line, &headers, &body).await?;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let mut stream = TcpStream::connect(address).await?;
    let line = format!("GET /icws/{session}/messaging/messages HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n{headers}\r\n");
    stream.write_all(line.as_bytes()).await?;
    Ok(BufReader::new(stream))
}

async fn exchange(address: SocketAddr, line: &str, headers: &str, body: &str) -> Result<String, Box<dyn Error>> {
    let mut stream = TcpStream::connect(address).await?;
    let length = body.len();
    let request = format!("{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

/// Notes when the changes arrive.
async fn read(mut stream: BufReader<TcpStream>, log: Arc<Log>) {
    let mut line = String::new();
    // The first message is a long one; its memory is none that a session needs.
    while matches!(stream.read_line(&mut line).await, Ok(1..)) {
        let now = Instant::now();
        let note = line.split_once("\"Note\":\"").filter(|_| line.contains("\"isDelta\":true"));
        let number = note.and_then(|(_, rest)| rest.split('"').next()?.parse::<usize>().ok());
        if let Some(number) = number {
            let made = log.made.lock().unwrap()[number];
            log.took.lock().unwrap().push(now - made);
        }
        line.clear();
        line.shrink_to(4096);
    }
}
