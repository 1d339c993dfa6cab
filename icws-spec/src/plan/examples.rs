//! The examples of the model as tests.

use std::collections::HashMap;

use heck::ToSnakeCase;

use crate::api::{Api, Arena, Operation, OperationExample, OperationId, RecordId};
use crate::names;
use crate::place::Place;

use super::content::long_digest;
use super::names::{Findings, Name, Owner, Scope};
use super::operations::PlannedOperation;
use super::ours;

/// A test that is made of an example.
pub struct Example<'a> {
    /// The test's name.
    pub name: Name,
    /// What is tested.
    pub of: Tested<'a>,
}

/// What is tested by an example.
#[derive(Debug, Clone, Copy)]
pub enum Tested<'a> {
    /// An object or message by itself, by its JSON.
    Record(RecordId, &'a str),
    /// A message among all that can arrive, by its `__type` and its JSON.
    Message(RecordId, &'a str, &'a str),
    /// An operation.
    Operation(OperationId, &'a OperationExample),
}

/// An example before it has a name.
struct Unnamed<'a> {
    /// What it is an example of, with the namespace.
    id: String,
    /// What the model calls it.
    name: &'a str,
    of: Tested<'a>,
    /// Where what it is an example of stands.
    place: Place,
}

/// The tests of all examples.
pub(super) fn of<'a>(
    api: &'a Api,
    operations: &Arena<PlannedOperation<'a>, Operation>,
    findings: &mut Findings,
) -> Vec<Example<'a>> {
    let records = api.records.entries().flat_map(|(id, record)| {
        record.examples.iter().map(move |example| Unnamed {
            id: record.id(),
            name: &example.name,
            of: match (&record.message, &record.urn) {
                (Some(_), Some(urn)) => Tested::Message(id, urn, &example.json),
                _ => Tested::Record(id, &example.json),
            },
            place: record.place,
        })
    });
    let operations = operations.entries().flat_map(|(id, planned)| {
        let operation = planned.operation;
        operation.examples.iter().map(move |example| Unnamed {
            id: operation.id(),
            name: &example.name,
            of: Tested::Operation(id, example),
            place: operation.place,
        })
    });
    let all: Vec<Unnamed<'_>> = records.chain(operations).collect();
    let wanted: Vec<String> = all.iter().map(Unnamed::wanted).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in &wanted {
        *counts.entry(name).or_default() += 1;
    }
    let mut scope = Scope::new("the examples", &[ours::SIZES]);
    let all = all.iter().zip(&wanted).map(|(example, wanted)| {
        // A name that only looks like a digest would meet one.
        let is_clear = counts.get(wanted.as_str()) == Some(&1) && !has_digest(wanted);
        let wanted = match is_clear {
            true => wanted.clone(),
            false => example.with_digest(wanted),
        };
        let what = format!("the example `{}` of `{}`", example.name, example.id);
        Example {
            name: scope.take(&wanted, Owner::item(what, example.place), findings),
            of: example.of,
        }
    });
    all.collect()
}

impl Unnamed<'_> {
    /// The name that it has where no other example has it.
    fn wanted(&self) -> String {
        let id = self.id.replace('.', "_").to_snake_case();
        let name = names::letters(&format!("{id}_{}", self.name.to_snake_case()));
        match names::is_identifier(&name) && !name.starts_with(names::RESERVED) {
            true => name,
            false => format!("example_{name}"),
        }
    }

    /// The name with a digest of the item and of what the model calls the example: by
    /// itself, and not by the order in which examples come.
    fn with_digest(&self, wanted: &str) -> String {
        let digest = long_digest(&format!("{} {}", self.id, self.name));
        format!("{wanted}{DIGEST}{digest:016x}")
    }
}

/// What stands between a name and its digest.
const DIGEST: &str = "_x";

/// Whether a name looks like one with a digest.
fn has_digest(name: &str) -> bool {
    let digest = name.rsplit_once(DIGEST).map_or("", |(_, digest)| digest);
    digest.len() == 16 && digest.chars().all(|c| c.is_ascii_hexdigit())
}
