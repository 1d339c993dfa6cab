//! Whatever the names of a model are: what `check` passes has no name twice, and
//! neither has what it leaves of a model with findings.
//!
//! `NAMES=100000` tries so many models, `NAMES_FROM` begins elsewhere.

mod bindings;
mod cases;
pub mod duplicates;
mod impls;
mod known;
mod models;
pub mod paths;
mod patience;
mod shrink;

use std::collections::BTreeMap;
use std::fmt::Write;

use bindings::{faults, kind};
use models::Files;

/// How many models are tried.
const COUNT: u64 = 10_000;

/// What came of a model.
struct Tried {
    clean: bool,
    faults: Vec<String>,
}

fn attempt(seed: u64) -> Tried {
    let model = Files::random(seed).load();
    Tried {
        clean: model.findings().is_empty(),
        faults: faults(&model),
    }
}

#[test]
fn no_name_stands_twice_whatever_the_words() {
    let outcome = patience::each(patience::numbers(COUNT), attempt);
    let clean = outcome.done.values().filter(|tried| tried.clean).count();
    let total = outcome.done.len();
    println!("{clean} of {total} models are clean");

    let mut report = String::new();
    for seed in &outcome.stuck {
        describe(
            &mut report,
            "hangs or panics",
            1,
            *seed,
            &Files::random(*seed),
        );
    }
    let mut kinds: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (seed, tried) in &outcome.done {
        for fault in &tried.faults {
            kinds.entry(kind(fault)).or_default().push(*seed);
        }
    }
    for (wanted, seeds) in kinds {
        let has = |files: &Files| {
            faults(&files.load())
                .iter()
                .any(|fault| kind(fault) == wanted)
        };
        let models = seeds.iter().map(|seed| Files::random(*seed));
        let small =
            models.min_by_key(|files| files.0.iter().map(|(_, text)| text.len()).sum::<usize>());
        let small = shrink::shrink(small.unwrap(), has);
        describe(&mut report, &wanted, seeds.len(), seeds[0], &small);
    }
    assert!(report.is_empty(), "{report}");
    assert!(clean * 4 >= total, "too few models are clean");
}

fn describe(out: &mut String, what: &str, count: usize, seed: u64, files: &Files) {
    let faults = match what {
        "hangs or panics" => String::new(),
        _ => faults(&files.load()).join("; "),
    };
    let _ = writeln!(out, "{what}, {count} times (first {seed}): {faults}");
    for (path, text) in &files.0 {
        let _ = writeln!(out, "# {path}\n{text}");
    }
}
