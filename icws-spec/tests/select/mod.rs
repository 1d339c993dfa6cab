//! Bindings of some namespaces: what is needed is in them, as it is in the
//! bindings of the whole model, and nothing else.

pub mod house;
mod items;

use std::collections::BTreeSet;
use std::num::NonZero;
use std::thread;

use icws_spec::api::RecordId;
use icws_spec::codegen::{Options, generate};
use icws_spec::plan::Plan;
use icws_spec::{Model, ModelSource, Selection};

use items::Items;

/// The model of the house.
fn house(name: &str) -> Model {
    crate::sound(ModelSource::Path(&house::folder(name)))
}

/// The selection of some namespaces.
pub fn selection(only: &[&str]) -> Selection {
    let mut selection = Selection::default();
    selection.only = Some(only.iter().map(|name| (*name).to_owned()).collect());
    selection
}

fn expansion(model: &Model, selection: Selection) -> syn::File {
    let mut options = Options::default();
    options.selection = selection;
    syn::parse2(generate(model, &options)).unwrap()
}

/// The items of the bindings of some namespaces.
fn items(model: &Model, only: &[&str]) -> Items {
    Items::of(&expansion(model, selection(only)))
}

/// The namespaces of a model, and those that only others stand below.
fn namespaces(model: &Model) -> BTreeSet<String> {
    let namespaces = model.api().namespaces_with_items().into_iter();
    let above = namespaces.flat_map(|namespace| {
        let dots = namespace.match_indices('.').map(|(dot, _)| dot);
        let ends = dots.chain([namespace.len()]);
        ends.map(|end| namespace[..end].to_owned())
    });
    above.collect()
}

/// The items that a namespace is asked for: its operations with what follows
/// them, and its messages.
fn asked_for(plan: &Plan<'_>, name: &str) -> Vec<String> {
    let api = plan.api;
    let below = format!("{name}.");
    let wanted = |namespace: &str| namespace == name || namespace.starts_with(&below);
    let mut records: Vec<RecordId> = Vec::new();
    let mut asked = Vec::new();
    for planned in &plan.operations {
        if wanted(&planned.operation.namespace) {
            let names = &planned.names;
            let mut own = names.own.clone();
            asked.push(own.to_string());
            for name in [&names.builder, &names.marker, &names.response] {
                own.name.clone_from(name);
                asked.push(own.to_string());
            }
            let replies = planned.operation.replies.iter();
            records.extend(replies.flat_map(|reply| &reply.messages));
        }
    }
    let messages = api.messages();
    let messages = messages.filter(|(_, m)| m.urn.is_some() && wanted(&m.namespace));
    records.extend(messages.map(|(id, _)| id));
    let records = records.iter();
    asked.extend(records.map(|id| plan.structs[*id].path.to_string()));
    asked.iter().map(|path| path.replace("r#", "")).collect()
}

/// Holds for namespaces of a model that its bindings are closed, minimal and
/// a part of all bindings.
fn each_alone(model: &Model, names: &[String]) {
    let whole = Items::of(&expansion(model, Selection::default()));
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for names in names.chunks(names.len().div_ceil(threads)) {
            let whole = &whole;
            scope.spawn(move || {
                let plan = model.plan();
                names
                    .iter()
                    .for_each(|name| alone(model, &plan, name, whole));
            });
        }
    });
}

fn alone(model: &Model, plan: &Plan<'_>, name: &str, whole: &Items) {
    let file = expansion(model, selection(&[name]));
    assert_eq!(crate::names::paths::dangling(&file), [""; 0], "of `{name}`");
    let part = Items::of(&file);
    let other: Vec<_> = part.all.difference(&whole.all).collect();
    assert!(other.is_empty(), "of `{name}`, differs: {:#?}", other[0]);
    let idle = part.beyond(asked_for(plan, name));
    assert_eq!(idle, [""; 0], "of `{name}`, nothing needs them");
}

#[test]
fn each_namespace_of_the_shipped_model_brings_what_it_needs() {
    let model = crate::shipped();
    each_alone(model, &crate::some(namespaces(model)));
}

#[test]
fn each_namespace_brings_what_it_needs() {
    let model = house("each");
    each_alone(&model, &Vec::from_iter(namespaces(&model)));
}

/// The ids of what is left of a model.
fn ids(model: &Model, only: &[&str]) -> Vec<String> {
    let api = selection(only).of(model.api()).into_owned();
    let operations = api.operations().map(|(_, operation)| operation.id());
    let enums = api.enums.iter().map(|enumeration| enumeration.id());
    let records = api.records.iter().map(|record| record.id());
    operations.chain(enums).chain(records).collect()
}

#[test]
fn types_come_along_through_lists_maps_and_bodies() {
    let model = house("types");
    assert_eq!(
        ids(&model, &["desk.lamps"]),
        [
            "desk.lamps.getLamp",
            "common.look",
            "desk.lamps.lamp",
            "desk.lamps.bulb"
        ]
    );
}

#[test]
fn a_name_stands_for_what_is_below_it_and_not_for_what_begins_like_it() {
    let model = house("below");
    let of = |only: &[&str]| ids(&model, only);
    assert!(of(&["desk"]).contains(&"desk.lamps.getLamp".to_owned()));
    assert!(!of(&["desk.lamps"]).contains(&"desk.watch".to_owned()));
    assert_eq!(of(&["des"]), [""; 0]);
}

/// Holds that some ids are among those that a namespace brings, and others not.
fn brings(only: &str, there: &[&str], not_there: &[&str]) {
    let ids = ids(&house(only), &[only]);
    let has = |id: &&&str| ids.iter().any(|other| other == **id);
    let lacking: Vec<_> = there.iter().filter(|id| !has(id)).collect();
    let idle: Vec<_> = not_there.iter().filter(has).collect();
    assert!(
        lacking.is_empty() && idle.is_empty(),
        "{lacking:?} {idle:?}"
    );
}

#[test]
fn a_base_comes_with_all_its_options_where_it_is_asked_for() {
    let errors = [
        "common.error",
        "desk.deskError",
        "desk.drawer",
        "common.left",
        "common.right",
    ];
    brings(
        "desk",
        &errors,
        &["desk.spare", "common.message", "common.tool", "desk.hammer"],
    );
    brings(
        "shed",
        &["desk.hammer", "garden.rake", "garden.flower", "common.look"],
        &["desk.spare"],
    );
}

#[test]
fn what_follows_comes_along_and_not_what_derives_from_it() {
    brings(
        "hall",
        &["hall.opened", "hall.person", "garden.rained"],
        &["garden.bloomed"],
    );
    brings(
        "garden",
        &["garden.bloomed", "garden.rained"],
        &["hall.changed", "garden.rake"],
    );
}

#[test]
fn two_namespaces_bring_what_each_of_them_brings() {
    let model = house("two");
    let one = items(&model, &["desk.lamps"]).all;
    let other = items(&model, &["hall"]).all;
    let both = items(&model, &["hall", "desk.lamps"]).all;
    assert_eq!(both, one.union(&other).cloned().collect());
}

#[test]
fn no_namespace_brings_nothing() {
    let model = house("none");
    assert_eq!(ids(&model, &[]), [""; 0]);
    // The name of the runtime, for the enums over nothing.
    assert_eq!(items(&model, &[]).all.len(), 1);
}

#[test]
fn pins_hold_within_a_selection() {
    let model = house("pins");
    let at = |version: u32, only: Option<&str>| {
        let mut selected = only.map_or_else(Selection::default, |name| selection(&[name]));
        selected.pins.insert("house".to_owned(), version);
        Items::of(&expansion(&model, selected)).all
    };
    for (version, only, count) in [(1, "hall", 1), (2, "hall", 2), (3, "desk", 3)] {
        let part = at(version, Some(only));
        assert!(part.is_subset(&at(version, None)));
        let is_kind = |item: &str| item.starts_with("impl __rt :: Operation for");
        let operations = part.iter().filter(|(_, item)| is_kind(item)).count();
        assert_eq!(operations, count, "{only} {version}");
    }
    let warm = |version| {
        let items = at(version, Some("desk.lamps"));
        items.iter().any(|(_, item)| item.contains("pub warm"))
    };
    assert_eq!((warm(2), warm(3)), (false, true));
}

#[test]
fn an_unknown_name_is_told_with_what_may_be_meant() {
    let model = house("unknown");
    let said = |name: &str| {
        let selection = selection(&[name]);
        let unknown = selection.unknown(model.api());
        let said: Vec<String> = unknown.iter().map(ToString::to_string).collect();
        said.join("\n")
    };
    assert_eq!(said("desk"), "");
    assert_eq!(said("desk.lamps"), "");
    for (name, help) in [
        ("gardens", "did you mean `garden`?"),
        ("Hall", "did you mean `hall`?"),
        ("lamps", "did you mean `desk.lamps`?"),
        ("desk.lamp", "did you mean `desk.lamps`?"),
        ("desk.xyzzy", "there is desk.lamps"),
        ("hall.xyzzy", "did you mean `hall`?"),
        ("hall.", "did you mean `hall`?"),
        ("xyzzy", "there are common, desk, garden, hall, shed"),
        ("xyzzy.desk", "there are common, desk, garden, hall, shed"),
        ("", "there are common, desk, garden, hall, shed"),
    ] {
        assert_eq!(
            said(name),
            format!("the model has no namespace `{name}`; {help}")
        );
    }
}
