//! Spoilt pages and models, for as long as one likes:
//!
//! ```sh
//! FUZZ_SECONDS=600 cargo test --release -p icws-spec --test fuzz -- --ignored --test-threads 1
//! ```
//!
//! A panic or an input that takes ten seconds ends the run; the input is kept in
//! `target/tmp`. `FUZZ_SEED` begins elsewhere.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fastrand::Rng;
use icws_spec::diff::Diff;
use icws_spec::import::{self, merge, read, write};
use icws_spec::{Model, ModelSource, shipped};

/// How long one input may take; models of this size take milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);

fn seconds() -> u64 {
    let given = std::env::var("FUZZ_SECONDS").ok();
    given.and_then(|given| given.parse().ok()).unwrap_or(600)
}

/// The files below a folder whose names end so.
fn texts(folder: &str, ending: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                texts.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    texts.sort();
    texts
}

fn models() -> Vec<String> {
    let mut models = texts("tests", ".yaml");
    models.extend(shipped::FILES.iter().map(|(_, text)| (*text).to_owned()));
    models.push(fs::read_to_string("../icws-generated/tests/everything.yaml").unwrap());
    models
}

/// A text with some damage: pieces gone, doubled, moved, or of another text.
fn spoil(texts: &[String], random: &mut Rng) -> String {
    let pick = |random: &mut Rng| random.choice(texts).cloned().unwrap_or_default();
    let mut text = pick(random);
    for _ in 0..random.usize(..6) {
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let other = pick(random);
        let others: Vec<&str> = other.split_inclusive('\n').collect();
        let at = random.usize(..=lines.len());
        let few = |random: &mut Rng, most: usize| random.usize(..=most.min(8));
        match random.u8(..7) {
            0 => drop(lines.drain(at..(at + few(random, lines.len() - at)))),
            1 => {
                let end = at + few(random, lines.len() - at);
                let piece = lines[at..end].to_vec();
                let to = random.usize(..=lines.len());
                lines.splice(to..to, piece);
            }
            2 | 3 => {
                let from = random.usize(..=others.len());
                let end = from + few(random, others.len() - from);
                lines.splice(at..at, others[from..end].iter().copied());
            }
            4 if !lines.is_empty() => {
                let (one, other) = (random.usize(..lines.len()), random.usize(..lines.len()));
                lines.swap(one, other);
            }
            _ => {}
        }
        let mut spoilt: String = lines.concat();
        if random.bool() {
            let mut bytes = spoilt.into_bytes();
            let at = random.usize(..=bytes.len());
            match random.u8(..4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, random.u8(..)),
                2 if at < bytes.len() => {
                    bytes[at] = *random.choice(b":-[]{}'\"#&*!|>%@`\n\t 0\xff").unwrap()
                }
                _ if at < bytes.len() => drop(bytes.remove(at)),
                _ => {}
            }
            spoilt = String::from_utf8_lossy(&bytes).into_owned();
        }
        text = spoilt;
    }
    text
}

/// Runs on spoilt inputs until the time is over.
fn fuzz(name: &str, input: impl Fn(&mut Rng) -> Vec<String>, run: impl Fn(&[String])) {
    let seed = std::env::var("FUZZ_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{name}.txt"));
    let keep = {
        let file = file.clone();
        move |texts: &[String]| fs::write(&file, texts.join("\n=====\n")).unwrap()
    };
    let current: Arc<Mutex<Vec<String>>> = Arc::default();
    let done = Arc::new(AtomicU64::new(0));
    let watch = {
        let (current, done, keep) = (Arc::clone(&current), Arc::clone(&done), keep.clone());
        move || loop {
            let before = done.load(Ordering::Relaxed);
            std::thread::sleep(PATIENCE);
            if done.load(Ordering::Relaxed) == before {
                keep(&current.lock().unwrap());
                eprintln!("an input takes longer than {PATIENCE:?}; it is in {file:?}");
                std::process::abort();
            }
        }
    };
    std::thread::spawn(watch);
    let mut random = Rng::with_seed(seed);
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(seconds()) {
        let texts = input(&mut random);
        current.lock().unwrap().clone_from(&texts);
        if catch_unwind(AssertUnwindSafe(|| run(&texts))).is_err() {
            keep(&texts);
            panic!("seed {seed}: the input is in target/tmp/fuzz-{name}.txt");
        }
        done.fetch_add(1, Ordering::Relaxed);
    }
    eprintln!(
        "{name}: {} inputs, seed {seed}",
        done.load(Ordering::Relaxed)
    );
    // The watch goes on until the process ends; there is always progress for it.
    std::thread::spawn(move || {
        loop {
            done.fetch_add(1, Ordering::Relaxed);
            std::thread::sleep(PATIENCE / 4);
        }
    });
}

#[test]
#[ignore = "takes ten minutes"]
fn loading() {
    let models = models();
    fuzz(
        "load",
        |random| vec![spoil(&models, random)],
        |texts| {
            let model = Model::load(ModelSource::Inline(&texts[0])).unwrap();
            for finding in model.findings() {
                assert!(finding.line >= 1 && finding.column >= 1);
            }
            let options = icws_spec::codegen::Options::default();
            let _ = icws_spec::codegen::generate(&model, &options);
        },
    );
}

#[test]
#[ignore = "takes ten minutes"]
fn comparing() {
    let models = models();
    let two = |random: &mut Rng| {
        // Mostly two versions of one text: those have something in common.
        let one = random.choice(&models).cloned().unwrap_or_default();
        let of = if random.u8(..4) == 0 {
            &models[..]
        } else {
            std::slice::from_ref(&one)
        };
        vec![spoil(of, random), spoil(of, random)]
    };
    fuzz("diff", two, |texts| {
        let [old, new] = [0, 1].map(|at| Model::load(ModelSource::Inline(&texts[at])).unwrap());
        let diff = Diff::between(&old, &new);
        let _ = (diff.bump(), diff.verdict());
    });
}

#[test]
#[ignore = "takes ten minutes"]
fn importing() {
    let pages = texts("tests/pages", ".txt");
    let models = texts("tests/pages", ".yaml");
    let shipped = Model::load(ModelSource::Shipped).unwrap();
    let input = |random: &mut Rng| vec![spoil(&pages, random), spoil(&models, random)];
    fuzz("import", input, |texts| {
        let Ok(page) = read("page.txt", &texts[0]) else {
            return;
        };
        let options = import::Options::default();
        if let Ok(written) = write(std::slice::from_ref(&page), &shipped, options) {
            let _ = Model::load(ModelSource::Inline(&written.yaml)).unwrap();
        }
        let model = Model::load(ModelSource::Inline(&texts[1])).unwrap();
        let _ = import::check(&page, &model);
        let _ = merge(&page, &model, options);
    });
}
