//! The shipped model against the facts of the whole API, in both directions.
//!
//! `facts.json` has the names, paths, types, statuses and parameters that the
//! vendor's own library knows. What the model says differently, leaves out or
//! adds needs a `source` that tells why; `differences.txt` lists all of them
//! with their reasons, and `UPDATE_EXPECT=1` writes it anew.

mod facts;
mod operations;
mod pairs;
mod types;

use std::fs;

use facts::Facts;
use pairs::Pairs;

#[test]
fn the_model_says_what_the_facts_say_or_why_not() {
    let text = fs::read_to_string("tests/sheet/facts.json").unwrap();
    let facts: Facts = serde_json::from_str(&text).unwrap();
    let api = crate::shipped().api();

    let mut pairs = Pairs::new(&facts, api);
    operations::compare(&facts, api, &mut pairs);
    types::compare(&mut pairs);

    let (told, untold): (Vec<_>, Vec<_>) = pairs
        .differences
        .into_iter()
        .partition(|d| d.source.is_some());
    let untold: Vec<String> = untold.into_iter().map(|d| d.what).collect();
    assert!(
        untold.is_empty(),
        "{} differences without a source:\n{}",
        untold.len(),
        untold.join("\n")
    );
    let lines = told.into_iter();
    let mut lines: Vec<String> = lines
        .map(|d| format!("{}\n    {}\n", d.what, d.source.unwrap_or_default()))
        .collect();
    lines.sort();
    let text = lines.concat();
    let file = "tests/sheet/differences.txt";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(file, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(file).unwrap_or_default());
}
