//! Operations that give a list page by page, and those that give only the properties
//! that are selected.

use std::collections::BTreeSet;

use crate::api::{Api, Arena, BodyType, Location, Operation, Property, Record, RecordId, Type};

use super::names::Name;
use super::records::Struct;

/// How an operation gives a list page by page.
#[derive(Clone)]
pub struct PagedOperation<'a> {
    /// The object that a page is.
    pub page: RecordId,
    /// The property of a page with the items.
    pub items: &'a Property,
    /// Its field.
    pub field: Name,
    /// The function of the runtime that makes a list of what the field holds; `None`
    /// where every page has a list, be it empty.
    pub listed: Option<&'static str>,
    /// The object that an item is.
    pub item: RecordId,
    /// The position of the parameter that asks for a page among those that the
    /// caller gives.
    pub range: usize,
}

/// What an operation gives of objects.
pub(super) struct Objects<'a> {
    /// How it gives a list page by page, if it does.
    pub paged: Option<PagedOperation<'a>>,
    /// The object of which properties are selected, where they are.
    pub selected: Option<RecordId>,
}

/// The header that asks for a page.
const RANGE: &str = "Range";

/// The parameter by which properties are selected.
pub(super) const SELECT: &str = "select";

/// What the operations give, in the order of [`Api::operations`].
pub(super) fn objects<'a>(api: &Api, structs: &Arena<Struct<'a>, Record>) -> Vec<Objects<'a>> {
    let operations = api.operations();
    let paged = operations.map(|(_, operation)| paged(api, structs, operation));
    let paged: Vec<_> = paged.collect();
    let operations = api.operations().zip(&paged);
    let objects = operations.map(|((_, operation), own)| Objects {
        paged: own.clone(),
        selected: selected(api, &paged, operation),
    });
    objects.collect()
}

/// The objects whose properties are selected, or that are listed.
pub(super) fn items(objects: &[Objects<'_>]) -> BTreeSet<RecordId> {
    let paged = objects.iter().filter_map(|one| one.paged.as_ref());
    let selected = objects.iter().filter_map(|one| one.selected);
    paged.map(|paged| paged.item).chain(selected).collect()
}

/// Returns the object of which an operation reads the properties that are selected: that
/// of its pages, or its success.
fn selected(
    api: &Api,
    paged: &[Option<PagedOperation<'_>>],
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
    let mut paged = paged.iter().flatten();
    let item = paged.find(|paged| paged.page == body);
    let item = item.map_or(body, |paged| paged.item);
    (successes.next().is_none() && api[item].options.is_empty()).then_some(item)
}

/// How an operation gives a list page by page, if it takes a range, and its only success
/// is an object of one type with one list of objects.
fn paged<'a>(
    api: &Api,
    structs: &Arena<Struct<'a>, Record>,
    operation: &Operation,
) -> Option<PagedOperation<'a>> {
    let range = operation.given().position(|(_, parameter)| {
        parameter.location == Location::Header && parameter.name == RANGE
    })?;
    let mut successes = operation.successes();
    let reply = successes.next().filter(|reply| reply.headers.is_empty())?;
    let Some(BodyType::Value(Type::Record(page))) = reply.body else {
        return None;
    };
    // Where there is a choice, a page is no struct with a list; in a delta message, the list
    // may be one of parts.
    if !api[page].options.is_empty() || api[page].delta().is_some() {
        return None;
    }
    let fields = structs[page].fields.iter();
    let mut lists = fields.filter_map(|field| match &field.property.ty {
        Type::List(list) if !list.nullable_items => match *list.item {
            Type::Record(item) if api[item].options.is_empty() => Some((field, item)),
            _ => None,
        },
        _ => None,
    });
    let (field, item) = lists.next()?;
    let is_paged = successes.next().is_none() && lists.next().is_none();
    let items = field.property;
    let has_list = items.required && !items.nullable;
    is_paged.then(|| PagedOperation {
        page,
        items,
        field: field.name.clone(),
        listed: (!has_list).then_some("listed"),
        item,
        range,
    })
}
