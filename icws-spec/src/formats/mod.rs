//! The resolved model in formats that other people's tools read: `icws-spec
//! export`. The form of our own, which `show --format json` prints, is `export`.
//!
//! Each format is one JSON value, filled in the order of the model, so that the
//! same model gives the same bytes. What a format has no place for stands in
//! [`extensions`], which the README of icws-spec lists; what is not
//! written at all is counted ([`Lost`]).

mod asyncapi;
pub mod extensions;
mod fields;
mod json_schema;
mod login;
mod lost;
mod names;
mod openapi;
mod postman;
mod sample;
mod schema;
mod security;
mod subscription;
mod unions;
mod values;
mod yaml;

use serde_json::{Value as Json, json};

use crate::api::Api;
use crate::plan::Plan;

pub use lost::Lost;
pub use yaml::yaml;

use fields::Fields;

/// The media type of what requests and replies hold.
const MEDIA_TYPE: &str = "application/vnd.inin.icws+JSON";

/// The media type of messages that come one by one as they happen.
const EVENTS: &str = "text/event-stream";

/// The property by which an object says what it is.
const TYPE: &str = "__type";

/// What the documents call the API.
const TITLE: &str = "ICWS";

/// A format to write a model in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// OpenAPI 3.1: operations and types.
    OpenApi,
    /// OpenAPI 3.0: the same, for generators that do not read 3.1.
    OpenApi30,
    /// JSON Schema 2020-12: types, and the bodies of operations.
    JsonSchema,
    /// AsyncAPI 3.0: messages, and what starts and stops them.
    AsyncApi,
    /// A collection of Postman 2.1: requests to send.
    Postman,
}

impl Format {
    /// All formats.
    pub const ALL: &[Format] = &[
        Format::OpenApi,
        Format::OpenApi30,
        Format::JsonSchema,
        Format::AsyncApi,
        Format::Postman,
    ];
}

/// A model in another format.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Document {
    /// The document.
    pub json: Json,
    /// What of the model it does not hold.
    pub lost: Vec<Lost>,
}

/// Writes a model in a format.
pub fn document(plan: &Plan<'_>, format: Format) -> Document {
    let json = match format {
        Format::OpenApi => openapi::document(plan),
        Format::OpenApi30 => openapi::older(plan),
        Format::JsonSchema => json_schema::document(plan),
        Format::AsyncApi => asyncapi::document(plan),
        Format::Postman => postman::document(plan),
    };
    Document {
        json,
        lost: lost::of(plan, format),
    }
}

/// What a document says of itself. The API has no version as a whole: each of its
/// features has one, so that the number here is that of the model language.
fn info(api: &Api) -> Json {
    let mut info = Fields::default();
    info.put("title", TITLE);
    info.put("version", "1");
    info.put("description", ABOUT);
    let features = api.features.iter().map(|feature| {
        let mut fields = Fields::default();
        fields.put("name", feature.name.as_str());
        fields.markdown("description", &feature.doc);
        fields.option("newest", newest(api, &feature.name));
        fields.json()
    });
    let features: Vec<Json> = features.collect();
    if !features.is_empty() {
        info.put("x-icws-features", features);
    }
    info.json()
}

const ABOUT: &str = "The REST API of a PureConnect server, written by `icws-spec export`. \
What `x-icws-since` says is the version of a feature that introduced a thing; \
a server tells the versions that it has at `/icws/connection/features`.";

/// The newest version of a feature that an operation, type or property needs.
fn newest(api: &Api, feature: &str) -> Option<u32> {
    let own = api.versions().filter(|since| since.feature == feature);
    own.filter_map(|since| since.version).max()
}

/// Where servers are: the addresses that ICWS has by default.
fn ports() -> [(&'static str, &'static str, &'static str); 2] {
    [
        ("https", "8019", "With TLS."),
        ("http", "8018", "Without TLS, where the server allows it."),
    ]
}

/// The variable for the name of the server.
fn host_variable() -> Json {
    json!({ "default": "icserver", "description": "The name or address of the server." })
}
