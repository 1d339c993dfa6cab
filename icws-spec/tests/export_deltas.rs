//! The exported model says what deltas do, and what tells items apart.

use icws_spec::export;
use serde_json::{Value, json};

fn exported() -> Value {
    export::model(&crate::everything().plan())
}

fn named<'a>(items: &'a Value, name: &str) -> &'a Value {
    let mut items = items.as_array().unwrap().iter();
    items.find(|item| item["name"] == name).unwrap()
}

#[test]
fn what_tells_an_object_apart_is_exported_also_of_a_base() {
    let model = exported();
    let identity = |name: &str| named(&model["objects"], name).get("identity").cloned();
    assert_eq!(identity("visit"), Some(json!(["visitor.id", "day"])));
    assert_eq!(identity("numbered"), Some(json!(["number"])));
    assert_eq!(identity("guest"), Some(json!(["number"])));
    assert_eq!(identity("room"), None);
}

#[test]
fn what_a_delta_does_is_exported_where_the_model_says_it() {
    let model = exported();
    let message = named(&model["messages"], "visitsMessage");
    let expected = json!({ "flag": "isDelta", "key": "roomId", "stateRustName": "VisitsState" });
    assert_eq!(message["delta"], expected);
    let properties = message["properties"].as_array().unwrap().iter();
    let rules = properties.map(|property| {
        let name = property["name"].as_str().unwrap();
        (name, property.get("delta").and_then(Value::as_str))
    });
    assert_eq!(
        rules.collect::<Vec<_>>(),
        [
            ("isDelta", None),
            ("roomId", None),
            ("come", Some("added")),
            ("changed", Some("changed")),
            ("gone", Some("removed")),
            ("log", Some("append")),
            ("prices", Some("merge")),
            ("shown", Some("replace")),
            ("room", Some("merge")),
            ("before", Some("tell")),
        ]
    );
    let within = named(&named(&model["objects"], "visit")["properties"], "words");
    assert_eq!(within["delta"], "merge");
    assert_eq!(within["ignoreCase"], true);
}
