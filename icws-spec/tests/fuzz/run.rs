//! Runs inputs until the time is over; for the fuzz tests of `icws-generated`, too.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use fastrand::Rng;

/// How long one input may take, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a test takes when nobody asks for more.
const BRIEFLY: u64 = 2;

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

/// Runs until the time is over. Each input is made of a seed of its own.
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
    let start = Instant::now();
    while start.elapsed() < time {
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
    while let Some(before) = done() {
        std::thread::sleep(PATIENCE);
        if done() == Some(before)
            && let Some(now) = now.upgrade()
        {
            let kept = now.lock().unwrap().keep(name);
            eprintln!("an input takes longer than {PATIENCE:?}: {kept}");
            std::process::abort();
        }
    }
}
