//! The pages of these tests.

pub mod spoil;

use std::fs;

/// A page as text.
pub fn text(name: &str) -> String {
    fs::read_to_string(format!("tests/pages/{name}.txt")).unwrap()
}
