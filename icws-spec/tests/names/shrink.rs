//! The smallest part of a model that still has a fault.

use super::models::Files;

/// Takes lines out, each with those that are indented below it, as long as the
/// rest still fails.
pub fn shrink(mut files: Files, fails: impl Fn(&Files) -> bool) -> Files {
    loop {
        let Some(smaller) = parts(&files).find(|part| fails(part)) else {
            return files;
        };
        files = smaller;
    }
}

/// The model without one of its parts each, large ones first.
fn parts(files: &Files) -> impl Iterator<Item = Files> {
    let mut all = Vec::new();
    for (index, (path, text)) in files.0.iter().enumerate().skip(1) {
        let mut smaller = files.clone();
        smaller.0.remove(index);
        smaller.0[0].1 = smaller.0[0].1.replace(&format!("- {path}\n"), "");
        all.push((text.lines().count() + 1, smaller));
    }
    for (index, (_, text)) in files.0.iter().enumerate() {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for at in 0..lines.len() {
            let below = lines.iter().skip(at + 1);
            let end = at
                + 1
                + below
                    .take_while(|line| indent(line) > indent(lines[at]))
                    .count();
            let rest = [&lines[..at], &lines[end..]].concat().concat();
            let mut smaller = files.clone();
            smaller.0[index].1 = rest;
            all.push((end - at, smaller));
        }
    }
    all.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    all.into_iter().map(|(_, part)| part)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '-']).len()
}
