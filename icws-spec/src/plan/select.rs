//! What of a model is generated.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::api::{Api, Since};
use crate::spelling::suggest;

use super::part::without;
use super::{Words, needs, sound};

/// The newest version of each feature that the bindings may use. Features that
/// are not named are not limited.
pub type Pins = BTreeMap<String, u32>;

/// The names of namespaces. Each stands for the namespace and for those below
/// it: `configuration` for `configuration.users`, too.
pub type Namespaces = BTreeSet<String>;

/// What of a model is generated; all of it unless something is set.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Selection {
    /// Leaves out what came with a newer version of a feature.
    pub pins: Pins,
    /// Leaves out all but the operations and messages of these namespaces, and
    /// what they need: types, the options of bases, and messages that follow.
    pub only: Option<Namespaces>,
}

impl Selection {
    /// Returns the part of the model that is asked for.
    pub fn of<'a>(&self, api: &'a Api) -> Cow<'a, Api> {
        let pinned = self.pinned(api);
        self.narrowed(pinned.map_or(Cow::Borrowed(api), |(pinned, _)| Cow::Owned(pinned)))
    }

    /// Returns what is asked for of a model whose bindings have these words.
    pub(crate) fn part<'a>(&self, api: &'a Api, words: &'a Words) -> Part<'a> {
        let (api, words) = match self.pinned(api) {
            Some((api, words)) => (Cow::Owned(api), Cow::Owned(words)),
            None => (Cow::Borrowed(api), Cow::Borrowed(words)),
        };
        let api = self.narrowed(api);
        Part { api, words }
    }

    /// Returns the model without what is newer than the pins, if there are any, and its
    /// words. What has a name that meets another only there is left out, too.
    fn pinned(&self, api: &Api) -> Option<(Api, Words)> {
        if self.pins.is_empty() {
            return None;
        }
        let newer = |since: Option<&Since>, _| {
            let pin = |since: &Since| self.pins.get(&since.feature).copied();
            since.is_some_and(|since| {
                pin(since).is_some_and(|pin| since.version.is_some_and(|version| version > pin))
            })
        };
        Some(sound(without(api, newer), &mut Vec::new()))
    }

    /// Returns the part of the model that the namespaces need.
    fn narrowed<'a>(&self, api: Cow<'a, Api>) -> Cow<'a, Api> {
        let Some(only) = &self.only else {
            return api;
        };
        Cow::Owned(needs::only(&api, |namespace| is_of(namespace, only)))
    }

    /// Returns the names in the selection that the model does not have.
    pub fn unknown<'a>(&'a self, api: &Api) -> Vec<UnknownName<'a>> {
        let features: Vec<&str> = api.features.iter().map(|f| f.name.as_str()).collect();
        let pins = self.pins.keys();
        let pins = pins.filter(|pin| !features.contains(&pin.as_str()));
        let pins = pins.map(|pin| UnknownName {
            kind: NameKind::Feature,
            name: pin,
            help: instead(suggest(pin, features.iter().copied()), &features),
        });
        let namespaces = api.namespaces_with_items();
        let known = |name: &str| namespaces.iter().any(|other| is_within(other, name));
        let only = self.only.iter().flatten();
        let only = only.filter(|name| !known(name)).map(|name| UnknownName {
            kind: NameKind::Namespace,
            name,
            help: namespace_help(name, &namespaces),
        });
        pins.chain(only).collect()
    }
}

/// A part of a model, which is written in the words of the whole.
pub(crate) struct Part<'a> {
    pub api: Cow<'a, Api>,
    pub words: Cow<'a, Words>,
}

/// Whether a namespace is the named one or stands below it.
fn is_within(namespace: &str, name: &str) -> bool {
    let rest = namespace.strip_prefix(name);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether a namespace is one of these or stands below one.
pub(crate) fn is_of(namespace: &str, names: &Namespaces) -> bool {
    names.iter().any(|name| is_within(namespace, name))
}

/// A name in a selection that the model does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownName<'a> {
    /// What it should be the name of.
    pub kind: NameKind,
    /// The name.
    pub name: &'a str,
    /// What may be written instead.
    pub help: String,
}

/// What a name in a selection is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameKind {
    /// A feature, in the pins.
    Feature,
    /// A namespace.
    Namespace,
}

impl fmt::Display for UnknownName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            NameKind::Feature => "feature",
            NameKind::Namespace => "namespace",
        };
        write!(f, "the model has no {kind} `{}`; {}", self.name, self.help)
    }
}

/// So many names are listed; the others are counted.
const LISTED: usize = 40;

/// What to write instead of an unknown name.
fn instead(meant: Option<&str>, known: &[&str]) -> String {
    if let Some(meant) = meant {
        return format!("did you mean `{meant}`?");
    }
    if known.is_empty() {
        return "the model declares none".to_owned();
    }
    let listed: Vec<&str> = known.iter().take(LISTED).copied().collect();
    let listed = listed.join(", ");
    match known.len() {
        1 => format!("there is {listed}"),
        2..=LISTED => format!("there are {listed}"),
        many => format!("there are {listed} and {} more", many - LISTED),
    }
}

/// What to write instead of an unknown namespace: one that ends like it, or one
/// of those that stand where the name leaves the tree.
fn namespace_help(name: &str, namespaces: &BTreeSet<&str>) -> String {
    let end = format!(".{name}");
    if let Some(whole) = namespaces.iter().find(|whole| whole.ends_with(&end)) {
        return instead(Some(whole), &[]);
    }
    let known = |above: &str| namespaces.iter().any(|other| is_within(other, above));
    let cuts = name.match_indices('.');
    let cuts = cuts.filter_map(|(dot, _)| name.get(..dot));
    let above = cuts.rev().find(|above| known(above));
    let rest = |whole: &str| match above {
        Some(above) => whole.strip_prefix(above)?.strip_prefix('.').map(first),
        None => Some(first(whole)),
    };
    let below: BTreeSet<String> = namespaces.iter().filter_map(|other| rest(other)).collect();
    let below: Vec<&str> = below.iter().map(String::as_str).collect();
    let meant = rest(name).and_then(|word| suggest(&word, below.iter().copied()));
    match above {
        None => instead(meant, &below),
        Some(above) if below.is_empty() => instead(Some(above), &[]),
        Some(above) => {
            let whole = |name: &str| format!("{above}.{name}");
            let below: Vec<String> = below.iter().map(|name| whole(name)).collect();
            let below: Vec<&str> = below.iter().map(String::as_str).collect();
            instead(meant.map(whole).as_deref(), &below)
        }
    }
}

/// The first word of a namespace.
fn first(namespace: &str) -> String {
    namespace.split('.').next().unwrap_or_default().to_owned()
}
