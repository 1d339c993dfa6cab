//! The feature versions of a server.

use std::collections::BTreeMap;

use crate::meta::FeatureVersion;

/// The features of a server with their versions, as it lists them under
/// `/icws/connection/features`.
///
/// ```
/// use icws_runtime::Features;
///
/// let features: Features = [("interactions", 7)].into_iter().collect();
/// assert_eq!(features.version("interactions"), Some(7));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Features {
    versions: BTreeMap<String, u32>,
}

impl Features {
    /// The version of a feature; `None` when the server does not have it.
    pub fn version(&self, feature: &str) -> Option<u32> {
        self.versions.get(feature).copied()
    }

    /// All features with their versions.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        let versions = self.versions.iter();
        versions.map(|(feature, version)| (feature.as_str(), *version))
    }

    /// Returns true if the server has a feature in at least this version.
    pub fn supports(&self, needed: FeatureVersion) -> bool {
        self.version(needed.feature)
            .is_some_and(|version| version >= needed.version)
    }
}

impl<S: Into<String>> FromIterator<(S, u32)> for Features {
    fn from_iter<I: IntoIterator<Item = (S, u32)>>(features: I) -> Self {
        let versions = features
            .into_iter()
            .map(|(feature, version)| (feature.into(), version))
            .collect();
        Features { versions }
    }
}
