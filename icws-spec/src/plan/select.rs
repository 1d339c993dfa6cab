//! What of a model is generated.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::api::{Api, Since};

use super::part::without;

/// The newest version of each feature that the bindings may use. Features that
/// are not named are not limited.
pub type Pins = BTreeMap<String, u32>;

/// What of a model is generated; all of it unless something is set.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Selection {
    /// Leaves out what came with a newer version of a feature.
    pub pins: Pins,
}

impl Selection {
    /// The names among the pins that are no feature of the model.
    pub fn unknown_pins<'a>(&'a self, api: &Api) -> Vec<&'a str> {
        let known = |pin: &str| api.features.iter().any(|feature| feature.name == pin);
        let pins = self.pins.keys().map(String::as_str);
        pins.filter(|pin| !known(pin)).collect()
    }

    /// The part of the model that is asked for.
    pub fn of<'a>(&self, api: &'a Api) -> Cow<'a, Api> {
        if self.pins.is_empty() {
            return Cow::Borrowed(api);
        }
        let newer = |since: Option<&Since>, _| {
            let pin = |since: &Since| self.pins.get(&since.feature).copied();
            since.is_some_and(|since| {
                pin(since).is_some_and(|pin| since.version.is_some_and(|version| version > pin))
            })
        };
        Cow::Owned(without(api, newer))
    }
}
