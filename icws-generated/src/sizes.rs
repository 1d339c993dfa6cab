//! No generated type is large: a task on a default stack can hold some, and
//! moving one costs little. Holds for the types of the features that are on.

use crate::examples::SIZES;

/// Types of more than a hundred objects, each of which is absent, null or a box:
/// 16 bytes, as a box has no room for three states. Other types hold them in boxes.
const LARGER: &[&str] = &[
    "configuration::AccessRightsProperties",
    "configuration::SecurityRightsProperties",
];

/// The most bytes that a type takes. The enums over many types are moved most.
fn limit(path: &str) -> usize {
    let name = path.rsplit("::").next().unwrap_or(path);
    match name {
        "Message" => 256,
        _ if name.starts_with("Any") => 256,
        _ if LARGER.contains(&path) => 2_500,
        _ => 2_048,
    }
}

#[test]
fn no_type_takes_much_of_a_stack() {
    let large = SIZES.iter().filter(|(path, size)| *size > limit(path));
    let large: Vec<_> = large.collect();
    assert!(large.is_empty(), "{large:#?}");
}

/// The list is that of all types, not an empty one.
#[test]
fn the_sizes_of_all_kinds_of_types_are_known() {
    for path in [
        "Message",
        "AnyRequest",
        #[cfg(feature = "interactions")]
        "interactions::callback::CallbackState",
        #[cfg(feature = "interactions")]
        "interactions::callback::SubscribeBuilder",
        #[cfg(feature = "full")]
        "configuration::users::User",
        #[cfg(feature = "full")]
        "configuration::users::GetOutcome",
    ] {
        assert!(SIZES.iter().any(|(known, _)| *known == path), "{path}");
    }
}
