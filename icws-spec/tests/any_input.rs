//! Whatever the bytes, a model gives findings with a place, not a panic.

use std::fs;

use icws_spec::{Model, ModelSource, Reader, shipped};
use proptest::prelude::*;

/// Loads, and holds that each finding has a place in the text.
fn load(text: &str) {
    let model = Model::load(ModelSource::Inline(text)).unwrap();
    for finding in model.findings() {
        assert!(finding.line >= 1 && finding.column >= 1, "{finding}");
        assert!(finding.line <= text.split('\n').count() + 1, "{finding}");
        assert!(!finding.message.is_empty());
    }
    let _ = icws_spec::codegen::generate(&model, &icws_spec::codegen::Options::default());
}

/// The shipped model as one file: what there is to spoil.
fn whole() -> String {
    let page = shipped::FILES
        .iter()
        .find(|(path, _)| path.ends_with("callback.yaml"))
        .unwrap()
        .1;
    let root = shipped::FILES.iter().find(|(path, _)| *path == "icws.yaml");
    let shared = root.unwrap().1.split_once("features:").unwrap().1;
    let shared = shared.replace("common.error", "callbackMessage");
    format!("{page}\nfeatures:{shared}")
}

#[test]
fn the_text_to_spoil_is_sound() {
    let model = Model::load(ModelSource::Inline(&whole())).unwrap();
    let others: Vec<_> = model
        .findings()
        .iter()
        .filter(|f| f.rule != "example-contradicts-model")
        .collect();
    assert!(others.is_empty(), "{}", others[0]);
}

#[test]
fn odd_files() {
    for text in [
        "",
        "\u{feff}",
        "\u{feff}icws: 1",
        "null",
        "~",
        "[]",
        "5",
        "a: &x [*x]",
        "a: *x",
        "? [a, b]\n: c",
        "--- a\n--- b",
        "icws: 1\nicws: 1",
        "icws: 1\u{2028}namespace: a",
        "icws: 1\rnamespace: a",
        "\0",
        "a: !t b",
        "<<: {a: b}",
        "icws: 99999999999999999999999",
        "icws: -1",
        "icws: .nan",
        "{",
        "icws: 1\nobjects: {a: {properties: {b: {type: list list list a}}}}",
        "\t",
        "icws: 1\nmessages:",
        "icws: 1\nnamespace: a\nobjects: {a: {properties: {b: {type: a, required: true}}}}",
        "icws: 1\nnamespace: a..b\nobjects: {'': {properties: {'': {type: ''}}}}",
    ] {
        load(text);
    }
    for outer in ["map ", "list[0..*]"] {
        let outer = outer.repeat(100_000);
        load(&format!(
            "icws: 1\nnamespace: a\nobjects: {{a: {{properties: {{b: {{type: '{outer}int'}}}}}}}}"
        ));
    }
    let words = "a.".repeat(10_000);
    load(&format!(
        "icws: 1\nnamespace: {words}a\nobjects: {{a: {{properties: {{b: {{type: int}}}}}}}}"
    ));
    let steps = "next.".repeat(10_000);
    load(&format!(
        "icws: 1\nnamespace: a\nobjects: {{a: {{id: [{steps}b], properties: {{b: {{type: int}}, next: {{type: a}}}}}}}}\n\
         messages: {{c: {{urn: 'urn:c', delta: {{flag: d}}, properties: {{d: {{type: boolean, required: true}}, \
         e: {{type: list a, delta: added}}}}}}}}"
    ));
    // Measured against each other, these would take minutes.
    let letters = "a".repeat(50_000);
    load(&format!(
        "icws: 1\nnamespace: a\nobjects:\n  ? {letters}y\n  : {{properties: {{b: {{type: {letters}x}}}}}}"
    ));
    load(&"[".repeat(100_000));
    load(&"{a: ".repeat(20_000));
    // Aliases that multiply must not use up the memory.
    let bomb: String = (1..30)
        .map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}, *a{0}]\n", n - 1))
        .collect();
    load(&format!("a0: &a0 [x]\n{bomb}"));
}

#[test]
fn bytes_that_are_no_text() {
    let path = crate::scratch(module_path!(), "latin1.yaml");
    fs::write(&path, b"icws: 1\ninclude: [\xe9]\n").unwrap();
    let model = Model::load(ModelSource::Path(&path)).unwrap();
    let finding = &model.findings()[0];
    assert_eq!(
        (finding.rule, finding.line, finding.column),
        ("yaml-syntax", 2, 11)
    );
}

/// Files that include the next one each, up to a last.
#[derive(Debug)]
struct Chain(usize);

impl Reader for Chain {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let number: usize = path.trim_end_matches(".yaml").parse().unwrap_or(self.0);
        let include = match number {
            number if number < self.0 => format!("include: [{}.yaml]", number + 1),
            _ => String::new(),
        };
        Ok(format!("icws: 1\n{include}\n").into_bytes())
    }
}

#[test]
fn files_include_each_other_to_any_depth() {
    let chain = ModelSource::Elsewhere {
        prefix: "",
        root: "0.yaml",
        reader: &Chain(20_000),
    };
    let model = Model::load(chain).unwrap();
    assert!(model.findings().is_empty(), "{}", model.findings()[0]);
    assert_eq!(model.sources().files().count(), 20_001);
}

proptest! {
    // `tests/fuzz` goes on from here.
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_text(text: String) {
        load(&text);
    }

    #[test]
    fn a_spoilt_byte(at: prop::sample::Index, with in prop::sample::select(vec!["", ":", "\n", " ", "'", "[", "}", "&", "*", "-", "ü", "0", "x"])) {
        let text = whole();
        let mut chars: Vec<&str> = text.split("").filter(|c| !c.is_empty()).collect();
        let at = at.index(chars.len());
        chars[at] = with;
        load(&chars.concat());
    }

    #[test]
    fn a_line_gone_or_twice(at: prop::sample::Index, twice: bool) {
        let text = whole();
        let mut lines: Vec<&str> = text.lines().collect();
        let at = at.index(lines.len());
        if twice { lines.insert(at, lines[at]) } else { lines.remove(at); }
        load(&lines.join("\n"));
    }

    #[test]
    fn a_word_replaced(at: prop::sample::Index, with in "[a-zA-Z{}/0-9]{0,8}|null|true|17|list x|self|\\[\\]|\\{\\}") {
        let text = whole();
        let mut words: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
        let at = at.index(words.len());
        let replaced = format!("{with}{}", &words[at][words[at].trim_end().len()..]);
        words[at] = &replaced;
        load(&words.concat());
    }
}
