//! What can happen to a page on its way out of a browser.

use super::line::{Line, text};

/// A page that was damaged.
pub struct Damaged {
    pub text: String,
    /// The facts that nobody can know of it: those of lines that are gone.
    pub unknowable: Vec<String>,
}

/// A way to damage a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// It ends somewhere.
    Cut,
    /// There are characters in it that nobody sees.
    Unseen,
    /// Letters of a line are wrong.
    Garbled,
    /// A type has a word that no page has.
    Type,
    /// Lines are gone.
    Deleted,
}

impl Damage {
    pub fn of(self, lines: &[Line], rng: &mut fastrand::Rng) -> Damaged {
        let mut lines = lines.to_vec();
        let mut unknowable = Vec::new();
        let mut gone: Vec<usize> = Vec::new();
        for _ in 0..rng.usize(1..4) {
            match self {
                Damage::Cut | Damage::Unseen => {}
                Damage::Garbled => garble(&mut lines, rng, &mut unknowable),
                Damage::Type => unknown_type(&mut lines, rng),
                Damage::Deleted => {
                    // Of several lines side by side nothing is left to see.
                    let at = rng.usize(..lines.len());
                    if gone.iter().all(|other| other.abs_diff(at) > 8) {
                        gone.push(at);
                    }
                }
            }
        }
        gone.sort_unstable();
        for at in gone.into_iter().rev() {
            unknowable.extend(lines.remove(at).states);
        }
        let whole = text(&lines, rng);
        let text = match self {
            Damage::Cut => cut(&whole, rng),
            Damage::Unseen => unseen(&whole, rng),
            _ => whole,
        };
        Damaged { text, unknowable }
    }
}

fn cut(whole: &str, rng: &mut fastrand::Rng) -> String {
    let characters = whole.chars().count();
    whole.chars().take(rng.usize(..=characters)).collect()
}

fn unseen(whole: &str, rng: &mut fastrand::Rng) -> String {
    const UNSEEN: &[char] = &[
        '\u{200b}', '\u{ad}', '\u{feff}', '\u{202e}', '\u{2069}', '\u{200d}',
    ];
    let mut out = String::new();
    for c in whole.chars() {
        out.push(c);
        if rng.u8(..30) == 0 {
            out.push(UNSEEN[rng.usize(..UNSEEN.len())]);
        }
    }
    out
}

/// Puts letters into a line that stand in no name.
fn garble(lines: &mut [Line], rng: &mut fastrand::Rng, unknowable: &mut Vec<String>) {
    const JUNK: &[char] = &['#', '\u{fffd}', '¤', '%', '~'];
    let at = rng.usize(..lines.len());
    let line = &mut lines[at];
    let mut letters: Vec<char> = line.text.chars().collect();
    let place = rng.usize(..letters.len());
    let junk = JUNK[rng.usize(..JUNK.len())];
    if rng.bool() {
        letters[place] = junk;
    } else {
        letters.insert(place, junk);
    }
    line.text = letters.into_iter().collect();
    // Any text is a value.
    if line.text.starts_with("Default value:") || line.text.starts_with("Content-Type:") {
        unknowable.extend(line.states.clone());
    }
}

fn unknown_type(lines: &mut [Line], rng: &mut fastrand::Rng) {
    const TYPES: &[&str] = &[
        "String", "Boolean", "Int", "Double", "DateTime", "Guid", "Duration",
    ];
    let is_type =
        |line: &Line| TYPES.contains(&line.text.as_str()) || line.text.starts_with("List [");
    let typed: Vec<usize> = (0..lines.len()).filter(|at| is_type(&lines[*at])).collect();
    let Some(at) = rng.choice(&typed) else { return };
    let words = [
        "Integer",
        "List [Unbounded]: Thing",
        "Enumeration (Int)",
        "string",
        "List of String",
    ];
    lines[*at].text = words[rng.usize(..words.len())].to_owned();
}
