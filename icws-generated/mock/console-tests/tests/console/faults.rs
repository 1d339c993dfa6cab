//! Faults that are set by the page.

use icws_generated::client::{Client, ClientError, Credentials};
use icws_generated::connection::GetConnection;
use icws_mock::MockServer;
use serde_json::json;

use crate::browser::Browser;
use crate::control::get;

pub async fn a_fault_that_the_page_sets_is_met_by_a_client_and_told_in_the_traffic(
    browser: &Browser,
) {
    let server = MockServer::start().await.unwrap();
    let client = Client::builder()
        .plain_http()
        .host(server.address().to_string())
        .build()
        .unwrap();
    let session = client
        .connect(Credentials::password("agent", "secret"))
        .await
        .unwrap();
    browser.show(&server).await;
    browser.view("faults").await;
    browser.select("Fault", "answer").await;
    browser.fill("Status", "507").await;
    browser.fill("Text", "by the page").await;
    browser.fill("Operation", "connection.getConnection").await;
    browser.press("With the next request").await;
    browser.until("[...document.querySelectorAll('tbody tr')].some((row) => row.textContent.includes('507'))").await;
    let refused = session
        .call(GetConnection::builder().build())
        .await
        .unwrap_err();
    assert!(
        matches!(refused, ClientError::Api(_)) && refused.to_string().contains("by the page"),
        "{refused}"
    );
    // It was used up, and the page knows.
    browser
        .until("document.body.innerText.includes('Nothing will go wrong')")
        .await;

    browser.view("traffic").await;
    browser.select("Status", "fault").await;
    browser
        .until("document.querySelectorAll('[role=option]:not([hidden])').length === 1")
        .await;
    browser.choose("/connection").await;
    browser
        .until("document.querySelector('.meta').textContent.includes('fault: answer, status 507')")
        .await;
    browser
        .until("document.querySelector('.pane').textContent.includes('by the page')")
        .await;

    // At a rate, until it is switched off.
    browser.view("faults").await;
    browser.select("Fault", "dropMidAnswer").await;
    browser.press("At a rate").await;
    browser.press_in("dropMidAnswer", "Switch off").await;
    browser
        .until("document.body.innerText.includes('Nothing will go wrong')")
        .await;
    assert_eq!(get(&server, "faults").await["random"], json!(null));

    browser
        .fill(
            "Take out of the API: 410 from then on",
            "connection.getConnection",
        )
        .await;
    browser.press("Take out").await;
    browser
        .press_in("connection.getConnection", "Put back")
        .await;
    browser
        .until("document.body.innerText.includes('All operations are there')")
        .await;
    session.disconnect().await.unwrap();
}
