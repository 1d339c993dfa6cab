//! The statuses of users.

use icws_generated::status::{SubscribeUserStatuses, UserStatusSubscription};

use crate::site::{Site, keys, snapshot, update};

pub const PUT: &str = "status.subscribeUserStatuses";

pub fn of(users: &[&str]) -> SubscribeUserStatuses {
    let users: Vec<_> = users.iter().map(|user| (*user).to_owned()).collect();
    let body = UserStatusSubscription::new(users);
    SubscribeUserStatuses::builder().body(body).build()
}

pub fn message(is_delta: bool, statuses: &str) -> String {
    format!(
        r#"{{"isDelta":{is_delta},"__type":"urn:inin.com:status:userStatusMessage","userStatusList":[{statuses}]}}"#
    )
}

#[tokio::test]
async fn a_status_keeps_what_a_delta_leaves_out_and_null_takes_away() {
    let site = Site::new().await;
    let mut watch = site.watch(of(&["ada", "bob"])).await;
    site.send(&message(
        false,
        r#"{"statusId":"Lunch","userId":"ada","notes":"Back at one.","until":{"untilDateTime":"20261126T130000Z","hasDate":false,"hasTime":true},"statusChanged":"20261126T120000Z","loggedIn":true},{"userId":"bob","statusId":"Available","stations":["desk7"]}"#,
    ));
    let state = snapshot(&mut watch).await;
    assert_eq!(state.items.len(), 2);
    let ada = state.items.get("ada").unwrap();
    let until = ada.until.value().unwrap();
    let one = "2026-11-26T13:00:00.000Z".parse().unwrap();
    assert_eq!(until.until_date_time, one);

    site.send(&message(
        true,
        r#"{"userId":"ada","statusId":"Available","until":null,"onPhone":true}"#,
    ));
    let (state, changes) = update(&mut watch).await;
    assert_eq!(keys(&changes.changed), ["ada"]);
    let ada = state.items.get("ada").unwrap();
    assert_eq!(ada.status_id, "Available");
    assert!(ada.until.is_null());
    assert_eq!(ada.notes.as_deref(), Some("Back at one."));
    assert_eq!((ada.logged_in, ada.on_phone), (Some(true), Some(true)));
    let bob = state.items.get("bob").unwrap();
    assert_eq!(bob.stations.as_deref(), Some(&["desk7".to_owned()][..]));
}
