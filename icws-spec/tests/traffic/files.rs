//! Files of traffic: the dialects of tools, and what is wrong with files.

use std::io::{self, Read};

use crate::shipped;
use icws_spec::Model;
use icws_spec::traffic::{Survey, Surveyed, Traffic, redact};
use serde_json::json;

use super::house;

/// Files of several tools, each with the same day in its dialect.
pub const TOOLS: &[(&str, &str)] = &[
    ("chromium.har", include_str!("har/chromium.har")),
    ("firefox.har", include_str!("har/firefox.har")),
    ("mitmproxy.har", include_str!("har/mitmproxy.har")),
    ("charles.har", include_str!("har/charles.har")),
    ("recording.jsonl", include_str!("har/recording.jsonl")),
];

/// Holds a file against a model.
pub fn survey(model: &Model, name: &str, text: impl Read) -> (Surveyed, Option<String>) {
    let mut survey = Survey::new(Traffic::new(model.api()));
    let outcome = survey.read(name, text);
    (
        survey.finish(),
        outcome.err().map(|error| error.to_string()),
    )
}

/// What is told of a file, each with its place.
pub fn told(surveyed: &Surveyed) -> Vec<String> {
    let kinds = surveyed.report.kinds().iter();
    let told = kinds.map(|kind| {
        let finding = &kind.finding;
        let (rule, part, pointer) = (finding.rule.id, &finding.part, &finding.pointer);
        format!(
            "{} {part} {pointer}: {rule} {} {}",
            kind.site, kind.count, finding.message
        )
    });
    told.collect()
}

#[test]
fn each_tool_tells_the_same_in_its_dialect() {
    let model = shipped();
    for (name, text) in TOOLS {
        let (surveyed, error) = survey(model, name, text.as_bytes());
        assert_eq!(error, None);
        let kinds = surveyed.report.kinds();
        let rules: Vec<_> = kinds.iter().map(|kind| kind.finding.rule.id).collect();
        assert_eq!(
            rules,
            ["unknown-property"],
            "{name}: {:#?}",
            told(&surveyed)
        );
        let finding = &kinds[0].finding;
        assert_eq!(finding.subject, "interactions.callback.callbackMessage");
        assert_eq!(finding.example.as_deref(), Some("3"));
        assert_eq!(
            (surveyed.counts.unanswered, surveyed.counts.checked),
            (1, 4),
            "{name}"
        );
        let foreign = u64::from(*name != "recording.jsonl");
        assert_eq!(surveyed.counts.foreign, foreign, "{name}");
    }
}

fn of(text: &str) -> (Vec<String>, Option<String>) {
    let (surveyed, error) = survey(house::model(), "day", text.as_bytes());
    (told(&surveyed), error)
}

fn entry(path: &str, status: u16, body: &str) -> serde_json::Value {
    json!({
        "request": {
            "method": "get",
            "url": format!("https://cic.example/icws/17/{path}"),
            "headers": [
                { "name": "Cookie", "value": "x" },
                { "name": "ININ-ICWS-CSRF-Token", "value": "y" },
            ],
        },
        "response": { "status": status, "content": { "text": body } },
    })
}

#[test]
fn a_recording_may_be_cut_and_joined_anywhere() {
    let good = entry("rooms/1?limit=1", 200, r#"{"number":"1","mood":0}"#).to_string();
    let bad = entry("rooms/1?limit=1", 418, "").to_string();
    let text = format!(
        "\n{good}\n{}\n{bad}\r\n{{\"a\": [}}\n[]\n{}",
        &good[..40],
        &bad[..60]
    );
    let (told, error) = of(&text);
    assert_eq!(error, None);
    assert_eq!(
        told,
        [
            "day:3 entry : unreadable-entry 1 the line was cut, in column 40",
            "day:4 status : undocumented-status 1 the operation has no reply with the status 418",
            "day:5 entry : unreadable-entry 1 the line is no JSON, in column 8",
            "day:6 entry : unreadable-entry 1 an entry has a `request`, an object with `method` and `url`",
            "day:7 entry : unreadable-entry 1 the line was cut, in column 60",
        ]
    );
}

#[test]
fn a_document_that_was_cut_is_read_as_far_as_it_goes() {
    let bad = entry("rooms/1?limit=1", 418, "").to_string();
    let whole = format!("{{\"log\":{{\"version\":\"1.2\",\"entries\":[{bad},{bad}]}}}}");
    let (told, error) = of(&whole);
    assert_eq!(
        told,
        [
            "day, entry 1 status : undocumented-status 2 the operation has no reply with the status 418"
        ]
    );
    assert_eq!(error, None);
    let (told, error) = of(&whole[..whole.len() - 20]);
    assert_eq!(told.len(), 1);
    let error = error.unwrap();
    assert!(
        error.ends_with("the file was cut; 1 entries were read before that, and none behind it"),
        "{error}"
    );
    assert!(error.starts_with("1:"), "{error}");
}

#[test]
fn what_is_no_traffic_is_refused_with_a_way_out() {
    for (text, expected) in [
        (
            "icws: 1\n",
            "this is neither a HAR document (`{\"log\": …}`) nor a recording (an entry of HAR on each line)",
        ),
        ("\u{1f}\u{8b}", "this is neither"),
        ("PK", "this is compressed; unpack it first"),
        ("{\n\"entries\": []}", "2:14: a HAR document has a `log`"),
        ("{\"log\": []}", "1:"),
        ("{\"log\": {\"entries\": {}}}", "1:"),
    ] {
        let (told, error) = of(text);
        let error = error.unwrap();
        assert!(error.contains(expected), "{error}");
        assert!(told.is_empty());
    }
    let (_, error) = survey(house::model(), "day", &b"\xff\xfe{"[..]);
    assert_eq!(error.as_deref(), Some("this is UTF-16; save it as UTF-8"));
    assert_eq!(of(""), (vec![], None));
    assert_eq!(of("\u{feff}{\"log\":{\"entries\":[]}}"), (vec![], None));
}

#[test]
fn entries_may_lack_nearly_everything() {
    let entries = [
        json!({}),
        json!([]),
        json!(null),
        json!({ "request": { "method": "GET" } }),
        json!({ "request": { "method": "GET", "url": 7 } }),
        json!({ "request": { "method": "GET", "url": "" } }),
        json!({ "request": { "method": "GET", "url": "/icws/17/plan", "headers": {}, "postData": [] }, "response": [] }),
        json!({ "request": { "method": "GET", "url": "/icws/17/plan" }, "response": { "status": -1 } }),
        json!({ "request": { "method": "GET", "url": "/icws/17/plan" }, "response": { "status": 99999 } }),
        json!({ "request": { "method": "GET", "url": "/icws/17/messages" }, "response": {
            "status": 200, "content": { "text": "%%", "encoding": "base64" },
        } }),
    ];
    let text = json!({ "log": { "entries": entries } }).to_string();
    let (told, error) = of(&text);
    assert_eq!(error, None);
    let unreadable = told.iter().filter(|told| told.contains("unreadable-entry"));
    assert_eq!(unreadable.count(), 4, "{told:#?}");
    assert!(told.iter().any(|told| told.starts_with(
        "day, entry 10 entry /response/content/text: unreadable-entry 1 the body is no base64"
    )));
}

#[test]
fn half_a_surrogate_pair_in_a_body_costs_nothing_else() {
    let bad = entry("rooms/1?limit=1", 418, "HALF")
        .to_string()
        .replace("HALF", r"\ud83d");
    for text in [
        format!("{{\"log\":{{\"entries\":[{bad}]}}}}"),
        format!("{bad}\n{bad}"),
    ] {
        let (told, error) = of(&text);
        assert_eq!((told.len(), error), (1, None), "{told:?}");
    }
}

#[test]
fn cookies_that_a_tool_leaves_out_are_not_missed() {
    let with = entry("plan", 200, "x").to_string();
    let without = with.replace("Cookie", "Other");
    assert_eq!(of(&format!("{without}\n{without}\n")).0, [""; 0]);
    assert_eq!(
        of(&format!("{without}\n{with}\n")).0,
        [
            "day:1 request header `Cookie` : missing-parameter 1 the required header parameter `Cookie` is missing"
        ]
    );
}

#[test]
fn what_is_odd_in_one_entry_costs_no_other() {
    let good = entry("rooms/1?limit=1", 418, "x").to_string();
    let odd = |value: &str| {
        let start = good.strip_suffix('}').unwrap();
        [start, ",\"time\":", value, "}"].concat().into_bytes()
    };
    let deep = format!("{}{}", "[".repeat(140), "]".repeat(140));
    let raw = |byte: u8| [&b"\"a"[..], &[byte, b'"']].concat();
    for (odd, message) in [
        (odd("1e999"), "number out of range"),
        (odd(&deep), "recursion limit exceeded"),
        (odd("01"), "invalid number"),
        (odd("[1}"), "expected `,` or `]`"),
        (
            [&b"{\"a\":"[..], &raw(0), b"}"].concat(),
            "control character",
        ),
        (
            [&b"{\"a\":"[..], &raw(0xe4), b"}"].concat(),
            "invalid unicode",
        ),
    ] {
        for before in ["", "\"creator\": {\"time\": 1e999, \"x\": \"]}\"},\n"] {
            let start = format!("{{\"log\":{{{before}\"entries\":[{good},\n ");
            let end = format!(",{good}] , \"more\": [\"\\\"\"]}} }}\n");
            let text = [start.as_bytes(), &odd, end.as_bytes()].concat();
            let (surveyed, error) = survey(house::model(), "day", &text[..]);
            assert_eq!(error, None);
            let told = told(&surveyed);
            assert!(told[0].contains("undocumented-status 2"), "{told:?}");
            assert!(told[1].starts_with("day, entry 2"), "{told:?}");
            assert!(told[1].contains(message), "{told:?}");
            let mut out = Vec::new();
            let redacted = redact(house::model().api(), false, &text[..], &mut out).unwrap();
            assert_eq!((redacted.entries, redacted.left_out), (2, 1));
            serde_json::from_slice::<serde_json::Value>(&out).unwrap();
        }
    }
}

#[test]
fn a_document_on_one_line_may_begin_with_anything() {
    let bad = entry("rooms/1?limit=1", 418, "x");
    for text in [
        format!("{{\"comment\":{{\"log\":1}},\"log\":{{\"entries\":[{bad}]}}}}"),
        format!("{{ \"a\":[\"\\\"}}\",\"log\"], \"log\" :{{\"entries\":[{bad}]}}}}"),
    ] {
        let (told, error) = of(&text);
        assert_eq!((told.len(), error), (1, None), "{told:?}");
        assert!(told[0].starts_with("day, entry 1 status"), "{told:?}");
    }
    let line = format!(
        "{{\"comment\":\"log\",\"_own\":{{\"log\":{{}}}},{}",
        &bad.to_string()[1..]
    );
    assert!(of(&line).0[0].starts_with("day:1 status"));
}

/// A document that is never in memory: entries without end, up to a number.
struct Endless {
    entry: Vec<u8>,
    left: u64,
    chunk: io::Cursor<Vec<u8>>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.chunk.read(buffer)?;
        if read > 0 || self.left == 0 {
            return Ok(read);
        }
        self.left -= 1;
        let mut next = self.entry.clone();
        next.extend_from_slice(if self.left == 0 { b"]}}" } else { b"," });
        self.chunk = io::Cursor::new(next);
        self.chunk.read(buffer)
    }
}

#[test]
fn a_document_is_read_entry_by_entry() {
    let bad = entry("rooms/1?limit=1", 418, &"x".repeat(1000)).to_string();
    let endless = Endless {
        entry: bad.into_bytes(),
        left: 5000,
        chunk: io::Cursor::new(b"{\"log\":{\"entries\":[".to_vec()),
    };
    let (surveyed, error) = survey(house::model(), "day", endless);
    assert_eq!(error, None);
    assert_eq!(surveyed.report.kinds()[0].count, 5000);
}

/// What is told of an entry with another response.
fn answered(change: impl Fn(&mut serde_json::Value)) -> Vec<String> {
    let mut entry = entry("rooms/1?limit=1", 200, r#"{"number":"1","mood":0,"odd":1}"#);
    change(&mut entry["response"]);
    let (told, error) = of(&entry.to_string());
    assert_eq!(error, None);
    told
}

const ODD: &str = "day:1 response body /odd: unknown-property 1 `room` has no property `odd`";

#[test]
fn a_status_is_read_however_it_is_written() {
    for status in [json!("200"), json!(200.0), json!(" 200 ")] {
        assert_eq!(
            answered(|response| response["status"] = status.clone()),
            [ODD]
        );
    }
    for status in [json!(0), json!(-1), json!(null), json!("0")] {
        let told = answered(|response| response["status"] = status.clone());
        assert!(told.is_empty(), "no answer came: {told:?}");
    }
    for status in [json!(1000), json!(200.5), json!("OK"), json!([200])] {
        let told = answered(|response| response["status"] = status.clone());
        assert!(told[0].contains("unreadable-entry"), "{told:?}");
    }
}

#[test]
fn base64_needs_no_padding() {
    for body in [
        r#"{"number":"1","mood":0,"odd":1}"#,
        r#"{"number":"12","mood":0,"odd":1}"#,
    ] {
        let text = base64::Engine::encode(&base64::engine::general_purpose::STANDARD_NO_PAD, body);
        let content = json!({ "text": text, "encoding": "base64" });
        assert_eq!(
            answered(|response| response["content"] = content.clone()),
            [ODD]
        );
    }
}

#[test]
fn a_body_that_is_not_as_it_was_meant_is_not_judged() {
    let coded = |coding: &str, content: serde_json::Value| {
        answered(|response| {
            response["headers"] = json!([{ "name": "content-encoding", "value": coding }]);
            response["content"] = content.clone();
        })
    };
    for content in [
        // Two bytes of gzip, and text that was made of another coding.
        json!({ "text": "H4sI", "encoding": "base64" }),
        json!({ "text": "\u{b}\u{2}\u{fffd}abc" }),
    ] {
        assert!(coded("gzip", content.clone()).is_empty(), "{content}");
        assert!(!coded("identity", content.clone()).is_empty(), "{content}");
    }
    let plain = json!({ "text": r#"{"number":"1","mood":0,"odd":1}"# });
    assert_eq!(coded("br", plain), [ODD]);
}

#[test]
fn a_body_of_which_a_tool_kept_the_start_is_not_judged() {
    let text = r#"{"number":"1","mo"#;
    let cut = |size: i64| json!({ "text": text, "size": size });
    assert!(answered(|response| response["content"] = cut(400)).is_empty());
    for size in [-1, 17] {
        let told = answered(|response| response["content"] = cut(size));
        assert!(told[0].contains("unreadable-body"), "{told:?}");
    }
    // What is wrong before its end is wrong.
    let told = answered(|response| response["content"] = json!({ "text": "<", "size": 400 }));
    assert!(told[0].contains("unreadable-body"), "{told:?}");
}

#[test]
fn web_sockets_are_passed_over() {
    let mut socket = entry("rooms/1", 101, "");
    for url in [
        "https://cic.example/icws/17/x",
        "WSS://cic.example/icws/17/x",
    ] {
        socket["request"]["url"] = json!(url);
        let (surveyed, _) = survey(house::model(), "day", socket.to_string().as_bytes());
        assert_eq!(told(&surveyed), [""; 0]);
        assert_eq!((surveyed.counts.foreign, surveyed.counts.checked), (1, 0));
        socket["response"]["status"] = json!(0);
    }
}
