//! Names that met once, or could not be written.

use std::collections::BTreeSet;

use icws_spec::codegen::{Options, generate};
use icws_spec::plan::Takes;

use super::bindings::{faults, faults_with};
use super::models::Files;
use super::{known, patience};
use crate::command::icws_spec;

/// Holds that a model has no finding and makes sound bindings.
fn sound(files: &Files) {
    let model = files.load();
    assert!(model.findings().is_empty(), "{}", model.findings()[0]);
    assert_eq!(faults(&model), [""; 0]);
}

/// Holds that `check` asks for another name, and that the rest is sound.
fn refused(files: &Files, rule: &str) {
    let model = files.load();
    let rules: Vec<&str> = model
        .findings()
        .iter()
        .map(|finding| finding.rule)
        .collect();
    assert_eq!(rules, [rule]);
    assert_eq!(faults(&model), [""; 0]);
}

#[test]
fn a_parameter_like_the_type_parameter_of_another_does_not_go_on_for_ever() {
    let outcome = patience::each(0..1, |_| sound(&known::one(known::O2_BESIDE_O)));
    assert_eq!((outcome.done.len(), outcome.stuck.len()), (1, 0));
}

#[test]
fn a_header_is_called_like_the_variable_for_the_content() {
    sound(&known::one(known::HEADER_CONTENT));
}

#[test]
fn a_raw_name_meets_the_plain_one() {
    refused(&known::one(known::RAW_BESIDE_PLAIN), "name-collision");
}

#[test]
fn a_message_is_called_like_the_variant_for_unknown_ones() {
    // Its variant has the namespace in front.
    sound(&known::one(known::MESSAGE_UNKNOWN));
}

#[test]
fn a_parameter_is_called_like_the_second_struct_of_another() {
    sound(&known::one(known::KIND2));
}

#[test]
fn a_message_is_called_like_another_with_its_namespace_in_front() {
    sound(&known::prefixed());
}

#[test]
fn examples_that_are_alike_in_rust_are_two_tests_or_a_finding() {
    let model = known::one(known::EXAMPLES_ALIKE).load();
    assert_eq!(faults(&model), [""; 0]);
}

#[test]
fn the_types_of_two_operations_have_one_digest() {
    let model = known::one(known::ARGUMENTS_ALIKE).load();
    let told: Vec<String> = model.findings().iter().map(ToString::to_string).collect();
    let [arguments, builder] = &told[..] else {
        panic!("{told:?}");
    };
    assert!(arguments.contains("the arguments of `a.g2` and the arguments of `a.g1`"));
    assert!(builder.contains("the builder of `a.g2` and the builder of `a.g1`"));
    for text in [arguments, builder] {
        assert!(
            text.contains("= note: the other one: icws.yaml:6:"),
            "{text}"
        );
        assert!(text.contains("give a parameter another name"), "{text}");
    }
    assert_eq!(faults(&model), [""; 0]);
}

#[test]
fn lists_of_parameters_that_have_one_digest_have_longer_ones() {
    sound(&known::one(known::LISTS_ALIKE));
    // Whichever comes first.
    let turned = known::LISTS_ALIKE.replace("y1", "y0").replace("y2", "y1");
    let lists = |text: &str| {
        let code = generate(&known::one(text).load(), &Options::default()).to_string();
        let words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
        let lists = words.filter(|word| word.starts_with("LIST_X"));
        lists.map(str::to_owned).collect::<BTreeSet<String>>()
    };
    let found = lists(known::LISTS_ALIKE);
    assert_eq!(found, lists(&turned));
    assert!(
        found.len() == 2 && found.iter().all(|name| name.len() == 22),
        "{found:?}"
    );
}

#[test]
fn both_places_are_told_where_names_meet() {
    let told = |text: &str, rest: &[(&str, &str)]| {
        let mut files = known::one(text);
        let rest = rest
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        files.0.extend(rest);
        let model = files.load();
        assert_eq!(faults(&model), [""; 0]);
        let places = model.findings().iter().map(|finding| {
            let related = finding.related.iter();
            let related = related.map(|other| format!("{}:{}", other.file, other.line));
            let place = format!("{}:{}", finding.file, finding.line);
            (finding.rule, place, related.collect::<Vec<_>>())
        });
        places.collect::<Vec<_>>()
    };
    let meets = |place: &str, other: &str| {
        vec![("name-collision", place.to_owned(), vec![other.to_owned()])]
    };
    let include = "include: [1.yaml, 2.yaml]\n";
    let file = |namespace: &str| {
        format!("icws: 1\nnamespace: {namespace}\nobjects: {{ x: {{ properties: {{}} }} }}\n")
    };
    let two = |one: &str, other: &str| {
        let (one, other) = (file(one), file(other));
        told(include, &[("1.yaml", &one), ("2.yaml", &other)])
    };
    assert_eq!(two("a_b", "aB"), meets("2.yaml:2", "1.yaml:2"));
    // What they are within is one module, too.
    assert_eq!(two("a_b.c", "aB.d"), meets("2.yaml:2", "1.yaml:2"));
    let object = format!("{include}objects: {{ b: {{ properties: {{}}, rust_name: b }} }}\n");
    let (one, other) = (file("a.b"), file("c"));
    assert_eq!(
        told(&object, &[("1.yaml", &one), ("2.yaml", &other)]),
        meets("icws.yaml:4", "1.yaml:2")
    );
    let body = "resources:
  /icws/x:
    POST:
      name: post
      body: int
      parameters: [{ name: body, in: query, type: string }]
      replies: { 200: {} }
";
    assert_eq!(told(body, &[]), meets("icws.yaml:8", "icws.yaml:7"));
}

#[test]
fn an_example_is_called_by_itself_and_not_by_the_order() {
    let names = |text: &str| {
        let mut options = Options::default();
        options.tests = true;
        let model = known::one(text).load();
        let code = generate(&model, &options).to_string();
        let words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
        let names = words.filter(|word| word.starts_with("a_x_one_a"));
        names.map(str::to_owned).collect::<BTreeSet<String>>()
    };
    let turned = known::EXAMPLES_ALIKE
        .replace("one-a", "one")
        .replace("one_a", "one-a");
    let turned = turned.replace("one:", "one_a:");
    let found = names(known::EXAMPLES_ALIKE);
    assert_eq!(found, names(&turned));
    assert_eq!(found.len(), 2, "{found:?}");
    // A name that looks like one with a digest.
    let one = found.first().unwrap().trim_start_matches("a_x_");
    let third = format!("{}      {one}: {{ value: {{}} }}\n", known::EXAMPLES_ALIKE);
    let all = names(&third);
    assert!(all.len() == 3 && all.is_superset(&found), "{all:?}");
}

#[test]
fn a_letter_that_is_in_no_name_does_not_go_on_for_ever() {
    let outcome = patience::each(0..1, |_| {
        refused(&known::one(known::SUPERSCRIPT), "reserved-name");
    });
    assert_eq!((outcome.done.len(), outcome.stuck.len()), (1, 0));
}

#[test]
fn a_flag_meets_the_methods_of_all_flags() {
    for name in ["contains", "with", "number", "from_number"] {
        refused(&known::one(&known::flag(name)), "reserved-name");
    }
}

#[test]
fn a_parameter_is_called_like_a_word_that_cannot_be_raw_with_an_underscore() {
    sound(&known::one(known::PARAMETER_SELF));
}

#[test]
fn a_parameter_begins_with_a_digit_behind_its_underscore() {
    sound(&known::one(known::REQUIRED_1ST));
    sound(&known::one(known::OPTIONAL_1ST));
}

#[test]
fn what_clients_do_with_lists_and_deltas_has_no_finding() {
    // That these compile is held by icws-generated.
    for text in [
        known::PAGE_NULL,
        known::PAGE_OPTIONS,
        known::KEYS,
        known::CHANGED_ENTRIES,
    ] {
        sound(&known::one(text));
    }
}

#[test]
fn what_is_left_of_a_circle_of_bases_has_each_option_once() {
    let model = known::one(known::BASE_CIRCLE).load();
    let rules = model.findings().iter().map(|finding| finding.rule);
    assert!(rules.eq(["base-cycle"; 2]));
    assert_eq!(faults(&model), [""; 0]);
}

#[test]
fn what_is_left_may_have_names_that_meet_only_there() {
    refused(
        &known::one(known::CONSTANTS_WITHOUT_OPTION),
        "name-collision",
    );
}

#[test]
fn what_pins_leave_may_have_names_that_meet_only_there() {
    let model = known::one(&known::constants_without_newer_option()).load();
    assert!(model.findings().is_empty(), "{}", model.findings()[0]);
    let mut options = Options::default();
    options.selection.pins.insert("f".to_owned(), 1);
    assert_eq!(faults_with(&model, options), [""; 0]);
}

#[test]
fn what_comes_in_parts_tells_nothing_apart() {
    refused(&known::one(known::KEY_IN_A_PART), "unknown-id");
}

#[test]
fn a_setter_takes_properties_where_they_are_selected_by_its_parameter() {
    let model = known::one(known::SELECT_SWAPPED).load();
    let plan = model.plan();
    let selecting = |name: &str| {
        let mut operations = plan.operations.iter();
        let operation = operations.find(|one| one.operation.name == name).unwrap();
        let given = &plan.requests[operation.request].given;
        let selecting = given.iter().filter(|one| one.takes == Takes::Properties);
        let names: Vec<String> = selecting.map(|one| one.name.to_string()).collect();
        names
    };
    assert_eq!(
        [selecting("first"), selecting("second")],
        [["a".to_owned()], ["b".to_owned()]]
    );
}

#[test]
fn what_is_left_of_any_of_them_is_sound() {
    let outcome = patience::each(0..known::all().len() as u64, |index| {
        let all = known::all();
        let files = &all[usize::try_from(index).unwrap()];
        assert_eq!(faults(&files.load()), [""; 0], "{files:?}");
    });
    assert_eq!(outcome.stuck, [0; 0]);
}

#[test]
fn no_text_ends_or_turns_a_comment() {
    for text in [known::LONE_RETURN, known::BIDI] {
        if let Some(code) = expanded(text) {
            let bad = |c: char| c == '\r' || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!code.contains(bad), "{code}");
        }
    }
}

/// The code that the command writes, unless the model has findings.
fn expanded(text: &str) -> Option<String> {
    let path = crate::written(module_path!(), "names.yaml", &known::one(text).0[0].1);
    let output = icws_spec(&["expand", path.to_str().unwrap()]);
    let findings = output.status.code() == Some(1);
    assert!(findings || output.status.success(), "{output:?}");
    (!findings).then(|| String::from_utf8(output.stdout).unwrap())
}
