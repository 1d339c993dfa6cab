//! The operations of the shipped model.

use icws_mock::{Callback, MockServer, Scenario};
use icws_spec::api::Location;
use icws_spec::{Model, ModelSource};

use crate::raw::{connect, send};

#[tokio::test]
async fn each_example_is_carried_out() {
    let model = Model::load(ModelSource::Shipped).unwrap();
    let resources = &model.api().resources;
    for operation in resources.iter().flat_map(|resource| &resource.operations) {
        let Some(example) = operation.examples.first() else {
            continue;
        };
        // The workgroups of the examples are those of the shipped world.
        let world = Scenario::contact_center().unwrap();
        let server = MockServer::builder().world(world).user("agent", "secret");
        let server = server.start().await.unwrap();
        let client = connect(&server).await;
        let id = server
            .control()
            .create_callback(Callback::new("+1317", "Invoice"));
        let given = |name: &str| {
            let mut all = example.parameters.iter();
            all.find(|(known, _)| known == name)
                .map(|(_, value)| value.as_str())
        };
        let mut request = example.request.clone();
        for (name, here) in [("sessionId", &client.id), ("interactionId", &id)] {
            if let Some(value) = given(name) {
                request = request.replacen(value, here, 1);
            }
        }
        let headers = [
            ("Cookie", &*client.cookie),
            ("ININ-ICWS-CSRF-Token", &*client.token),
            (
                "Accept-Language",
                given("Accept-Language").unwrap_or("en-us"),
            ),
        ];
        let body = example.request_body.as_deref().unwrap_or_default();
        let answer = send(&server, &request, &headers, body).await.unwrap();
        let id = operation.id();
        assert!(answer.status != 501, "{id}: {answer:?}");
        // What the example connects as is not known to the server.
        assert!(
            answer.status < 300 || id == "connection.connect",
            "{id}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn everything_that_can_be_read_without_more_is_answered() {
    let model = Model::load(ModelSource::Shipped).unwrap();
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let mut count = 0;
    for (resource, operation) in model.api().operations() {
        let required = operation
            .given()
            .filter(|(_, parameter)| parameter.required);
        let mut required = required.filter(|(_, p)| p.location != Location::Path);
        let has_state = ["connection", "interactions", "messaging"];
        if operation.method != "GET"
            || required.next().is_some()
            || has_state.contains(&operation.namespace.as_str())
        {
            continue;
        }
        let path = resource.path.replace("/icws/{sessionId}", "");
        let path = path.replace(['{', '}'], "");
        let answer = client.call(&format!("GET {path}"), "").await;
        // What a path names may not be there.
        let mut statuses = operation.replies.iter().map(|reply| reply.status.code());
        let is_missing = answer.status == 404 && statuses.any(|status| status == Some(404));
        let succeeds = (200..300).contains(&answer.status);
        assert!(succeeds || is_missing, "{path}: {answer:?}");
        count += usize::from(succeeds);
    }
    assert!(count > 140, "{count}");
}

#[tokio::test]
async fn no_answer_has_a_status_that_the_operation_does_not_have() {
    let model = Model::load(ModelSource::Shipped).unwrap();
    let server = MockServer::start().await.unwrap();
    let mut wrong = Vec::new();
    for (resource, operation) in model.api().operations() {
        // These end the session, or wait for something.
        if operation.namespace == "connection" || operation.id() == "messaging.stream" {
            continue;
        }
        let client = connect(&server).await;
        for id in ["1", &there(&server)] {
            let path = resource.path.replace("/icws/{sessionId}", "");
            let pieces = path.split('/').map(|piece| match piece.starts_with('{') {
                true => id,
                false => piece,
            });
            let path: Vec<&str> = pieces.collect();
            let example = operation
                .examples
                .iter()
                .find_map(|e| e.request_body.clone());
            let body = example.unwrap_or_else(|| "{}".to_owned());
            let line = format!("{} {}", operation.method, path.join("/"));
            let answer = client.call(&line, &body).await;
            let mut statuses = operation.replies.iter().map(|reply| reply.status);
            if !statuses.any(|status| status.is(answer.status)) {
                wrong.push(format!("{}: {line}: {}", operation.id(), answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An interaction that is there.
fn there(server: &MockServer) -> String {
    server
        .control()
        .create_callback(Callback::new("+1317", "Invoice"))
}
