//! A batch loses nothing, whatever is in it.

use bytes::Bytes;
use icws_generated::Message;
use icws_generated::connection::GetFeature;
use icws_generated::interactions::callback::{CallbackMessage, CallbackState};
use icws_generated::runtime::{Batch, Delta, DeltaState, Field, Request, Response, Union};

const URN: &str = "urn:inin.com:interactions.callback:callbackMessage";

fn callback(id: usize) -> String {
    format!(
        r#"{{"__type":"{URN}","isDelta":false,"interactionId":"{id}","target":"+1317","subject":"s","attempts":{id}}}"#
    )
}

fn decode(items: &[String]) -> Batch<Message> {
    Batch::decode(format!("[{}]", items.join(",")).as_bytes()).unwrap()
}

fn callback_of(message: &Message) -> &CallbackMessage {
    match message {
        Message::InteractionsCallbackCallbackMessage(message) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_bad_item_and_one_unknown_type_leave_the_other_eight_alone() {
    let unknown =
        r#"{ "level" : 3.10 , "__type" : "urn:inin.com:system:new", "deep": [ {"a" : null} ] }"#;
    let bad = r#"{"__type":"urn:inin.com:interactions.callback:callbackMessage","isDelta":false,"interactionId":"3","target":"+1","subject":"s","attempts":"three"}"#;
    let mut items: Vec<String> = (0..10).map(callback).collect();
    items[3] = bad.to_owned();
    items[5] = unknown.to_owned();
    items[7] = format!(
        r#"{{"isDelta":true,"subject":"s","target":"+1317","interactionId":"7","__type":"{URN}"}}"#
    );
    let batch = decode(&items);

    assert_eq!(batch.len(), 10);
    let typed = batch
        .messages()
        .filter(|message| matches!(message, Message::InteractionsCallbackCallbackMessage(_)));
    assert_eq!(typed.count(), 8);
    let last = callback_of(batch.items[7].as_ref().unwrap());
    assert!(last.is_delta);
    assert_eq!(last.attempts, Field::Absent);

    let Ok(Message::Unrecognized(message)) = &batch.items[5] else {
        panic!("{:?}", batch.items[5]);
    };
    assert_eq!(message.type_urn(), Some("urn:inin.com:system:new"));
    assert_eq!(message.raw(), unknown.as_bytes());

    let error = batch.items[3].as_ref().unwrap_err();
    assert_eq!(error.index, 3);
    assert_eq!(error.raw, bad.as_bytes());
    assert_eq!(error.error.path(), "attempts");
    let start = items[..3].iter().map(|item| item.len() + 1).sum::<usize>() + 1;
    let at = bad.find("\"three\"").unwrap();
    assert_eq!(
        error.to_string(),
        format!(
            "message 3 of the batch: property `attempts`: expected a whole number, found a string (byte {})",
            start + at
        )
    );

    // What was read is written again, the unknown and the bad item as they came.
    let again = Batch::<Message>::decode(&batch.encode()).unwrap();
    assert_eq!(
        again.messages().collect::<Vec<_>>(),
        batch.messages().collect::<Vec<_>>()
    );
    assert_eq!(again.items[3].as_ref().unwrap_err().raw, bad.as_bytes());
}

#[test]
fn absent_null_and_a_value_are_told_apart() {
    let json = format!(
        r#"[{{"__type":"{URN}","isDelta":true,"interactionId":"1","target":"t","subject":"s","name":null,"attempts":2}}]"#
    );
    let batch = Batch::<Message>::decode(json.as_bytes()).unwrap();
    let message = callback_of(batch.items[0].as_ref().unwrap());
    assert_eq!(message.name, Field::Null);
    assert_eq!(message.attempts, Field::Value(2));
    assert_eq!(message.max_attempts, Field::Absent);
    let json = message_json(&batch);
    assert!(
        json.contains(r#""name":null"#) && !json.contains("maxAttempts"),
        "{json}"
    );
}

fn message_json(batch: &Batch<Message>) -> String {
    let message = batch.messages().next().unwrap();
    String::from_utf8(message.to_json().to_vec()).unwrap()
}

#[test]
fn unknown_properties_and_any_order_are_read() {
    let json = format!(
        r#"[{{"subject":"s","new":{{"a":[1,2]}},"target":"t","__type":"{URN}","interactionId":"1","isDelta":false}}]"#
    );
    let batch = Batch::<Message>::decode(json.as_bytes()).unwrap();
    assert_eq!(callback_of(batch.items[0].as_ref().unwrap()).target, "t");
}

#[test]
fn a_missing_required_property_is_named() {
    let json =
        format!(r#"[{{"__type":"{URN}","isDelta":false,"interactionId":"1","subject":"s"}}]"#);
    let batch = Batch::<Message>::decode(json.as_bytes()).unwrap();
    let error = batch.items[0].as_ref().unwrap_err();
    assert_eq!(error.error.path(), "target");
    assert_eq!(error.error.problem(), "the required property is missing");
}

#[test]
fn a_number_beyond_its_type_is_an_error_not_another_number() {
    let json = callback(1).replace("\"attempts\":1", "\"attempts\":3000000000");
    let error = decode(&[json]).items.remove(0).unwrap_err();
    assert_eq!(error.error.problem(), "3000000000 is beyond 32 bits");
    let json = callback(1).replace("\"attempts\":1", "\"attempts\":1.5");
    assert!(decode(&[json]).items[0].is_err());
    let json = callback(1).replace("\"attempts\":1", "\"attempts\":99999999999999999999");
    assert!(decode(&[json]).items[0].is_err());
}

#[test]
fn items_that_are_no_messages_are_kept() {
    let batch = decode(&[
        "17".into(),
        "{}".into(),
        r#"{"__type":5}"#.into(),
        callback(1),
    ]);
    assert!(batch.items[0].is_err());
    for item in &batch.items[1..3] {
        let Ok(Message::Unrecognized(message)) = item else {
            panic!("{item:?}")
        };
        assert_eq!(message.type_urn(), None);
    }
    assert!(batch.items[3].is_ok());
}

#[test]
fn a_batch_cut_in_the_middle_gives_what_came() {
    let whole = format!("[{},{},{}]", callback(1), callback(2), callback(3));
    let second = 1 + callback(1).len() + 1;
    for end in 1..whole.len() {
        let batch = Batch::<Message>::decode(&whole.as_bytes()[..end]).unwrap();
        let error = batch.items.last().unwrap().as_ref().unwrap_err();
        assert_eq!(error.index, batch.len() - 1);
        if end > second + 1 && end < second + callback(2).len() {
            assert_eq!(batch.len(), 2);
            assert_eq!(error.raw, whole.as_bytes()[second..end]);
        }
    }
    assert_eq!(
        Batch::<Message>::decode(whole.as_bytes())
            .unwrap()
            .messages()
            .count(),
        3
    );
}

#[test]
fn an_empty_body_is_an_empty_batch_and_another_body_is_none() {
    assert!(Batch::<Message>::decode(b"").unwrap().is_empty());
    assert!(Batch::<Message>::decode(b" []\r\n").unwrap().is_empty());
    assert!(Batch::<Message>::decode(b"{}").is_err());
    assert!(Batch::<Message>::decode(b"<html>").is_err());
    let batch = Batch::<Message>::decode(b"[] tail").unwrap();
    assert_eq!(
        batch.items[0].as_ref().unwrap_err().raw,
        b" tail".as_slice()
    );
}

#[test]
fn one_message_is_read_by_itself() {
    let message = Message::from_json(callback(4).as_bytes()).unwrap();
    assert_eq!(message.type_urn(), Some(URN));
    let error = Message::from_json(b"{\"__type\":").unwrap_err();
    assert!(error.offset().is_some());
    assert!(Message::from_json(format!("{} 1", callback(4)).as_bytes()).is_err());
}

#[test]
fn debug_shows_names_on_the_wire_without_what_is_absent() {
    let message = CallbackMessage::new(true, "1", "t", "s");
    assert_eq!(
        format!("{message:?}"),
        r#"CallbackMessage { isDelta: true, interactionId: "1", target: "t", subject: "s" }"#
    );
}

#[test]
fn numbers_and_booleans_in_quotes_are_read() {
    let feature = |json: &str| {
        let reply = http::Response::new(Bytes::from(json.to_owned()));
        let parsed = GetFeature::parse(reply).map(Response::into_result);
        parsed
            .ok()
            .and_then(Result::ok)
            .map(|feature| feature.version)
    };
    assert_eq!(
        feature(r#"{"featureId":"messaging","version":"2"}"#),
        Some(2)
    );
    assert_eq!(feature(r#"{"featureId":"messaging","version":2}"#), Some(2));
    assert_eq!(
        feature(r#"{"featureId":"messaging","version":"two"}"#),
        None
    );
    assert_eq!(
        feature(r#"{"featureId":"messaging","version":"5000000000"}"#),
        None
    );
    let quoted = callback(1).replace("false", "\"false\"");
    let batch = decode(&[quoted]);
    assert!(!callback_of(batch.items[0].as_ref().unwrap()).is_delta);
}

#[test]
fn messages_and_states_are_copied_compared_and_written_by_all_of_their_properties() {
    let mut message = CallbackMessage::new(true, "2001", "+1317", "Invoice");
    message.attempts = Field::Value(1);
    message.name = Field::Null;
    assert_eq!(message.clone(), message);
    let changes: [fn(&mut CallbackMessage); 4] = [
        |message| message.is_delta = false,
        |message| message.subject.push('s'),
        |message| message.name = Field::Absent,
        |message| message.attempts = Field::Value(2),
    ];
    for change in changes {
        let mut other = message.clone();
        change(&mut other);
        assert_ne!(other, message);
    }

    let state = message.clone().into_state().unwrap();
    assert_eq!(state.clone(), state);
    assert_eq!(
        (state.subject.as_str(), state.attempts),
        ("Invoice", Some(1))
    );
    assert_eq!(
        state.to_json(),
        r#"{"interactionId":"2001","target":"+1317","subject":"Invoice","attempts":1}"#
    );
    assert_eq!(
        CallbackState::from_json(&state.to_json()),
        Ok(state.clone())
    );
    assert!(CallbackState::from_json(br#"{"interactionId":"2001"}"#).is_err());

    message.attempts = Field::Null;
    let mut merged = state.clone();
    message.merge_into(&mut merged).unwrap();
    assert_ne!(merged, state);
    assert_eq!(merged.attempts, None);
}

/// A batch of three, the second of which is not what it should be.
fn around(bad: &[u8]) -> Vec<u8> {
    let good = br#"{"__type":"urn:inin.com:interactions.callback:callbackMessage","isDelta":false,"interactionId":"1","target":"+1","subject":"a"}"#;
    [b"[", &good[..], b",", bad, b",", good, b"]"].concat()
}

#[test]
fn one_bad_message_costs_no_other() {
    let deep = format!(
        r#"{{"__type":"urn:x","x":{}{}}}"#,
        "[".repeat(200),
        "]".repeat(200)
    );
    let cases: [&[u8]; 6] = [
        b"{\"__type\":\"urn:x\",\"x\":\"a\x01b\"}",
        b"{\"__type\":\"urn:x\",\"x\":\"a\nb\"}",
        b"{\"__type\":\"urn:x\",\"x\":\"a\xffb\"}",
        b"{\"x\":\"\\q]}\",\"__type\":\"urn:x\"}",
        b"{\"__type\":\"urn:x\",\"x\":01}",
        deep.as_bytes(),
    ];
    for bad in cases {
        let batch = Batch::<Message>::decode(&around(bad)).unwrap();
        let text = String::from_utf8_lossy(bad);
        assert_eq!((batch.len(), batch.messages().count()), (3, 2), "{text}");
        let error = batch.errors().next().unwrap();
        assert_eq!((error.index, &error.raw[..]), (1, bad), "{text}");
        assert_eq!(error.text("__type"), Some("urn:x"), "{text}");
    }
}

#[test]
fn a_message_that_is_not_there_costs_no_other() {
    for (nothing, raw) in [("", ""), (" ", "")] {
        let batch = Batch::<Message>::decode(&around(nothing.as_bytes())).unwrap();
        assert_eq!((batch.len(), batch.messages().count()), (3, 2));
        assert_eq!(batch.errors().next().unwrap().raw, raw.as_bytes());
    }
    let blanks = Batch::<Message>::decode(&around(b" null\r\n ")).unwrap();
    assert_eq!(blanks.errors().next().unwrap().raw, &b"null"[..]);
    let first = Batch::<Message>::decode(br#"[,{"__type":"urn:x"}]"#).unwrap();
    assert_eq!((first.len(), first.messages().count()), (2, 1));
}

#[test]
fn half_of_a_character_spoils_no_message() {
    let batch = around(br#"{"__type":"urn:unknown","x":"\ud83d"}"#);
    let batch = Batch::<Message>::decode(&batch).unwrap();
    assert_eq!(batch.messages().count(), 3);
    let known = br#"[{"__type":"urn:inin.com:interactions.callback:callbackMessage","isDelta":false,"interactionId":"1","target":"+1","subject":"cut \ud83d"}]"#;
    let batch = Batch::<Message>::decode(known).unwrap();
    let message = batch.messages().next().unwrap();
    let Message::InteractionsCallbackCallbackMessage(message) = message else {
        panic!("{message:?}");
    };
    assert_eq!(message.subject, "cut \u{fffd}");
}

#[test]
fn a_batch_that_ends_in_the_middle_tells_no_type_of_what_is_left() {
    let batch = Batch::<Message>::decode(br#"[{"__type":"urn:x","x":"a"#).unwrap();
    assert_eq!(batch.errors().next().unwrap().text("__type"), None);
}

#[test]
fn the_ends_of_time_are_read_as_they_came() {
    use icws_generated::runtime::DateTime;

    let cases = [
        ("99991231T235959Z", "9999-12-31T23:59:59.000Z"),
        (
            "9999-12-31T23:59:59.9999999Z",
            "9999-12-31T23:59:59.9999999Z",
        ),
        ("0001-01-01T00:00:00", "0001-01-01T00:00:00.000Z"),
        ("20201029T082018Z", "2020-10-29T08:20:18.000Z"),
        (
            "2020-10-29T08:20:18.1234567Z",
            "2020-10-29T08:20:18.1234567Z",
        ),
        ("2020-10-29T10:20:18+02:00", "2020-10-29T08:20:18.000Z"),
        ("202010290820Z", "2020-10-29T08:20:00.000Z"),
    ];
    for (text, written) in cases {
        let time: DateTime = text
            .parse()
            .unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(time.to_string(), written, "{text}");
        assert_eq!(written.parse::<DateTime>(), Ok(time), "{text}");
    }
    for text in ["", "never", "2020-13-01T00:00:00Z", "08:20"] {
        assert!(text.parse::<DateTime>().is_err(), "{text}");
    }
}

#[test]
fn a_byte_order_mark_before_a_body_is_passed_over() {
    use icws_generated::interactions::callback::SubscribeOutcome;
    use icws_generated::runtime::Request;

    let body = "\u{feff}[{\"__type\":\"urn:x\"}]";
    let batch = Batch::<Message>::decode(body.as_bytes()).unwrap();
    assert_eq!(batch.messages().count(), 1);
    let empty = Batch::<Message>::decode("\u{feff}".as_bytes()).unwrap();
    assert!(empty.is_empty());
    let error = "\u{feff}{\"message\":\"No.\"}";
    let response = http::Response::builder().status(404);
    let response = response.body(error.to_owned().into()).unwrap();
    let outcome = icws_generated::interactions::callback::Subscribe::parse(response).unwrap();
    let SubscribeOutcome::NotFound(failure) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(failure.into_error().message(), Some("No."));
}
