//! The exports held against the official schemas of their formats, which are beside this
//! file: `official/README.md` tells where they come from.

use std::fs;

use boon::{Compiler, SchemaIndex, Schemas};
use icws_spec::formats::Format;
use serde_json::{Value as Json, json};

use super::document;
use crate::{everything, shipped};

/// The dialect of the schemas in a document of OpenAPI 3.1, which has metaschemas of its own.
const DIALECT: &str = "https://spec.openapis.org/oas/3.1/dialect/base";

const OPENAPI: &str = "https://spec.openapis.org/oas/3.1/schema/2022-10-07";

/// The schema of a format.
struct Official {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Official {
    fn new(format: Format) -> Self {
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        let mut add = |name: &str, json: Json| compiler.add_resource(name, json).unwrap();
        let name = match format {
            Format::JsonSchema => "https://json-schema.org/draft/2020-12/schema",
            Format::OpenApi => {
                add(OPENAPI, file("openapi-3.1"));
                add(DIALECT, file("openapi-3.1-dialect"));
                let meta = "https://spec.openapis.org/oas/3.1/meta/base";
                add(meta, file("openapi-3.1-meta"));
                // By itself the schema of OpenAPI takes anything for a schema.
                let whole = json!({
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "$ref": OPENAPI,
                    "$defs": { "schema": { "$dynamicAnchor": "meta", "$ref": DIALECT } },
                });
                add("official://openapi", whole);
                "official://openapi"
            }
            Format::OpenApi30 => {
                add("official://openapi-3.0", file("openapi-3.0"));
                "official://openapi-3.0"
            }
            Format::AsyncApi => {
                add("official://asyncapi", file("asyncapi-3.0"));
                "official://asyncapi"
            }
            Format::Postman => {
                add("official://postman", file("postman-2.1"));
                "official://postman"
            }
            _ => panic!("{format:?} has no schema"),
        };
        let index = compiler.compile(name, &mut schemas);
        let index = index.unwrap_or_else(|error| panic!("{error:#}"));
        Official { schemas, index }
    }

    /// Says where a document is none of its format.
    fn check(&self, json: &Json) -> Result<(), String> {
        let checked = self.schemas.validate(json, self.index);
        checked.map_err(|error| format!("{error:#}").chars().take(4000).collect())
    }
}

fn file(name: &str) -> Json {
    let path = format!("tests/formats/official/{name}.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Removes what stands at a pointer, or puts something there.
fn changed(json: &Json, pointer: &str, other: Option<Json>) -> Json {
    let mut json = json.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = json.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match other {
        Some(other) => parent.insert(name.to_owned(), other),
        None => parent.shift_remove(name),
    };
    json
}

#[test]
fn every_export_is_what_its_format_takes() {
    for format in Format::ALL {
        let official = Official::new(*format);
        for model in [everything(), shipped()] {
            official
                .check(document(model, *format))
                .unwrap_or_else(|why| panic!("{format:?}: {why}"));
        }
    }
}

#[test]
fn a_document_that_is_wrong_is_refused() {
    for (format, breaks) in [
        (
            Format::OpenApi,
            vec![
                ("/info", None),
                ("/openapi", Some(json!("3.0.3"))),
                ("/components/securitySchemes/cookie/type", Some(json!("x"))),
                // The schemas in it, too.
                ("/components/schemas/x", Some(json!({ "type": "text" }))),
                (
                    "/components/schemas/x",
                    Some(json!({ "discriminator": { "mapping": {} } })),
                ),
            ],
        ),
        (
            Format::OpenApi30,
            vec![
                ("/paths", None),
                ("/components/schemas/x", Some(json!({ "type": "null" }))),
            ],
        ),
        (
            Format::AsyncApi,
            vec![
                ("/info/title", None),
                ("/channels/x", Some(json!({ "messages": [] }))),
                ("/operations/x", Some(json!({ "action": "listen" }))),
            ],
        ),
        (
            Format::Postman,
            vec![
                ("/info", None),
                ("/item", Some(json!([{ "request": { "method": 1 } }]))),
                ("/variable", Some(json!({}))),
            ],
        ),
        (
            Format::JsonSchema,
            vec![
                ("/$defs/x", Some(json!({ "type": "text" }))),
                ("/$defs/x", Some(json!({ "required": "a" }))),
            ],
        ),
    ] {
        let (official, json) = (Official::new(format), document(everything(), format));
        for (pointer, other) in breaks {
            let broken = changed(json, pointer, other.clone());
            let checked = official.check(&broken);
            assert!(checked.is_err(), "{format:?}: {pointer}: {other:?}");
        }
    }
}
