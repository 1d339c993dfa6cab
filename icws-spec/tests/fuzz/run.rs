//! Runs inputs until the time is over; for the fuzz tests of `icws-generated`, too.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use fastrand::Rng;

/// How long the work on one input may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long an input may take that nobody works on: one that waits for itself.
const STANDSTILL: Duration = Duration::from_secs(1_800);

/// How long a test takes when nobody asks for more.
const BRIEFLY: u64 = 1;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// What is tried just now.
#[derive(Default)]
struct Now {
    seed: u64,
    input: Vec<u8>,
    done: u64,
}

impl Now {
    /// Keeps the input in a file, and says what it is.
    fn keep(&self, name: &str) -> String {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{name}.txt"));
        fs::write(&file, &self.input).unwrap();
        format!(
            "{name}: FUZZ_SEED={}, the input is in {}",
            self.seed,
            file.display()
        )
    }
}

/// What is tried just now, to add to while it runs.
#[derive(Clone, Default)]
pub struct Trial(Arc<Mutex<Now>>);

impl Trial {
    /// Notes a part of the input.
    pub fn note(&self, bytes: &[u8]) {
        self.0.lock().unwrap().input.extend_from_slice(bytes);
    }
}

/// Runs until the time is over: that of the clock, or, where somebody asks for a time, that
/// of the processor, so that other work on the machine takes nothing away. Each input is
/// made of a seed of its own.
pub fn fuzz(name: &'static str, run: impl Fn(&mut Rng, &Trial)) {
    let asked = number("FUZZ_SECONDS");
    let time = Duration::from_secs(asked.unwrap_or(BRIEFLY));
    let anywhere = asked.map_or(0, |_| fastrand::u64(..));
    let mut seed = number("FUZZ_SEED").unwrap_or(anywhere);
    let trial = Trial::default();
    std::thread::spawn({
        let now = Arc::downgrade(&trial.0);
        move || watch(name, &now)
    });
    let (start, before) = (Instant::now(), worked());
    let has_worked = || {
        let worked = worked().zip(before).filter(|_| asked.is_some());
        worked.is_none_or(|(now, before)| now - before >= time)
    };
    while start.elapsed() < time || !has_worked() {
        {
            let mut now = trial.0.lock().unwrap();
            now.seed = seed;
            now.input.clear();
        }
        let outcome = catch_unwind(AssertUnwindSafe(|| run(&mut Rng::with_seed(seed), &trial)));
        let mut now = trial.0.lock().unwrap();
        assert!(outcome.is_ok(), "{}", now.keep(name));
        now.done += 1;
        seed = seed.wrapping_add(1);
    }
    let done = trial.0.lock().unwrap().done;
    println!("{name}: {done} inputs, the next seed is {seed}");
}

/// Ends the process when an input takes too long, until the test is over.
fn watch(name: &str, now: &Weak<Mutex<Now>>) {
    let done = || now.upgrade().map(|now| now.lock().unwrap().done);
    let (mut before, mut began) = (None, (Instant::now(), worked()));
    while let Some(count) = done() {
        if before != Some(count) {
            (before, began) = (Some(count), (Instant::now(), worked()));
        }
        let waited = began.0.elapsed();
        let worked = worked().zip(began.1).map(|(now, then)| now - then);
        let is_long = worked.unwrap_or(waited) > PATIENCE || waited > STANDSTILL;
        if let Some(now) = now.upgrade().filter(|_| is_long) {
            let kept = now.lock().unwrap().keep(name);
            eprintln!("an input takes longer than {PATIENCE:?}: {kept}");
            std::process::abort();
        }
        std::thread::sleep(Duration::from_secs(1));
    }
}

/// How long this process has worked, where the system tells it: on a machine with much to
/// do that is less than the time that has passed.
fn worked() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in brackets, can have spaces.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut ticks = fields.split_whitespace().skip(11).map(str::parse::<u64>);
    let (user, system) = (ticks.next()?.ok()?, ticks.next()?.ok()?);
    Some(Duration::from_millis(10 * (user + system)))
}
