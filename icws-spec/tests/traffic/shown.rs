//! No public type that holds traffic shows a secret of it. A type that is new and not in the
//! list fails here.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::path::Path;

use icws_secrets::Known;
use icws_spec::traffic::{Body, Exchange, Finding, Report, Site, Survey, Traffic, learn};

use crate::shipped;

/// What nobody may see.
const HUSH: &str = "hush-4711";

/// Types by file and name, and why they hold no secret. Without that there is a value of
/// it in `shown`, which does.
const LIST: &[(&str, Option<&str>)] = &[
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

type Shown = Vec<(&'static str, String)>;

fn debug(value: &dyn Debug) -> String {
    format!("{value:?} {value:#?}")
}

fn both(value: &(impl Debug + Display)) -> String {
    format!("{value} {value:#} {}", debug(value))
}

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
    let mut traffic = Traffic::new(shipped().api());
    let findings: Vec<Finding> = traffic.exchange(&exchange);
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
            debug(&learn(shipped(), &report, None)),
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
        let mut survey = Survey::new(Traffic::new(shipped().api()));
        // What is wrong within an entry is a finding.
        if let Err(error) = survey.read("a.har", broken.as_bytes()) {
            shown.push(("traffic/har/mod.rs ReadError", both(&error)));
        }
        let report = survey.finish().report;
        shown.push(("traffic/report.rs Report", debug(&report)));
    }
    shown
}

/// The public types of a folder, each with its file below it: `traffic/mod.rs Counts`.
fn types(folder: &Path, below: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            types(&path, &format!("{below}{name}/"), found);
        } else if name.ends_with(".rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines = text.lines().filter_map(|line| {
                let rest = line.strip_prefix("pub struct ");
                let rest = rest.or_else(|| line.strip_prefix("pub enum "))?;
                rest.split(|c: char| !c.is_alphanumeric()).next()
            });
            found.extend(lines.map(|item| format!("{below}{name} {item}")));
        }
    }
}

#[test]
fn every_public_type_is_in_the_list() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    types(&package.join("src/traffic"), "traffic/", &mut found);
    types(&package.join("secrets/src"), "secrets/", &mut found);
    found.sort();
    let listed: Vec<&str> = LIST.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed, found, "the list, and what there is");
}

#[test]
fn no_type_shows_a_secret() {
    let mut texts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, text) in shown() {
        texts.entry(name).or_default().push(text);
    }
    let bytes: Vec<_> = HUSH.bytes().map(|byte| byte.to_string()).collect();
    let is_shown = |text: &String| {
        let dense: String = text.split_whitespace().collect();
        text.contains(HUSH) || dense.contains(&bytes.join(","))
    };
    let mut leaks = Vec::new();
    for (name, none) in LIST {
        let texts = texts.remove(name);
        assert!(
            texts.is_some() != none.is_some(),
            "{name} needs either a value or a reason why it holds no secret"
        );
        let texts = texts.unwrap_or_default().into_iter();
        leaks.extend(texts.filter(is_shown).map(|text| (*name, text)));
    }
    assert!(leaks.is_empty(), "these show a secret: {leaks:#?}");
    assert!(texts.is_empty(), "not in the list: {:?}", texts.keys());
}
