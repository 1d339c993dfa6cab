//! The names of everything that is emitted. Each is taken from the scope in
//! which it stands, and each scope knows whose it is: two that meet are a
//! finding with both places.
//!
//! What operations share is named by a digest of what is in it. Two contents with one
//! digest meet like all others: nothing gives way, since a name must not depend on what
//! else a model has.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::names;
use crate::place::Place;
use crate::rules;

/// An identifier that is emitted; `r#type` when it has to be raw.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Rc<str>);

impl Name {
    /// A name that stands in no scope, as nothing can meet it there: a type parameter of ours,
    /// the body, the root of the modules.
    pub(super) fn own(text: &str) -> Name {
        Name(text.into())
    }

    /// The text, with `r#` where it is raw.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text without `r#`.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The path of an item from the root of the bindings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The modules on the way.
    pub modules: Rc<[Name]>,
    /// The item.
    pub name: Name,
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut modules = self.modules.iter();
        modules.try_for_each(|module| write!(f, "{module}::"))?;
        write!(f, "{}", self.name)
    }
}

/// Whose a name is.
#[derive(Debug, Clone)]
pub(super) struct Owner {
    /// What it is called in findings: "the property `maxSize`".
    pub what: String,
    /// Where it stands in the model.
    pub place: Place,
    /// The place of what cannot be generated without the name.
    pub item: Place,
}

impl Owner {
    /// An item by itself.
    pub fn item(what: String, place: Place) -> Owner {
        Owner {
            what,
            place,
            item: place,
        }
    }

    /// A part of an item, which cannot be generated without the name of the part.
    pub fn part(what: String, place: Place, item: Place) -> Owner {
        Owner { what, place, item }
    }
}

/// What is wrong with the names of a model.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
    /// The places of the items that cannot be generated.
    pub unsound: HashSet<Place>,
}

impl Findings {
    fn report(&mut self, diagnostic: Diagnostic, owner: &Owner, way_out: &str) {
        self.unsound.insert(owner.item);
        self.diagnostics.push(diagnostic.help(way_out));
    }
}

/// Who has a name already.
enum Taken {
    /// The bindings, which made it up.
    Bindings,
    /// A thing of the model.
    Owned(Owner),
}

/// The names of one scope of the bindings.
pub(super) struct Scope<'a> {
    /// What the scope is in findings: "the module of `house`".
    what: String,
    /// The names that the bindings themselves have in it, which are few.
    own: &'a [&'a str],
    /// What helps where two names meet.
    way_out: &'static str,
    taken: HashMap<Rc<str>, Taken>,
}

impl<'a> Scope<'a> {
    /// A scope in which the bindings themselves have some names, beside those
    /// that begin with `__`.
    pub fn new(what: impl Into<String>, own: &'a [&'a str]) -> Self {
        Scope {
            what: what.into(),
            own,
            way_out: "choose another name with `rust_name: …`",
            taken: HashMap::new(),
        }
    }

    /// The scope of names that are made of contents, with what helps where two contents
    /// have one name.
    pub fn of_contents(what: impl Into<String>, way_out: &'static str) -> Self {
        Scope {
            way_out,
            ..Scope::new(what, &[])
        }
    }

    /// The scope of the modules within one, of which the model gives the names alone.
    pub fn of_modules(what: impl Into<String>, own: &'a [&'a str]) -> Self {
        Scope {
            way_out: "call the namespace something else",
            ..Scope::new(what, own)
        }
    }

    /// Gives a name of the generator's own to something of the model.
    pub fn hold(&mut self, name: &str, owner: Owner) -> Name {
        self.taken.insert(name.into(), Taken::Owned(owner));
        Name(name.into())
    }

    /// Gives a name to something that the generator makes up.
    pub fn ours(&mut self, name: &str) -> Name {
        self.taken.insert(name.into(), Taken::Bindings);
        Name(name.into())
    }

    /// Takes a name. What cannot have the one that it wants is reported, and must
    /// not be generated.
    pub fn take(&mut self, wanted: &str, owner: Owner, findings: &mut Findings) -> Name {
        let what = &owner.what;
        let reserved = |why: &str| {
            let message = format!("{what} would be called `{wanted}`, {why}");
            Diagnostic::new(&rules::RESERVED_NAME, owner.place, message)
        };
        const OURS: &str = "a name that the bindings use themselves";
        let Some(name) = names::identifier(wanted) else {
            let finding = reserved("which is not a name in Rust");
            findings.report(finding, &owner, self.way_out);
            return Name(wanted.into());
        };
        let name = Name(name.into());
        let finding = match self.taken.get(name.plain()) {
            _ if name.plain().starts_with(names::RESERVED) => reserved(OURS),
            _ if self.own.contains(&name.plain()) => reserved(OURS),
            Some(Taken::Bindings) => reserved(OURS),
            Some(Taken::Owned(other)) => self
                .collision(wanted, &owner, &other.what)
                .related(other.place, "the other one"),
            None => {
                let plain = match name.plain() {
                    plain if plain == name.as_str() => Rc::clone(&name.0),
                    plain => plain.into(),
                };
                self.taken.insert(plain, Taken::Owned(owner));
                return name;
            }
        };
        findings.report(finding, &owner, self.way_out);
        name
    }

    fn collision(&self, wanted: &str, owner: &Owner, other: &str) -> Diagnostic {
        let message = format!(
            "{} and {other} are both called `{wanted}` in {}",
            owner.what, self.what
        );
        Diagnostic::new(&rules::NAME_COLLISION, owner.place, message)
    }

    /// Takes a name that no program writes: one that is taken, or is none in
    /// Rust, gives way. It depends on what was taken before in the same scope,
    /// which must be that of one thing.
    pub fn give_way(&mut self, wanted: &str) -> Name {
        // What follows a letter can be anything that continues a name.
        let letters = names::letters(wanted);
        let stem = match names::identifier(&format!("{letters}_")) {
            Some(_) => letters,
            None => format!("P{}", letters.trim_start_matches(names::RESERVED)),
        };
        let mut name = stem.clone();
        let mut number = 1;
        while !names::is_identifier(&name)
            || self.own.contains(&name.as_str())
            || self.taken.contains_key(name.as_str())
        {
            number += 1;
            name = format!("{stem}{number}");
        }
        let name: Rc<str> = name.into();
        self.taken.insert(Rc::clone(&name), Taken::Bindings);
        Name(name)
    }
}
