//! The examples of the model as tests.

use heck::ToSnakeCase;

use crate::api::{Api, RecordId};

use super::names::{Name, Scope};

/// A test that is made of an example.
pub struct Example {
    /// The test's name.
    pub name: Name,
    /// What it is an example of, and which of its examples it is.
    pub of: Tested,
    /// The example's position.
    pub index: usize,
}

/// What has examples.
#[derive(Debug, Clone, Copy)]
pub enum Tested {
    /// An object or message.
    Record(RecordId),
    /// An operation, by its position.
    Operation(usize),
}

/// The tests of all examples.
pub(super) fn of(api: &Api) -> Vec<Example> {
    let records = api.records.entries().flat_map(|(id, record)| {
        let names = record.examples.iter().map(|example| &example.name);
        names
            .enumerate()
            .map(move |(index, name)| (record.id(), name, Tested::Record(id), index))
    });
    let operations = api.operations().enumerate();
    let operations = operations.flat_map(|(number, (_, operation))| {
        let names = operation.examples.iter().map(|example| &example.name);
        names
            .enumerate()
            .map(move |(index, name)| (operation.id(), name, Tested::Operation(number), index))
    });
    let mut scope = Scope::new("the examples", &[]);
    let all = records.chain(operations);
    all.map(|(id, name, of, index)| {
        let id = id.replace('.', "_").to_snake_case();
        Example {
            name: scope.give_way(&format!("{id}_{}", name.to_snake_case())),
            of,
            index,
        }
    })
    .collect()
}
