//! What the client costs per poll, against other ways to fetch the same bytes,
//! in one run; and a thousand sessions in one process.
//!
//! `cargo bench --manifest-path icws-generated/benches/speed/Cargo.toml --bench
//! load`, with `-- polls` or `-- sessions` for one part. Processor time of the
//! client's thread alone; the server has a thread of its own.

mod fetchers;
mod server;
mod sessions;

#[path = "../batches.rs"]
mod batches;
#[path = "../peers.rs"]
mod peers;

mod hundred {
    icws_generated::bindings!("hundred.yaml");
}

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use batches::{Mix, batch};
use fetchers::Fetcher;

/// Polls per measurement, and how often each is measured, by turns.
const POLLS: u32 = 500;
const TURNS: usize = 15;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let part = |name: &str| {
        let mut words = std::env::args().skip(1).filter(|word| !word.starts_with('-'));
        words.next().is_none_or(|word| word == name)
    };
    if part("polls") {
        polls()?;
    }
    if part("sessions") {
        sessions::run()?;
    }
    Ok(())
}

/// Processor time of this thread.
fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

fn polls() -> Result<(), Box<dyn std::error::Error>> {
    let body = batch(&Mix {
        messages: 100,
        types: 100,
        type_last: false,
        unknown: false,
    });
    let address = server::start(body.clone())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut fetchers = runtime.block_on(fetchers::all(address))?;
    let mut best = vec![Duration::MAX; fetchers.len()];
    for _ in 0..TURNS {
        for (fetcher, best) in fetchers.iter_mut().zip(&mut best) {
            let took = runtime.block_on(measure(fetcher, body.len()))?;
            *best = took.min(*best);
        }
    }
    println!("one poll of 100 messages, {} bytes, processor time of the client", body.len());
    let time = |name: &str| {
        let at = fetchers.iter().position(|fetcher| fetcher.name() == name);
        at.and_then(|at| best.get(at)).copied().unwrap_or_default().as_secs_f64()
    };
    let (bare, decoded) = (time(fetchers::BARE), time(fetchers::ICWS_DECODED));
    for (fetcher, best) in fetchers.iter().zip(&best) {
        let micros = best.as_secs_f64() * 1e6;
        let to_bare = best.as_secs_f64() / bare;
        println!("{:44} {micros:7.1} µs  {to_bare:5.2} times bare hyper", fetcher.name());
    }
    let ratio = time(fetchers::REQWEST_TAGGED) / decoded;
    println!("reqwest with a tagged enum takes {ratio:.2} times what the client takes");
    Ok(())
}

/// The time of one poll.
async fn measure(
    fetcher: &mut Fetcher,
    expected: usize,
) -> Result<Duration, Box<dyn std::error::Error>> {
    let start = thread_time();
    for _ in 0..POLLS {
        let fetched = fetcher.fetch().await?;
        assert!(fetched == expected || fetched == 100, "{fetched}");
    }
    Ok((thread_time() - start) / POLLS)
}
