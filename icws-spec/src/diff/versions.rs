//! Whether a feature version tells of a change.

use std::collections::BTreeMap;

use crate::api::{Api, Since};

use super::rules::Section;

/// The highest version of each feature that anything names, on both sides.
pub(super) struct Versions {
    old: BTreeMap<String, u32>,
    new: BTreeMap<String, u32>,
}

impl Versions {
    pub fn of(old: &Api, new: &Api) -> Self {
        Versions {
            old: highest(old),
            new: highest(new),
        }
    }

    /// What is missing: the version by which a client could tell of the change
    /// of a thing with a version of its own. What is new needs one that the old
    /// model does not know; what changed or went needs its feature to have
    /// risen.
    pub fn untold(&self, section: Section, since: Option<&Since>) -> Option<String> {
        let Some(since) = since else {
            return Some("no feature version covers the thing".to_owned());
        };
        let Some(old) = self.old.get(&since.feature) else {
            // A feature that the old model did not have at all.
            return None;
        };
        let feature = &since.feature;
        if section == Section::Added {
            return since
                .version
                .is_none_or(|version| version <= *old)
                .then(|| {
                    format!("it is new and says `{since}`, but `{feature}` was at {old} already")
                });
        }
        let new = self.new.get(feature).unwrap_or(old);
        (new <= old).then(|| format!("`{feature}` stays at {old}"))
    }
}

fn highest(api: &Api) -> BTreeMap<String, u32> {
    let mut versions = BTreeMap::new();
    for since in api.versions() {
        if let Some(version) = since.version {
            let known: &mut u32 = versions.entry(since.feature.clone()).or_default();
            *known = (*known).max(version);
        }
    }
    versions
}
