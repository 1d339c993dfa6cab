//! The kinds of change: one table for the comparison, `explain`, the README and
//! the tests.
//!
//! A verdict is *fine* when programs go on as before: what is new has a feature
//! version, and a session refuses it on a server that is older. It is a
//! *warning* when nothing is certain: the other side may not know a value, or
//! may mind what it is sent. It is *breaking* when what worked stops working
//! without anybody touching the program.

mod table;

use std::fmt;

pub use table::*;

/// How a change bears on a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// It goes on as before.
    Fine,
    /// It may meet what it does not know.
    Warning,
    /// It stops working, or compiling.
    Breaking,
}

impl Verdict {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Fine => "fine",
            Verdict::Warning => "warning",
            Verdict::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What a change means to requests and responses that travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Wire {
    /// A client made from the old model, with a server of the new one.
    pub old_client: Verdict,
    /// A client made from the new model, with a server of the old one.
    pub new_client: Verdict,
}

impl Wire {
    /// Nothing happens.
    pub const FINE: Wire = Wire {
        old_client: Verdict::Fine,
        new_client: Verdict::Fine,
    };

    /// The worse of both, for each client.
    #[must_use]
    pub fn or(self, other: Wire) -> Wire {
        Wire {
            old_client: self.old_client.max(other.old_client),
            new_client: self.new_client.max(other.new_client),
        }
    }

    /// The worse verdict.
    pub fn worst(self) -> Verdict {
        self.old_client.max(self.new_client)
    }
}

/// What a change means to sources that use the bindings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RustVerdict {
    /// They compile as before.
    Fine,
    /// Those that use the thing do not compile.
    Breaking,
    /// It depends on the names and types that the generator chooses on both
    /// sides.
    Computed,
}

impl RustVerdict {
    /// The word in the documentation.
    pub fn word(self) -> &'static str {
        match self {
            RustVerdict::Fine => "fine",
            RustVerdict::Breaking => "breaking",
            RustVerdict::Computed => "computed",
        }
    }
}

/// Which part of the version number is to be raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Bump {
    /// The last.
    Patch,
    /// The middle.
    Minor,
    /// The first.
    Major,
}

impl Bump {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        }
    }

    /// The same for versions below 1.0, where Cargo takes the middle number for
    /// the first one.
    pub fn below_one(self) -> &'static str {
        match self {
            Bump::Major => "0.x: the middle number",
            Bump::Minor | Bump::Patch => "0.x: the last number",
        }
    }
}

/// The heading of a changelog under which a change belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Section {
    /// What is new.
    Added,
    /// What is different.
    Changed,
    /// What is gone.
    Removed,
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The name in findings, `property-removed`.
    pub id: &'static str,
    /// The change in a line.
    pub summary: &'static str,
    /// Under which heading it belongs: [`Section::Added`] for what has a
    /// feature version of its own, and could tell by it that it is new.
    pub section: Section,
    /// Whether the vendor owes a new feature version for it.
    pub versioned: bool,
    /// What it means where the thing travels in requests.
    pub request: Wire,
    /// What it means where the thing travels in replies and messages.
    pub reply: Wire,
    /// What it means to sources.
    pub rust: RustVerdict,
    /// What it asks of the version when it breaks nobody, by the directions in
    /// which the thing travels and what the generator decides; otherwise it is
    /// [`Bump::Major`].
    pub bump: Bump,
    /// Why, and what to do.
    pub explain: &'static str,
}

impl Rule {
    /// What it asks of the version, in words.
    pub fn version(&self) -> String {
        let breaks = |wire: Wire| wire.worst() == Verdict::Breaking;
        let directions = [breaks(self.request), breaks(self.reply)];
        if self.rust == RustVerdict::Breaking || directions == [true, true] {
            "major".to_owned()
        } else if self.rust == RustVerdict::Computed || directions != [false, false] {
            format!("major if it breaks, else {}", self.bump.word())
        } else {
            self.bump.word().to_owned()
        }
    }
}

/// A rule by its id.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.id == id).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_among_all_rules() {
        for rule in ALL {
            assert_eq!(by_id(rule.id), Some(*rule));
            assert_eq!(crate::rules::by_id(rule.id), None);
            assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
        }
    }

    #[test]
    fn only_what_breaks_is_major() {
        assert!(ALL.iter().all(|rule| rule.bump < Bump::Major));
    }
}
