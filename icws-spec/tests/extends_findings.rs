//! Models that build on the shipped one: findings point at what the author has written.

use icws_spec::{Finding, Model, ModelSource};

use crate::extends::{VERSION, callback, load};

pub fn only_finding(text: &str) -> Finding {
    let findings = load(text).findings().to_vec();
    let [finding] = findings.as_slice() else {
        panic!("not one finding: {findings:#?}");
    };
    finding.clone()
}

#[test]
fn odd_changes_are_findings_where_they_stand() {
    for odd in [
        "changes: ~",
        "changes: []",
        "changes: { objects: ~ }",
        "changes: { object: {} }",
        "changes: { objects: { queues.queueId: 3 } }",
        "changes: { objects: { queues.queueId: {} } }",
        "changes: { objects: { queues.queueId: { properties: 3 } } }",
        "changes: { objects: { queues.queueId: { properties: ~ } } }",
        "changes: { objects: { queues.queueId: { doc: a, doc: b } } }",
        "changes: { objects: { queues.queueId: { doc: a }, queues.queueId: { doc: b } } }",
        "changes: { enums: { queues.queueType: { values: [] } } }",
        "changes: { resources: { /icws/connection/version: { GET: { replies: { 200: {} } } } } }",
        "changes: { resources: { /icws/connection/version: { parameters: [{}] } } }",
    ] {
        let findings = load(odd).findings().to_vec();
        assert!(!findings.is_empty(), "{odd}");
        for finding in findings {
            assert_eq!(finding.file, "<inline>", "{odd}: {finding}");
        }
    }
    let both = "icws: 1\nextends: [shipped]\nchanges: { objects: { a.b: {} } }\n";
    let model = Model::load(ModelSource::Inline(both)).unwrap();
    let rules: Vec<_> = model
        .findings()
        .iter()
        .map(|finding| finding.rule)
        .collect();
    assert_eq!(rules, ["wrong-type"]);
}

#[test]
fn a_finding_of_the_form_is_where_the_change_stands() {
    let finding = only_finding(&callback("        attempts: { typ: long }\n"));
    assert_eq!(
        (finding.rule, finding.file.as_str()),
        ("unknown-key", "<inline>")
    );
    assert_eq!((finding.line, finding.column), (8, 21));
    assert_eq!(finding.source_line, "        attempts: { typ: long }");
    let finding = only_finding(&callback("        priority: { doc: How urgent. }\n"));
    assert_eq!(
        (finding.rule, finding.line, finding.column),
        ("missing-key", 8, 9)
    );
    let finding = only_finding(
        "changes:\n  messages:\n    interactions.callback.callbackMessage: { urn: ~ }\n",
    );
    assert_eq!(
        (finding.rule, finding.line, finding.column),
        ("missing-key", 6, 46)
    );
}

#[test]
fn a_finding_of_the_meaning_is_where_the_change_stands() {
    let finding = only_finding(&callback("        attempts: { type: strng }\n"));
    assert_eq!(
        (finding.rule, finding.file.as_str()),
        ("unknown-reference", "<inline>")
    );
    assert_eq!((finding.line, finding.column), (8, 27));
    let finding = only_finding(&callback("        max_attempts: { type: int }\n"));
    assert_eq!(
        (finding.rule, finding.line, finding.column),
        ("name-collision", 8, 9)
    );
}

#[test]
fn a_finding_beside_a_change_is_in_the_shipped_file() {
    let findings = load(&callback("        snoozed: ~\n")).findings().to_vec();
    assert!(!findings.is_empty());
    for finding in findings {
        assert_eq!(finding.rule, "example-contradicts-model");
        assert_eq!(finding.file, "shipped:interactions/callback.yaml");
        assert!(finding.source_line.contains("snoozed"), "{finding}");
        let [cause] = finding.related.as_slice() else {
            panic!("{finding}");
        };
        assert_eq!((cause.file.as_str(), cause.line), ("<inline>", 8));
        assert_eq!(cause.message, "it comes of this change");
    }
}

#[test]
fn what_comes_of_one_change_is_told_a_few_times_and_counted() {
    let text = "changes:\n  parameters: { sessionId: ~ }\n";
    let findings = load(text).findings().to_vec();
    let told = |rule: &str| {
        let findings = findings.iter().filter(|finding| finding.rule == rule);
        findings.collect::<Vec<_>>()
    };
    let unknown = told("unknown-reference");
    assert_eq!(unknown.len(), 3);
    for finding in &findings {
        let cause = finding.related.last().unwrap();
        assert_eq!((cause.file.as_str(), cause.line), ("<inline>", 5));
    }
    let last = &unknown[2].related.last().unwrap().message;
    let count = last.split_whitespace().nth(2).unwrap().parse::<usize>();
    assert!(count.unwrap() > 400, "{last}");
    assert_eq!(findings.len(), 9, "{findings:#?}");
}

#[test]
fn a_change_in_the_wrong_section_is_told_the_right_one() {
    for (section, id, help) in [
        (
            "messages",
            "queues.queueId",
            "it is an object: change it under `objects`",
        ),
        (
            "objects",
            "queues.queueType",
            "it is an enumeration: change it under `enums`",
        ),
        (
            "objects",
            "interactions.callback.callbackMessage",
            "it is a message: change it under `messages`",
        ),
    ] {
        let finding = only_finding(&format!(
            "changes: {{ {section}: {{ {id}: {{ doc: a }} }} }}\n"
        ));
        assert_eq!(finding.rule, "unknown-target");
        assert_eq!(finding.help.as_deref(), Some(help));
    }
}

#[test]
fn what_is_declared_again_belongs_under_changes() {
    let again = format!(
        "resources:\n  {VERSION}:\n    GET: {{ name: version, replies: {{ 200: {{}} }} }}\n"
    );
    let finding = only_finding(&again);
    assert_eq!(
        (finding.rule, finding.file.as_str()),
        ("duplicate-route", "<inline>")
    );
    assert!(finding.help.unwrap().contains("under `changes`"));
    assert!(finding.related[0].file.starts_with("shipped:"));
    let finding = only_finding("replies: { conflict: { doc: Ours. } }\n");
    assert_eq!(
        (finding.rule, finding.file.as_str()),
        ("duplicate-name", "<inline>")
    );
    assert!(finding.help.unwrap().contains("under `changes`"));
}
