//! What is secret in one exchange is masked in those that follow, whatever it is called there.

use bytes::Bytes;
use icws_generated::recording::{Entry, Tape};

use crate::tape::{Kept, tape};

const HUSH: &str = "hush-4711";

/// A request that tells of a secret by a name.
fn telling(url: &str, header: (&str, &str), body: &str) -> http::Request<Bytes> {
    let request = http::Request::post(url).header(header.0, header.1);
    let body = Bytes::from(body.to_owned());
    request.body(body).unwrap()
}

/// A request that tells of a password.
fn logging_in(password: &str) -> http::Request<Bytes> {
    let body = format!(r#"{{"password":"{password}"}}"#);
    let json = ("Content-Type", "application/json");
    telling("http://cic1/icws/x", json, &body)
}

/// A body with a text that has the secret in it.
fn repeating(secret: &str) -> Bytes {
    Bytes::from(format!(r#"{{"message":"not {secret}, this one"}}"#))
}

/// A response that repeats it.
fn answer(tape: &Tape, secret: &str) {
    let request = http::Request::get("http://cic1/icws/x").body(Bytes::new());
    let mut taping = tape.request(&request.unwrap(), Bytes::new());
    taping.answered(&http::Response::new(()));
    taping.data(&repeating(secret));
    taping.end();
}

#[test]
fn a_secret_is_known_however_it_was_told() {
    let json = ("Content-Type", "application/json");
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let events = ("Content-Type", "text/event-stream");
    let address = "http://cic1/icws/connection";
    for (secret, request) in [
        (HUSH, telling(address, json, r#"{"password":"hush-4711"}"#)),
        (HUSH, telling(address, json, r#"{"password":"hush-4711","#)),
        ("471100", telling(address, json, r#"{"pin":471100}"#)),
        (
            HUSH,
            telling(address, json, r#"{"credentials":{"a":["hush-4711"]}}"#),
        ),
        (
            HUSH,
            telling(
                address,
                json,
                r#"[{"value":"hush-4711","name":"sipPassword"}]"#,
            ),
        ),
        (
            HUSH,
            telling(
                address,
                json,
                r#"{"configurationId":{"id":"SmtpPassword"},"value":"hush-4711"}"#,
            ),
        ),
        (
            HUSH,
            telling(
                address,
                json,
                r#"{"parameterType":0,"values":["x",["hush-4711"]]}"#,
            ),
        ),
        (HUSH, telling(address, form, "userID=a&password=hush-4711")),
        ("hush 4711", telling(address, form, "password=hush+4711")),
        (
            HUSH,
            telling(
                address,
                events,
                "data: {\"token\":\ndata: \"hush-4711\"}\n\n",
            ),
        ),
        (
            HUSH,
            telling("http://cic1/icws/x?token=hush-4711", json, ""),
        ),
        (
            HUSH,
            telling("http://agent:hush-4711@cic1/icws/x", json, ""),
        ),
        (
            HUSH,
            telling(address, ("Cookie", "icws_1=hush-4711|languageId=en-us"), ""),
        ),
        (HUSH, telling(address, ("ININ-ICWS-CSRF-Token", HUSH), "")),
        (
            HUSH,
            telling(address, ("Authorization", "Bearer hush-4711"), ""),
        ),
        (
            HUSH,
            telling(address, ("Authorization", "Basic YWRhOmh1c2gtNDcxMQ=="), ""),
        ),
        (
            HUSH,
            telling(address, ("Referer", "https://b/?a=1&token=hush-4711#x"), ""),
        ),
        (
            HUSH,
            telling(
                address,
                ("Referer", "https://b/#id_token=hush-4711&a=1"),
                "",
            ),
        ),
        (
            HUSH,
            telling(address, ("Referer", "https://u:hush-4711@b/"), ""),
        ),
    ] {
        let (tape, kept) = tape();
        tape.request(&request, request.body().clone()).end();
        answer(&tape, secret);
        let text = kept.text();
        assert!(!text.contains(secret), "{secret} of {request:?}: {text}");
        assert!(
            text.contains(r#"{\"message\":\"***\"}"#),
            "{request:?}: {text}"
        );
    }
}

#[test]
fn a_secret_that_is_more_than_one_piece_of_an_address_is_masked() {
    let json = ("Content-Type", "application/json");
    let (tape, kept) = tape();
    for url in [
        "http://cic1/icws/x",
        "http://cic1/icws/hush/sesame&more/x?b=1&a=hush/sesame&more&c=2",
    ] {
        let request = telling(url, json, r#"{"password":"hush/sesame&more"}"#);
        tape.request(&request, request.body().clone()).end();
    }
    let text = kept.text();
    assert!(text.contains("/icws/***/x?b=1&a=***&c=2"), "{text}");
    for piece in ["hush", "sesame", "more"] {
        assert!(!text.contains(piece), "{piece}: {text}");
    }
}

#[test]
fn what_an_answer_told_is_known() {
    let (tape, kept) = tape();
    let request = http::Request::post("http://cic1/icws/connection").body(Bytes::new());
    let mut taping = tape.request(&request.unwrap(), Bytes::new());
    let response = http::Response::builder()
        .status(201)
        .header("Set-Cookie", "icws_1=cookie-4711; Path=/");
    taping.answered(&response.body(()).unwrap());
    taping.data(&Bytes::from(
        r#"{"csrfToken":"hush-4711","userID":"agent"}"#,
    ));
    taping.end();
    answer(&tape, HUSH);
    answer(&tape, "cookie-4711");
    answer(&tape, "agent");
    let text = kept.text();
    // The numbers alone may be a time.
    assert!(!text.contains("-4711"), "{text}");
    assert!(text.contains("not agent, this one"), "{text}");
}

#[test]
fn a_secret_is_known_before_its_exchange_has_ended() {
    let (tape, kept) = tape();
    let request = logging_in(HUSH);
    let taping = tape.request(&request, request.body().clone());
    answer(&tape, HUSH);
    assert!(!kept.text().contains(HUSH), "{}", kept.text());
    drop(taping);
}

#[test]
fn a_secret_is_known_though_its_exchange_was_not_kept() {
    let kept = Kept::default();
    let answers = kept.clone();
    let tape = Tape::new(
        move |entry: Entry| {
            if format!("{entry:?}").contains("GET") {
                answers.keep(entry);
            }
        },
        |error| panic!("{error}"),
    );
    let request = logging_in(HUSH);
    tape.request(&request, request.body().clone()).end();
    answer(&tape, HUSH);
    let text = kept.text();
    assert!(text.contains("***") && !text.contains(HUSH), "{text}");
}

#[test]
fn a_tape_knows_nothing_of_another() {
    let (tape, kept) = tape();
    let request = logging_in(HUSH);
    crate::tape::tape()
        .0
        .request(&request, request.body().clone())
        .end();
    answer(&tape, HUSH);
    assert!(kept.text().contains(HUSH));
}

#[test]
fn many_secrets_are_known_and_the_last_of_too_many() {
    let (tape, kept) = tape();
    let numbers = 0..5000;
    for number in numbers.clone() {
        let request = logging_in(&format!("hush-{number}."));
        tape.request(&request, request.body().clone()).end();
    }
    for number in numbers {
        answer(&tape, &format!("hush-{number}."));
    }
    let text = kept.text();
    assert!(text.contains("hush-0."), "there is an end");
    let shown = text.matches("hush-").count();
    assert_eq!(shown, 5000 - 4096);
}

#[test]
fn a_password_that_is_the_word_masks_no_names() {
    let (tape, kept) = tape();
    let json = ("Content-Type", "application/json");
    let body = r#"{"userID":"agent","password":"password"}"#;
    let request = telling("http://cic1/icws/connection", json, body);
    tape.request(&request, request.body().clone()).end();
    let body = r#"{"minimumPasswordLength":8}"#;
    let request = telling("http://cic1/icws/1/password-policies", json, body);
    tape.request(&request, request.body().clone()).end();
    let text = kept.text();
    for shown in [
        r#"{\"userID\":\"agent\",\"password\":\"***\"}"#,
        "/icws/1/password-policies",
        "minimumPasswordLength",
    ] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
}
