//! Which word a misspelt one means.

/// What is longer is no word that anybody has misspelt. To measure takes as many steps
/// as the letters of both, multiplied.
const LONGEST: usize = 256;

/// The candidate that a misspelt word most likely means: one that is a few
/// letters away, or a shorter or longer form of it (`bool`, `integer`).
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = Spelling::of(word);
    if word.length > LONGEST {
        return None;
    }
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = Spelling::of(candidate);
            let shorter = word.length.min(other.length);
            let related = shorter >= 3
                && (other.lower.starts_with(&word.lower) || word.lower.starts_with(&other.lower));
            // Measuring is slow; most candidates are seen to be far away.
            let most = 1 + shorter / 4;
            let is_far = !related && word.least_distance(&other) > most;
            if is_far || other.length > LONGEST {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&word.lower, &other.lower);
            (related || distance <= most).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// The question whether another word is meant, if one may be.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    suggest(word, candidates).map(|meant| format!("did you mean `{meant}`?"))
}

/// A word as its distance to others is seen.
struct Spelling {
    lower: String,
    /// The number of its letters.
    length: usize,
    /// A bit for each letter that is in it.
    letters: u64,
}

impl Spelling {
    fn of(word: &str) -> Spelling {
        let lower = word.to_lowercase();
        let bits = lower.chars().map(|letter| 1 << (u32::from(letter) % 64));
        Spelling {
            length: lower.chars().count(),
            letters: bits.fold(0, |letters, bit: u64| letters | bit),
            lower,
        }
    }

    /// Less than this two words are never apart: each change makes one letter
    /// more or less, or another.
    fn least_distance(&self, other: &Spelling) -> usize {
        let lacking = (other.letters & !self.letters).count_ones();
        let spare = (self.letters & !other.letters).count_ones();
        let letters = lacking.max(spare) as usize;
        letters.max(self.length.abs_diff(other.length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_finds_what_is_near_and_not_what_is_far() {
        let words = ["string", "boolean", "int", "double", "Straße"];
        assert_eq!(suggest("stirng", words), Some("string"));
        assert_eq!(suggest("Bool", words), Some("boolean"));
        assert_eq!(suggest("integer", words), Some("int"));
        assert_eq!(suggest("duoble", words), Some("double"));
        assert_eq!(suggest("STRASSE", words), Some("Straße"));
        assert_eq!(suggest("xyzzy", words), None);
    }
}
