//! The operations of the shipped model.

use icws_mock::{Callback, MockServer};
use icws_spec::{Model, ModelSource};

use crate::raw::{connect, send};

#[tokio::test]
async fn all_of_them_are_carried_out() {
    let model = Model::load(ModelSource::Shipped).unwrap();
    let resources = &model.api().resources;
    for operation in resources.iter().flat_map(|resource| &resource.operations) {
        let example = operation.examples.first();
        let example = example.unwrap_or_else(|| panic!("{} has no example", operation.id()));
        let server = MockServer::start().await.unwrap();
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
