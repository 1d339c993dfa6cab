//! Files that set a world up: what refers to nothing, or stands there twice, is told.

use icws_mock::{MockServer, Scenario};
use serde_json::{Value, json};

use crate::raw::connect;

fn problem(text: &str) -> String {
    match text.parse::<Scenario>() {
        Ok(_) => panic!("taken: {text}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_cannot_be_meant_is_refused_with_a_reason() {
    for (text, expected) in [
        (
            "stations: [{ id: desk1 }]\nusers: [{ id: ada, station: desk2 }]",
            "user `ada`: there is no station `desk2`; did you mean `desk1`?",
        ),
        (
            "stations: [{ id: 's{n}', count: 2 }]\nusers: [{ id: 'a{n}', count: 3, station: 's{n}' }]",
            "user `a3`: there is no station `s3`",
        ),
        (
            "workgroups: [{ id: Sales, properties: { members: [{ id: ada }] } }]",
            "workgroup `Sales`: `members` follows the `workgroups` of users",
        ),
        (
            "users: [{ id: ada, properties: { workgroups: [{ id: Sales }] } }]",
            "user `ada`: `workgroups` has a key of its own",
        ),
        (
            "users: [{ id: ada }, { id: ada }]",
            "there are two users `ada`",
        ),
        (
            "users: [{ id: ada, count: 2 }]",
            "there are two users `ada`",
        ),
        (
            "workgroups: [{ id: 'W{n}', count: 2 }, { id: W2 }]",
            "there are two workgroups `W2`",
        ),
        (
            "statuses: [{ id: A }, { id: A }]",
            "there are two statuses `A`",
        ),
        ("skills: [{ id: A, count: 2 }]", "there are two skills `A`"),
        (
            "configuration: { wrap-up-codes: [{ id: A }, { id: A }] }",
            "there are two items of `wrap-up-codes` `A`",
        ),
        (
            "workgroups: [{ id: W }]\ninteractions: [{ id: '7', count: 2, workgroup: W }]",
            "there are two interactions `7`: `{n}` in an id with `count` is its number",
        ),
        (
            "workgroups: [{ id: W }]\nusers: [{ id: a1 }]\ninteractions: [{ count: 2, workgroup: W, user: 'a{n}' }]",
            "an interaction: there is no user `a2`",
        ),
        (
            "workgroups: [{ id: W }]\ninteractions:\n  - { workgroup: W, medium: chat }",
            "there is no medium `chat`; did you mean `Chat`?",
        ),
        (
            "workgroups: [{ id: W }]\ninteractions:\n  - { workgroup: W, medium: Callback }",
            "`callbacks` are a list of their own",
        ),
        (
            "configuration:\n  wrap-up-cods: [{ id: A }]",
            "there is no list `wrap-up-cods`; did you mean `wrap-up-codes`?",
        ),
        (
            "workgroups: [{ id: W }]\ninteractions: [{ workgroup: W, texts: [{ text: Hello }] }]",
            "a text of an interaction: `Call` has no texts, a `Chat` has",
        ),
        (
            "workgroups: [{ id: W }]\nusers: [{ id: ada }]\ninteractions: [{ workgroup: W, medium: Chat, texts: [{ user: adb, text: Hello }] }]",
            "a text of an interaction: there is no user `adb`; did you mean `ada`?",
        ),
        (
            "contacts: [{ name: Ada, properties: { displayName: Bob } }]",
            "contact `Ada`: `displayName` has a key of its own",
        ),
        (
            "statistics: [{ id: a:b, value: 1 }, { id: a:b, value: 2 }]",
            "there are two values of the statistic `a:b`",
        ),
        (
            "configuration: { users: [{ id: A }] }",
            "`users` has a key of its own",
        ),
    ] {
        let told = problem(text);
        assert!(told.contains(expected), "{text}\n{told}");
    }
}

#[test]
fn what_is_read_as_something_else_is_told_with_its_line() {
    let workgroup = "workgroups: [{ id: W }]\n";
    let medium = format!("{workgroup}interactions:\n  - {{ workgroup: W, medium: chat }}");
    assert!(problem(&medium).contains("line 3"), "{}", problem(&medium));
    let list = "skills: []\nconfiguration:\n  wrong: [{ id: A }]";
    assert!(problem(list).contains("line 3"), "{}", problem(list));
    for text in [
        "skills: []\nstatistics:\n  - { id: a, value: [1] }",
        "skills: []\ncontacts:\n  - { nam: Ada }",
        "skills: []\nusers:\n  - { id: ada, licenses: A }",
    ] {
        let told = problem(text);
        assert!(told.contains("line 3 column"), "{text}: {told}");
    }
}

#[tokio::test]
async fn what_a_file_says_of_a_workgroup_is_so() {
    let world = "workgroups: [{ id: W, properties: { hasQueue: false, notes: n } }, { id: V }]";
    let server = MockServer::builder().world(world.parse().unwrap());
    let server = server.start().await.unwrap();
    let workgroup = |id| server.control().item("configuration/workgroups", id);
    assert_eq!(workgroup("W").unwrap()["hasQueue"], false);
    assert_eq!(workgroup("W").unwrap()["isActive"], true);
    assert_eq!(workgroup("V").unwrap()["hasQueue"], true);
}

#[tokio::test]
async fn contacts_licences_statistics_and_texts_are_what_a_file_says() {
    let world = r#"
workgroups: [{ id: Sales }]
users: [{ id: agent, password: secret, licenses: [I3_ACCESS_CLIENT] }]
interactions:
  - { workgroup: Sales, medium: Chat, user: agent, connected: true, name: Ada, id: "7",
      texts: [{ text: Hello }, { user: agent, text: Good morning }] }
contacts:
  - { count: 2, name: "Customer {n}", phone: "+1317555010{n}", properties: { company: Example } }
statistics:
  - { id: "inin.workgroup:Calls", parameters: [{ id: "inin.workgroup", value: Sales }], value: 7 }
  - { id: "mock.workgroup:agentsAvailable", parameters: [{ id: "mock.workgroup", value: Sales }], value: 0.5 }
"#;
    let server = MockServer::builder().world(world.parse().unwrap());
    let server = server.start().await.unwrap();
    let client = connect(&server).await;
    let follow = async |line: &str, body: Value| {
        let line = format!("PUT /messaging/subscriptions/{line}");
        let answer = client.call(&line, &body.to_string()).await;
        assert!(answer.status < 300, "{line}: {answer:?}");
        client.poll().await.pop().unwrap()
    };
    let told = follow("licenses", json!({ "licenseList": ["I3_ACCESS_CLIENT"] })).await;
    assert!(told.to_string().contains("\"isAssigned\":true"), "{told}");
    let key = |id: &str, parameter: &str| json!({ "statisticIdentifier": id, "parameterValueItems": [{ "parameterTypeId": parameter, "value": "Sales" }] });
    let keys = [
        key("inin.workgroup:Calls", "inin.workgroup"),
        key("mock.workgroup:agentsAvailable", "mock.workgroup"),
    ];
    let told = follow(
        "statistics/statistic-values",
        json!({ "statisticKeys": keys }),
    )
    .await;
    let changes = told["statisticValueChanges"].as_array().unwrap().iter();
    let values: Vec<_> = changes
        .map(|change| change["statisticValue"]["value"].clone())
        .collect();
    assert_eq!(values, [json!(7), json!(0.5)], "{told}");
    let directory = server.control().item("directories", "general").unwrap();
    let contacts = directory["contacts"].as_object().unwrap();
    let shown: Vec<_> = contacts
        .values()
        .map(|one| {
            (
                &one["displayName"],
                &one["businessPhone"]["displayString"],
                &one["company"],
            )
        })
        .collect();
    let expected = |name: &str, phone: &str| (json!(name), json!(phone), json!("Example"));
    let expected = [
        expected("Customer 1", "+13175550101"),
        expected("Customer 2", "+13175550102"),
    ];
    assert_eq!(shown, expected.each_ref().map(|(a, b, c)| (a, b, c)));
    let chat = &server.control().item("interactions", "7").unwrap()["chat"];
    let texts = chat["texts"].as_array().unwrap().iter();
    let texts: Vec<_> = texts
        .map(|text| {
            (
                text["chatMember"]["displayName"].clone(),
                text["text"].clone(),
            )
        })
        .collect();
    assert_eq!(
        texts,
        [
            (json!("Ada"), json!("Hello")),
            (json!("agent"), json!("Good morning"))
        ]
    );
    assert_eq!(chat["members"].as_array().unwrap().len(), 2, "{chat}");
}

#[test]
fn the_shipped_world_has_the_users_that_its_docs_tell() {
    Scenario::contact_center().unwrap();
    let shipped = Scenario::CONTACT_CENTER;
    assert!(shipped.contains("count: 20, id: \"agent{nn}\""));
}
