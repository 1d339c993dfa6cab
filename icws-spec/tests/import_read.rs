//! Pages as text: which facts are read of them.

use crate::pages::text;
use icws_spec::api::Location;
use icws_spec::import::{Method, Page, Record, Row, What, read};

pub fn page(name: &str) -> Page {
    read(name, &text(name)).unwrap()
}

pub fn rows(record: &Record) -> impl Iterator<Item = &Row> {
    record.groups.iter().flat_map(|group| &group.rows)
}

pub fn method<'a>(page: &'a Page, verb: &str) -> &'a Method {
    page.methods
        .iter()
        .find(|method| method.verb == verb)
        .unwrap()
}

fn body(method: &Method, code: u16) -> &Record {
    let status = method.statuses.iter().find(|status| status.code == code);
    status.unwrap().body.as_ref().unwrap()
}

#[test]
fn versions_at_each_level() {
    let page = page("versions");
    assert_eq!(page.since.as_ref().unwrap().to_string(), "rooms 2");
    let get = method(&page, "GET");
    assert_eq!(get.since.as_ref().unwrap().to_string(), "rooms 8");
    let built = rows(body(get, 200)).last().unwrap();
    assert_eq!(built.since.as_ref().unwrap().to_string(), "rooms 9");
    assert_eq!(
        page.methods
            .iter()
            .map(|method| &method.verb)
            .collect::<Vec<_>>(),
        ["DELETE", "GET"]
    );
    assert_eq!(method(&page, "DELETE").doc.len(), 5);

    let headers = self::page("headers");
    let found = &method(&headers, "GET").statuses[2];
    assert_eq!(
        (
            found.code,
            found.since.as_ref().unwrap().to_string().as_str()
        ),
        (302, "rooms 5")
    );
}

#[test]
fn parameters_with_defaults_choices_and_their_versions() {
    let page = page("parameters");
    let parameters = &method(&page, "GET").parameters;
    let found: Vec<_> = parameters
        .iter()
        .map(|p| {
            (
                p.location,
                p.name.as_str(),
                p.required,
                p.default.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (Location::Path, "sessionId", true, None),
            (Location::Header, "ININ-ICWS-CSRF-Token", true, None),
            (Location::Header, "Cookie", true, None),
            (Location::Query, "select", false, None),
            (Location::Query, "rightsFilter", false, Some("admin")),
            (Location::Query, "orderBy", false, Some("size")),
            (Location::Header, "Range", false, None),
        ]
    );
    let choices = parameters[3]
        .choices
        .iter()
        .map(|c| (c.text.as_str(), c.since.as_ref().map(ToString::to_string)));
    assert_eq!(
        choices.collect::<Vec<_>>(),
        [
            ("size", None),
            ("snipLine", Some("rooms 11".to_owned())),
            ("things", None)
        ]
    );
    assert_eq!(parameters[4].since.as_ref().unwrap().to_string(), "rooms 3");
    assert_eq!(parameters[3].since, None);
}

#[test]
fn no_parameters_with_and_without_a_text_before() {
    let page = page("sessionless");
    assert!(
        page.methods
            .iter()
            .all(|method| method.parameters.is_empty())
    );
    assert_eq!(
        method(&page, "POST").doc,
        ["Asks for another one.", "Only for tests."]
    );
    let version = body(method(&page, "GET"), 200);
    assert_eq!((version.name.as_deref(), rows(version).count()), (None, 4));
}

#[test]
fn properties_with_all_that_can_be_said_of_them() {
    let page = page("body");
    let booking = method(&page, "POST").body.as_ref().unwrap();
    let found: Vec<String> = rows(booking)
        .map(|row| {
            let What::Property(p) = &row.what else {
                panic!("{row:?}")
            };
            let words = [
                (p.required, "required"),
                (p.conditional, "conditionally"),
                (p.nullable, "nullable"),
                (p.ignore_case, "ignore_case"),
            ];
            let words = words
                .iter()
                .filter(|(is, _)| *is)
                .map(|(_, word)| format!(" {word}"));
            format!("{}: {}{}", p.name, p.ty, words.collect::<String>())
        })
        .collect();
    assert_eq!(
        found,
        [
            "target: string conditionally",
            "queueID: string conditionally",
            "seats: list[1..*] int required",
            "notes: list[0..3] string nullable",
            "userName: string required nullable ignore_case",
            "key: guid",
            "page: uri",
            "takes: duration",
            "times: list dateTime",
            "opens: time",
            "share: float",
        ]
    );
}

#[test]
fn options_messages_and_errors() {
    let options = page("options");
    let furniture = method(&options, "POST").body.as_ref().unwrap();
    assert!(furniture.has_options);
    let urns: Vec<_> = furniture
        .groups
        .iter()
        .map(|group| group.urn.as_deref())
        .collect();
    assert_eq!(
        urns,
        [
            Some("urn:inin.com:rooms:chair"),
            Some("urn:inin.com:rooms:shelf")
        ]
    );

    let base = page("base-option");
    let groups = &body(method(&base, "PUT"), 409).groups;
    assert_eq!(
        (
            groups[0].urn.as_deref(),
            groups[0].rows.len(),
            groups[1].rows.len()
        ),
        (None, 2, 3)
    );

    let messages = page("messages");
    let names = |verb: &str| {
        let status = &method(&messages, verb).statuses[0];
        status
            .messages
            .iter()
            .map(|record| record.name.clone().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(names("PUT"), ["visitorsMessage", "saidMessage"]);
    assert_eq!(names("DELETE"), ["saidMessage"]);
    assert_eq!(
        body(method(&messages, "PUT"), 200).name.as_deref(),
        Some("watchResult")
    );

    let errors = page("errors");
    let errors = &method(&errors, "POST").statuses[1].errors;
    assert_eq!(
        errors[0].urn.as_deref(),
        Some("urn:inin.com:rooms:alarmError")
    );
    assert_eq!(
        errors[1].id,
        "error.request.invalidRepresentation.malformed"
    );
}

#[test]
fn the_form_with_bars_and_other_texts_are_refused() {
    let refusal = read("bars.txt", &text("bars")).unwrap_err();
    assert!(refusal.to_string().starts_with("bars.txt:3: "), "{refusal}");
    assert!(refusal.message.contains("plain text"));
    for text in [
        "",
        "\u{feff}\n",
        "Nothing here.",
        "GET",
        "/icws/connection\n\nGET",
    ] {
        assert_eq!(read("x", text).unwrap_err().line, 1);
    }
}

#[test]
fn a_copy_of_a_table_that_differs_is_noted() {
    let other = text("callback").replacen("errorId\nString", "errorId\nInt", 1);
    let page = read("other", &other).unwrap();
    assert!(
        page.notices
            .iter()
            .any(|notice| notice.message.contains("`error`")),
        "{:?}",
        page.notices
    );
}
