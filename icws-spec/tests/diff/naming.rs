//! Names: what is told once, and what follows from a rule of naming.

use std::io::{Error, Result};

use icws_spec::diff::Diff;
use icws_spec::{Model, ModelSource, Reader};

use super::fixture::{base, lines, sound};

/// What comes of changes in the base.
fn changed(changes: &[(&str, &str)]) -> Vec<String> {
    let old = base();
    let mut new = old.clone();
    for (from, to) in changes {
        assert!(new.contains(from), "{from}");
        new = new.replace(from, to);
    }
    lines(&Diff::between(&sound(&old), &sound(&new)))
}

/// A model of several files.
#[derive(Debug)]
struct Files(Vec<(&'static str, String)>);

impl Files {
    fn load(files: &[(&'static str, &str)]) -> Model {
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let root = format!("icws: 1\ninclude: [{}]\n", names.join(", "));
        let mut all = vec![("model/icws.yaml", root)];
        for (name, text) in files {
            all.push((name, format!("icws: 1\n{text}\n")));
        }
        let origin = ModelSource::Elsewhere {
            prefix: "test:",
            root: "model/icws.yaml",
            reader: &Files(all),
        };
        crate::sound(origin)
    }
}

impl Reader for Files {
    fn read(&self, path: &str) -> Result<Vec<u8>> {
        let mut files = self.0.iter();
        let found = files.find(|(name, _)| path.ends_with(name));
        found
            .map(|(_, text)| text.clone().into_bytes())
            .ok_or_else(|| Error::other(path.to_owned()))
    }
}

#[test]
fn a_renamed_type_is_told_once_and_not_at_its_uses() {
    assert_eq!(
        changed(&[("  item: { abstract", "  item: { rust_name: Tool, abstract")]),
        [
            "rust-name-changed fine/fine breaking major: desk.item: has another name in Rust; \
             `desk::Item` is now `desk::Tool`, `desk::AnyItem` is now `desk::AnyTool`"
        ]
    );
    assert_eq!(
        changed(&[("  place:\n", "  place:\n    rust_name: Spot\n")]),
        [
            "rust-name-changed fine/fine breaking major: desk.place: has another name in Rust; \
             `desk::Place` is now `desk::Spot`"
        ]
    );
}

#[test]
fn a_namespace_is_renamed() {
    let told = changed(&[("namespace: desk", "namespace: table")]);
    let by = |rule: &str| told.iter().filter(|line| line.starts_with(rule)).count();
    assert_eq!(
        (by("renamed "), by("operation-"), by("message-")),
        (26, 0, 0)
    );
    // What nothing uses and no `__type` tells cannot be found again.
    assert_eq!((by("object-removed "), by("enum-removed ")), (3, 1));
    let look = "renamed fine/fine breaking major: table.look: was called `desk.look`; \
                `desk::Look` is now `table::Look`, `AnyRequest::DeskLook` is now `AnyRequest::TableLook`";
    assert!(told.iter().any(|line| line == look), "{told:#?}");
}

const PING: &str = "messages: { ping: { urn: 'urn:example:one', properties: {} } }";

#[test]
fn a_second_message_of_a_name_renames_nothing() {
    let old = Files::load(&[("one.yaml", &format!("namespace: one\n{PING}"))]);
    let two = PING.replace("urn:example:one", "urn:example:two");
    let new = Files::load(&[
        ("one.yaml", &format!("namespace: one\n{PING}")),
        ("two.yaml", &format!("namespace: two\n{two}")),
    ]);
    assert_eq!(
        lines(&Diff::between(&old, &new)),
        [
            "version-not-raised fine/warning fine patch: two.ping: no feature version covers the thing",
            "message-added fine/fine fine minor: two.ping: the message is new",
        ]
    );
}

#[test]
fn a_type_that_moves_to_another_namespace_is_the_same() {
    let of = |mug: &str| {
        format!(
            "resources: {{ /icws/mug: {{ GET: {{ name: getMug, replies: {{ 200: {{ body: {mug} }} }} }} }} }}"
        )
    };
    let mug = "objects: { mug: { properties: { full: { type: boolean } } } }";
    let old = Files::load(&[("one.yaml", &format!("namespace: one\n{mug}\n{}", of("mug")))]);
    let new = Files::load(&[
        ("one.yaml", &format!("namespace: one\n{}", of("two.mug"))),
        ("two.yaml", &format!("namespace: two\n{mug}")),
    ]);
    assert_eq!(
        lines(&Diff::between(&old, &new)),
        [
            "renamed fine/fine breaking major: two.mug: was called `one.mug`; `one::Mug` is now `two::Mug`"
        ]
    );
}

/// A base in one namespace and its options, in the files `one` and `two`.
fn tools(one: &str, two: &str) -> Model {
    let tool = "tool: { abstract: true, properties: {} }";
    let get = "GET: { name: get, replies: { 200: { body: tool } } }";
    let one = format!(
        "namespace: one\nobjects: {{ {tool}{one} }}\nresources: {{ /icws/tool: {{ {get} }} }}"
    );
    let two = format!("namespace: two\nobjects: {{ {two} }}");
    Files::load(&[("one.yaml", &one), ("two.yaml", &two)])
}

const SAW: &str = "saw: { urn: 'urn:example:saw', base: one.tool, properties: {} }";
const AXE: &str = "axe: { urn: 'urn:example:axe', base: one.tool, properties: {} }";

#[test]
fn an_option_of_another_namespace_is_told_by_its_variant() {
    let old = tools("", &format!("{SAW}, {AXE}"));
    let told = lines(&Diff::between(&old, &tools("", SAW)));
    let removed = "option-removed fine/warning breaking major: one.tool: can no longer be a `two.axe`; \
                   `AnyTool` has no variant `TwoAxe`";
    assert!(told.iter().any(|line| line == removed), "{told:#?}");
}

#[test]
fn an_option_that_moves_to_another_namespace_has_another_variant() {
    let old = tools(&format!(", {SAW}"), AXE);
    let told = lines(&Diff::between(&old, &tools("", &format!("{SAW}, {AXE}"))));
    assert_eq!(
        told,
        [
            "rust-name-changed fine/fine breaking major: one.tool: has options with other names in Rust; \
             `AnyTool::Saw` is now `AnyTool::TwoSaw`",
            "renamed fine/fine breaking major: two.saw: was called `one.saw`; `one::Saw` is now `two::Saw`",
        ]
    );
}

#[test]
fn only_headers_are_the_same_in_any_case() {
    let of = |text: &str, to: &str| -> Vec<String> {
        let told = changed(&[(text, to)]);
        let rules = told.iter().filter_map(|line| line.split(' ').next());
        rules
            .map(ToOwned::to_owned)
            .filter(|rule| rule != "version-not-raised")
            .collect()
    };
    assert_eq!(of("name: X-Why", "name: x-why"), [""; 0]);
    assert_eq!(
        of("name: tags", "name: Tags"),
        ["optional-parameter-removed", "optional-parameter-added"]
    );
    let told = changed(&[
        ("name: deskId, in", "name: deskID, in"),
        ("{deskId}", "{deskID}"),
        ("deskId: a", "deskID: a"),
    ]);
    let renamed =
        "path-parameter-renamed fine/fine fine patch: desk.look, desk.place, desk.clear: ";
    assert!(
        told.first().is_some_and(|line| line.starts_with(renamed)),
        "{told:#?}"
    );
}

#[test]
fn parameters_of_a_path_are_swapped() {
    let of = |path: &str| {
        let parameter =
            |name: &str| format!("{{ name: {name}, in: path, type: string, required: true }}");
        let parameters = format!("[{}, {}]", parameter("a"), parameter("b"));
        let operation = "GET: { name: get, replies: { 204: {} } }";
        format!(
            "namespace: one\nresources: {{ '{path}': {{ parameters: {parameters}, {operation} }} }}"
        )
    };
    let model = |path: &str| Files::load(&[("one.yaml", &of(path))]);
    let (old, new) = (model("/icws/{a}/x/{b}"), model("/icws/{b}/x/{a}"));
    let told = lines(&Diff::between(&old, &new));
    let moved = "operation-moved breaking/breaking fine major: one.get: \
                 was GET /icws/{a}/x/{b} and is GET /icws/{b}/x/{a}";
    assert_eq!(told.first().map(String::as_str), Some(moved), "{told:#?}");
}

#[test]
fn the_same_change_of_several_things_is_one_finding() {
    let told = changed(&[("doc: There is none.", "doc: It is not there.")]);
    assert_eq!(
        told,
        [
            "text-changed fine/fine fine patch: desk.look, desk.place, desk.clear: reply 404 has another text"
        ]
    );
}
