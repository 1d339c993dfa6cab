//! Directories: users as contacts, contacts that clients make, and speed dials.

use icws_mock::MockServer;
use serde_json::{Value, json};

use crate::raw::{Client, connect};

const WORLD: &str = "
workgroups: [{ id: Sales, name: Sales team }]
users:
  - { id: agent, name: Zoe, password: secret, extension: '100', status: Available, workgroups: [Sales] }
  - { id: bob, name: Bob, extension: '101', status: Available }
  - { id: ada, name: Ada, extension: '200', status: Available, workgroups: [Sales] }
statuses: [{ id: Available, acd: true }, { id: Gone }]
stations: [{ id: lobby }]
";

async fn started() -> MockServer {
    let world = WORLD.parse().unwrap();
    MockServer::builder().world(world).start().await.unwrap()
}

async fn directories(client: &Client<'_>) -> Vec<Value> {
    let line = "PUT /messaging/subscriptions/directories";
    assert_eq!(client.call(line, "").await.status, 200);
    let message = client.poll().await.pop().unwrap();
    assert_eq!(message["isDelta"], false);
    message["directoriesAdded"].as_array().unwrap().clone()
}

async fn follow(client: &Client<'_>, id: &str, rest: Value) -> Value {
    let mut body = rest;
    body["directoryID"] = json!(id);
    let line = "PUT /messaging/subscriptions/directories/d";
    let answer = client.call(line, &body.to_string()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    client.poll().await.pop().unwrap()
}

fn names(message: &Value, list: &str) -> Vec<(String, i64)> {
    let contacts = message[list].as_array().into_iter().flatten();
    let contacts = contacts.map(|contact| {
        let name = contact["displayName"].as_str().unwrap_or_default();
        (name.to_owned(), contact["index"].as_i64().unwrap())
    });
    contacts.collect()
}

fn pairs(all: &[(&str, i64)]) -> Vec<(String, i64)> {
    all.iter()
        .map(|(name, at)| ((*name).to_owned(), *at))
        .collect()
}

#[tokio::test]
async fn the_company_and_each_workgroup_have_a_directory() {
    let server = started().await;
    let client = connect(&server).await;
    let all = directories(&client).await;
    let of = |id: &str| all.iter().find(|one| one["directoryID"] == id).unwrap();
    let (company, sales) = (of("company"), of("workgroup.Sales"));
    assert_eq!(
        (&company["category"], &company["count"]),
        (&json!(0), &json!(3))
    );
    assert_eq!(
        (&sales["category"], &sales["count"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(sales["displayName"], "Sales team");
    server.control().put(
        "configuration/workgroups",
        "New",
        json!({ "configurationId": { "id": "New" }, "members": [] }),
    );
    let told = client.poll().await.pop().unwrap();
    assert_eq!(told["directoriesAdded"][0]["directoryID"], "workgroup.New");
    assert!(server.control().remove("configuration/workgroups", "New"));
    let told = client.poll().await.pop().unwrap();
    assert_eq!(told["directoriesRemoved"], json!(["workgroup.New"]));
}

/// In between there would be a company without a user whom a workgroup still has.
#[tokio::test]
async fn one_change_of_several_directories_is_one_message() {
    let server = started().await;
    let client = connect(&server).await;
    directories(&client).await;
    assert!(server.control().remove("configuration/users", "ada"));
    let [message] = &client.poll().await[..] else {
        panic!("one message");
    };
    let changed = message["directoriesChanged"].as_array().unwrap();
    let counts = changed
        .iter()
        .map(|one| (&one["directoryID"], &one["count"]));
    assert_eq!(
        counts.collect::<Vec<_>>(),
        [
            (&json!("company"), &json!(2)),
            (&json!("workgroup.Sales"), &json!(1))
        ]
    );
}

#[tokio::test]
async fn contacts_have_the_statuses_of_users() {
    let server = started().await;
    let client = connect(&server).await;
    let message = follow(&client, "company", json!({})).await;
    assert_eq!(message["subscriptionId"], "d");
    assert_eq!(
        names(&message, "contactsAdded"),
        pairs(&[("Ada", 0), ("Bob", 1), ("Zoe", 2)])
    );
    let ada = &message["contactsAdded"][0];
    assert_eq!(
        (&ada["extension"], &ada["statusID"], &ada["workgroups"]),
        (&json!("200"), &json!("Available"), &json!(["Sales"]))
    );
    let body = json!({ "statusId": "Gone" }).to_string();
    let answer = client.call("PUT /status/user-statuses/ada", &body).await;
    assert_eq!(answer.status, 202);
    let told = client.poll().await;
    let told = told.iter().find(|one| one["contactsChanged"].is_array());
    let changed = &told.unwrap()["contactsChanged"][0];
    assert_eq!(
        (&changed["entryID"], &changed["statusID"]),
        (&json!("ada"), &json!("Gone"))
    );
    assert_eq!(changed.get("extension"), None, "it is as it was");
    // Who leaves makes room for those behind.
    server.control().remove("configuration/users", "bob");
    let told = client.poll().await.pop().unwrap();
    assert_eq!(told["contactsRemoved"], json!(["bob"]));
    assert_eq!(told["totalCount"], 2);
    assert_eq!(told["contactsChanged"][0]["index"], 1);
}

#[tokio::test]
async fn a_part_of_a_directory_is_filtered_sorted_and_cut() {
    let server = started().await;
    let client = connect(&server).await;
    let filter = |property: i64, kind: i64, text: &str| {
        json!({ "filterItems": [{
            "contactProperty": property, "filterType": kind, "filterExpressions": [text],
        }] })
    };
    const EXTENSION: i64 = 3;
    const NAME: i64 = 26;
    for (asked, expected) in [
        (filter(EXTENSION, 1, "1"), &[("Bob", 0), ("Zoe", 1)][..]),
        (filter(NAME, 0, "ADA"), &[("Ada", 0)]),
        (filter(NAME, 4, "?o*"), &[("Bob", 0), ("Zoe", 1)]),
        (filter(5, 3, "x"), &[("Ada", 0), ("Bob", 1), ("Zoe", 2)]),
        (filter(5, 2, "x"), &[]),
        (
            json!({ "sortItems": [{ "contactProperty": EXTENSION, "sortDirection": 1 }] }),
            &[("Ada", 0), ("Bob", 1), ("Zoe", 2)],
        ),
        (
            json!({ "sortItems": [{ "contactProperty": EXTENSION, "sortDirection": 0 }] }),
            &[("Zoe", 0), ("Bob", 1), ("Ada", 2)],
        ),
        (json!({ "index": 1, "count": 1 }), &[("Bob", 1)]),
        (json!({ "index": -1, "count": 0 }), &[]),
    ] {
        let message = follow(&client, "company", asked.clone()).await;
        assert_eq!(names(&message, "contactsAdded"), pairs(expected), "{asked}");
        assert_eq!(message["totalCount"], 3);
    }
}

#[tokio::test]
async fn contacts_that_are_made_are_told_and_can_be_changed() {
    let server = started().await;
    let client = connect(&server).await;
    let before = follow(&client, "general", json!({})).await;
    assert_eq!(before["totalCount"], 0);
    let body = json!({
        "displayName": "Plumber", "notes": "fast", "businessPhone": { "baseNumber": "+1317" },
    });
    let post = "POST /directories/contacts/general";
    let answer = client.call(post, &body.to_string()).await;
    assert_eq!(answer.status, 201);
    let id = answer.json()["entryId"].as_str().unwrap().to_owned();
    let told = client.poll().await.pop().unwrap();
    let contact = &told["contactsAdded"][0];
    assert_eq!(contact["entryID"], *id);
    assert_eq!(contact["businessPhone"]["displayString"], "+1317");
    let line = format!("PUT /directories/contacts/general/{id}");
    let body = json!({ "notes": "slow" }).to_string();
    assert_eq!(client.call(&line, &body).await.status, 200);
    let told = client.poll().await.pop().unwrap();
    assert_eq!(told["contactsChanged"][0]["notes"], "slow");
    let line = format!("DELETE /directories/contacts/general/{id}");
    assert_eq!(client.call(&line, "").await.status, 204);
    let told = client.poll().await.pop().unwrap();
    assert_eq!(told["contactsRemoved"], json!([id]));
    assert_eq!(client.call(&line, "").await.status, 400, "it is gone");
    let body = json!({ "displayName": "x" }).to_string();
    for (line, status) in [
        ("POST /directories/contacts/company", 403),
        ("POST /directories/contacts/nowhere", 400),
        ("PUT /directories/contacts/company/ada", 403),
    ] {
        assert_eq!(client.call(line, &body).await.status, status, "{line}");
    }
}

#[tokio::test]
async fn a_speed_dial_has_what_its_contact_has() {
    let server = started().await;
    let client = connect(&server).await;
    let body = json!({ "name": "Mine" }).to_string();
    let answer = client.call("POST /directories/speed-dial", &body).await;
    assert_eq!(answer.status, 201);
    let id = answer.json()["directoryId"].as_str().unwrap().to_owned();
    assert!(
        directories(&client)
            .await
            .iter()
            .any(|one| one["directoryID"] == *id)
    );
    let links = format!("/directories/speed-dial/{id}/links");
    let body = |contact: &str| {
        json!({ "sourceDirectoryID": "company", "sourceContactEntryID": contact,
            "contactPrimaryNumberDesignation": 0 })
        .to_string()
    };
    let post = format!("POST {links}");
    assert_eq!(client.call(&post, &body("nobody")).await.status, 400);
    let answer = client.call(&post, &body("ada")).await;
    assert_eq!(answer.status, 201);
    let link = answer.json()["speedDialContactLinkId"]
        .as_str()
        .unwrap()
        .to_owned();
    let message = follow(&client, &id, json!({})).await;
    let contact = &message["contactsAdded"][0];
    assert_eq!(
        (
            &contact["entryID"],
            &contact["displayName"],
            &contact["primaryNumberDesignation"]
        ),
        (&json!(link), &json!("Ada"), &json!(0))
    );
    let status = json!({ "statusId": "Gone" }).to_string();
    client.call("PUT /status/user-statuses/ada", &status).await;
    let told = client.poll().await;
    let told = told.iter().find(|one| one["contactsChanged"].is_array());
    assert_eq!(told.unwrap()["contactsChanged"][0]["statusID"], "Gone");
    let number = json!({ "contactPrimaryNumberDesignation": 6 }).to_string();
    let line = format!("PUT {links}/{link}");
    assert_eq!(client.call(&line, &number).await.status, 200);
    let told = client.poll().await.pop().unwrap();
    assert_eq!(told["contactsChanged"][0]["primaryNumberDesignation"], 6);
    // With the contact its speed dial goes.
    server.control().remove("configuration/users", "ada");
    let told = client.poll().await;
    let told = told.iter().find(|one| one["contactsRemoved"].is_array());
    assert_eq!(told.unwrap()["contactsRemoved"], json!([link]));
    let line = format!("DELETE {links}/{link}");
    assert_eq!(client.call(&line, "").await.status, 400);
    let line = format!("DELETE /directories/speed-dial/{id}");
    assert_eq!(client.call(&line, "").await.status, 204);
    assert!(
        !directories(&client)
            .await
            .iter()
            .any(|one| one["directoryID"] == *id)
    );
    let line = "DELETE /directories/speed-dial/company";
    assert_eq!(client.call(line, "").await.status, 403);
}

#[tokio::test]
async fn speed_dials_are_seen_by_their_owner_alone() {
    let world = WORLD.replace("name: Bob,", "name: Bob, password: secret,");
    let builder = MockServer::builder().world(world.parse().unwrap());
    let server = builder.start().await.unwrap();
    let client = connect(&server).await;
    let body = json!({ "name": "Mine" }).to_string();
    let answer = client.call("POST /directories/speed-dial", &body).await;
    let id = answer.json()["directoryId"].as_str().unwrap().to_owned();
    let other = crate::raw::connect_as(&server, "bob").await;
    assert!(
        !directories(&other)
            .await
            .iter()
            .any(|one| one["directoryID"] == *id)
    );
    let body = json!({ "directoryID": id }).to_string();
    let line = "PUT /messaging/subscriptions/directories/d";
    assert_eq!(other.call(line, &body).await.status, 404);
    let line = format!("DELETE /directories/speed-dial/{id}");
    assert_eq!(other.call(&line, "").await.status, 400);
}

#[tokio::test]
async fn users_stations_and_workgroups_are_looked_up_by_text() {
    let server = started().await;
    let client = connect(&server).await;
    let look_up = async |comparison: i64, text: &str, most: i64| {
        let body = json!({
            "lookupEntryTypes": [1, 3, 6], "lookupEntryProperties": [3, 5, 6],
            "lookupComparisonType": comparison, "lookupString": text, "maxEntries": most,
        });
        let line = "POST /directories/lookup-entries";
        let found = client.call(line, &body.to_string()).await;
        assert_eq!(found.status, 200);
        let found = found.json();
        let ids = found["lookupEntriesList"].as_array().unwrap().iter();
        let ids = ids.map(|entry| entry["entryID"].as_str().unwrap().to_owned());
        (ids.collect::<Vec<_>>(), found["moreEntriesMatched"] == true)
    };
    let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    for (comparison, text, most, ids, more) in [
        (1, "BOB", 9, &["bob"][..], false),
        (2, "10", 9, &["agent", "bob"], false),
        (3, "o", 9, &["agent", "bob", "lobby"], false),
        (3, "o", 2, &["agent", "bob"], true),
        (4, "s*", 9, &["Sales"], false),
        (0, "bob", 9, &[], false),
        (3, "", -1, &[], true),
    ] {
        assert_eq!(
            look_up(comparison, text, most).await,
            (owned(ids), more),
            "{comparison} {text}"
        );
    }
}

#[tokio::test]
async fn a_directory_that_there_is_not_cannot_be_watched() {
    let server = started().await;
    let client = connect(&server).await;
    let line = "PUT /messaging/subscriptions/directories/d";
    let body = json!({ "directoryID": "nowhere" }).to_string();
    assert_eq!(client.call(line, &body).await.status, 404);
}

#[tokio::test]
async fn directories_that_are_none_harm_no_request() {
    let server = started().await;
    let client = connect(&server).await;
    directories(&client).await;
    let shapes = [
        json!(1),
        json!({}),
        json!({ "metadata": 1, "contacts": [], "links": 1 }),
        json!({ "metadata": { "category": 4 }, "contacts": { "a": 1 }, "links": { "a": 1 } }),
        json!({ "metadata": { "category": 2 }, "contacts": { "a": 1, "b": [] }, "links": {} }),
    ];
    for (number, shape) in shapes.into_iter().enumerate() {
        let id = number.to_string();
        server.control().put("directories", &id, shape);
        let body = json!({ "directoryID": id, "displayName": "x", "name": "x" }).to_string();
        for line in [
            "PUT /messaging/subscriptions/directories".to_owned(),
            "PUT /messaging/subscriptions/directories/d".to_owned(),
            format!("POST /directories/contacts/{id}"),
            format!("PUT /directories/contacts/{id}/a"),
            format!("DELETE /directories/contacts/{id}/a"),
            format!("PUT /directories/speed-dial/{id}"),
            format!("DELETE /directories/speed-dial/{id}"),
        ] {
            let answer = client.call(&line, &body).await;
            assert!(answer.status < 500, "{line}: {answer:?}");
        }
        client.poll().await;
    }
}
