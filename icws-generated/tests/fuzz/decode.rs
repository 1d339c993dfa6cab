//! Batches of messages, records and unions.

use std::collections::BTreeSet;

use fastrand::Rng;
use icws_generated::Message;
use icws_generated::interactions::callback::CallbackMessage;
use icws_generated::runtime::{Batch, Cache, DateTime, MessageError, Record, Union};
use serde_json::Value;
use serde_json::value::RawValue;

use super::rooms::plans::{AnyError, AnyFurniture, Room, RoomMessage};
use super::run::{Trial, fuzz};
use super::spoil;

const ROOM: &str = r#"{"userId":"1","labels":{"":"ä\n"},"lights":{"on":true},"keys":{"door":null,"window":"k"},"chairs":5000000000,"size":12.5,"cleaned":"08:20","plans":{"first":{"id":"5f","page":null,"took":1.5,"drawn":"2020-10-29T08:20:18.000Z","scale":0.1,"count":-5000000000}},"doors":[1,0,7,-1,99],"notes":["x",null],"has":131,"best":{"__type":"urn:example:rooms.plans:armchair","weight":3.5,"legs":4,"soft":true},"furniture":[{"__type":"urn:example:rooms.plans:newer","wheels":[1,{"a":null}]},{"__type":"urn:example:rooms.plans:shelf","weight":1.0,"below":{"__type":"urn:example:rooms.plans:chair","weight":2.0,"legs":3}}],"inner":{"inner":{}},"rooms":[{},{"extra":[[],{},1.5,-2,18446744073709551615,"",null,false]}]}"#;

const CALLBACK: &str = r#"{"__type":"urn:inin.com:interactions.callback:callbackMessage","isDelta":false,"interactionId":"3","target":"+1","subject":"s","name":"n","attempts":3,"snoozed":false}"#;

/// Messages to begin with: one of each type, empty, and some that say something.
fn seeds<M: Union>(more: &[&str]) -> Vec<Value> {
    let empty = M::URNS.iter().map(|urn| format!(r#"{{"__type":"{urn}"}}"#));
    let texts = empty.chain(more.iter().map(|text| (*text).to_owned()));
    texts
        .map(|text| serde_json::from_str(&text).unwrap())
        .collect()
}

/// What the properties of all of them are called.
fn names<M: Union>() -> Vec<String> {
    let rows = (0..M::URNS.len()).filter_map(M::blank);
    let names = rows.flat_map(|row| {
        let properties = row.content().map_or(&[][..], |row| row.meta().properties);
        properties.iter().map(|(name, _)| (*name).to_owned())
    });
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Half of them JSON, and half damaged more.
fn spoilt(seeds: &[Value], names: &[String], random: &mut Rng) -> Vec<u8> {
    let mut value = random.choice(seeds).unwrap().clone();
    for _ in 0..random.usize(..5) {
        spoil::values(&mut value, names, random);
    }
    let mut text = value.to_string().into_bytes();
    if random.bool() {
        spoil::bytes(&mut text, random);
    }
    text
}

fn shown(error: &MessageError) {
    let _ = (error.text("__type"), format!("{error:?}"));
    line(&error.to_string());
}

/// What is shown of an error is one line, and not long.
fn line(text: &str) {
    assert!(text.len() < 4_000, "{} bytes: {text}", text.len());
    assert!(
        !text.contains(|c: char| c.is_control() || c == '\u{202e}'),
        "{text:?}"
    );
}

/// Holds what is true of any body.
fn batch<M: Union + std::fmt::Debug + Clone + PartialEq>(body: &[u8]) {
    let bare = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let first = bare.iter().find(|byte| !byte.is_ascii_whitespace());
    let batch = match Batch::<M>::decode(body) {
        Ok(batch) => batch,
        Err(error) => {
            assert!(first.is_some_and(|byte| *byte != b'['), "{error}");
            return line(&error.to_string());
        }
    };
    assert!(first.is_none_or(|byte| *byte == b'['));
    for (index, item) in batch.items.iter().enumerate() {
        match item {
            Ok(message) => {
                let _ = format!("{message:?} {message:#?}");
            }
            Err(error) => {
                assert_eq!(error.index, index);
                shown(error);
            }
        }
    }
    // Another reader of JSON tells the items apart in the same way.
    if let Ok(items) = serde_json::from_slice::<Vec<&RawValue>>(bare) {
        assert_eq!(batch.len(), items.len());
        for (item, text) in batch.items.iter().zip(&items) {
            if let Err(error) = item {
                assert_eq!(error.raw, text.get().as_bytes());
            }
        }
        let again = batch.encode();
        let read = Batch::<M>::decode(&again).unwrap();
        assert_eq!(read.len(), items.len());
        assert_eq!(read.encode(), again);
        assert!(read.messages().eq(batch.messages()));
    }
}

/// Holds what is true of any object: what is read is written so that it is read as it was.
fn object<T: PartialEq + std::fmt::Debug>(
    text: &[u8],
    read: impl Fn(&[u8]) -> Result<T, icws_generated::runtime::ReadError>,
    write: impl Fn(&T) -> bytes::Bytes,
) {
    match read(text) {
        Ok(value) => {
            let written = write(&value);
            let again = read(&written).unwrap_or_else(|error| panic!("{error}: {written:?}"));
            assert_eq!(again, value);
            assert_eq!(write(&again), written);
            let _ = format!("{value:?} {value:#?}");
        }
        Err(error) => line(&error.to_string()),
    }
}

fn messages<M: Union + std::fmt::Debug + Clone + PartialEq>(
    seeds: &[Value],
    names: &[String],
    random: &mut Rng,
    trial: &Trial,
) {
    let items: Vec<_> = (0..random.usize(..5))
        .map(|_| spoilt(seeds, names, random))
        .collect();
    let mut body = [b"[", &items.join(&b","[..])[..], b"]"].concat();
    if random.u8(..4) == 0 {
        spoil::bytes(&mut body, random);
    }
    trial.note(&body);
    batch::<M>(&body);
    for item in &items {
        object(item, M::from_json, M::to_json);
    }
}

#[test]
fn batches_of_the_api() {
    let (seeds, names) = (seeds::<Message>(&[CALLBACK]), names::<Message>());
    fuzz("batches", |random, trial| {
        messages::<Message>(&seeds, &names, random, trial);
    });
}

#[test]
fn batches_of_everything() {
    let room = format!(
        r#"{{"__type":"urn:example:rooms.plans:roomMessage","isDelta":false,"roomId":"1","room":{ROOM}}}"#
    );
    let seeds = seeds::<super::Message>(&[&room]);
    let names = names::<super::Message>();
    fuzz("everything", |random, trial| {
        messages::<super::Message>(&seeds, &names, random, trial);
    });
}

/// A message keeps its neighbours, whatever it is, as long as its brackets and quotes do.
#[test]
fn neighbours() {
    let (seeds, names) = (seeds::<Message>(&[CALLBACK]), names::<Message>());
    fuzz("neighbours", |random, trial| {
        let mut value = random.choice(&seeds).unwrap().clone();
        spoil::values(&mut value, &names, random);
        let mut item = value.to_string().into_bytes();
        // Bytes that are no marks of JSON, in places of such.
        for _ in 0..random.usize(1..4) {
            let at = random.usize(..item.len());
            if !b"[]{}\",\\:".contains(&item[at]) {
                let others = b"\0\x01\x0b\x7f\x80\xc3\xff\n 09eE+-.truxX";
                item[at] = *random.choice(others).unwrap();
            }
        }
        let body = [
            b"[",
            CALLBACK.as_bytes(),
            b",",
            &item,
            b",",
            CALLBACK.as_bytes(),
            b"]",
        ]
        .concat();
        trial.note(&body);
        let batch = Batch::<Message>::decode(&body).unwrap();
        assert_eq!(batch.len(), 3);
        assert!(batch.items[0].is_ok() && batch.items[0] == batch.items[2]);
    });
}

#[test]
fn objects() {
    let room = serde_json::from_str::<Value>(ROOM).unwrap();
    let furniture = room["furniture"].as_array().unwrap();
    let mut seeds = vec![room.clone(), room["best"].clone()];
    seeds.extend(furniture.iter().cloned());
    let names = Room::META.properties.iter();
    let names: Vec<_> = names.map(|(name, _)| (*name).to_owned()).collect();
    fuzz("objects", |random, trial| {
        let text = spoilt(&seeds, &names, random);
        trial.note(&text);
        object(&text, Room::from_json, Room::to_json);
        object(&text, AnyFurniture::from_json, AnyFurniture::to_json);
        object(&text, AnyError::from_json, AnyError::to_json);
        object(&text, RoomMessage::from_json, RoomMessage::to_json);
        let text = String::from_utf8_lossy(&text);
        let _ = text.parse::<DateTime>();
    });
}

/// What comes of messages in any order is what was sent last, or asked for again.
#[test]
fn states() {
    let seeds = [serde_json::from_str(CALLBACK).unwrap()];
    let names = names::<Message>();
    fuzz("states", |random, trial| {
        let (mut callbacks, mut rooms) = (Cache::new(), Cache::new());
        for _ in 0..random.usize(1..8) {
            let text = spoilt(&seeds, &names, random);
            trial.note(&text);
            if let Ok(message) = CallbackMessage::from_json(&text) {
                let _ = callbacks.apply(message);
            }
            if let Ok(message) = RoomMessage::from_json(&text) {
                let _ = rooms.apply(message);
            }
        }
    });
}
