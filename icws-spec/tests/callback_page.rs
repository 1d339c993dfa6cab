//! The facts of the reference page
//! `/icws/{sessionId}/messaging/subscriptions/interactions/{interactionId}/callback`,
//! written down by hand from the page, item by item against the model.

use icws_spec::api::{Api, BodyType, HeaderType, Location, Operation, Record, Type};

const PATH: &str =
    "/icws/{sessionId}/messaging/subscriptions/interactions/{interactionId}/callback";
const VERSION: &str = "interactions 8";

/// Kind, name and whether the page says `Required`; the same for both methods.
const PARAMETERS: &[(Location, &str, bool)] = &[
    (Location::Header, "ININ-ICWS-CSRF-Token", true),
    (Location::Header, "Cookie", true),
    (Location::Path, "sessionId", true),
    (Location::Path, "interactionId", true),
];

/// Method, and the statuses in the order of the page.
const OPERATIONS: &[(&str, &[u16])] = &[
    ("PUT", &[200, 400, 404, 403, 401, 410, 500]),
    ("DELETE", &[204, 400, 404, 403, 401, 410, 500]),
];

/// The properties of `callbackMessage` behind `__type`, in the order of the page.
const CALLBACK_MESSAGE: &[(&str, Type, bool)] = &[
    ("isDelta", Type::Boolean, true),
    ("interactionId", Type::String, true),
    ("target", Type::String, true),
    ("name", Type::String, false),
    ("subject", Type::String, true),
    ("attempts", Type::Int, false),
    ("maxAttempts", Type::Int, false),
    ("associatedCallId", Type::String, false),
    ("snoozed", Type::Boolean, false),
];

/// The properties of `error`.
const ERROR: &[(&str, Type, bool)] = &[
    ("errorId", Type::String, false),
    ("message", Type::String, true),
];

fn api() -> &'static Api {
    crate::shipped().api()
}

fn record<'a>(api: &'a Api, id: &str) -> &'a Record {
    api.records.iter().find(|record| record.id() == id).unwrap()
}

fn operations(api: &Api) -> &[Operation] {
    let resource = api
        .resources
        .iter()
        .find(|resource| resource.path == PATH)
        .unwrap();
    assert_eq!(resource.since.as_ref().unwrap().to_string(), VERSION);
    &resource.operations
}

#[test]
fn operations_and_their_versions() {
    let api = api();
    let found: Vec<_> = operations(api)
        .iter()
        .map(|operation| {
            assert_eq!(operation.since.as_ref().unwrap().to_string(), VERSION);
            let statuses: Vec<u16> = operation
                .replies
                .iter()
                .filter_map(|reply| reply.status.code())
                .collect();
            (operation.method.as_str(), statuses)
        })
        .collect();
    let expected: Vec<_> = OPERATIONS
        .iter()
        .map(|(method, statuses)| (*method, statuses.to_vec()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn parameters() {
    let api = api();
    for operation in operations(api) {
        let found: Vec<_> = operation
            .parameters
            .iter()
            .map(|p| (p.location, p.name.as_str(), p.required))
            .collect();
        assert_eq!(found, PARAMETERS);
        assert!(operation.parameters.iter().all(|p| p.ty == Type::String));
    }
}

#[test]
fn replies() {
    let api = api();
    for operation in operations(api) {
        for reply in &operation.replies {
            let body = reply.body.as_ref().map(|body| match body {
                BodyType::Value(ty) => icws_spec::facts::type_name(api, ty),
                other => panic!("{other:?}"),
            });
            let error = (!reply.is_success()).then(|| "common.error".to_owned());
            assert_eq!(body, error, "{}", reply.status);

            let headers: Vec<_> = reply
                .headers
                .iter()
                .map(|h| (h.name.as_str(), h.ty.clone(), h.required))
                .collect();
            let challenge = [("WWW-Authenticate", HeaderType::Challenge, true)];
            assert_eq!(
                headers,
                if reply.status.is(401) {
                    &challenge[..]
                } else {
                    &[]
                }
            );

            let messages: Vec<_> = reply
                .messages
                .iter()
                .map(|id| icws_spec::facts::record_id(api, *id))
                .collect();
            let associated = operation.method == "PUT" && reply.status.is(200);
            let expected: &[&str] = if associated {
                &["interactions.callback.callbackMessage"]
            } else {
                &[]
            };
            assert_eq!(messages, expected);
        }
    }
}

#[test]
fn the_message() {
    let api = api();
    let message = record(api, "interactions.callback.callbackMessage");
    assert_eq!(
        message.urn.as_deref(),
        Some("urn:inin.com:interactions.callback:callbackMessage")
    );
    assert_eq!(message.since.as_ref().unwrap().to_string(), VERSION);
    assert_eq!(facts(message), CALLBACK_MESSAGE);
    assert!(
        message
            .properties
            .iter()
            .all(|p| !p.nullable && p.source.is_none())
    );
    let delta = message.message.as_ref().unwrap().delta.as_ref().unwrap();
    assert_eq!(message.properties[delta.flag].name, "isDelta");
}

#[test]
fn the_error() {
    let api = api();
    let error = record(api, "common.error");
    // What no page has is marked with where it was seen.
    let (page, beyond): (Vec<_>, Vec<_>) =
        error.properties.iter().partition(|p| p.source.is_none());
    let page: Vec<_> = page
        .iter()
        .map(|p| (p.name.as_str(), p.ty.clone(), p.required))
        .collect();
    assert_eq!(page, ERROR);
    let beyond: Vec<_> = beyond
        .iter()
        .map(|p| (p.name.as_str(), p.required))
        .collect();
    assert_eq!(beyond, [("errorCode", false)]);
}

fn facts(record: &Record) -> Vec<(&str, Type, bool)> {
    record
        .properties
        .iter()
        .map(|p| (p.name.as_str(), p.ty.clone(), p.required))
        .collect()
}

#[test]
fn everything_has_a_text_of_its_own() {
    let api = api();
    for record in &api.records {
        assert!(!record.doc.is_empty(), "{}", record.id());
        // Elsewhere the name of a property may say all that is known.
        let silent = record.properties.iter().any(|p| p.doc.is_empty());
        let page = record.namespace == "interactions.callback";
        assert!(!(silent && page), "{}", record.id());
    }
    for enumeration in &api.enums {
        assert!(!enumeration.doc.is_empty(), "{}", enumeration.id());
    }
    for (_, operation) in api.operations() {
        assert!(!operation.doc.is_empty(), "{}", operation.id());
        assert!(operation.parameters.iter().all(|p| !p.doc.is_empty()));
        if operation.namespace == "interactions.callback" {
            assert!(operation.replies.iter().all(|r| !r.doc.is_empty()));
            assert!(!operation.examples.is_empty(), "{}", operation.id());
        }
    }
}
