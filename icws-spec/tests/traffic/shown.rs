//! No public type that holds traffic shows a secret of it. A type that is new and not in the
//! list fails here.

#[path = "../../../icws-generated/tests/secrets/shown.rs"]
mod secrets;

use icws_secrets::Known;
use icws_spec::traffic::{Body, Exchange, Finding, Report, Site, Survey, Traffic, learn};

use self::secrets::{HUSH, List, Shown, both, debug};
use super::house;

/// The values are those of `shown`.
const LIST: &List = &[
    ("secrets/known.rs Known", None),
    ("secrets/names.rs Names", Some("names, and no values")),
    (
        "traffic/coverage.rs Coverage",
        Some("what the model says, and numbers"),
    ),
    (
        "traffic/coverage.rs SeenEnum",
        Some("what the model says, and numbers"),
    ),
    (
        "traffic/coverage.rs SeenOperation",
        Some("what the model says, and numbers"),
    ),
    (
        "traffic/coverage.rs SeenRecord",
        Some("what the model says, and numbers"),
    ),
    ("traffic/exchange.rs Body", None),
    ("traffic/exchange.rs Exchange", None),
    ("traffic/finding.rs Finding", None),
    ("traffic/finding.rs Part", Some("where, by names")),
    ("traffic/har/mod.rs ReadError", None),
    (
        "traffic/into/mod.rs Learning",
        Some("it is shown with `Learnt`"),
    ),
    ("traffic/into/mod.rs Learnt", None),
    ("traffic/mod.rs Counts", Some("numbers")),
    ("traffic/mod.rs Traffic", Some("it cannot be shown")),
    ("traffic/redact/mod.rs Redacted", Some("numbers")),
    ("traffic/report.rs Kind", Some("it is shown with `Report`")),
    ("traffic/report.rs Located", Some("a place in a model")),
    ("traffic/report.rs Report", None),
    (
        "traffic/report.rs Site",
        Some("the name of a file, and a number"),
    ),
    ("traffic/rules.rs Rule", Some("what the program says")),
    ("traffic/survey.rs Survey", Some("it cannot be shown")),
    ("traffic/survey.rs Surveyed", Some("it cannot be shown")),
];

/// An exchange with secrets in all its parts.
fn exchange() -> Exchange {
    let headers = ["Cookie", "ININ-ICWS-CSRF-Token", "Authorization", "X-Other"];
    let headers = headers.map(|name| (name.to_owned(), HUSH.to_owned()));
    let body = format!(r#"{{"__type":"urn:x","password":"{HUSH}","userID":["{HUSH}"]}}"#);
    Exchange {
        method: "POST".to_owned(),
        url: format!("https://ada:{HUSH}@cic1.example/icws/connection?token={HUSH}"),
        request_headers: headers.to_vec(),
        request_body: Body::from(&*body),
        status: Some(201),
        response_headers: headers.to_vec(),
        response_body: Body::from(&*body),
        continued: false,
    }
}

fn shown() -> Shown {
    let exchange = exchange();
    let mut known = Known::new(8);
    known.add(HUSH);
    let model = house::model();
    let findings: Vec<Finding> = Traffic::new(model.api()).exchange(&exchange);
    assert!(!findings.is_empty());
    let mut report = Report::default();
    for finding in &findings {
        report.add(&Site::default(), finding.clone());
    }
    let mut shown = vec![
        ("secrets/known.rs Known", debug(&known)),
        ("traffic/exchange.rs Body", debug(&exchange.request_body)),
        ("traffic/exchange.rs Exchange", debug(&exchange)),
        ("traffic/report.rs Report", debug(&report)),
        (
            "traffic/into/mod.rs Learnt",
            debug(&learn(model, &report, None)),
        ),
    ];
    for finding in &findings {
        shown.push(("traffic/finding.rs Finding", debug(finding)));
    }
    for broken in [
        format!(r#"{{"log":{{"entries":[{{"x":"{HUSH}" {HUSH}}}]}}}}"#),
        format!(r#"{{"log":{{"entries":"{HUSH}"}}}}"#),
        format!(r#"{{"log":"{HUSH}"}}"#),
        HUSH.to_owned(),
    ] {
        let mut survey = Survey::new(Traffic::new(model.api()));
        // What is wrong within an entry is a finding.
        if let Err(error) = survey.read("a.har", broken.as_bytes()) {
            shown.push(("traffic/har/mod.rs ReadError", both(&error)));
        }
        let report = survey.finish().report;
        shown.push(("traffic/report.rs Report", debug(&report)));
    }
    shown
}

#[test]
fn every_public_type_is_in_the_list() {
    let folders = [("src/traffic", "traffic/"), ("secrets/src", "secrets/")];
    secrets::has_all_types(LIST, env!("CARGO_MANIFEST_DIR"), &folders);
}

#[test]
fn no_type_shows_a_secret() {
    secrets::hides(LIST, shown());
}
