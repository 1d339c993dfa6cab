//! Models written as changes of `base.yaml`.

use std::fs;
use std::path::{Path, PathBuf};

use icws_spec::diff::{Change, Diff};
use icws_spec::{Model, ModelSource};

/// The model that the fixtures change.
pub fn base() -> String {
    fs::read_to_string("tests/diff/base.yaml").unwrap()
}

/// A change: texts that stand once in the base, each with what replaces it.
#[derive(Debug, Clone, Default)]
pub struct Patch {
    pub hunks: Vec<(String, String)>,
    /// The findings that must come of it, as they stand in the file.
    pub expected: Vec<String>,
}

impl Patch {
    /// The base with this change. `None` when another change took away what
    /// this one replaces.
    pub fn apply(&self, text: &str) -> Option<String> {
        let mut text = text.to_owned();
        for (old, new) in &self.hunks {
            if text.matches(old.as_str()).count() != 1 {
                return None;
            }
            text = text.replacen(old.as_str(), new, 1);
        }
        Some(text)
    }
}

/// The fixture of a rule: a change that it is about, and one that it is not.
pub struct Fixture {
    pub path: PathBuf,
    pub yes: Patch,
    pub no: Patch,
}

impl Fixture {
    /// Reads `yes` and `no`, each with hunks of `-` and `+` lines, and the
    /// findings behind `>`.
    pub fn read(path: &Path) -> Fixture {
        let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let (yes, no) = text.split_once("\nno\n").unwrap();
        let yes = yes.strip_prefix("yes\n").unwrap();
        Fixture {
            path: path.to_owned(),
            yes: patch(yes),
            no: patch(no),
        }
    }

    /// The file with other findings.
    pub fn write(&self) {
        let part = |patch: &Patch| {
            let lines = |mark: &str, text: &str| -> String {
                let lines = text.split('\n');
                lines.map(|line| format!("{mark}{line}\n")).collect()
            };
            let hunks = patch.hunks.iter();
            let hunks = hunks.map(|(old, new)| format!("{}{}", lines("-", old), lines("+", new)));
            let expected = patch.expected.iter().map(|line| format!("> {line}\n"));
            format!(
                "{}{}",
                hunks.collect::<String>(),
                expected.collect::<String>()
            )
        };
        let text = format!("yes\n{}\nno\n{}", part(&self.yes), part(&self.no));
        fs::write(&self.path, text).unwrap();
    }
}

fn patch(text: &str) -> Patch {
    let mut patch = Patch::default();
    let mut before = ' ';
    for line in text.lines() {
        let Some(mark) = line.chars().next() else {
            continue;
        };
        let rest = line[1..].to_owned();
        match (mark, patch.hunks.last_mut()) {
            ('>', _) => patch.expected.push(rest.trim_start().to_owned()),
            ('-', Some((old, _))) if before == '-' => old.push_str(&format!("\n{rest}")),
            ('-', _) => patch.hunks.push((rest, String::new())),
            ('+', Some((_, new))) if before == '+' => new.push_str(&format!("\n{rest}")),
            ('+', Some((_, new))) => *new = rest,
            _ => panic!("{line}"),
        }
        before = mark;
    }
    patch
}

/// All fixtures, in the order of their names.
pub fn all() -> Vec<Fixture> {
    let files = fs::read_dir("tests/diff/rules").unwrap();
    let mut paths: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| Fixture::read(path)).collect()
}

/// A model that must be sound.
pub fn sound(text: &str) -> Model {
    crate::sound(ModelSource::Inline(text))
}

/// All findings, a line for each.
pub fn lines(diff: &Diff) -> Vec<String> {
    diff.findings.iter().map(line).collect()
}

/// `property-removed breaking/fine breaking major: desk.order: …; why in Rust`.
fn line(change: &Change) -> String {
    let subjects: Vec<&str> = change.sites.iter().map(|s| s.subject.as_str()).collect();
    let reason = change.rust_reason.as_ref();
    format!(
        "{} {}/{} {} {}: {}: {}{}",
        change.rule.id,
        change.wire.old_client,
        change.wire.new_client,
        change.rust,
        change.bump.word(),
        subjects.join(", "),
        change.message,
        reason
            .map(|reason| format!("; {reason}"))
            .unwrap_or_default()
    )
}
