//! Pages as text: no line of them is lost. For a longer look:
//! `PROPTEST_CASES=200000 cargo test --release -p icws-spec import_read_lines::`.

use std::fs;

use crate::few;
use crate::import_read::{method, page, rows};
use crate::pages::spoil::spoilt;
use crate::pages::text;
use icws_spec::import::{Page, Use, read};
use proptest::prelude::*;

/// The names of all pages that can be read.
fn names() -> Vec<String> {
    let files = fs::read_dir("tests/pages").unwrap();
    let names = files.filter_map(|file| {
        let name = file.unwrap().file_name().into_string().unwrap();
        name.strip_suffix(".txt").map(str::to_owned)
    });
    let mut names: Vec<String> = names.filter(|name| name != "bars").collect();
    names.sort();
    names
}

/// Holds that each line that is not blank is used once or reported.
fn account(text: &str, page: &Page) {
    let lines: Vec<usize> = (1..)
        .zip(text.lines())
        .filter(|(_, line)| line.chars().any(|c| !c.is_whitespace() && !is_invisible(c)))
        .map(|(number, _)| number)
        .collect();
    let ledger: Vec<usize> = page.ledger.iter().map(|entry| entry.line).collect();
    assert_eq!(ledger, lines);
    let reported = page
        .ledger
        .iter()
        .filter(|entry| entry.used == Use::Reported);
    let reported: Vec<usize> = reported.map(|entry| entry.line).collect();
    let unknown = page.notices.iter().filter(|notice| notice.unknown);
    assert_eq!(
        unknown.map(|notice| notice.line).collect::<Vec<_>>(),
        reported
    );
}

/// What has no meaning, wherever it stands.
fn is_invisible(c: char) -> bool {
    let unseen = "\u{ad}\u{34f}\u{61c}\u{feff}\u{180b}\u{180c}\u{180d}\u{180e}\u{180f}";
    let ranges = [
        ('\u{200b}', '\u{200f}'),
        ('\u{202a}', '\u{202e}'),
        ('\u{2060}', '\u{206f}'),
        ('\u{fe00}', '\u{fe0f}'),
        ('\u{fff9}', '\u{fffb}'),
        ('\u{e0000}', '\u{e0fff}'),
    ];
    c.is_control()
        || unseen.contains(c)
        || ranges
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&c))
}

/// A page without the lines that its facts stand on, to be compared.
fn facts(page: &Page) -> String {
    let text = format!("{:?}", page.methods);
    let without = |text: &str, key: &str| -> String {
        let pieces = text.split(key);
        let pieces = pieces.map(|piece| piece.trim_start_matches(|c: char| c.is_ascii_digit()));
        pieces.collect()
    };
    without(&without(&text, "line: "), "end: ")
}

#[test]
fn each_line_of_each_page_is_used_or_reported() {
    assert!(names().len() >= 15);
    for name in names() {
        account(&text(&name), &page(&name));
    }
}

#[test]
fn only_the_page_of_unknown_lines_has_some() {
    for name in names() {
        let page = page(&name);
        assert_eq!(
            page.notices.is_empty(),
            name != "unknown",
            "{name}: {:?}",
            page.notices
        );
    }
    let page = page("unknown");
    let unknown: Vec<_> = page
        .notices
        .iter()
        .map(|notice| notice.message.split('`').nth(1).unwrap())
        .collect();
    assert_eq!(
        unknown,
        [
            "Authorization",
            "rooms 3",
            "Roof",
            "Body",
            "roofParameters",
            "slope",
            "Decimal",
            "Feature Version",
            "soon",
            "[option]",
            "7"
        ]
    );
}

#[test]
fn indentation_and_blank_lines_say_nothing() {
    for name in names() {
        let text = text(&name);
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let shifted: String = lines
            .enumerate()
            .map(|(index, line)| format!("{}{}\r\n", " ".repeat(index % 7), line.trim()))
            .collect();
        assert_eq!(
            facts(&read(&name, &shifted).unwrap()),
            facts(&page(&name)),
            "{name}"
        );
    }
}

#[test]
fn what_stands_twice_is_noted_and_kept_once() {
    let twice = text("callback").replace("404 - Not Found", "400 - Bad Request");
    let page = read("twice", &twice).unwrap();
    account(&twice, &page);
    assert_eq!(method(&page, "PUT").statuses.len(), 6);
    let messages: Vec<_> = page
        .notices
        .iter()
        .map(|notice| notice.message.as_str())
        .collect();
    assert_eq!(messages.len(), 2);
    assert!(
        messages[0].starts_with("the status 400 stands twice, first in line "),
        "{messages:?}"
    );
}

#[test]
fn what_is_said_of_no_property_is_reported() {
    let odd =
        text("dictionaries").replace("Its label.\n", "Its label.\nThis property can be null.\n");
    let odd = odd.replace("Tells the labels.\n", "Tells the labels.\nRequired\n");
    let page = read("odd", &odd).unwrap();
    account(&odd, &page);
    let unknown: Vec<_> = page
        .notices
        .iter()
        .map(|notice| notice.message.split('`').nth(1).unwrap())
        .collect();
    assert_eq!(unknown, ["Required", "This property can be null."]);
}

#[test]
fn a_page_of_a_thousand_properties() {
    let properties: String = (0..1000)
        .map(|n| format!("property{n}\nString\n\nRequired\n\nNumber {n}.\n"))
        .collect();
    let long = text("callback").replacen("snoozed\n", &format!("{properties}snoozed\n"), 1);
    let page = read("long", &long).unwrap();
    account(&long, &page);
    assert!(page.notices.is_empty());
    let message = &method(&page, "PUT").statuses[0].messages[0];
    assert_eq!(rows(message).count(), 1009);
}

#[test]
fn work_grows_with_the_page_and_no_faster() {
    // With work that grows with the square of the page this would not end
    // within anybody's patience.
    let times = few(5_000, 20_000);
    for again in [
        "name\n",
        "Some words.\n",
        "name\nString\n\nRequired\n\nWhat it is.\n",
        "name\n1\n",
        "[key]\nString\n[value]\n",
        "__type\n\"urn:x:y\"\n",
        "Multiple options:\n",
        "Multiple options:\nname\n",
        "Property\nValue\nComments\n",
        "name\nProperty\nValue\nComments\n",
        "Feature Version\nrooms 2\n",
        "Parameters\nType\nName\nComments\nHeader\nName\n",
        "Error Responses\nError Identifier\nError Type\nError Description\nerror.a\n",
        "404 - Not Found\n",
        "GET\n/icws/a\n",
        "• x\n",
    ] {
        let (head, tail) = (text("callback"), "snoozed\nBoolean\n");
        let (before, after) = head.split_once(tail).unwrap();
        let long = format!("{before}{tail}{}{after}", again.repeat(times));
        account(&long, &read("long", &long).unwrap());
    }
}

/// Lines that mean something, wherever they stand.
const LINES: &[&str] = &[
    "",
    "PUT",
    "Request",
    "Response",
    "Property",
    "Value",
    "Comments",
    "Parameters",
    "Required",
    "__type",
    "[key]",
    "[value]",
    "7",
    "String",
    "Header",
    "Feature Version",
    "rooms 2",
    "200 - OK",
    "Multiple options:",
    "Associated Message",
    "Representations",
    "Error Responses",
    "name",
    "\"urn:x:y\"",
    "Content-Type: text/html",
    "Options:",
    "• x",
    "Default value:",
    "This property can be null.",
    "/icws/a",
    "Two words",
    "ü\u{a0}\u{2028}",
];

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text: String) {
        if let Ok(page) = read("any", &text) {
            account(&text, &page);
        }
    }

    #[test]
    fn no_line_of_a_spoilt_page_is_lost(text in spoilt(names(), LINES)) {
        if let Ok(page) = read("spoilt", &text) {
            account(&text, &page);
        }
    }
}
