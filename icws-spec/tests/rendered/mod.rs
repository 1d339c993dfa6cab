//! Pages made of models, whole and damaged: what an import makes of them.
//!
//! A whole page says what its model says. A damaged page never takes away or
//! changes what the whole one states, but for what nobody can know without the
//! line that is gone. For a longer look:
//! `PAGES=20000 cargo test --release -p icws-spec rendered::`.

mod damage;
mod facts;
mod line;
mod render;
mod tables;

use std::collections::BTreeSet;

use icws_spec::Model;
use icws_spec::import::{Deviation, Options, Page, check, merge, read};

use crate::{everything, shipped};
use damage::{Damage, Damaged};
use facts::{facts, is_known_now, lost};
use line::{Line, text};
use render::render;

/// How many pages to look at.
fn pages(few: u64) -> std::ops::Range<u64> {
    let pages = std::env::var("PAGES").ok();
    0..pages.and_then(|pages| pages.parse().ok()).unwrap_or(few)
}

/// The page of one of the resources of a model.
fn page(model: &Model, seed: u64) -> (Vec<Line>, fastrand::Rng) {
    let mut rng = fastrand::Rng::with_seed(seed);
    let resources = &model.api().resources;
    let resource = &resources[rng.usize(..resources.len())];
    (render(model.api(), resource, &mut rng), rng)
}

fn found(text: &str, model: &Model) -> Option<Vec<Deviation>> {
    let page = read("page", text).ok()?;
    check(&page, model)
}

/// What an import would change.
fn changes(found: &[Deviation]) -> BTreeSet<&str> {
    let changes = found.iter().filter(|found| !found.by_hand);
    changes.map(|found| found.message.as_str()).collect()
}

/// Fails with what was found of a page, which is kept.
fn complain(seed: u64, found: &dyn std::fmt::Debug, text: &str) -> ! {
    let path = crate::scratch(module_path!(), "rendered.txt");
    std::fs::write(&path, text).unwrap();
    panic!("seed {seed}: {found:#?}\nof {}", path.display());
}

fn whole_pages_say_what_the_model_says(model: &Model, few: u64) {
    for seed in pages(few) {
        let (lines, mut rng) = page(model, seed);
        let text = text(&lines, &mut rng);
        let page = read("page", &text).unwrap();
        let unknown = page
            .notices
            .iter()
            .find(|notice| notice.unknown || notice.doubtful);
        if let Some(unknown) = unknown {
            complain(seed, unknown, &text);
        }
        let found = check(&page, model).unwrap();
        let other = found
            .iter()
            .find(|found| !found.message.contains(", known now: "));
        if let Some(other) = other {
            complain(seed, other, &text);
        }
    }
}

#[test]
fn whole_pages_of_everything_say_what_it_says() {
    whole_pages_say_what_the_model_says(everything(), 100);
}

#[test]
fn whole_pages_of_the_shipped_model_say_what_it_says() {
    whole_pages_say_what_the_model_says(shipped(), 15);
}

/// Holds that an import of damaged pages changes nothing that one of the whole
/// page would not.
fn damage_changes_nothing(model: &Model, damage: Damage, few: u64) {
    for seed in pages(few) {
        let (lines, mut rng) = page(model, seed);
        let whole = found(&text(&lines, &mut rng), model).unwrap();
        let damaged = damage.of(&lines, &mut rng);
        let Ok(page) = read("page", &damaged.text) else {
            continue;
        };
        let Some(found) = check(&page, model) else {
            // Not the path of anything: it is no new resource.
            let merged = merge(&page, model, Options::default()).unwrap();
            assert!(merged.files.is_empty(), "seed {seed}");
            continue;
        };
        let (whole, changes) = (changes(&whole), changes(&found));
        let more: BTreeSet<_> = changes.difference(&whole).collect();
        if !more.is_empty() {
            lose_nothing(model, seed, &page, &damaged);
        }
        if !more.is_empty() && damage != Damage::Deleted && damaged.unknowable.is_empty() {
            complain(seed, &more, &damaged.text);
        }
    }
}

/// Holds that an import takes away and changes nothing, but for what nobody can
/// know of the page.
fn lose_nothing(model: &Model, seed: u64, page: &Page, damaged: &Damaged) {
    let before = facts(model.api());
    let merged = merge(page, model, Options::default()).unwrap();
    let after = facts(merged.model.api());
    let mut lost = lost(&before, &after);
    lost.retain(|key| {
        let value = before.get(key).map_or("", String::as_str);
        let unknowable = damaged.unknowable.iter().any(|gone| key.starts_with(gone));
        !unknowable && !is_known_now(value, after.get(key))
    });
    if !lost.is_empty() {
        complain(seed, &(lost, merged.changes), &damaged.text);
    }
}

#[test]
fn what_nobody_sees_changes_nothing() {
    damage_changes_nothing(everything(), Damage::Unseen, 60);
    damage_changes_nothing(shipped(), Damage::Unseen, 5);
}

#[test]
fn a_page_that_ends_somewhere_changes_nothing() {
    damage_changes_nothing(everything(), Damage::Cut, 100);
    damage_changes_nothing(shipped(), Damage::Cut, 8);
}

#[test]
fn a_type_that_is_not_known_changes_nothing() {
    damage_changes_nothing(everything(), Damage::Type, 50);
    damage_changes_nothing(shipped(), Damage::Type, 5);
}

#[test]
fn garbled_lines_change_nothing() {
    damage_changes_nothing(everything(), Damage::Garbled, 100);
    damage_changes_nothing(shipped(), Damage::Garbled, 8);
}

#[test]
fn lines_that_are_gone_take_nothing_but_their_own_facts_away() {
    damage_changes_nothing(everything(), Damage::Deleted, 80);
    damage_changes_nothing(shipped(), Damage::Deleted, 8);
}
