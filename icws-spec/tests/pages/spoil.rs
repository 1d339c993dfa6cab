//! Pages spoilt.

use proptest::prelude::*;

use crate::pages::text;

/// Pages with some lines gone, and others replaced by lines of theirs or by any
/// of these.
pub fn spoilt(
    names: Vec<String>,
    others: &'static [&'static str],
) -> impl Strategy<Value = String> {
    let change = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0..3_u8,
    );
    let changes = prop::collection::vec(change, 1..8);
    (prop::sample::select(names), changes).prop_map(move |(name, changes)| {
        let text = text(&name);
        let mut lines: Vec<&str> = text.lines().collect();
        for (at, from, what) in changes {
            let at = at.index(lines.len());
            match what {
                0 => drop(lines.remove(at)),
                1 if !others.is_empty() => lines.insert(at, others[from.index(others.len())]),
                _ => lines[at] = lines[from.index(lines.len())],
            }
        }
        lines.join("\n")
    })
}
