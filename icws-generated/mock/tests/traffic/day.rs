//! A day of the mock: all of its API is asked for, and things happen.

use std::time::Duration;

use icws_mock::Callback;
use icws_spec::api::{Operation, Resource};
use icws_spec::{Model, ModelSource};
use tokio::io::AsyncReadExt;

use crate::made::Names;
use crate::raw::{Client, send};
use crate::recorded::{Recorded, told};

/// Sends a request of an operation as a session does, and returns its status.
async fn call(
    recorded: &Recorded,
    client: &Client<'_>,
    (model, names): (&Model, &Names),
    (resource, operation): (&Resource, &Operation),
) -> u16 {
    let made = names.request(model.api(), resource, operation);
    let mut headers = made.headers.clone();
    let mut line = made.line.clone();
    if !operation.is_sessionless() {
        line = client.line(&line);
        headers.push(("Cookie".to_owned(), client.cookie.clone()));
        headers.push(("ININ-ICWS-CSRF-Token".to_owned(), client.token.clone()));
    } else {
        line = line.replacen(" /", " /icws/", 1);
    }
    let headers: Vec<(&str, &str)> = headers
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    let answer = send(&recorded.server, &line, &headers, &made.body).await;
    answer.unwrap_or_else(|| panic!("{line}")).status
}

/// What happens in a contact center.
fn happen(recorded: &Recorded, callback: &str) {
    let control = recorded.server.control();
    let id = control
        .ring("Sales", None, "+13175550142", "Ada Example")
        .unwrap();
    control.pick_up(&id, "agent01");
    control.transfer(&id, "Support");
    control.change(callback, |state| {
        let attempts = state.attempts.unwrap_or_default();
        state.attempts = Some(attempts + 1);
    });
    control.write("7001", "Ada", "hello");
    control.notify("object", "event", &["a"]);
    for _ in 0..20 {
        control.live();
    }
    control.hang_up(&id);
}

/// A stream of events for a while.
async fn listen(recorded: &Recorded, client: &Client<'_>, callback: &str) {
    let mut stream = client.stream("HTTP/1.0").await;
    let mut read = Vec::new();
    let mut chunk = [0; 4096];
    while !String::from_utf8_lossy(&read).contains("\"isDelta\":true") {
        happen(recorded, callback);
        let came = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut chunk));
        let length = came.await.unwrap().unwrap();
        assert!(length > 0, "{}", String::from_utf8_lossy(&read));
        read.extend(&chunk[..length]);
    }
}

#[tokio::test]
async fn a_day_of_the_mock_says_what_the_model_says() {
    let model = Model::load(ModelSource::Shipped).unwrap();
    let recorded = Recorded::start(|builder| builder).await;
    let control = recorded.server.control();
    let callback = control.create_callback(Callback::new("+13175550142", "Invoice"));
    let names = Names {
        interaction: callback.clone(),
    };
    let of_model = (&model, &names);
    let mut client = recorded.connect().await;
    let all: Vec<_> = model.api().operations().collect();
    let subscribes = |operation: &Operation| {
        operation.method == "PUT"
            && operation
                .successes()
                .any(|reply| !reply.messages.is_empty())
    };
    let mut succeeded = 0;
    for own in all.iter().filter(|(_, operation)| subscribes(operation)) {
        let status = call(&recorded, &client, of_model, *own).await;
        succeeded += usize::from((200..300).contains(&status));
    }
    assert!(succeeded > 60, "{succeeded}");
    client.poll().await;
    happen(&recorded, &callback);
    client.poll().await;
    listen(&recorded, &client, &callback).await;
    // What ends a session comes last, and what ends a thing after what asks for it.
    let order = |(resource, operation): &&(&Resource, &Operation)| {
        let ends = resource.path == "/icws/{sessionId}/connection";
        let methods = ["POST", "PUT", "GET", "PATCH", "DELETE"];
        let method = methods.iter().position(|own| *own == operation.method);
        (ends, method)
    };
    let mut ordered: Vec<_> = all.iter().filter(|(_, own)| !subscribes(own)).collect();
    ordered.sort_by_key(order);
    succeeded = 0;
    for (count, own) in ordered.iter().enumerate() {
        let status = call(&recorded, &client, of_model, **own).await;
        succeeded += usize::from((200..300).contains(&status));
        if status == 401 {
            client = recorded.connect().await;
        }
        if count % 50 == 49 {
            happen(&recorded, &callback);
            // The session may have ended by what was asked for.
            client.call("GET /messaging/messages", "").await;
        }
    }
    assert!(succeeded > 400, "{succeeded} of {}", ordered.len());
    let surveyed = recorded.held_against(&model);
    let kinds = surveyed.report.kinds();
    assert!(kinds.is_empty(), "{} kinds\n{}", kinds.len(), told(kinds));
    let coverage = surveyed.coverage(&model);
    let called = coverage.operations.iter().filter(|own| own.count > 0);
    assert_eq!(called.count(), all.len());
    let came = coverage.messages.iter().filter(|own| own.count > 0).count();
    assert!(came > 60, "{came}");
    assert!(surveyed.servers().is_some());
}
