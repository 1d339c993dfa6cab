//! The world of the mock: 10,000 interactions, 1,000 sessions that follow a queue each,
//! and 100 changes a second.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use icws_mock::{Control, MockServer, Scenario};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::sessions::resident;

const INTERACTIONS: usize = 10_000;
const WORKGROUPS: usize = 8;
const SESSIONS: usize = 1_000;
/// Changes per second, and for how long.
const CHANGES: u32 = 100;
const SECONDS: u32 = 20;

/// When each change was made, and how long it took to arrive.
#[derive(Default)]
struct Log {
    made: Mutex<Vec<Instant>>,
    took: Mutex<Vec<Duration>>,
}

pub fn run() -> Result<(), Box<dyn Error>> {
    let scenario: Scenario = format!(
        "workgroups: [{{ count: {WORKGROUPS}, id: 'w{{n}}' }}]\n\
         users: [{{ id: agent, password: secret }}]"
    )
    .parse()?;
    let (sender, receiver) = std::sync::mpsc::channel();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            let server = MockServer::builder().world(scenario).kept_requests(0);
            let server = server.start().await.unwrap();
            sender.send((server.address(), server.control())).unwrap();
            std::future::pending::<()>().await;
        });
    });
    let (address, control): (SocketAddr, Control) = receiver.recv()?;
    let before = resident();
    let ids: Vec<String> = (0..INTERACTIONS)
        .map(|number| {
            let workgroup = format!("w{}", number % WORKGROUPS + 1);
            control.ring(&workgroup, None, "+13175550142", "Ada Example")
        })
        .collect();
    let per_item = (resident() - before) / INTERACTIONS as f64;
    println!("{INTERACTIONS} interactions: {per_item:.2} KiB each");
    let log = Arc::new(Log::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (before, start) = (resident(), Instant::now());
        for number in 0..SESSIONS {
            let stream = follow(address, number % WORKGROUPS + 1).await?;
            tokio::spawn(read(stream, Arc::clone(&log)));
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        let per_session = (resident() - before) / SESSIONS as f64;
        let seconds = start.elapsed().as_secs_f64() - 1.0;
        println!("{SESSIONS} sessions follow a queue each: made in {seconds:.1} s, {per_session:.0} KiB each, both ends");
        log.took.lock().unwrap().clear();
        let changes = std::thread::spawn({
            let log = Arc::clone(&log);
            move || change(&control, &ids, &log)
        });
        while !changes.is_finished() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        report(&log);
        Ok(())
    })
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
async fn follow(address: SocketAddr, workgroup: usize) -> Result<BufReader<TcpStream>, Box<dyn Error>> {
    let connect = r#"{"__type":"urn:inin.com:connection:icAuthConnectionRequestSettings","applicationName":"bench","userID":"agent","password":"secret"}"#;
    let made = exchange(address, "POST /icws/connection", "Accept-Language: en\r\n", connect).await?;
    let between = |start: &str, end: &str| {
        let rest = made.split_once(start).map(|(_, rest)| rest).unwrap_or_default();
        rest.split(end).next().unwrap_or_default().to_owned()
    };
    let (session, token) = (between("\"sessionId\":\"", "\""), between("\"csrfToken\":\"", "\""));
    let cookie = between("set-cookie: ", ";");
    let headers = format!("Cookie: {cookie}\r\nININ-ICWS-CSRF-Token: {token}\r\n");
    let body = format!(
        r#"{{"queueIds":[{{"queueType":2,"queueName":"w{workgroup}"}}],"attributeNames":["Eic_State","Eic_RemoteName","Note"]}}"#
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
    while matches!(stream.read_line(&mut line).await, Ok(1..)) {
        let now = Instant::now();
        let note = line.split_once("\"Note\":\"").filter(|_| line.contains("\"isDelta\":true"));
        let number = note.and_then(|(_, rest)| rest.split('"').next()?.parse::<usize>().ok());
        if let Some(number) = number {
            let made = log.made.lock().unwrap()[number];
            log.took.lock().unwrap().push(now - made);
        }
        line.clear();
    }
}
