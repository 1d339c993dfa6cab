//! Which feature versions a value needs.

use super::record::Row;
use super::shape::visit;
use crate::meta::FeatureVersion;

/// Walks through a value and finds what is newer than the server.
pub struct Visitor<'a> {
    supports: &'a dyn Fn(FeatureVersion) -> bool,
    found: Option<(&'static str, FeatureVersion)>,
}

impl<'a> Visitor<'a> {
    pub(crate) fn new(supports: &'a dyn Fn(FeatureVersion) -> bool) -> Self {
        Visitor {
            supports,
            found: None,
        }
    }

    /// The first item that the server does not have: its name, and what it
    /// needs.
    pub(crate) fn found(self) -> Option<(&'static str, FeatureVersion)> {
        self.found
    }

    pub(super) fn needs(&mut self, name: &'static str, since: Option<FeatureVersion>) {
        if let (None, Some(since)) = (self.found, since)
            && !(self.supports)(since)
        {
            self.found = Some((name, since));
        }
    }
}

impl std::fmt::Debug for Visitor<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visitor")
            .field("found", &self.found)
            .finish_non_exhaustive()
    }
}

/// Says which feature versions an object and its properties need.
pub(super) fn visit_record(record: &dyn Row, visitor: &mut Visitor<'_>) {
    let meta = record.meta();
    visitor.needs(meta.name, meta.since);
    for (index, (name, _)) in meta.properties.iter().enumerate() {
        if let Some(value) = record.field(index).filter(|value| !value.is_absent()) {
            let newer = meta.newer.iter().find(|(newer, _)| *newer == index);
            visitor.needs(name, newer.map(|(_, since)| *since));
            visit(value, visitor);
        }
    }
}
