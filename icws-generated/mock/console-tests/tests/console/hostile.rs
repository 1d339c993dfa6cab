//! Texts that clients and models can set are texts, whatever is in them.

use icws_mock::{Callback, MockServer, Scenario};
use serde_json::{Value, json};

use crate::browser::{Browser, NARROW, WIDE};
use crate::control::{get, post, send};

/// In it is a number, so that it is known which text was shown.
pub fn evil(number: usize) -> String {
    format!(
        "<img src=x onerror=\"window.evil={number}\">{number}</textarea></script><script>evil={number}</script>"
    )
}

/// Percent-escapes all of a piece of a path.
fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn text_of_clients_never_becomes_markup() {
    let scenario = Scenario::contact_center().unwrap();
    let server = MockServer::builder()
        .world(scenario)
        .keep_traffic()
        .start()
        .await
        .unwrap();
    let control = server.control();
    // All that a client can set: users by the configuration, names of callers, attributes,
    // callbacks, statuses, chats, subscriptions, paths, queries, headers, bodies, messages.
    let user = evil(1);
    control.put(
        "configuration/users",
        &user,
        json!({ "configurationId": { "id": user, "displayName": evil(2) } }),
    );
    control.put(
        "configuration/workgroups",
        &evil(3),
        json!({ "configurationId": { "id": evil(3) } }),
    );
    control.put(
        "status/status-messages",
        &evil(4),
        json!({ "statusId": evil(4), "messageText": evil(4) }),
    );
    control.set_status(&user, &evil(4));
    control.put("configuration/stations", &evil(5), json!({}));
    control.set_station(&user, Some(&evil(5)));
    let call = control
        .ring(&evil(3), Some(&user), &evil(6), &evil(7))
        .unwrap();
    control.set_attributes(
        &call,
        &[
            ("Eic_State", evil(8)),
            ("Eic_ObjectType", evil(9)),
            ("Odd", evil(10)),
        ],
    );
    control.create_interaction(&evil(11));
    control.create_callback_with_id(&evil(12), Callback::new(evil(13), evil(14)).name(evil(15)));
    let session = control.open_session(&user);
    let followed = format!("messaging/subscriptions/queues/{}", escaped(&evil(16)));
    let subscription = json!({ "queueIds": [{ "queueType": 2, "queueName": evil(17) }], "attributeNames": [evil(18)] });
    let tried = json!({ "method": "PUT", "path": followed, "body": subscription });
    assert_eq!(
        post(&server, &format!("sessions/{session}/try"), &tried).await["status"],
        200
    );
    let odd = json!({ "method": "GET", "path": format!("{}?{}", escaped(&evil(19)), escaped(&evil(20))), "headers": { "x-odd": evil(21) }, "body": evil(22) });
    post(&server, &format!("sessions/{session}/try"), &odd).await;
    let json = json!({ "method": "PUT", "path": "status/user-statuses/agent01", "body": { evil(23): evil(24), "statusId": evil(25) } });
    post(&server, &format!("sessions/{session}/try"), &json).await;
    let message = json!({ "__type": format!("urn:{}", evil(26)), evil(27): evil(28) });
    control.inject_raw_to(&session, message.to_string());
    let poll = json!({ "method": "GET", "path": "messaging/messages" });
    post(&server, &format!("sessions/{session}/try"), &poll).await;
    send(
        &server,
        &format!("GET /icws/connection?{}", escaped(&evil(29))),
        &[("User-Agent", &evil(30))],
        &evil(31),
    )
    .await;
    // What a login says, the parameters of a statistic, and what is written in a chat.
    for (application, login) in [(evil(34), "agent01"), (evil(35), &*evil(36))] {
        let login = json!({
            "__type": "urn:inin.com:connection:icAuthConnectionRequestSettings",
            "applicationName": application, "userID": login, "password": "secret",
        });
        let language = [("Accept-Language", "en-us")];
        send(
            &server,
            "POST /icws/connection",
            &language,
            &login.to_string(),
        )
        .await;
    }
    let key = json!({
        "statisticIdentifier": evil(37),
        "parameterValueItems": [{ "parameterTypeId": evil(38), "value": evil(39) }],
    });
    let values = json!({
        "method": "PUT", "path": "messaging/subscriptions/statistics/statistic-values",
        "body": { "statisticKeys": [key] },
    });
    let followed = post(&server, &format!("sessions/{session}/try"), &values).await;
    assert!(followed["status"].as_u64() < Some(300), "{followed}");
    let chat = control.chat(&evil(3), Some(&user), &evil(40)).unwrap();
    let text = json!({ "who": evil(41), "text": evil(42) });
    post(&server, &format!("interactions/{chat}/write"), &text).await;
    let fault = json!({ "fault": "answer", "status": 500, "message": evil(32), "operation": "messaging.poll" });
    post(&server, "faults", &fault).await;
    post(
        &server,
        "faults",
        &json!({ "fault": "unavailable", "alternates": [evil(33)] }),
    )
    .await;
    control.clear_faults();
    post(&server, "faults", &fault).await;

    let browser = Browser::open(&server).await;
    let entries = get(&server, "traffic").await;
    for look in [WIDE, NARROW] {
        browser.look(look).await;
        browser.view("traffic").await;
        for entry in entries.as_array().unwrap() {
            let script = format!(
                "document.querySelector('.list').scrollTop = 0; location.hash = '#traffic'; return {};",
                entry["number"]
            );
            browser.client.execute(&script, Vec::new()).await.unwrap();
            let posinset = entries.as_array().unwrap().len()
                - usize::try_from(entry["number"].as_u64().unwrap()).unwrap()
                + 1;
            let click = format!(
                "const row = document.querySelector('[role=option][aria-posinset=\"{posinset}\"]'); row?.click(); return Boolean(row);"
            );
            browser.client.execute(&click, Vec::new()).await.unwrap();
            browser
                .until("document.querySelector('.detail:not([hidden])')")
                .await;
            clean(&browser).await;
            browser.press("Close").await;
        }
        for view in ["sessions", "world", "faults", "messages"] {
            browser.view(view).await;
            browser
                .until("document.querySelector('main').innerText.length > 40")
                .await;
            clean(&browser).await;
        }
        browser.view("world").await;
        for (part, wanted) in [
            ("Interactions", evil(7)),
            ("Interactions", evil(40)),
            ("Users", evil(1)),
            ("Callbacks", evil(14)),
            ("All tables", "configuration".to_owned()),
        ] {
            browser.press(part).await;
            // It is shown as it is, in a cell or in a choice.
            browser
                .until(&format!(
                    "document.querySelector('main').textContent.includes({})",
                    json!(wanted)
                ))
                .await;
            clean(&browser).await;
        }
        // What is told of an item, and of a mistake.
        control.put("configuration/skills", &evil(43), json!({}));
        browser.press("Users").await;
        browser.press("All tables").await;
        browser
            .until("document.querySelector('option[value=\"configuration/skills\"]')")
            .await;
        browser.select("Table", "configuration/skills").await;
        browser.press_in(&evil(43), "Remove").await;
        browser.told(&evil(43)).await;
        clean(&browser).await;
        browser.view("sessions").await;
        browser.fill("User", &evil(44)).await;
        browser.press("Open a session").await;
        browser.told(&evil(44)).await;
        clean(&browser).await;
        browser.view("world").await;
        browser.press("Interactions").await;
        browser.press_in(&evil(7), "Edit").await;
        browser
            .until("document.querySelector('dialog textarea')")
            .await;
        clean(&browser).await;
        browser.press("Cancel").await;
    }
    browser.close().await;
}

/// Nothing has become an element that was a text, and nothing has run.
pub async fn clean(browser: &Browser) {
    assert_eq!(browser.value("window.evil ?? null").await, Value::Null);
    let strange = "[...document.querySelectorAll('img, iframe, object, embed, script:not([type=module]), [onerror], [style*=url]')].map((one) => one.outerHTML)";
    assert_eq!(browser.value(strange).await, json!([]));
}
