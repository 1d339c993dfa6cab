//! The users of the configuration.

use icws_generated::configuration::ConfigObjectSubscription;
use icws_generated::configuration::users::Subscribe;

use crate::site::{Site, keys, snapshot, update};

pub fn of(id: &str, users: &[&str]) -> Subscribe {
    let users: Vec<_> = users.iter().map(|user| (*user).to_owned()).collect();
    let properties = vec!["extension".to_owned(), "notes".to_owned()];
    let body = ConfigObjectSubscription::new(users, properties, "view");
    Subscribe::builder().subscription_id(id).body(body).build()
}

fn message(is_delta: bool, rest: &str) -> String {
    format!(
        r#"{{{rest},"subscriptionId":"team","isDelta":{is_delta},"__type":"urn:inin.com:configuration.people:usersMessage"}}"#
    )
}

#[tokio::test]
async fn users_join_change_lose_a_value_and_leave() {
    let site = Site::new().await;
    let mut watch = site.watch(of("team", &["ada", "bob"])).await;
    site.send(&message(
        false,
        r#""added":[{"configurationId":{"id":"ada","displayName":"Ada","uri":"/configuration/users/ada"},"extension":"8123","notes":"Sits at the window.","createdDate":"20260102T030405Z"},{"extension":"8124","configurationId":{"id":"bob"}}]"#,
    ));
    let state = snapshot(&mut watch).await;
    assert_eq!(state.items.len(), 2);

    site.send(&message(
        true,
        r#""changed":[{"configurationId":{"id":"ada"},"extension":null,"notes":"Moved."}],"removed":["bob"],"added":[{"configurationId":{"id":"cem"}}]"#,
    ));
    let (state, changes) = update(&mut watch).await;
    assert_eq!(keys(&changes.added), ["cem"]);
    assert_eq!(keys(&changes.changed), ["ada"]);
    assert_eq!(keys(&changes.removed), ["bob"]);
    let ada = state.items.get("ada").unwrap();
    assert!(ada.extension.value().is_none());
    assert_eq!(ada.notes.value().map(String::as_str), Some("Moved."));
    assert!(ada.created_date.value().is_some());
    assert!(!state.items.contains("bob") && state.items.contains("cem"));

    let store = watch.store();
    assert!(store.get("ada").is_some_and(|found| *found == *ada));
    assert!(store.get("bob").is_none());
}
