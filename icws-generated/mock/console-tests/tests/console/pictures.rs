//! The pictures of the README.

use std::path::Path;

use icws_mock::Scenario;

use crate::access::busy;
use crate::browser::{Browser, Look, NARROW, WIDE};

const README: &str = include_str!("../../../README.md");

#[tokio::test]
async fn the_pictures_of_the_readme_are_there_and_are_written_anew_when_asked() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let pictures = [
        "traffic.png",
        "world.png",
        "reference-dark.png",
        "narrow.png",
    ];
    for picture in pictures {
        assert!(
            README.contains(&format!("docs/{picture}")),
            "the README does not show {picture}"
        );
    }
    if std::env::var_os("UPDATE_EXPECT").is_none() {
        for picture in pictures {
            assert!(
                folder.join(picture).exists(),
                "{picture} is not there: UPDATE_EXPECT=1 writes it"
            );
        }
        return;
    }
    std::fs::create_dir_all(&folder).unwrap();
    let scenario = Scenario::contact_center().unwrap();
    let server = busy(Some(scenario)).await;
    let browser = Browser::open(&server).await;
    let low = Look {
        height: 640,
        ..WIDE
    };
    let take = async |name: &str| {
        let picture = browser.client.screenshot().await.unwrap();
        std::fs::write(folder.join(name), picture).unwrap();
    };
    browser.look(low).await;
    browser.choose("/status/user-statuses/agent01").await;
    browser.until("document.querySelector('.differs')").await;
    take("traffic.png").await;
    browser.press("Close").await;
    browser.view("world").await;
    browser
        .until("document.querySelectorAll('tbody tr').length > 10")
        .await;
    take("world.png").await;
    browser
        .look(Look {
            scheme: "dark",
            ..low
        })
        .await;
    browser.view("reference").await;
    browser.fill("Search", "queues").await;
    browser.choose("queues.subscribe").await;
    browser
        .until("document.querySelector('.content table')")
        .await;
    take("reference-dark.png").await;
    browser.look(NARROW).await;
    browser.view("traffic").await;
    browser
        .until("document.querySelectorAll('[role=option]').length > 5")
        .await;
    take("narrow.png").await;
    browser.close().await;
}
