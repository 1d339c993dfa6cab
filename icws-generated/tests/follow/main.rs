//! The core of subscriptions against a simulated server, without input, output and
//! time: all subscriptions of the model, worlds and changes by chance, and whatever
//! can go wrong in between.
//!
//! A failure prints its seed; `SEED=…` runs with that one, `STEPS=…` sets the number
//! of changes, and `ONLY=…` names the operation of the one subscription that is run
//! for long by itself.

#![allow(missing_docs)]

mod cases;
mod chance;
mod change;
mod expect;
mod history;
mod instance;
mod listed;
mod live;
#[path = "../logs/mod.rs"]
mod logs;
mod operate;
mod quiet;
mod rules;
mod run;
mod server;
mod soak;
mod storm;
mod truth;
mod users;
mod values;
mod watched;
mod world;

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use icws_spec::{Model, ModelSource};

use instance::Kind;
use run::Run;

/// The shipped model, which is large, is loaded once.
fn model() -> &'static Model {
    static SHIPPED: LazyLock<Model> = LazyLock::new(|| Model::load(ModelSource::Shipped).unwrap());
    assert!(SHIPPED.findings().is_empty());
    &SHIPPED
}

/// A number that is given to a test from outside, instead of another one.
fn given(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is no number: {text}")),
    )
}

/// Prints the seed of a run that fails.
struct Seed<'a>(&'a str, u64);

impl Drop for Seed<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("\n{}: run it again with SEED={}", self.0, self.1);
        }
    }
}

fn run(what: &str, kinds: &[Kind<'_>], seed: u64, steps: u64, progress: bool) {
    let seed = given("SEED").unwrap_or(seed);
    let steps = given("STEPS").unwrap_or(steps);
    let _seed = Seed(what, seed);
    let mut run = Run::new(kinds, seed);
    let start = Instant::now();
    for step in 0..steps {
        run.step();
        if progress && (step + 1) % (steps / 100).max(1) == 0 {
            let done = 100 * (step + 1) / steps;
            let seconds = start.elapsed().as_secs();
            eprint!("\r{what}: {done:3} % of {steps} changes, {seconds} s");
        }
    }
    run.calm();
    if run.rng.bool() {
        run.leave();
    } else {
        run.end();
    }
    if progress {
        eprintln!();
    }
}

fn with_kinds(test: impl FnOnce(Vec<Kind<'_>>)) {
    let plan = model().plan();
    let mut listed = listed::all();
    let kinds = plan.subscriptions.iter().map(|facts| {
        let id = plan.operations[facts.start].operation.id();
        let found = listed.iter().position(|listed| listed.id == id);
        let found = found.unwrap_or_else(|| panic!("`{id}` is not in the list"));
        let listed = listed.swap_remove(found);
        assert_eq!(listed.states, facts.states().count(), "{id}");
        Kind::of(&plan, facts, listed)
    });
    test(kinds.collect());
}

#[test]
fn every_subscription_is_in_the_list() {
    let plan = model().plan();
    let ids = plan.subscriptions.iter();
    let ids = ids.map(|facts| plan.operations[facts.start].operation.id());
    let listed = listed::all();
    let listed = listed.iter().map(|listed| listed.id.to_owned());
    assert_eq!(
        ids.collect::<BTreeSet<_>>(),
        listed.collect::<BTreeSet<_>>()
    );
}

#[test]
fn each_subscription_by_itself_is_kept_true() {
    with_kinds(|mut kinds| {
        for seed in 0..kinds.len() {
            kinds.rotate_left(1);
            let id = kinds[0].listed.id;
            run(id, &kinds[..1], seed as u64, 300, false);
        }
    });
}

/// Of three that have one type of message, one is followed and two are refused.
#[test]
fn all_subscriptions_at_once_are_kept_true() {
    with_kinds(|kinds| {
        for seed in 0..3 {
            run("all", &kinds, seed, 2_000, false);
        }
    });
}

fn storm(messaging: u32, seed: u64, changes: u64, progress: bool) {
    let seed = given("SEED").unwrap_or(seed);
    let changes = given("STEPS").unwrap_or(changes);
    let _seed = Seed("over HTTP", seed);
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().unwrap();
    with_kinds(|kinds| runtime.block_on(storm::storm(&kinds, messaging, seed, changes, progress)));
}

#[test]
fn all_subscriptions_are_kept_true_over_http_by_events() {
    storm(2, 1, 300, false);
}

#[test]
fn all_subscriptions_are_kept_true_over_http_by_polls() {
    storm(1, 2, 300, false);
}

#[test]
#[ignore = "takes minutes: 20,000 changes over HTTP"]
fn all_subscriptions_are_kept_true_over_http_for_long() {
    storm(2, fastrand::u64(..1 << 32), 20_000, true);
}

/// `SOAK_SECONDS=…` sets the time.
#[test]
#[ignore = "takes an hour"]
fn all_subscriptions_are_kept_true_for_an_hour() {
    let seconds = given("SOAK_SECONDS").unwrap_or(3600);
    let seed = given("SEED").unwrap_or_else(|| fastrand::u64(..1 << 32));
    let _seed = Seed("an hour", seed);
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().unwrap();
    let lasting = Duration::from_secs(seconds);
    with_kinds(|kinds| runtime.block_on(soak::soak(&kinds, seed, lasting)));
}

#[test]
#[ignore = "takes minutes: 1,000,000 changes"]
fn all_subscriptions_are_kept_true_for_long() {
    with_kinds(|kinds| run("all", &kinds, fastrand::u64(..1 << 32), 1_000_000, true));
}

#[test]
#[ignore = "takes minutes: 5,000 changes of each"]
fn each_subscription_by_itself_is_kept_true_for_long() {
    with_kinds(|mut kinds| {
        for _ in 0..kinds.len() {
            kinds.rotate_left(1);
            let id = kinds[0].listed.id;
            if std::env::var("ONLY").is_ok_and(|only| only != id) {
                continue;
            }
            run(id, &kinds[..1], fastrand::u64(..1 << 32), 5_000, true);
        }
    });
}
