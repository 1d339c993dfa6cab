//! What is done by the page to the world is seen by clients.

use icws::queues::{QueueId, QueueSubscriptionParameters, QueueType, Subscribe};
use icws_generated::client::{Client, Credentials};
use icws_mock::{MockServer, Scenario};
use serde_json::json;

use crate::browser::Browser;

/// What the test needs of the API.
mod icws {
    icws_generated::bindings!(shipped, only: [queues]);
}

type Session = icws_generated::client::Session<icws::Message>;

pub async fn a_call_that_the_page_lets_ring_is_seen_by_a_client_and_goes_its_way(
    browser: &Browser,
) {
    let scenario = Scenario::contact_center().unwrap();
    let server = MockServer::builder().world(scenario).start().await.unwrap();
    let client = Client::builder()
        .plain_http()
        .host(server.address().to_string())
        .build()
        .unwrap();
    let session: Session = client
        .connect_as(Credentials::password("agent01", "secret"))
        .await
        .unwrap();
    let night = QueueId::new(QueueType::Workgroup, "Night Shift");
    let wanted = QueueSubscriptionParameters::new(vec![night], ["Eic_State", "Eic_RemoteName"]);
    let mut queue = session
        .watch(
            Subscribe::builder()
                .subscription_id("q")
                .body(wanted)
                .build(),
        )
        .await
        .unwrap();

    browser.show(&server).await;
    browser.view("world").await;
    browser.select("Workgroup", "Night Shift").await;
    browser.fill("Name", "Grace Example").await;
    browser.press("Ring a call").await;
    // What the client knows of the call, until it is as it should be.
    let mut see = async |wanted: Option<&str>| loop {
        let store = queue.store();
        let call = store.state().and_then(|state| {
            let mut calls = state.items.values();
            calls.find_map(|call| {
                let of = |name: &str| call.attributes.get(name).cloned();
                (of("Eic_RemoteName").as_deref() == Some("Grace Example"))
                    .then(|| of("Eic_State").unwrap_or_default())
            })
        });
        if store.state().is_some() && call.as_deref() == wanted {
            break;
        }
        queue.next().await.unwrap();
    };
    see(Some("O")).await;
    browser.press_in("Grace Example", "Pick up").await;
    browser.select("Pick up as", "agent02").await;
    browser.press_in_dialog("Pick up").await;
    see(Some("C")).await;
    browser.press_in("Grace Example", "Hold").await;
    see(Some("H")).await;
    browser.press_in("Grace Example", "Resume").await;
    see(Some("C")).await;
    browser.press_in("Grace Example", "Mute").await;
    let is_one = |name: &str, value: &str| {
        let mut all = server.control().items("interactions").into_values();
        all.any(|item| {
            let of = |name: &str| item["attributes"][name].as_str();
            of("Eic_RemoteName") == Some("Grace Example") && of(name) == Some(value)
        })
    };
    while !is_one("Eic_Muted", "1") {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    browser.press_in("Grace Example", "Transfer").await;
    browser.select("Transfer to", r#"{"user":"agent03"}"#).await;
    browser.press_in_dialog("Transfer").await;
    while !is_one("Eic_State", "A") {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    browser.press_in("Grace Example", "Transfer").await;
    browser
        .select("Transfer to", r#"{"workgroup":"Sales"}"#)
        .await;
    browser.press_in_dialog("Transfer").await;
    see(None).await;
    browser.press_in("Grace Example", "End").await;
    browser.until("![...document.querySelectorAll('tbody tr')].some((row) => row.textContent.includes('Grace Example'))").await;

    browser.press("Begin a chat").await;
    while !is_one("Eic_ObjectType", "Chat") {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }

    // A message of a stream is told by its type, which can be looked up.
    browser.view("traffic").await;
    browser.select("Status", "message").await;
    browser.choose("queueContentsMessage").await;
    browser
        .until("document.querySelector('.said')?.textContent.includes('subscriptionId')")
        .await;
    browser.press("queues.queueContentsMessage").await;
    browser
        .until(
            "document.querySelector('.reference h2').textContent === 'queues.queueContentsMessage'",
        )
        .await;
    browser.view("world").await;

    // The tick, and statuses.
    let tick = "const tick = document.getElementById('tick'); tick.value = 4; tick.dispatchEvent(new Event('change'));";
    browser.client.execute(tick, Vec::new()).await.unwrap();
    while server.control().tick().is_none() {
        tokio::task::yield_now().await;
    }
    server.control().set_tick(None);
    browser.press("Users").await;
    browser
        .until("document.querySelector('[aria-label=\"Status of agent01\"]')")
        .await;
    let status = "const status = document.querySelector('[aria-label=\"Status of agent01\"]'); \
                  status.value = 'At Lunch'; status.dispatchEvent(new Event('change'));";
    browser.client.execute(status, Vec::new()).await.unwrap();
    let of = || {
        server
            .control()
            .item("status/user-statuses", "agent01")
            .unwrap()["statusId"]
            .clone()
    };
    while of() != json!("At Lunch") {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    session.disconnect().await.unwrap();
}

pub async fn a_message_that_is_written_by_the_form_of_its_type_comes_to_the_session(
    browser: &Browser,
) {
    let server = MockServer::builder()
        .messages_by_hand()
        .start()
        .await
        .unwrap();
    let id = server.control().open_session("agent");
    browser.show(&server).await;
    browser.view("messages").await;
    browser
        .until(&format!(
            "[...document.querySelectorAll('option')].some((one) => one.value === '{id}')"
        ))
        .await;
    browser
        .fill("Message", "queues.queueContentsMessage\n")
        .await;
    browser.select("isDelta *", "false").await;
    browser.fill("subscriptionId *", "tour").await;
    browser.press("Add an item").await;
    browser.select("To", &id).await;
    browser.press("Send").await;
    let waiting = || {
        let server = &server;
        let id = &id;
        async move { crate::control::get(server, &format!("sessions/{id}")).await["waiting"].clone() }
    };
    while waiting().await != 1 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let tried = crate::control::post(
        &server,
        &format!("sessions/{id}/try"),
        &json!({ "method": "GET", "path": "messaging/messages" }),
    )
    .await;
    let messages: serde_json::Value =
        serde_json::from_str(tried["body"].as_str().unwrap()).unwrap();
    assert_eq!(
        messages[0]["__type"],
        "urn:inin.com:queues:queueContentsMessage"
    );
    assert_eq!(
        (&messages[0]["isDelta"], &messages[0]["subscriptionId"]),
        (&json!(false), &json!("tour"))
    );
}
