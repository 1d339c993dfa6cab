//! What the bindings say that depends on more than one item. It is taken from the
//! plan of the whole model, so that an item is the same whatever is selected.

use std::collections::{HashMap, HashSet};

use crate::api::Api;

use super::Plan;

/// What all operations of a model say in common.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    /// The parameters of which operations say different things: the names of the
    /// shared requests, and the positions in them.
    unlike: HashMap<String, HashSet<usize>>,
    /// The names on the wire that markers stand for, by the names of the markers.
    markers: HashMap<String, String>,
}

impl Words {
    /// Returns the words of a plan.
    pub fn of(plan: &Plan<'_>) -> Words {
        let unlike = plan.requests.iter().map(|shape| {
            let given = shape.given.iter().enumerate();
            let unlike = given.filter(|(_, given)| !given.is_alike);
            let positions = unlike.map(|(index, _)| index).collect();
            (shape.name.to_string(), positions)
        });
        let markers = plan.markers.iter();
        Words {
            unlike: unlike.collect(),
            markers: markers
                .map(|(name, wire)| (name.to_string(), wire.clone()))
                .collect(),
        }
    }

    /// Decides how a part of the model is written: in the words of the whole. Its
    /// names are sound, as those of the whole and of what pins leave of it are.
    pub fn plan<'a>(&self, part: &'a Api) -> Plan<'a> {
        let (mut plan, _) = Plan::of(part);
        for shape in plan.requests.iter_mut() {
            for (index, given) in shape.given.iter_mut().enumerate() {
                let unlike = self.unlike.get(shape.name.as_str());
                given.is_alike = !unlike.is_some_and(|unlike| unlike.contains(&index));
            }
        }
        for (name, wire) in &mut plan.markers {
            if let Some(said) = self.markers.get(name.as_str()) {
                wire.clone_from(said);
            }
        }
        plan
    }
}
