//! The names of types in a document: the ids of the model, as far as the formats
//! take their characters.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Arena, EnumId, Enumeration, Record, RecordId};
use crate::plan::Plan;

/// The names of all types of a model.
pub(super) struct Names {
    taken: Taken,
    enums: Arena<String, Enumeration>,
    records: Arena<String, Record>,
    choices: BTreeMap<RecordId, Choice>,
    /// Any message.
    pub messages: Choice,
}

/// The names of a choice among options.
#[derive(Clone)]
pub(super) struct Choice {
    /// The choice.
    pub any: String,
    /// An option that is not known.
    pub other: String,
}

impl Names {
    /// Names all types. Those that stand for one item of the model come first, so
    /// that they have its id.
    pub fn of(plan: &Plan<'_>) -> Names {
        let mut taken = Taken::default();
        let enums = plan.api.enums.iter().map(|e| taken.name(&e.id()));
        let enums = enums.collect();
        let records = plan.api.records.iter().map(|r| taken.name(&r.id()));
        let records = records.collect();
        let choices = plan.structs.entries();
        let choices = choices.filter(|(_, planned)| planned.any.is_some());
        let choices = choices.map(|(id, planned)| (id, taken.choice(&planned.record.id())));
        let choices = choices.collect();
        let messages = taken.choice("message");
        Names {
            taken,
            enums,
            records,
            choices,
            messages,
        }
    }

    pub fn enumeration(&self, id: EnumId) -> &str {
        &self.enums[id]
    }

    /// The object alone, without what derives from it.
    pub fn record(&self, id: RecordId) -> &str {
        &self.records[id]
    }

    /// The choice among the object and what derives from it, where one is asked
    /// for.
    pub fn choice(&self, id: RecordId) -> Option<&Choice> {
        self.choices.get(&id)
    }

    /// A name for something else.
    pub fn other(&mut self, id: &str) -> String {
        self.taken.name(id)
    }
}

/// The names of other items, in their order.
pub(super) fn names(ids: impl Iterator<Item = String>) -> Vec<String> {
    let mut taken = Taken::default();
    ids.map(|id| taken.name(&id)).collect()
}

#[derive(Default)]
struct Taken(BTreeSet<String>);

impl Taken {
    fn choice(&mut self, id: &str) -> Choice {
        Choice {
            any: self.name(&format!("{id}.any")),
            other: self.name(&format!("{id}.other")),
        }
    }

    /// A name that is not taken. The numbers are for ids that differ in characters
    /// that the formats do not take.
    fn name(&mut self, id: &str) -> String {
        let plain = plain(id);
        let mut name = plain.clone();
        let mut number = 2;
        while !self.0.insert(name.clone()) {
            name = format!("{plain}_{number}");
            number += 1;
        }
        name
    }
}

/// An id with an underscore in place of what OpenAPI and AsyncAPI do not take in
/// the name of a component.
fn plain(id: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let chars = id.chars();
    chars.map(|c| if is_plain(c) { c } else { '_' }).collect()
}
