//! Names that met once, or could not be written.

use std::fs;
use std::process::Command;

use super::bindings::faults;
use super::models::Files;
use super::{known, patience};

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
    let path = crate::scratch(module_path!(), "names.yaml");
    fs::write(&path, &known::one(text).0[0].1).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_icws-spec"));
    let output = command.arg("expand").arg(&path).output().unwrap();
    let findings = output.status.code() == Some(1);
    assert!(findings || output.status.success(), "{output:?}");
    (!findings).then(|| String::from_utf8(output.stdout).unwrap())
}
