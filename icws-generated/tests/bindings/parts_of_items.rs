//! Items of which parts come that are objects of another type.

icws_generated::bindings!(inline: r#"
    icws: 1
    namespace: jobs
    objects:
      job:
        id: [id]
        properties:
          id: { type: string, required: true }
          name: { type: string, required: true }
          steps: { type: list int, required: true }
          notes: { type: map string, required: true }
      jobPart:
        id: [id]
        properties:
          id: { type: string, required: true }
          name: { type: string, nullable: true }
          steps: { type: list int }
          notes: { type: map string, nullable: true }
    messages:
      jobsMessage:
        urn: urn:example:jobs
        delta: { flag: isDelta }
        properties:
          isDelta: { type: boolean, required: true }
          added: { type: list job, delta: added }
          changed: { type: list jobPart, delta: changed }
"#);

use icws_generated::runtime::{Delta, Record};
use jobs::{JobsMessage, JobsState};

fn read(text: &str) -> JobsMessage {
    JobsMessage::from_json(text.as_bytes()).unwrap()
}

fn known() -> JobsState {
    let job = r#"{"id":"7","name":"a","steps":[1,2],"notes":{"x":"y"}}"#;
    let message = read(&format!(r#"{{"isDelta":false,"added":[{job}]}}"#));
    message.into_state().unwrap()
}

#[test]
fn a_part_replaces_what_it_has() {
    let mut state = known();
    let delta = r#"{"isDelta":true,"changed":[{"id":"7","steps":[3],"notes":{}}]}"#;
    read(delta).merge_into(&mut state).unwrap();
    let job = state.items.get("7").unwrap();
    assert_eq!((job.name.as_str(), &*job.steps), ("a", &[3][..]));
    assert!(job.notes.is_empty());
}

#[test]
fn null_leaves_what_cannot_be_null() {
    let mut state = known();
    let delta = r#"{"isDelta":true,"changed":[{"id":"7","name":null,"steps":null,"notes":null}]}"#;
    read(delta).merge_into(&mut state).unwrap();
    assert_eq!(state, known());
}
