//! What of the shipped model a part cannot do without.

use std::collections::HashSet;

use crate::api::{Api, RecordId, Type};
use crate::model::Model;
use crate::place::Place;
use crate::plan::Selection;
use crate::syntax::Node;

/// Returns the places of the items that a selection needs, of the objects that
/// these derive from, of what the shared replies name, and of the features of all
/// these.
pub(super) fn of(shipped: &Model, selection: &Selection) -> HashSet<Place> {
    let part = shipped.part(selection);
    let records = part.api.records.iter().map(|record| record.place);
    let enums = part.api.enums.iter().map(|enumeration| enumeration.place);
    let resources = part.api.resources.iter().map(|resource| resource.place);
    let mut needs = Needs {
        api: shipped.api(),
        places: enums.chain(resources).collect(),
    };
    let wanted: HashSet<Place> = records.collect();
    let named = named(shipped);
    for (id, record) in shipped.api().records.entries() {
        if wanted.contains(&record.place) || named.contains(record.id().as_str()) {
            needs.record(id);
        }
    }
    let mut places = needs.places;
    let named = features(shipped, &places);
    let features = shipped.api().features.iter();
    let used = features.filter(|feature| named.contains(feature.name.as_str()));
    places.extend(used.map(|feature| feature.place));
    places
}

/// The features that versions in what stays name: in items, in the shared
/// parameters and replies, and of whole files.
fn features<'m>(shipped: &'m Model, places: &HashSet<Place>) -> HashSet<&'m str> {
    let mut found = HashSet::new();
    for (id, file) in shipped.sources().files() {
        let has_items = places.iter().any(|place| place.file == id);
        for entry in file.root.as_map() {
            match entry.key.text.as_str() {
                "since" if has_items => found.extend(feature(&entry.node)),
                "parameters" | "replies" => versions(&entry.node, &mut found),
                _ => {
                    let is_kept = |node| places.contains(&id.at(node));
                    let items = entry.node.as_map().iter();
                    let kept = items.filter(|item| is_kept(item.key.id));
                    kept.for_each(|item| versions(&item.node, &mut found));
                }
            }
        }
    }
    found
}

/// The features that are named in a node.
fn versions<'m>(node: &'m Node, found: &mut HashSet<&'m str>) {
    for entry in node.as_map() {
        if entry.key.text == "since" {
            found.extend(feature(&entry.node));
        }
        versions(&entry.node, found);
    }
    node.as_list().iter().for_each(|item| versions(item, found));
}

fn feature(since: &Node) -> Option<&str> {
    since.as_str()?.split_whitespace().next()
}

/// The ids of the objects that shared replies name: all of them stay, so that
/// what is added later finds them.
fn named(shipped: &Model) -> HashSet<&str> {
    let files = shipped.sources().files();
    let replies = files.filter_map(|(_, file)| file.root.get("replies"));
    let replies = replies.flat_map(Node::as_map);
    let bodies = replies.filter_map(|reply| reply.node.get("body")?.as_str());
    bodies.collect()
}

struct Needs<'a> {
    api: &'a Api,
    places: HashSet<Place>,
}

impl Needs<'_> {
    /// Notes a record with what its text names. The options of a base are in the
    /// selection wherever they can arrive.
    fn record(&mut self, id: RecordId) {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            let record = &self.api[id];
            if !self.places.insert(record.place) {
                continue;
            }
            open.extend(record.base);
            for property in &record.properties {
                self.ty(&property.ty, &mut open);
            }
        }
    }

    fn ty(&mut self, ty: &Type, open: &mut Vec<RecordId>) {
        match ty.innermost() {
            Type::Record(id) => open.push(*id),
            Type::Enum(id) => {
                self.places.insert(self.api[*id].place);
            }
            _ => {}
        }
    }
}
