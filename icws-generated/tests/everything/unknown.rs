//! Nothing is lost by reading an object, changing it and writing it.

use std::collections::BTreeMap;

use icws_generated::runtime::{
    Applied, Batch, Cache, Delta, DeltaState, Field, Record, Union, UnknownProperties,
};
use proptest::prelude::*;

use crate::Message;
use crate::rooms::plans::{AnyFurniture, Equipment, Plan, Room, RoomMessage, RoomState};

fn room(json: &str) -> Room {
    Room::from_json(json.as_bytes()).unwrap()
}

fn message(json: &str) -> RoomMessage {
    RoomMessage::from_json(json.as_bytes()).unwrap()
}

#[test]
fn an_unknown_property_is_sent_again_with_the_text_that_it_had() {
    let mut room = room(r#"{"extra" : { "a" : [1.50 ,2] , "b":"\u00e9" } , "userId":"1"}"#);
    room.user_id = Some("2".to_owned());
    assert_eq!(
        room.to_json(),
        r#"{"userId":"2","extra":{ "a" : [1.50 ,2] , "b":"\u00e9" }}"#
    );
}

#[test]
fn unknown_properties_are_kept_at_every_depth() {
    let text = r#"{"plans":{"p":{"id":"g","page":null,"x":1}},"best":{"__type":"urn:example:rooms.plans:shelf","weight":1.0,"below":{"__type":"urn:example:rooms.plans:chair","weight":2.0,"legs":3,"x":2},"x":3},"furniture":[{"__type":"urn:example:rooms.plans:armchair","weight":1.0,"legs":4,"x":4}],"inner":{"x":5},"rooms":[{},{"x":6}],"x":7}"#;
    let mut read = room(text);
    read.rooms.get_or_insert_default().push(Room::new());
    let written = text.replace(r#"{"x":6}]"#, r#"{"x":6},{}]"#);
    assert_eq!(read.to_json(), written);

    let batch = format!(
        r#"[{{"__type":"urn:example:rooms.plans:roomMessage","isDelta":false,"roomId":"1","room":{text},"x":8}}]"#
    );
    let read = Batch::<Message>::decode(batch.as_bytes()).unwrap();
    assert_eq!(read.encode(), batch);
}

#[test]
fn an_option_of_a_base_keeps_what_it_does_not_know() {
    let text = r#"{"x":1,"__type":"urn:example:rooms.plans:chair","weight":2.0,"legs":3}"#;
    let mut furniture = AnyFurniture::from_json(text.as_bytes()).unwrap();
    let AnyFurniture::Chair(chair) = &mut furniture else {
        panic!("{furniture:?}")
    };
    chair.legs = 4;
    assert_eq!(
        furniture.to_json(),
        r#"{"__type":"urn:example:rooms.plans:chair","weight":2.0,"legs":4,"x":1}"#
    );
}

#[test]
fn of_an_unknown_property_that_is_given_twice_the_last_counts() {
    let room = room(r#"{"x":1,"userId":"1","x":2}"#);
    assert_eq!(room.unknown().len(), 1);
    assert_eq!(room.to_json(), r#"{"userId":"1","x":2}"#);
}

#[test]
fn the_type_is_no_unknown_property() {
    // A plain object that the server types nevertheless.
    let plain = room(r#"{"__type":"urn:example:rooms.plans:room","userId":"1"}"#);
    assert!(plain.unknown().is_empty());
    assert_eq!(plain.to_json(), r#"{"userId":"1"}"#);
    // One that says it twice, at an odd place.
    let text = r#"{"__type":"urn:example:rooms.plans:chair","weight":2.0,"__type":"urn:example:rooms.plans:chair","legs":3}"#;
    let typed = AnyFurniture::from_json(text.as_bytes()).unwrap();
    assert_eq!(
        typed.to_json(),
        r#"{"__type":"urn:example:rooms.plans:chair","weight":2.0,"legs":3}"#
    );
}

#[test]
fn names_of_unknown_properties_may_be_any_text() {
    let text = r#"{"":0,"a\"b\\":1,"c\nd":2,"\u007f":3}"#;
    let room = room(text);
    let names: Vec<_> = room.unknown().iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["", "a\"b\\", "c\nd", "\u{7f}"]);
    assert_eq!(Room::from_json(&room.to_json()).unwrap(), room);
}

#[test]
fn what_is_not_json_is_refused_in_an_unknown_property_too() {
    for text in [r#"{"x":}"#, r#"{"x":[1,]}"#, r#"{"x":01}"#, r#"{"x":1"#] {
        assert!(Room::from_json(text.as_bytes()).is_err(), "{text}");
    }
    assert!(Room::from_json(b"{\"x\":\"\xff\"}").is_err());
}

#[test]
fn equal_objects_are_those_that_are_written_alike() {
    let one = room(r#"{"x":1,"y":[2]}"#);
    assert_eq!(one, room(r#"{"y":[2],"x":1}"#));
    assert_eq!(one, one.clone());
    assert_ne!(one, room(r#"{"x":1}"#));
    assert_ne!(one, room(r#"{"x":1,"y":[ 2 ]}"#));
    assert_ne!(one, Room::new());
    let inside = room(r#"{"rooms":[{"x":1}]}"#);
    assert_ne!(inside, room(r#"{"rooms":[{"x":2}]}"#));
}

#[test]
fn debug_shows_the_names_of_unknown_properties_and_not_what_they_hold() {
    let room = room(r#"{"userId":"1","pin":"4711","a\nb":1,"rooms":[{"token":["4712"]}]}"#);
    assert_eq!(
        format!("{room:?}"),
        r#"Room { userId: "1", rooms: [{"token":"***"}], a\nb: "***", pin: "***" }"#
    );
    assert_eq!(format!("{:?}", room.unknown()), r#"{"a\nb", "pin"}"#);
}

#[test]
fn unknown_properties_can_be_read_removed_and_moved() {
    let mut old = room(r#"{"x":1,"y":{"z":null}}"#);
    assert_eq!(old.unknown().get("y"), Some(r#"{"z":null}"#));
    assert_eq!(old.unknown().get("userId"), None);

    let mut new = Room::new();
    new.set_unknown(old.take_unknown());
    assert_eq!(old, Room::new());
    assert_eq!(new.to_json(), r#"{"x":1,"y":{"z":null}}"#);

    let mut unknown = new.take_unknown();
    assert_eq!(unknown.remove("x").as_deref(), Some("1"));
    assert_eq!(unknown.remove("x"), None);
    assert_eq!(unknown.len(), 1);
    assert!(unknown.remove("y").is_some() && unknown.is_empty());
    assert_eq!(unknown, UnknownProperties::NONE);
}

#[test]
fn objects_can_be_completed_from_others() {
    let known = room(r#"{"x":1}"#);
    let changed = Room {
        user_id: Some("2".to_owned()),
        ..known
    };
    assert_eq!(changed.to_json(), r#"{"userId":"2","x":1}"#);
}

#[test]
fn a_state_keeps_the_newest_of_each_unknown_property() {
    let full = r#"{"isDelta":false,"roomId":"1","x":1,"y":2,"z":3}"#;
    let mut cache = Cache::new();
    assert!(matches!(
        cache.apply(message(full)),
        Ok(Applied::Replaced(_))
    ));
    let delta = message(r#"{"isDelta":true,"roomId":"1","x":null,"y":[4]}"#);
    let Ok(Applied::Merged(state, _)) = cache.apply(delta) else {
        panic!()
    };
    let unknown = |state: &RoomState| -> BTreeMap<String, String> {
        let unknown = state.unknown().iter();
        unknown.map(|(n, v)| (n.into(), v.into())).collect()
    };
    // x has lost its value, y has another one, z has not changed.
    let expected = [("y", "[4]"), ("z", "3")].map(|(n, v)| (n.to_owned(), v.to_owned()));
    assert_eq!(unknown(state), BTreeMap::from(expected));
    assert_eq!(&state.clone(), state);
    assert_eq!(
        format!("{state:?}"),
        r#"RoomState { roomId: "1", y: "***", z: "***" }"#
    );

    let mut other = state.clone();
    message(r#"{"isDelta":true,"roomId":"1","y":5}"#)
        .merge_into(&mut other)
        .unwrap();
    assert_ne!(&other, state);
    // A full message says all.
    let full = message(r#"{"isDelta":false,"roomId":"1"}"#);
    let Ok(Applied::Replaced(state)) = cache.apply(full) else {
        panic!()
    };
    assert!(state.unknown().is_empty());
}

/// Any JSON, as text.
fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        any::<f64>().prop_map(|value| serde_json::json!(value).to_string()),
        any::<String>().prop_map(|text| serde_json::json!(text).to_string()),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5)
                .prop_map(|items| format!("[ {} ]", items.join(" ,"))),
            object(inner),
        ]
    })
}

fn object(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop::collection::btree_map("[a-z\"\\\\ä]{0,3}", value, 0..5).prop_map(|entries| {
        let entries = entries
            .iter()
            .map(|(key, value)| format!("{}: {value}", serde_json::json!(key)));
        format!("{{{} }}", entries.collect::<Vec<_>>().join(", "))
    })
}

proptest! {
    #[test]
    fn any_object_is_written_with_all_that_it_had(unknown in object(json()), depth in 0..3_usize) {
        let text = (0..depth).fold(unknown, |inner, level| match level {
            0 => format!(r#"{{"inner":{inner},"more":0}}"#),
            1 => format!(r#"{{"rooms":[{inner}]}}"#),
            _ => format!(r#"{{"inner":{inner}}}"#),
        });
        let mut room = Room::from_json(text.as_bytes()).unwrap();
        room.has = Some(Equipment::DESK);
        let value = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).unwrap();
        let mut expected = value(text.as_bytes());
        expected["has"] = 1.into();
        prop_assert_eq!(value(&room.to_json()), expected);
        prop_assert_eq!(&Room::from_json(&room.to_json()).unwrap(), &room);
        prop_assert_eq!(&room.clone(), &room);
    }
}

#[test]
fn a_delta_message_keeps_its_own() {
    let text = r#"{"__type":"urn:example:rooms.plans:roomMessage","isDelta":true,"roomId":"1","room":null,"x":null}"#;
    let message = message(text);
    assert_eq!(message.room, Field::Null);
    assert_eq!(message.to_json(), text);
    let plan = Plan::from_json(br#"{"id":"g","page":null,"x":1}"#).unwrap();
    assert_eq!(plan.unknown().len(), 1);
}
