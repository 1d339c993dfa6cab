//! Names made of the dangerous words.

use fastrand::Rng;

use super::words::{BEFORE, BEHIND, ODD, WORDS};

/// The names of one scope so far.
#[derive(Debug, Default)]
pub struct Used(Vec<String>);

impl Used {
    /// A scope that has these names.
    pub fn of(names: &[String]) -> Used {
        Used(names.to_vec())
    }

    /// Takes a name, unless one like it is there.
    pub fn take(&mut self, name: &str) -> bool {
        let is_new = !self.0.iter().any(|other| letters(other) == letters(name));
        if is_new {
            self.0.push(name.to_owned());
        }
        is_new
    }

    /// One of the names.
    pub fn any(&self, random: &mut Rng) -> Option<String> {
        let count = self.0.len().max(1);
        self.0.get(random.usize(..count)).cloned()
    }
}

/// Where the names of a model come from.
pub struct Names {
    /// The few words of this model: what is alike must meet.
    theme: Vec<&'static str>,
}

fn pick(random: &mut Rng, from: &[&'static str]) -> &'static str {
    from[random.usize(..from.len())]
}

impl Names {
    pub fn new(random: &mut Rng) -> Names {
        let count = random.usize(3..9);
        Names {
            theme: (0..count).map(|_| pick(random, WORDS)).collect(),
        }
    }

    fn word(&self, random: &mut Rng) -> &'static str {
        let from = if random.u8(..10) == 0 {
            WORDS
        } else {
            &self.theme
        };
        pick(random, from)
    }

    fn any(&self, random: &mut Rng) -> String {
        let word = self.word(random);
        match random.u8(..18) {
            0..=9 => word.to_owned(),
            10 => format!("{}{}", pick(random, BEFORE), capital(word)),
            11 | 12 => format!("{word}{}", pick(random, BEHIND)),
            13 | 14 => format!("{word}{}", capital(self.word(random))),
            15 => format!("{word}{}{}", pick(random, &["_", "-"]), self.word(random)),
            // What cannot be a name costs a model its cleanness.
            16 | 17 if random.u8(..3) > 0 => capital(word),
            _ => pick(random, ODD).to_owned(),
        }
    }

    /// A name that is new in its scope. Names that differ only in case and
    /// separators are known to meet, and come seldom.
    pub fn fresh(&self, random: &mut Rng, used: &mut Used) -> String {
        for attempt in 0.. {
            let mut name = self.any(random);
            // The words of a theme may be used up.
            if attempt > 8 {
                name.push_str(&attempt.to_string());
            }
            let close = random.u8(..40) > 0;
            let meets = |other: &String| match close {
                true => letters(other) == letters(&name),
                false => *other == name,
            };
            if !used.0.iter().any(meets) {
                used.0.push(name.clone());
                return name;
            }
        }
        unreachable!("a number makes each name new")
    }

    /// A name as people write it behind `rust_name`.
    pub fn rust(&self, random: &mut Rng) -> String {
        let word = self.word(random).trim_start_matches('_');
        match random.u8(..9) {
            0 => format!("r#{word}"),
            1 => format!("{word}_"),
            2 => format!("_{word}"),
            3 => "_1st".to_owned(),
            4 | 5 => capital(word),
            6 => word.to_uppercase(),
            _ => word.to_owned(),
        }
    }
}

/// The name with a capital, or without any.
pub fn respelt(name: &str) -> String {
    let other = capital(name);
    match other == name {
        true => name.to_lowercase(),
        false => other,
    }
}

fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}
