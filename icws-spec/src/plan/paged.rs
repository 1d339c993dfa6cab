//! Operations that give a list page by page.

use std::collections::BTreeSet;

use crate::api::{Api, BodyType, Location, Operation, RecordId, Type};

/// An operation that gives a list page by page.
pub struct PagedOperation {
    /// The operation, by its position in [`Api::operations`].
    pub operation: usize,
    /// The object that a page is.
    pub page: RecordId,
    /// The position of the property with the items.
    pub items: usize,
    /// The object that an item is.
    pub item: RecordId,
    /// The position of the parameter that asks for a page among those that the
    /// caller gives.
    pub range: usize,
}

/// The header that asks for a page.
const RANGE: &str = "Range";

/// The operations that take a range, and whose only success is an object with one
/// list of objects.
pub(super) fn operations(api: &Api) -> Vec<PagedOperation> {
    let operations = api.operations().enumerate();
    let paged = operations.filter_map(|(index, (_, operation))| paged(api, index, operation));
    paged.collect()
}

/// The objects that items of pages are.
pub(super) fn items(paged: &[PagedOperation]) -> BTreeSet<RecordId> {
    paged.iter().map(|paged| paged.item).collect()
}

fn paged(api: &Api, index: usize, operation: &Operation) -> Option<PagedOperation> {
    let range = operation.given().position(|(_, parameter)| {
        parameter.location == Location::Header && parameter.name == RANGE
    })?;
    let mut successes = operation.successes();
    let reply = successes.next().filter(|reply| reply.headers.is_empty())?;
    let Some(BodyType::Value(Type::Record(page))) = reply.body else {
        return None;
    };
    let properties = api[page].properties.iter().enumerate();
    let mut lists = properties.filter_map(|(index, property)| match &property.ty {
        Type::List(list) if !list.nullable_items => match *list.item {
            Type::Record(item) if api[item].options.is_empty() => Some((index, item)),
            _ => None,
        },
        _ => None,
    });
    let (items, item) = lists.next()?;
    let is_paged = successes.next().is_none() && lists.next().is_none();
    is_paged.then_some(PagedOperation {
        operation: index,
        page,
        items,
        item,
        range,
    })
}
