//! Generated types in serde's formats, as they are on the wire.

icws_generated::bindings!("./everything.yaml");

mod keywords {
    // No prelude, and names that the impls use themselves.
    #![no_implicit_prelude]

    ::icws_generated::bindings!(inline: r#"
        icws: 1
        namespace: type
        objects:
          s: { properties: { self: { type: result, rust_name: this } } }
          d: { properties: { s: { type: s } } }
          result: { properties: { ok: { type: string } } }
          serialize: { properties: { deserializer: { type: d } } }
    "#);
}

use std::fmt::Debug;

use icws_generated::runtime::{Delta, DeltaState, Field, Moment, Record, Secret};
use rooms::plans::{
    Accepted, AnyFurniture, Chair, DoorState, Equipment, Plan, Room, RoomMessage, RoomState,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A room of all that a room can have.
const ROOM: &str = r#"{"userId":"1","labels":{"":"\"ä\n"},"lights":{"on":true},"keys":{"door":null,"window":"k"},"chairs":5000000000,"size":12.5,"cleaned":"08:20","plans":{"first":{"id":"5f","page":null,"took":1.5,"drawn":"2020-10-29T08:20:18.000Z","scale":0.1,"count":-5000000000}},"doors":[1,0,7,-1,99],"notes":["x",null],"has":131,"best":{"__type":"urn:example:rooms.plans:armchair","weight":3.5,"legs":4,"soft":true},"furniture":[{"__type":"urn:example:rooms.plans:newer","wheels":[1,{"a":null}]}],"rooms":[{},{"extra":[[],{},1.5,-2,18446744073709551615,"",null,false]}]}"#;

/// Through text and through a tree, forth and back.
fn both_ways<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, expected: &Value) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<Value>(&text).unwrap(), expected);
    assert_eq!(&serde_json::to_value(value).unwrap(), expected);
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value);
    assert_eq!(
        &serde_json::from_value::<T>(expected.clone()).unwrap(),
        value
    );
}

#[test]
fn objects_are_serialized_as_they_travel() {
    let room = Room::from_json(ROOM.as_bytes()).unwrap();
    both_ways(&room, &serde_json::from_str(ROOM).unwrap());
    // The order and the forms of numbers are the same, too.
    let text = serde_json::to_string(&room).unwrap();
    assert_eq!(room.to_json(), text);
}

#[test]
fn unions_enumerations_and_secrets_are_serialized_as_they_travel() {
    let chair = json!({ "__type": "urn:example:rooms.plans:chair", "weight": 1.5, "legs": 4 });
    both_ways(&AnyFurniture::from(Chair::new(1.5, 4)), &chair);
    both_ways(&Chair::new(1.5, 4), &chair);
    both_ways(&DoorState::Locked, &json!(7));
    both_ways(&DoorState::Unrecognized(-5), &json!(-5));
    both_ways(&Equipment::from_number(131), &json!(131));
    let mut accepted = Accepted::new("9");
    accepted.ticket = Some("open sesame".into());
    both_ways(
        &accepted,
        &json!({ "requestId": "9", "ticket": "open sesame" }),
    );
}

#[test]
fn messages_are_told_apart_by_their_type() {
    let text = json!({
        "isDelta": true, "roomId": "r", "room": null, "state": 0, "extra": { "a": 1 },
        "__type": "urn:example:rooms.plans:roomMessage",
    });
    let message: Message = serde_json::from_value(text.clone()).unwrap();
    assert!(matches!(&message, Message::RoomsPlansRoomMessage(m) if m.room == Field::Null));
    both_ways(&message, &text);
    let newer = json!({ "__type": "urn:example:rooms.plans:newer", "x": [1] });
    let message: Message = serde_json::from_value(newer.clone()).unwrap();
    assert_eq!(message.type_urn(), Some("urn:example:rooms.plans:newer"));
    both_ways(&message, &newer);
}

#[test]
fn states_are_serialized_without_what_makes_a_message() {
    let message = r#"{"isDelta":false,"roomId":"r","room":{"userId":"1"},"x":1}"#;
    let state = RoomMessage::from_json(message.as_bytes())
        .unwrap()
        .into_state()
        .unwrap();
    both_ways(
        &state,
        &json!({ "roomId": "r", "room": { "userId": "1" }, "x": 1 }),
    );
    // A message is a state that says more.
    let read: RoomState = serde_json::from_str(message).unwrap();
    assert_eq!(read, state);
    assert!(read.unknown().get("isDelta").is_none());
    let error = serde_json::from_value::<RoomState>(json!({})).unwrap_err();
    assert!(error.to_string().contains("`roomId`"), "{error}");
}

#[test]
fn types_of_a_program_hold_generated_ones() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Line {
        room: Room,
        at: Option<Moment>,
        pin: Secret,
        #[serde(default, skip_serializing_if = "Field::is_absent")]
        note: Field<String>,
    }
    let line = |note| Line {
        room: Room::new(),
        at: Some("08:20".into()),
        pin: "1".into(),
        note,
    };
    let json = |note| json!({ "room": {}, "at": "08:20", "pin": "1", "note": note });
    both_ways(&line(Field::Value("n".to_owned())), &json(json!("n")));
    both_ways(&line(Field::Null), &json(Value::Null));
    both_ways(
        &line(Field::Absent),
        &json!({ "room": {}, "at": "08:20", "pin": "1" }),
    );
    // serde reads what `untagged` and `flatten` choose from a form of its own.
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Plan(Plan),
        Room(Room),
    }
    let room: Either = serde_json::from_str(ROOM).unwrap();
    assert_eq!(
        room,
        Either::Room(Room::from_json(ROOM.as_bytes()).unwrap())
    );
}

#[test]
fn an_error_names_the_property_and_no_byte_of_a_text_that_nobody_has_seen() {
    let error = serde_json::from_value::<Room>(json!({ "rooms": [{ "userId": 1 }] })).unwrap_err();
    assert_eq!(
        error.to_string(),
        "property `rooms.0.userId`: expected a string, found a number"
    );
    assert!(serde_json::from_str::<Room>("[]").is_err());
    assert!(serde_json::from_str::<Room>(r#"{"x":"#).is_err());
    assert!(serde_json::from_str::<DoorState>("\"x\"").is_err());
}

#[test]
fn what_json_cannot_say_is_refused() {
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, MapDeserializer};

    let read = |number: f64| {
        let entries = [("weight", number)].into_iter();
        Room::deserialize(MapDeserializer::<_, Error>::new(entries)).map(|room| room.to_json())
    };
    assert_eq!(read(1.0).unwrap(), r#"{"weight":1.0}"#);
    assert!(read(f64::NAN).is_err() && read(f64::INFINITY).is_err());
    let mut deep = json!(1);
    for _ in 0..100_000 {
        deep = Value::Array(vec![deep]);
    }
    assert!(Room::deserialize((&json!({})).into_deserializer()).is_ok());
    let whole = Value::Object([("x".to_owned(), deep)].into_iter().collect());
    let error = Room::deserialize(&whole).unwrap_err();
    assert!(error.to_string().contains("nested more than"), "{error}");
    // The tree would be dropped level by level, on the stack.
    std::mem::forget(whole);

    let beyond = Room::from_json(br#"{"x":1e999}"#).unwrap();
    assert!(serde_json::to_string(&beyond).is_err());
}

#[test]
fn numbers_of_arbitrary_precision_are_read() {
    use serde::de::value::{Error, MapDeserializer};

    // What serde_json gives to a visitor when a crate turned that feature on.
    let read = |digits: &str| {
        let entries = [("$serde_json::private::Number", digits)].into_iter();
        DoorState::deserialize(MapDeserializer::<_, Error>::new(entries))
    };
    assert_eq!(read("7").unwrap(), DoorState::Locked);
    assert!(read("7,8").is_err() && read("").is_err() && read("1.5").is_err());
}
