//! Pages as YAML of the model language. `UPDATE_EXPECT=1` writes the models of
//! the pages anew.

use std::fs;

use crate::pages::spoil::spoilt;
use crate::pages::text;
use icws_spec::codegen::{Options as Code, generate};
use icws_spec::import::{Options, Page, Written, check, read, write};
use icws_spec::{Model, ModelSource, export};
use proptest::prelude::*;
use serde_json::Value;

fn page(name: &str) -> Page {
    read(&format!("{name}.txt"), &text(name)).unwrap()
}

fn written(page: Page) -> Written {
    write(&[page], crate::shipped(), Options::default()).unwrap()
}

fn model(yaml: &str) -> Model {
    let model = Model::load(ModelSource::Inline(yaml)).unwrap();
    let findings: String = model
        .findings()
        .iter()
        .map(|finding| format!("{finding}\n"))
        .collect();
    assert_eq!(findings, "", "{yaml}");
    model
}

/// The pages whose text has all facts; icws-generated compiles their models.
const WHOLE: &[&str] = &[
    "base-option",
    "body",
    "callback",
    "copies",
    "errors",
    "features",
    "headers",
    "messages",
    "options",
    "parameters",
    "prose",
    "sessionless",
    "versions",
];

#[test]
fn a_page_becomes_a_model_that_is_clean_says_the_same_and_expands() {
    for name in WHOLE {
        let mut written = written(page(name));
        // No page says what a delta does to a list.
        let is_asked = *name == "messages";
        assert_eq!(written.open.len(), usize::from(is_asked), "{name}");
        let lines = written.yaml.split_inclusive('\n');
        let lines = lines.filter(|line| !line.trim_start().starts_with("# TODO "));
        written.yaml = lines.collect();
        let path = format!("tests/pages/{name}.yaml");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, &written.yaml).unwrap();
        }
        assert_eq!(written.yaml, fs::read_to_string(&path).unwrap(), "{path}");
        let model = model(&written.yaml);
        assert_eq!(check(&page(name), &model).unwrap(), [], "{name}");
        let code = generate(&model, &Code::default());
        assert!(syn::parse2::<syn::File>(code).is_ok(), "{name}");
    }
}

/// What a model says, without texts and the names that no page gives.
fn facts(model: &Model, path: &str) -> Value {
    let mut facts = export::model(&model.plan());
    let operations = facts["operations"].as_array().unwrap().iter();
    let operations: Vec<Value> = operations
        .filter(|operation| operation["path"] == path)
        .cloned()
        .collect();
    let mut records = Vec::new();
    for kind in ["objects", "messages"] {
        for record in facts[kind].as_array_mut().unwrap() {
            if ["error", "callbackMessage"].contains(&record["name"].as_str().unwrap()) {
                records.push(record.take());
            }
        }
    }
    let mut facts = serde_json::json!({ "operations": operations, "records": records });
    strip(&mut facts);
    let text = facts
        .to_string()
        .replace("interactions.callback.error", "common.error");
    serde_json::from_str(&text).unwrap()
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            // Those of an operation are ours; of a record, the namespace is
            // that of the file.
            let is_operation = map.contains_key("method");
            for key in ["doc", "source", "rustName", "namespace", "options"] {
                map.remove(key);
            }
            if is_operation {
                map.remove("id");
                map.remove("name");
            }
            map.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

#[test]
fn the_callback_page_gives_the_facts_of_the_shipped_model() {
    let path = "/icws/{sessionId}/messaging/subscriptions/interactions/{interactionId}/callback";
    let imported = facts(&model(&written(page("callback")).yaml), path);
    assert_eq!(imported["operations"].as_array().unwrap().len(), 2);
    assert_eq!(imported["records"].as_array().unwrap().len(), 2);
    assert_eq!(imported, facts(crate::shipped(), path));
    assert_eq!(check(&page("callback"), crate::shipped()).unwrap(), []);
}

#[test]
fn texts_come_along_only_when_asked_for() {
    let without = written(page("callback")).yaml;
    assert!(!without.contains("How often it was tried"));
    let mut options = Options::default();
    options.with_docs = true;
    let with = write(&[page("callback")], crate::shipped(), options)
        .unwrap()
        .yaml;
    assert!(with.contains(r#"attempts: { type: int, doc: "How often it was tried." }"#));
    assert!(with.contains(
        r#"doc: "True when what has not changed is left out.\n\nFalse when all is there.""#
    ));
    assert!(with.contains(r#"401: { use: unauthorized, doc: "No such session." }"#));
    model(&with);
}

#[test]
fn several_pages_of_a_namespace_share_a_file() {
    let pages = [page("versions"), page("parameters"), page("body")];
    let yaml = write(&pages, crate::shipped(), Options::default())
        .unwrap()
        .yaml;
    let model = model(&yaml);
    assert_eq!(model.api().resources.len(), 3);
    for page in &pages {
        assert_eq!(check(page, &model).unwrap(), []);
    }
    let apart = write(
        &[page("callback"), page("body")],
        crate::shipped(),
        Options::default(),
    )
    .unwrap_err();
    assert_eq!(apart.namespaces, ["interactions.callback", "rooms"]);
}

#[test]
fn names_of_operations_grow_until_they_differ() {
    let other = text("sessionless").replace("/icws/rooms/version", "/icws/rooms/doors/version");
    let pages = [page("sessionless"), read("other", &other).unwrap()];
    let yaml = write(&pages, crate::shipped(), Options::default())
        .unwrap()
        .yaml;
    assert!(
        yaml.contains("name: getVersion\n") && yaml.contains("name: getDoorsVersion\n"),
        "{yaml}"
    );
}

/// What the import of a page leaves open: line and start of the message.
fn open(name: &str) -> Vec<(usize, String)> {
    let written = written(page(name));
    // `check` flags each of them.
    let model = Model::load(ModelSource::Inline(&written.yaml)).unwrap();
    assert!(
        model
            .findings()
            .iter()
            .all(|finding| finding.rule == "open-todo")
    );
    assert!(model.findings().len() >= written.open.len());
    let short = |message: &str| message.split(':').next().unwrap().to_owned();
    written
        .open
        .iter()
        .map(|(_, notice)| (notice.line, short(&notice.message)))
        .collect()
}

/// The line of a page that has this text, the first of several.
fn line(name: &str, wanted: &str, number: usize) -> usize {
    let text = text(name);
    let mut found = (1..).zip(text.lines()).filter(|(_, line)| *line == wanted);
    found.nth(number).unwrap().0
}

#[test]
fn gaps_are_left_open_with_their_lines() {
    let values = "values of an enumeration".to_owned();
    assert_eq!(
        open("enumerations"),
        [
            (line("enumerations", "off", 0), values.clone()),
            (line("enumerations", "None", 0), values)
        ]
    );
    assert_eq!(
        open("dictionaries"),
        [(
            line("dictionaries", "[key]", 0),
            "keys and values of a dictionary".to_owned()
        )]
    );
    assert_eq!(
        open("nested"),
        [
            (
                line("nested", "id", 1),
                "`id` stands twice, here as `guid`".to_owned()
            ),
            (line("nested", "__type", 0), "a second `__type`".to_owned())
        ]
    );
    assert_eq!(open("unknown").len(), 11);
}

/// The model of a page with its gaps filled in by hand.
fn filled(name: &str, with: &[(&str, &str)]) -> Model {
    let yaml = written(page(name)).yaml;
    let mut yaml: String = yaml
        .lines()
        .filter(|line| !line.contains("# TODO"))
        .flat_map(|line| [line, "\n"])
        .collect();
    for (from, to) in with {
        assert!(yaml.contains(from), "{from}");
        yaml = yaml.replace(from, to);
    }
    model(&yaml)
}

#[test]
fn a_model_with_its_gaps_filled_says_what_the_page_says() {
    let lights = filled(
        "enumerations",
        &[
            (
                "TODO1: { type: TODO1 }",
                "light: { type: lightState, required: true }",
            ),
            ("TODO2: { type: TODO2 }", "places: { type: list place }"),
            ("TODO1", "lightState"),
            ("TODO2", "place"),
            // Pages differ in the case of one and the same name.
            ("\"off\": 0", "Off: 0"),
        ],
    );
    assert_eq!(check(&page("enumerations"), &lights).unwrap(), []);
    let labels = filled("dictionaries", &[("TODO1:", "labels:")]);
    assert_eq!(check(&page("dictionaries"), &labels).unwrap(), []);
    let owner = filled(
        "nested",
        &[
            (
                "displayName: {",
                "agency: { type: agency, nullable: true }\n      tenant: { type: tenant }\n      displayName: {",
            ),
            (
                "  tenant:\n    doc",
                "  agency: { properties: { id: { type: guid } } }\n  tenant:\n    doc",
            ),
        ],
    );
    assert_eq!(check(&page("nested"), &owner).unwrap(), []);
}

#[test]
fn a_filled_model_still_differs_where_the_page_does() {
    let labels = filled(
        "dictionaries",
        &[(
            "TODO1: { type: map string }",
            "labels: { type: map boolean }",
        )],
    );
    let found = check(&page("dictionaries"), &labels).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].message,
        "the values of `labels` are `string` on the page, `boolean` in the model"
    );
}

/// The pages whose text lacks something.
const OPEN: &[&str] = &["enumerations", "dictionaries", "nested", "unknown"];

fn names() -> Vec<String> {
    [WHOLE, OPEN]
        .concat()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_read_becomes_yaml(text in spoilt(names(), &[])) {
        if let Ok(page) = read("spoilt", &text) {
            let written = written(page.clone());
            prop_assert!(written.open.len() >= page.notices.len());
            let model = Model::load(ModelSource::Inline(&written.yaml)).unwrap();
            let odd = ["yaml-syntax", "unknown-key", "duplicate-key", "wrong-type", "unknown-reference", "missing-key"];
            let odd = model.findings().iter().find(|finding| odd.contains(&finding.rule));
            prop_assert!(odd.is_none(), "{}\n{}", odd.unwrap(), written.yaml);
            // What nothing is the matter with says what the page says.
            if model.findings().is_empty() {
                prop_assert_eq!(check(&page, &model).unwrap(), [], "{}", written.yaml);
            }
        }
    }
}
