//! Differences between the mock and the model, each made on purpose, found by its rule,
//! and written into a model that then has none.

use std::fs;
use std::path::{Path, PathBuf};

use icws_mock::{Callback, Fault};
use icws_spec::traffic::learn;
use icws_spec::{Model, ModelSource};

use crate::recorded::{Recorded, survey, told};

/// A resource that the shipped model does not have.
const MORE: &str = "
icws: 1
namespace: moods
parameters:
  sessionId: { name: sessionId, in: path, type: string, required: true, session: id }
  csrfToken: { name: ININ-ICWS-CSRF-Token, in: header, type: string, required: true, session: csrfToken }
  cookie: { name: Cookie, in: header, type: string, required: true, session: cookie }
objects:
  mood: { properties: { moodId: { type: string, required: true }, weight: { type: double, required: true } } }
resources:
  /icws/{sessionId}/status/moods/{moodId}:
    parameters: [sessionId, csrfToken, cookie, { name: moodId, in: path, type: string, required: true }]
    GET: { name: getMood, replies: { 200: { body: mood } } }
";

/// A copy of the shipped model.
fn copy() -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../icws-spec/model");
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("learnt-model");
    let _ = fs::remove_dir_all(&to);
    let mut folders = vec![from.clone()];
    while let Some(folder) = folders.pop() {
        fs::create_dir_all(to.join(folder.strip_prefix(&from).unwrap())).unwrap();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                fs::copy(&path, to.join(path.strip_prefix(&from).unwrap())).unwrap();
            }
        }
    }
    to
}

#[tokio::test]
async fn five_differences_are_found_by_their_rules_and_written_into_a_model_that_has_none() {
    let more = Model::load(ModelSource::Inline(MORE)).unwrap();
    assert!(more.findings().is_empty(), "{:#?}", more.findings());
    let recorded = Recorded::start(|builder| builder.model(more)).await;
    let control = recorded.server.control();
    let client = recorded.connect().await;
    let callback = control.create_callback(Callback::new("+1317", "Invoice"));
    assert_eq!(client.watch(&callback).await.status, 200);
    let queue =
        r#"{"queueIds":[{"queueType":2,"queueName":"Sales"}],"attributeNames":["Eic_State"]}"#;
    assert_eq!(
        client
            .call("PUT /messaging/subscriptions/queues/q", queue)
            .await
            .status,
        200
    );
    client.poll().await;

    // A property, a message, a value of an enumeration, a status, and a resource.
    control.inject_raw(format!(
        r#"{{"__type":"urn:inin.com:interactions.callback:callbackMessage","isDelta":true,"interactionId":"{callback}","target":"+1317","subject":"Invoice","priority":3}}"#
    ));
    control.inject_raw(
        r#"{"__type":"urn:inin.com:interactions.callback:callbackParkedMessage","isDelta":false,"interactionId":"1","orbit":7}"#,
    );
    control.inject_raw(
        r#"{"__type":"urn:inin.com:queues:queueSubscriptionStateMessage","isDelta":false,"subscriptionId":"q","state":9}"#,
    );
    client.poll().await;
    control
        .inject_fault_at("connection.getConnection", Fault::status(429))
        .unwrap();
    assert_eq!(client.call("GET /connection", "").await.status, 429);
    assert_eq!(client.call("GET /status/moods/2001", "").await.status, 200);

    let folder = copy();
    let model = Model::load(ModelSource::Path(&folder)).unwrap();
    let lines = recorded.lines();
    let surveyed = survey(&model, &lines);
    let kinds = surveyed.report.kinds();
    let mut rules: Vec<&str> = kinds.iter().map(|kind| kind.finding.rule.id).collect();
    rules.sort_unstable();
    let expected = [
        "undocumented-status",
        "unknown-number",
        "unknown-path",
        "unknown-property",
        "unknown-type",
    ];
    assert_eq!(rules, expected, "{}", told(kinds));

    let learnt = learn(&model, &surveyed.report, surveyed.servers().as_deref());
    assert_eq!(
        learnt.changes.len(),
        5,
        "{:#?} {:#?}",
        learnt.left,
        learnt.refused
    );
    let findings = learnt.model.findings().iter();
    let others: Vec<_> = findings
        .filter(|finding| finding.rule != "open-todo")
        .collect();
    assert!(others.is_empty(), "{others:#?}");
    for id in &learnt.files {
        let file = learnt.model.sources().get(*id).unwrap();
        fs::write(file.absolute.as_ref().unwrap(), &file.text).unwrap();
    }
    let model = Model::load(ModelSource::Path(&folder)).unwrap();
    let surveyed = survey(&model, &lines);
    let kinds = surveyed.report.kinds();
    assert!(kinds.is_empty(), "{}", told(kinds));
}
