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
    /// Whether every page has a list, be it empty.
    pub has_list: bool,
    /// The object that an item is.
    pub item: RecordId,
    /// The position of the parameter that asks for a page among those that the
    /// caller gives.
    pub range: usize,
}

/// The header that asks for a page.
const RANGE: &str = "Range";

/// The operations that take a range, and whose only success is an object of one type
/// with one list of objects.
pub(super) fn operations(api: &Api) -> Vec<PagedOperation> {
    let operations = api.operations().enumerate();
    let paged = operations.filter_map(|(index, (_, operation))| paged(api, index, operation));
    paged.collect()
}

/// The objects whose properties are selected, or that are listed.
pub(super) fn items(api: &Api, paged: &[PagedOperation]) -> BTreeSet<RecordId> {
    let operations = api.operations();
    let selected = operations.filter_map(|(_, operation)| selected(api, paged, operation));
    let items = paged.iter().map(|paged| paged.item);
    items.chain(selected).collect()
}

/// The parameter by which properties are selected.
pub(super) const SELECT: &str = "select";

/// Returns the object of which an operation reads the properties that are selected: that
/// of its pages, or its success.
pub(super) fn selected(
    api: &Api,
    paged: &[PagedOperation],
    operation: &Operation,
) -> Option<RecordId> {
    operation.given().find(|(_, parameter)| {
        let texts = matches!(&parameter.ty, Type::List(list) if *list.item == Type::String);
        texts && parameter.location == Location::Query && parameter.name == SELECT
    })?;
    let mut successes = operation.successes();
    let reply = successes.next()?;
    let Some(BodyType::Value(Type::Record(body))) = reply.body else {
        return None;
    };
    let mut paged = paged.iter();
    let item = paged.find(|paged| paged.page == body);
    let item = item.map_or(body, |paged| paged.item);
    (successes.next().is_none() && api[item].options.is_empty()).then_some(item)
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
    // Where there is a choice, a page is no struct with a list.
    if !api[page].options.is_empty() {
        return None;
    }
    let properties = api[page].properties.iter().enumerate();
    let mut lists = properties.filter_map(|(index, property)| match &property.ty {
        Type::List(list) if !list.nullable_items => match *list.item {
            Type::Record(item) if api[item].options.is_empty() => Some((index, property, item)),
            _ => None,
        },
        _ => None,
    });
    let (items, list, item) = lists.next()?;
    let is_paged = successes.next().is_none() && lists.next().is_none();
    is_paged.then_some(PagedOperation {
        operation: index,
        page,
        items,
        has_list: list.required && !list.nullable,
        item,
        range,
    })
}
