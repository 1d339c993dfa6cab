//! Models in the formats of other people's tools. What these tools say of them
//! is told by `check.sh` beside this file.

mod official;
mod schemas;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Output;
use std::sync::LazyLock;

use icws_spec::api::OperationId;
use icws_spec::formats::{self, Format, extensions};
use icws_spec::{Model, ModelSource};
use serde_json::Value as Json;

use crate::command::icws_spec;
use crate::{EVERYTHING_FILE, everything, shipped};

fn made(model: &Model, format: Format) -> Json {
    formats::document(&model.plan(), format).json
}

/// The documents of two models in all formats, made once.
fn documents() -> &'static [(&'static Model, Format, Json)] {
    static DOCUMENTS: LazyLock<Vec<(&Model, Format, Json)>> = LazyLock::new(|| {
        let models = [everything(), shipped()].into_iter();
        let all = models.flat_map(|model| Format::ALL.iter().map(move |format| (model, *format)));
        all.map(|(model, format)| (model, format, made(model, format)))
            .collect()
    });
    &DOCUMENTS
}

/// The document of one of them.
fn document(model: &Model, format: Format) -> &'static Json {
    let mut all = documents().iter();
    let found = all.find(|(of, other, _)| std::ptr::eq(*of, model) && *other == format);
    &found.unwrap().2
}

/// Each object of a document.
fn objects<'a>(json: &'a Json, see: &mut impl FnMut(&'a serde_json::Map<String, Json>)) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| objects(item, see)),
        Json::Object(map) => {
            see(map);
            map.values().for_each(|value| objects(value, see));
        }
        _ => {}
    }
}

/// `UPDATE_EXPECT=1` writes the documents anew.
#[test]
fn each_construct_is_written_as_it_was_looked_at() {
    for (format, file) in [
        (Format::OpenApi, "openapi.yaml"),
        (Format::JsonSchema, "schema.json"),
        (Format::AsyncApi, "asyncapi.yaml"),
        (Format::Postman, "postman.json"),
    ] {
        let json = document(everything(), format);
        let text = match file.ends_with("yaml") {
            true => formats::yaml(json),
            false => format!("{json:#}\n"),
        };
        let path = Path::new("tests/formats/golden").join(file);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        assert!(text == golden, "UPDATE_EXPECT=1 writes {}", path.display());
    }
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let again = Model::load(ModelSource::Shipped).unwrap();
    for format in Format::ALL {
        let one = document(shipped(), *format).to_string();
        let other = made(&again, *format).to_string();
        assert!(one == other, "{format:?}");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    for (_, _, json) in documents() {
        objects(json, &mut |map| {
            if let Some(Json::String(reference)) = map.get("$ref") {
                assert!(schemas::at(json, reference).is_some(), "{reference}");
            }
            let mapping = map.get("mapping").and_then(Json::as_object);
            for reference in mapping.into_iter().flat_map(|map| map.values()) {
                let reference = reference.as_str().unwrap();
                assert!(schemas::at(json, reference).is_some(), "{reference}");
            }
        });
    }
}

/// Components have names of few characters, whatever ids a model has.
#[test]
fn every_name_is_one_that_the_formats_take() {
    let hostile = Path::new("tests/texts/hostile.yaml");
    let hostile = Model::load(ModelSource::Path(hostile)).unwrap();
    let is_plain = |name: &String| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
        name.chars().all(is_plain)
    };
    for model in [everything(), &hostile] {
        for format in [Format::OpenApi, Format::AsyncApi] {
            let json = made(model, format);
            let components = json["components"].as_object().unwrap();
            let all = components.values().chain([&json["channels"]]);
            let names = all.filter_map(Json::as_object).flat_map(|map| map.keys());
            let wrong: Vec<&String> = names.filter(|name| !is_plain(name)).collect();
            assert!(wrong.is_empty(), "{wrong:?}");
        }
    }
    let odd = "icws: 1\nnamespace: odd\nobjects: { a b: { rust_name: One, properties: {} }, a_b: { rust_name: Two, properties: {} } }";
    let odd = crate::sound(ModelSource::Inline(odd));
    let json = made(&odd, Format::JsonSchema);
    assert_eq!(json["$defs"]["odd.a_b"]["x-icws-id"], "odd.a b");
    assert_eq!(json["$defs"]["odd.a_b_2"]["x-icws-id"], "odd.a_b");
}

#[test]
fn every_operation_is_there() {
    for model in [everything(), shipped()] {
        let operations: BTreeSet<String> = model.api().operations().map(|(_, o)| o.id()).collect();
        let openapi = document(model, Format::OpenApi);
        let mut found = BTreeSet::new();
        objects(&openapi["paths"], &mut |map| {
            if let Some(id) = map.get("operationId") {
                found.insert(id.as_str().unwrap().to_owned());
            }
        });
        assert_eq!(found, operations);
        let postman = document(model, Format::Postman);
        let folders = postman["item"].as_array().unwrap().iter();
        let requests = folders.map(|folder| folder["item"].as_array().unwrap().len());
        assert_eq!(requests.sum::<usize>(), operations.len());
    }
}

#[test]
fn subscriptions_and_all_messages_are_in_asyncapi() {
    let model = shipped();
    let json = document(model, Format::AsyncApi);
    let messages = json["components"]["messages"].as_object().unwrap();
    let known = model
        .api()
        .messages()
        .filter(|(_, message)| !message.is_abstract);
    assert_eq!(messages.len(), known.count());
    let operations = json["operations"].as_object().unwrap();
    let plan = model.plan();
    for subscription in &plan.subscriptions {
        let id = |id: OperationId| plan.operations[id].operation.id();
        let start = &operations[&id(subscription.start)];
        assert_eq!(start["x-icws-subscription"]["stop"], id(subscription.stop));
        assert!(operations.contains_key(&id(subscription.stop)));
        assert_eq!(
            start["reply"]["messages"].as_array().unwrap().len(),
            subscription.messages.len()
        );
    }
}

#[test]
fn every_example_fits_its_schema() {
    let mut seen = 0;
    let all = documents().iter();
    for (_, format, json) in all.filter(|(_, format, _)| *format != Format::Postman) {
        let mut hold = |schema: &Json, value: &Json| {
            seen += 1;
            if let Err(why) = schemas::fits(json, schema, value) {
                panic!("{format:?}: {why}\n{value:#}");
            }
        };
        objects(json, &mut |map| {
            let schema = map.get("schema").or_else(|| map.get("payload"));
            match (map.get("examples"), schema) {
                // Of a parameter, header or body.
                (Some(Json::Object(examples)), Some(schema)) => {
                    let values = examples.values().map(|example| &example["value"]);
                    values.for_each(|value| hold(schema, value));
                }
                // Of a message.
                (Some(Json::Array(examples)), Some(schema)) => {
                    let values = examples.iter().map(|example| &example["payload"]);
                    values.for_each(|value| hold(schema, value));
                }
                // Of a type, in OpenAPI 3.0.
                (None, None) if map.contains_key("example") => {
                    let schema = Json::Object(map.clone());
                    hold(&schema, &map["example"]);
                }
                // Of a type.
                (Some(Json::Array(examples)), None) => {
                    let schema = Json::Object(map.clone());
                    examples.iter().for_each(|value| hold(&schema, value));
                }
                _ => {}
            }
        });
    }
    assert!(seen > 100, "{seen} examples");
}

#[test]
fn what_a_newer_server_sends_fits_and_what_is_wrong_does_not() {
    let json = document(everything(), Format::JsonSchema);
    let fits = |ty: &str, value: &str| {
        let schema = &json["$defs"][format!("rooms.plans.{ty}")];
        let value = serde_json::from_str(value).unwrap();
        schemas::fits(json, schema, &value).is_ok()
    };
    assert!(fits("doorState", "99") && !fits("doorState", "\"Open\""));
    let newer = r#"{ "__type": "urn:example:rooms.plans:newer", "wheels": 4 }"#;
    assert!(fits("furniture.any", newer));
    let chair = r#"{ "__type": "urn:example:rooms.plans:chair", "weight": 1 }"#;
    assert!(!fits("furniture.any", chair), "a chair has legs");
    assert!(!fits("furniture.any", r#"{ "weight": 1 }"#), "of no type");
    assert!(fits("error.any", r#"{ "message": "m" }"#));
    assert!(fits("visitor", r#"{ "id": "1", "more": true }"#));
    assert!(!fits("visitor", "{}") && !fits("visitor", r#"{ "id": null }"#));
    let plan = r#"{ "id": "5F5DD5A4-7C0C-4F39-A6A5-7FF7D4E6A5D2", "page": null }"#;
    assert!(fits("plan", plan) && !fits("plan", &plan.replace(r#", "page": null"#, "")));
}

#[test]
fn every_extension_is_in_the_table() {
    let mut used = BTreeSet::new();
    for (_, _, json) in documents() {
        objects(json, &mut |map| {
            let names = map.keys().filter(|name| name.starts_with("x-"));
            used.extend(names.cloned());
        });
    }
    let table: BTreeSet<String> = extensions::ALL.iter().map(|e| e.name.to_owned()).collect();
    // Models of ordinary names do not need it.
    used.insert("x-icws-id".to_owned());
    assert_eq!(used, table);
}

fn export(arguments: &[&str]) -> Output {
    icws_spec(&[&["export"], arguments].concat())
}

#[test]
fn the_command_writes_json_and_yaml_and_tells_what_is_lost() {
    let golden = |file: &str| fs::read(Path::new("tests/formats/golden").join(file)).unwrap();
    let schema = export(&["json-schema", EVERYTHING_FILE]);
    assert_eq!(schema.status.code(), Some(0));
    assert!(schema.stdout == golden("schema.json"));
    let said = String::from_utf8(schema.stderr).unwrap();
    assert_eq!(
        said.matches("operations, of which only the bodies").count(),
        1,
        "{said}"
    );
    let yaml = export(&["openapi", EVERYTHING_FILE, "--yaml"]);
    assert!(yaml.stdout == golden("openapi.yaml"));
    let file = crate::scratch(module_path!(), "exported.yml");
    let written = export(&["asyncapi", EVERYTHING_FILE, "--out", file.to_str().unwrap()]);
    assert!(written.stdout.is_empty() && fs::read(&file).unwrap() == golden("asyncapi.yaml"));
    for wrong in [
        &["postman", "--yaml"][..],
        &["json-schema", "--out", "x.yaml"],
        &["openapi", EVERYTHING_FILE, "--out", EVERYTHING_FILE],
        &["openapi", "--only", "conection"],
        &["openapi", "--openapi", "2.0"],
        &["asyncapi", "--openapi", "3.0"],
        &["wsdl"],
    ] {
        let output = export(wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(output.stdout.is_empty(), "{wrong:?}");
    }
}

/// Only examples are looked at above; here all of it is, by the words of it.
#[test]
fn openapi_is_written_in_its_older_version_too() {
    for model in [everything(), shipped()] {
        let json = document(model, Format::OpenApi30);
        assert_eq!(json["openapi"], "3.0.3");
        let mut nullable = 0;
        for schema in json["components"]["schemas"].as_object().unwrap().values() {
            objects(schema, &mut |map| {
                let is_newer =
                    map.contains_key("const") || map.get("type").is_some_and(Json::is_array);
                assert!(!is_newer, "{map:?}");
                assert!(!map.contains_key("$ref") || map.len() == 1, "{map:?}");
                nullable += usize::from(map.contains_key("nullable"));
            });
        }
        assert!(nullable > 0);
    }
    let output = export(&["openapi", EVERYTHING_FILE, "--openapi", "3.0", "--yaml"]);
    assert!(output.stdout.starts_with(b"openapi: \"3.0.3\"\n"));
}

#[test]
fn a_part_is_exported_with_what_it_needs() {
    let output = export(&["openapi", "--only", "interactions.callback"]);
    let json: Json = serde_json::from_slice(&output.stdout).unwrap();
    let tags = json["tags"].as_array().unwrap();
    assert_eq!(tags.len(), 1, "{tags:?}");
    let schemas = json["components"]["schemas"].as_object().unwrap();
    assert!(schemas.contains_key("common.error.any"));
    assert!(!schemas.contains_key("dialer.campaign"));
}

/// Postman sends what a user of the collection is asked for, and keeps what the
/// reply brings.
#[test]
fn the_collection_logs_on() {
    let json = document(shipped(), Format::Postman);
    let mut scripts = Vec::new();
    objects(json, &mut |map| {
        if map.contains_key("event") {
            scripts.push(Json::Object(map.clone()));
        }
    });
    let [login] = &scripts[..] else {
        panic!("{} scripts", scripts.len());
    };
    assert_eq!(login["name"], "connect");
    let body = login["request"]["body"]["raw"].as_str().unwrap();
    assert!(
        body.contains("{{userID}}") && body.contains("{{password}}"),
        "{body}"
    );
    let script = login["event"].to_string();
    for name in ["sessionId", "csrfToken"] {
        assert!(script.contains(name));
        let variables = json["variable"].as_array().unwrap();
        assert!(variables.iter().any(|variable| variable["key"] == *name));
    }
}
