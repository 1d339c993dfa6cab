//! A mock that is recorded, and what its recording says of a model.

use std::sync::{Arc, Mutex};

use icws_mock::{MockBuilder, MockServer, Scenario};
use icws_spec::Model;
use icws_spec::traffic::{Kind, Survey, Surveyed, Traffic};

use crate::raw;

/// A server with a contact center, and all that was recorded of it.
pub struct Recorded {
    pub server: MockServer,
    lines: Arc<Mutex<Vec<u8>>>,
}

impl Recorded {
    pub async fn start(change: impl FnOnce(MockBuilder) -> MockBuilder) -> Recorded {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&lines);
        let record = move |entry: icws_generated::recording::Entry| {
            kept.lock().unwrap().extend(entry.to_line());
        };
        let world = Scenario::contact_center().unwrap();
        let builder = MockServer::builder().world(world).record(record);
        let server = change(builder).start().await.unwrap();
        Recorded { server, lines }
    }

    /// What was recorded so far.
    pub fn lines(&self) -> Vec<u8> {
        self.lines.lock().unwrap().clone()
    }

    pub fn held_against(&self, model: &Model) -> Surveyed {
        survey(model, &self.lines())
    }

    /// A session of an agent of the contact center.
    pub async fn connect(&self) -> raw::Client<'_> {
        let body = raw::PASSWORD.replace("\"agent\"", "\"agent01\"");
        let headers = [
            ("Accept-Language", "en-us"),
            ("Content-Type", "application/json"),
        ];
        let line = "POST /icws/connection?include=features,version";
        let answer = raw::send(&self.server, line, &headers, &body)
            .await
            .unwrap();
        assert_eq!(answer.status, 201, "{answer:?}");
        raw::Client::of(&self.server, &answer)
    }
}

pub fn survey(model: &Model, lines: &[u8]) -> Surveyed {
    let mut survey = Survey::new(Traffic::new(model.api()));
    survey.read("day.jsonl", lines).unwrap();
    survey.finish()
}

/// Findings for people who look why a test has failed.
pub fn told(kinds: &[Kind]) -> String {
    let told = kinds.iter().map(|kind| {
        let finding = &kind.finding;
        let (rule, subject, message) = (finding.rule.id, &finding.subject, &finding.message);
        let (part, pointer) = (&finding.part, &finding.pointer);
        let example = finding.example.as_deref().unwrap_or_default();
        format!(
            "{} x {}: {rule}: {subject}: {message} ({part} {pointer} {example})\n",
            kind.count, kind.site
        )
    });
    told.collect()
}
