//! Resources and types that a model does not have, written into it.

use std::fs;

use icws_spec::traffic::Learnt;
use serde_json::{Value, json};

use crate::command::{icws_spec, stderr};

use super::command::scratch;
use super::house::{MODEL, room};
use super::into::{after, learnt, line, load, messages};

/// The texts of the files that were changed.
fn written(learnt: &Learnt) -> String {
    let files = learnt.files.iter();
    let files = files.filter_map(|id| learnt.model.sources().get(*id));
    files.map(|file| file.text.as_str()).collect()
}

#[test]
fn a_fact_tells_in_how_many_exchanges_it_was_seen() {
    let mut list = room();
    list["chairs"] = json!([{ "legs": 4 }, { "legs": 3 }]);
    let sent = |count| {
        let text = line("PUT", "17/lights/1", 204, &Value::Null);
        let mut entry: Value = serde_json::from_str(&text).unwrap();
        entry["request"]["postData"] = json!({ "text": "{\"watts\":1}" });
        format!("{entry}\n").repeat(count)
    };
    let alarm = json!({ "__type": "urn:house:alarm", "isDelta": false });
    let day = line("GET", "17/rooms/1?limit=1", 200, &list)
        + &sent(2)
        + &line("GET", "17/messages", 200, &json!([alarm, alarm]));
    let learnt = learnt(&load(&scratch("times.yaml", MODEL)), &day);
    assert_eq!(messages(&learnt.left), [""; 0]);
    let text = written(&learnt);
    for (times, count) in [("once", 3), ("2 times", 2), ("3 times", 0), ("4 times", 0)] {
        let found = text.matches(&format!("Seen on the wire, {times}")).count();
        assert_eq!(found, count, "{times}: {text}");
    }
}

#[test]
fn an_unknown_type_in_a_new_resource_is_written_with_its_name_on_the_wire() {
    let sofa = json!({ "__type": "urn:house:sofa", "seats": 3,
        "parts": [{ "__type": "urn:house:sofa", "seats": 1 }] });
    let day = line("GET", "17/lights/1", 200, &json!({ "below": sofa }))
        + &line("GET", "17/lights", 200, &json!([sofa]));
    let learnt = learnt(&load(&scratch("urn.yaml", MODEL)), &day);
    assert_eq!(messages(&learnt.left), [""; 0]);
    assert_eq!(after(&learnt, &day), [""; 0]);
    let text = written(&learnt);
    assert_eq!(text.matches("urn: urn:house:sofa").count(), 1, "{text}");
    assert!(text.contains("parts: { type: list house.sofa }"), "{text}");
}

#[test]
fn a_failure_beside_a_success_of_a_new_operation_is_a_reply_of_it() {
    let error = json!({ "__type": "urn:house:error", "message": "no" });
    let day = line("POST", "17/lights", 400, &error)
        + &line("POST", "17/lights", 201, &json!({ "id": "x" }))
        + &line("POST", "17/nowhere", 404, &error);
    let learnt = learnt(&load(&scratch("failure.yaml", MODEL)), &day);
    assert_eq!(
        messages(&learnt.left),
        ["unknown-path the model has no such path; 404 came: None"]
    );
    assert_eq!(after(&learnt, &day).len(), 1);
    let text = written(&learnt);
    assert!(text.contains("body: house.error"), "{text}");
}

#[test]
fn a_success_that_cannot_be_written_holds_no_other_up() {
    let day =
        line("GET", "17/lights", 200, &json!([[1]])) + &line("GET", "17/lights", 204, &Value::Null);
    let learnt = learnt(&load(&scratch("successes.yaml", MODEL)), &day);
    assert_eq!(
        messages(&learnt.left),
        [
            "unknown-path the model has no such path; 200 came: Some(\"a list of lists came, which the language does not have\")"
        ]
    );
    assert_eq!(
        messages(&learnt.changes),
        ["unknown-path the model has no such path; 204 came: None"]
    );
    assert!(written(&learnt).contains("name: getLights\n"));
}

#[test]
fn a_shared_reply_of_a_success_is_for_those_whose_siblings_use_it() {
    let model = MODEL
        .replace(
            "enums:\n",
            "replies:\n  unwatched: { doc: The subscription has ended. }\n  gone: { doc: Not there., body: error }\n\nenums:\n",
        )
        .replace("DELETE: { name: unwatch, replies: { 204: {} } }", "DELETE: { name: unwatch, replies: { 204: unwatched, 404: gone } }");
    assert!(model.contains("204: unwatched"));
    let error = json!({ "message": "no" });
    let day = line("GET", "17/plan", 204, &Value::Null)
        + &line("GET", "17/plan", 404, &error)
        + &line("PUT", "17/subscriptions/floors/1", 204, &Value::Null);
    let learnt = learnt(&load(&scratch("shared.yaml", &model)), &day);
    assert_eq!(messages(&learnt.left), [""; 0]);
    let text = written(&learnt);
    assert_eq!(text.matches("use: unwatched").count(), 1, "{text}");
    assert_eq!(text.matches("use: gone").count(), 1, "{text}");
}

#[test]
fn a_path_behind_a_word_of_the_model_has_no_parameters_of_sessions() {
    let day = line("GET", "connection/health", 200, &json!({ "up": true }));
    let learnt = learnt(&load(&scratch("health.yaml", MODEL)), &day);
    assert_eq!(messages(&learnt.left), [""; 0]);
    let text = written(&learnt);
    let resource = text.split("/icws/connection/health:\n").nth(1).unwrap();
    assert!(!resource.contains("parameters:"), "{resource}");
}

#[test]
fn a_list_without_items_asks_for_them_and_texts_have_their_form() {
    let lamp =
        json!({ "since": "20201029T082018Z", "tag": "5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2" });
    let day = line("GET", "17/lights", 200, &json!([])) + &line("GET", "17/lights/1", 200, &lamp);
    let learnt = learnt(&load(&scratch("empty.yaml", MODEL)), &day);
    let text = written(&learnt);
    assert!(
        text.contains("TODO (traffic): the type of its items"),
        "{text}"
    );
    assert!(text.contains("since: { type: dateTime }"), "{text}");
    assert!(text.contains("tag: { type: guid }"), "{text}");
    assert_eq!(after(&learnt, &day), [""; 0]);
}

#[test]
fn an_object_whose_names_are_texts_of_other_places_is_a_map() {
    let desks = json!({ "who": ["ada", "bea"], "desks": { "ada": 1, "bea": 2 },
        "plans": { "ada": { "userId": "ada" } } });
    let day = line("GET", "17/desks", 200, &desks);
    let learnt = learnt(&load(&scratch("map.yaml", MODEL)), &day);
    let text = written(&learnt);
    assert!(text.contains("desks: { type: \"map int|long\" }"), "{text}");
    assert!(!text.contains("ada") && !text.contains("bea"), "{text}");
    assert_eq!(after(&learnt, &day), [""; 0]);
}

/// A model of several files, none of which is of the resources that come.
fn house_and_garden(name: &str) -> std::path::PathBuf {
    let folder = scratch("house_and_garden", "").with_file_name(name);
    // An earlier run has left files there.
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).unwrap();
    let root = folder.join("icws.yaml");
    fs::write(&root, "icws: 1\ninclude: [house.yaml, garden.yaml]\n").unwrap();
    fs::write(folder.join("house.yaml"), MODEL).unwrap();
    let garden = "icws: 1\nnamespace: garden\nsince: house 1\nobjects: { tree: { properties: { height: { type: int } } } }\n";
    fs::write(folder.join("garden.yaml"), garden).unwrap();
    root
}

#[test]
fn a_resource_that_is_like_none_has_a_file_of_its_own() {
    let root = house_and_garden("parking");
    let lot =
        json!({ "free": 3, "gate": { "__type": "urn:inin.com:street.gates:gate", "open": true } });
    let day = line("GET", "17/parking/lots/7", 200, &lot)
        + &line("GET", "17/rooms/1/chairs", 200, &json!({ "count": 1 }));
    let found = learnt(&load(&root), &day);
    assert!(found.refused.is_empty(), "{:#?}", found.refused);
    assert_eq!(messages(&found.left), [""; 0]);
    assert_eq!(after(&found, &day), [""; 0]);
    let (traffic, model) = (scratch("parking.jsonl", &day), root.to_str().unwrap());
    let output = icws_spec(&["traffic", traffic.to_str().unwrap(), "--into", model]);
    assert!(!stderr(&output).contains("by hand"), "{}", stderr(&output));
    let read = |name: &str| fs::read_to_string(root.parent().unwrap().join(name)).unwrap();
    let parking = read("parking.yaml");
    assert!(
        parking.starts_with("icws: 1\nnamespace: parking\n"),
        "{parking}"
    );
    assert!(
        parking.contains("/icws/{sessionId}/parking/lots/{id}:"),
        "{parking}"
    );
    assert!(read("street/gates.yaml").contains("  gate:\n"));
    assert!(read("house.yaml").contains("/rooms/{number}/chairs:"));
    assert!(!read("garden.yaml").contains("lots"));
    assert!(read("icws.yaml").contains("parking.yaml"));
    assert_eq!(after(&learnt(&load(&root), ""), &day), [""; 0]);
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let root = house_and_garden("kept");
    let other = root.parent().unwrap().join("parking.yaml");
    fs::write(&other, "mine\n").unwrap();
    let day = line("GET", "17/parking/lots/7", 200, &json!({ "free": 3 }));
    let learnt = learnt(&load(&root), &day);
    let left = messages(&learnt.left);
    assert!(
        left[0].contains("include one with `namespace: parking`"),
        "{left:?}"
    );
    assert!(learnt.files.is_empty());
}

#[test]
fn an_operation_with_several_statuses_is_written_with_all_of_them() {
    let path = scratch("statuses.yaml", MODEL);
    let day = [
        line("GET", "17/lights/2001/scenes", 200, &json!({ "id": "x" })),
        line("GET", "17/lights/2001/scenes?from=2", 204, &Value::Null),
        line("POST", "17/lights/2001/scenes", 201, &json!({ "id": "x" })),
        line("POST", "17/lights/2001/scenes", 200, &json!({ "old": 1 })),
        line("DELETE", "17/rooms/1", 202, &json!({ "requestId": "1" })),
        line("DELETE", "17/rooms/1", 204, &Value::Null),
    ]
    .concat();
    let learnt = learnt(&load(&path), &day);
    assert_eq!(messages(&learnt.left), [""; 0]);
    assert_eq!(learnt.changes.len(), 6);
    assert_eq!(after(&learnt, &day), [""; 0]);
    // No object is written for nothing.
    let text = learnt
        .model
        .sources()
        .files()
        .map(|(_, file)| file.text.to_string());
    let text: String = text.collect();
    assert_eq!(text.matches("the name of this object").count(), 4, "{text}");
}

#[test]
fn what_is_no_json_is_written_by_its_media_type() {
    let path = scratch("media.yaml", MODEL);
    let other = |path: &str, status: u16, media: &str| {
        let text = line("GET", path, status, &Value::Null);
        let mut entry: Value = serde_json::from_str(&text).unwrap();
        entry["response"]["content"] = json!({ "text": "a,b", "mimeType": media });
        format!("{entry}\n")
    };
    let day = [
        other("17/lights/2001/report", 200, "text/csv; charset=utf-8"),
        other("17/rooms/1?limit=1", 206, "audio/wav"),
    ]
    .concat();
    let learnt = learnt(&load(&path), &day);
    assert_eq!(messages(&learnt.left), [""; 0]);
    assert_eq!(after(&learnt, &day), [""; 0]);
}
