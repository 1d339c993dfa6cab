//! Secrets within texts: none in a report, and none in a redacted file.

use icws_spec::traffic::{Survey, Surveyed, Traffic, redact};
use serde_json::{Value, json};

use super::house;
use crate::{few, shipped};

/// Texts that hold a secret, each in another way.
fn texts() -> Vec<String> {
    let json = |text: &str| Value::from(text).to_string();
    let mut deep = json!({ "password": "s3cret-1 horse s3cret-2" }).to_string();
    for _ in 0..6 {
        deep = json!({ "in": deep }).to_string();
    }
    let texts = [
        r#"{"password":"s3cret-1"}"#.to_owned(),
        r#"sent {"password":"s3cret-1 horse s3cret-2"}"#.to_owned(),
        "password=s3cret-1 horse s3cret-2".to_owned(),
        "Authorization: Bearer s3cret-1".to_owned(),
        "Authorization: ICWS s3cret-1".to_owned(),
        "https://ada:s3cret-1@h.example/x".to_owned(),
        "https://ada:s3cret-1/s3cret-2@h.example/x".to_owned(),
        "ada:s3cret-1@h.example/x".to_owned(),
        "https://h.example/x?access_token=s3cret-1".to_owned(),
        "https%3A%2F%2Fx%3Faccess_token%3Ds3cret-1".to_owned(),
        "https%253A%252F%252Fx%253Faccess_token%253Ds3cret-1".to_owned(),
        r#"[{"name":"password","value":"s3cret-1"}]"#.to_owned(),
        "\u{feff}{\"password\":\"s3cret-1\"}".to_owned(),
        r#"{"p\u0061ssword":"s3cret-1"}"#.to_owned(),
        "<password>s3cret-1</password>".to_owned(),
        deep,
    ];
    let quoted = texts.iter().map(|text| json(text));
    texts.iter().cloned().chain(quoted).collect()
}

/// An entry with a text in the places that have one.
fn entry(text: &str) -> Value {
    let encoded = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    json!({
        "request": {
            "method": "PUT",
            "url": format!("https://cic.example/icws/17/rooms/1?limit=1&more={}", encoded(text)),
            "headers": [{ "name": "Cookie", "value": "a=b" }, { "name": "Accept", "value": text }],
            "queryString": [{ "name": "more", "value": text }],
            "postData": {
                "mimeType": "application/x-www-form-urlencoded",
                "text": format!("more={}", encoded(text)),
                "params": [{ "name": "more", "value": text }],
            },
        },
        "response": {
            "status": 400,
            "statusText": text,
            "headers": [{ "name": "Server", "value": text }],
            "content": {
                "mimeType": "application/json",
                "text": json!({
                    "message": 1, "log": text, "list": [text], "number": text, "mood": text,
                    "inner": { "text": text, text: 1 },
                    text: 1,
                }).to_string(),
            },
        },
    })
}

fn survey(text: &str, without_texts: bool) -> Surveyed {
    let mut traffic = Traffic::new(house::model().api());
    if without_texts {
        traffic = traffic.without_texts();
    }
    let mut survey = Survey::new(traffic);
    survey.read("day", text.as_bytes()).unwrap();
    survey.finish()
}

/// All that a report shows.
fn shown(surveyed: &Surveyed) -> String {
    let kinds = surveyed.report.kinds().iter();
    let shown = kinds.map(|kind| {
        let own = &kind.finding;
        format!(
            "{}\n{}\n{}\n{}\n{:?}\n",
            own.subject, own.message, own.part, own.pointer, own.example
        )
    });
    shown.collect()
}

fn redacted(text: &str, texts: bool) -> String {
    let mut out = Vec::new();
    redact(shipped().api(), texts, text.as_bytes(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_text_that_holds_a_secret_is_in_no_report() {
    for text in texts() {
        for without_texts in [false, true] {
            let shown = shown(&survey(&entry(&text).to_string(), without_texts));
            assert!(
                shown.contains("***") && !shown.contains("s3cret"),
                "{text}\n{shown}"
            );
        }
    }
    let named =
        json!({ "message": "x", "parameters": [{ "name": "password", "value": "s3cret" }] });
    let mut other = entry("x");
    other["response"]["content"]["text"] = named.to_string().into();
    let shown = shown(&survey(&other.to_string(), false));
    assert!(
        shown.contains("parameters") && !shown.contains("s3cret"),
        "{shown}"
    );
}

#[test]
fn what_a_name_beside_it_tells_of_is_in_no_report() {
    let mut other = entry("x");
    other["request"]["url"] = "http://h/icws/17/configuration/system-parameters".into();
    other["request"]["method"] = "GET".into();
    other["response"]["status"] = 200.into();
    other["response"]["content"]["text"] = json!({ "items": [
        { "configurationId": { "id": "SmtpPassword" }, "value": 4711 },
        { "configurationId": { "id": "SmtpPassword" }, "value": ["s3cret"], "more": "s3cret" },
        { "configurationId": { "id": "Other" }, "value": 1234, "more": "shown" },
    ]})
    .to_string()
    .into();
    let mut survey = Survey::new(Traffic::new(shipped().api()));
    survey.read("day", other.to_string().as_bytes()).unwrap();
    let shown = shown(&survey.finish());
    assert!(
        !shown.contains("4711") && !shown.contains("s3cret"),
        "{shown}"
    );
    assert!(
        shown.contains("/items/0/value") && shown.contains("***"),
        "{shown}"
    );
}

#[test]
fn a_secret_that_was_met_is_in_no_report() {
    let mut login = entry("x");
    let headers = json!([
        { "name": "Authorization", "value": "Basic YWRhOm1ldC00NzEx" },
        { "name": "Cookie", "value": "icws_1=met-4712|languageId=en" },
    ]);
    login["request"]["headers"] = headers;
    let body = json!({ "userID": "ada", "password": "met-4713" });
    login["request"]["postData"] =
        json!({ "mimeType": "application/json", "text": body.to_string() });
    let mut echo = entry("x");
    let said = json!({ "message": 1, "list": ["met-4711", "a met-4712", "met%2D4713"] });
    echo["response"]["content"]["text"] = said.to_string().into();
    let shown = shown(&survey(&format!("{login}\n{echo}\n"), false));
    assert!(
        shown.contains("list") && !shown.contains("met-47"),
        "{shown}"
    );
}

#[test]
fn a_secret_is_met_however_its_exchange_is_written() {
    let mut marked = entry("x");
    marked["response"]["content"]["text"] = "\u{feff}{\"password\":\"met-4711\"}".into();
    let mut stream = entry("x");
    stream["response"]["content"] = json!({
        "mimeType": "text/event-stream", "text": "data: {\"token\":\"met-4712\"}\n\n",
    });
    let mut form = entry("x");
    form["request"]["postData"] = json!({
        "mimeType": "application/x-www-form-urlencoded", "text": "password=met+-4713",
    });
    let mut cookies = entry("x");
    cookies["request"]["headers"][0]["value"] = "icws_1=met-4714|languageId=en".into();
    let mut set = entry("x");
    let value = "a=met-4715; Path=/icws, b=met-4716; Path=/";
    set["response"]["headers"] = json!([{ "name": "Set-Cookie", "value": value }]);
    let mut address = entry("x");
    address["request"]["url"] = "https://ada:met-4717@cic.example/icws/17/rooms/1".into();
    for (secrets, own) in [
        (&["met-4711"][..], marked),
        (&["met-4712"], stream),
        (&["met+-4713", "met -4713"], form),
        (&["met-4714"], cookies),
        (&["met-4715", "met-4716"], set),
        (&["met-4717"], address),
    ] {
        let mut echo = entry("x");
        let said = json!({ "message": 1, "list": secrets }).to_string();
        echo["response"]["content"]["text"] = said.into();
        let day = format!("{own}\n{echo}\n");
        for all in [shown(&survey(&day, false)), redacted(&day, false)] {
            let is_there = |secret: &&&str| all.contains(**secret);
            assert_eq!(secrets.iter().find(is_there), None, "{all}");
        }
    }
}

#[test]
fn a_number_that_may_be_of_a_person_is_masked_with_texts() {
    let mut dialled = entry("x");
    let said = json!({ "message": "x", "phone": 13175550142_u64, "count": 17 });
    dialled["response"]["content"]["text"] = said.to_string().into();
    let shown = shown(&survey(&dialled.to_string(), true));
    assert!(
        shown.contains("17") && !shown.contains("13175550142"),
        "{shown}"
    );
    let clean = redacted(&dialled.to_string(), true);
    assert!(
        clean.contains("17") && !clean.contains("13175550142"),
        "{clean}"
    );
}

#[test]
fn a_text_that_holds_a_secret_is_masked_as_a_whole() {
    for text in texts() {
        for texts in [false, true] {
            let clean = redacted(&entry(&text).to_string(), texts);
            assert!(!clean.contains("s3cret"), "{text}\n{clean}");
            assert!(!clean.contains("horse"), "{text}\n{clean}");
        }
    }
}

#[test]
fn a_secret_that_stands_before_its_name_is_masked() {
    let line = json!({
        "request": {
            "method": "PUT",
            "url": "https://cic.example:8019/icws/1731001926/configuration/users/ada?x=hush4711zz",
            "headers": [],
            "postData": {
                "mimeType": "application/json",
                "text": r#"{"notes":"was hush4711zz","password":"hush4711zz"}"#,
            },
        },
        "response": { "status": 204, "headers": [], "content": { "size": 0, "mimeType": "" } },
    });
    let clean = redacted(&format!("{line}\n"), false);
    assert!(
        clean.contains("/configuration/users/ada") && clean.contains("***"),
        "{clean}"
    );
    assert!(!clean.contains("hush4711zz"), "{clean}");
}

#[test]
fn an_address_keeps_no_user_and_no_password() {
    for url in [
        "https://ada:s3cret-1@cic.example/icws/17/rooms/1",
        "https://ada:s3cret-1/s3cret-2@cic.example/icws/17/rooms/1",
        "https://ada:s3cret-1?s3cret-2@cic.example/icws/17/rooms/1",
        "//ada:s3cret-1@cic.example/icws/17/rooms/1",
        "ada:s3cret-1@cic.example/icws/17/rooms/1",
    ] {
        let mut own = entry("x");
        own["request"]["url"] = url.into();
        let clean = redacted(&own.to_string(), false);
        assert!(
            !clean.contains("s3cret") && !clean.contains("ada"),
            "{clean}"
        );
        assert!(clean.contains("cic.example/icws/17/rooms/1"), "{clean}");
    }
}

#[test]
fn a_host_that_is_an_address_is_replaced_with_texts() {
    for host in ["[2001:db8::17]:8019", "[2001:db8::17]", "192.0.2.17:8019"] {
        let mut own = entry("x");
        own["request"]["url"] = format!("https://{host}/icws/17/rooms/1").into();
        let clean = redacted(&own.to_string(), true);
        assert!(
            !clean.contains("db8") && !clean.contains("192.0.2.17"),
            "{clean}"
        );
        let port = if host.ends_with("8019") { ":8019" } else { "" };
        assert!(clean.contains(&format!(".example{port}/icws/")), "{clean}");
    }
}

#[test]
fn events_are_redacted_whatever_ends_their_lines() {
    for end in ["\n", "\r", "\r\n"] {
        let stream = [
            "id: Ada",
            "event: Bea",
            "data: {\"a\":1,\"pin\":4711}",
            "",
            "",
        ]
        .join(end);
        let mut own = entry("x");
        own["response"]["content"]["mimeType"] = "text/event-stream".into();
        own["response"]["content"]["text"] = stream.into();
        let clean = redacted(&own.to_string(), true);
        let clean: Value = serde_json::from_str(&clean).unwrap();
        let body = clean["response"]["content"]["text"].as_str().unwrap();
        assert!(body.contains("data: {\"a\":1,\"pin\":\"***\"}"), "{body}");
        assert!(!body.contains("Ada") && !body.contains("Bea"), "{body}");
    }
}

#[test]
fn a_field_of_har_holds_what_it_is_for_and_nothing_else() {
    let mut own = entry("x");
    own["startedDateTime"] = "s3cret-1".into();
    own["pageref"] = "Ada".into();
    own["_icws"] = json!({ "stream": "s3cret-2", "part": 1, "more": ["s3cret-3"] });
    own["response"]["content"]["encoding"] = "s3cret-4".into();
    own["request"]["postData"]["encoding"] = json!(["s3cret-5"]);
    own["response"]["content"]["text"] =
        json!({ "secrets": { "s3cret-6": true, "name": "s3cret-7" } })
            .to_string()
            .into();
    let page = json!({ "id": "Ada", "startedDateTime": "s3cret-8" });
    let creator = json!({ "name": "token=s3cret-9", "version": ["s3cret-10"] });
    let log = json!({ "version": "1.2", "creator": creator, "pages": [page], "entries": [own] });
    let clean = redacted(&json!({ "log": log }).to_string(), true);
    assert!(
        !clean.contains("s3cret") && !clean.contains("Ada"),
        "{clean}"
    );
    let clean: Value = serde_json::from_str(&clean).unwrap();
    let entry = &clean["log"]["entries"][0];
    assert_eq!(entry["pageref"], clean["log"]["pages"][0]["id"]);
    assert_eq!(entry["_icws"]["part"], 1);
}

#[test]
fn keys_of_a_map_are_texts() {
    let mut own = entry("x");
    own["request"]["method"] = "GET".into();
    own["response"]["status"] = 200.into();
    let body = json!({
        "number": "1", "mood": 0,
        "labels": { "Ada Lovelace": 1 },
        "unknown": { "Bea": { "Cid": "Dan" } },
    });
    own["response"]["content"]["text"] = body.to_string().into();
    let whole = shown(&survey(&own.to_string(), false));
    assert!(whole.contains("/labels/Ada Lovelace"), "{whole}");
    let masked = shown(&survey(&own.to_string(), true));
    assert!(
        masked.contains("/labels/*") && masked.contains("/unknown"),
        "{masked}"
    );
    for name in ["Ada", "Bea", "Cid", "Dan"] {
        assert!(!masked.contains(name), "{masked}");
    }
}

#[test]
fn long_names_are_shortened() {
    let long = "x".repeat(100_000);
    let mut own = entry(&long);
    own["request"]["url"] = format!("https://cic.example/icws/17/rooms/1?limit=1&{long}=1").into();
    let mut method = own.clone();
    method["request"]["method"] = long.as_str().into();
    let mut path = own.clone();
    path["request"]["url"] = format!("https://cic.example/icws/17/{long}").into();
    let mut ty = own.clone();
    ty["response"]["content"]["text"] = json!({ "__type": long }).to_string().into();
    let mut map = own.clone();
    map["request"]["method"] = "GET".into();
    map["response"]["status"] = 200.into();
    map["response"]["content"]["text"] =
        json!({ "number": "1", "mood": 0, "labels": { &long: 1 } })
            .to_string()
            .into();
    let mut media = own.clone();
    media["request"]["url"] = "https://cic.example/icws/17/plan".into();
    media["request"]["method"] = "GET".into();
    media["response"]["status"] = 200.into();
    media["response"]["content"]["mimeType"] = format!("{long}/x").into();
    let all = [own, method, path, ty, map, media].map(|entry| format!("{entry}\n"));
    let surveyed = survey(&all.concat(), false);
    assert!(surveyed.report.kinds().len() > 5);
    let shown = shown(&surveyed);
    assert!(!shown.contains(&"x".repeat(300)), "{} bytes", shown.len());
}

/// What grows with the square of their number takes far longer here than what does not.
#[test]
fn many_keys_and_parameters_take_little_time() {
    let many = few(20_000, 200_000);
    let keys: serde_json::Map<String, Value> =
        (0..many).map(|n| (format!("k{n}"), 1.into())).collect();
    let mut own = entry("x");
    own["response"]["content"]["text"] = Value::from(keys).to_string().into();
    let query: Vec<String> = (0..many).map(|n| format!("q{n}=1")).collect();
    own["request"]["url"] =
        format!("https://cic.example/icws/17/nowhere?{}", query.join("&")).into();
    own["response"]["status"] = 200.into();
    let text = own.to_string();
    let shown = shown(&survey(&format!("{text}\n{text}\n"), false));
    assert!(shown.contains("nowhere"), "{shown}");
    assert!(redacted(&text, false).contains(&format!("k{}", many - 1)));
}
