//! The whole API in one program: its tasks hold large messages and objects on the
//! stacks that tasks have by default, without optimizations.

use std::time::Duration;

use icws_generated::Message;
use icws_generated::client::{Change, Client, Credentials, Item, Messages, Session};
use icws_generated::configuration::default_user::DefaultUser;
use icws_generated::configuration::users::{Get, Update, User};
use icws_generated::configuration::{
    AccessRightsProperties, InheritableBooleanProperty, SecurityRightsProperties,
};
use icws_generated::runtime::{Field, Record};
use icws_mock::{Callback, MockServer};
use serde_json::{Map, Value, json};

/// An object of the configuration with all of its properties, each of which is an
/// object that is inherited.
fn rights<T: Record>() -> Value {
    let inherited = json!({"effectiveValue": null, "inheritedFrom": []});
    let properties = T::META.properties.iter();
    let properties = properties.map(|(name, _)| ((*name).to_owned(), inherited.clone()));
    Value::Object(properties.collect::<Map<_, _>>())
}

/// What a server sends of the default user.
fn default_user_message() -> String {
    let message = json!({
        "__type": "urn:inin.com:configuration.people:defaultUserMessage",
        "isDelta": false,
        "defaultUser": {
            "notes": "Everybody inherits from this user.",
            "createdDate": "20260102T030405Z",
            "accessRights": rights::<AccessRightsProperties>(),
            "securityRights": rights::<SecurityRightsProperties>(),
        },
    });
    message.to_string()
}

/// Reads the default user out of the session's messages.
async fn default_user(mut messages: Messages) -> DefaultUser {
    while let Some(item) = messages.next().await {
        if let Item::Message(Message::ConfigurationDefaultUserDefaultUserMessage(message)) = item {
            return message.default_user.into_whole().unwrap();
        }
    }
    panic!("the session has ended")
}

/// Reads a user, changes it and sends it back.
async fn change_user(session: Session) -> User {
    let get = Get::builder()
        .id("agent")
        .select([User::NOTES, User::ACCESS_RIGHTS]);
    let mut user = session.call(get.build()).await.unwrap();
    let mut rights = AccessRightsProperties::new();
    rights.can_edit_access_rights = Field::Value(InheritableBooleanProperty::new().into());
    user.notes = Field::Value("Sits at the window.".to_owned());
    user.access_rights = Field::Value(rights.into());
    let update = Update::builder().id("agent").body(user.clone());
    session.call(update.build()).await.unwrap();
    user
}

/// Watches a callback until it was tried three times.
async fn follow(session: Session, id: String) -> Option<i32> {
    let mut watch = session.watch_callback(id).await.unwrap();
    while let Some(change) = watch.next().await {
        let (Change::Snapshot(state) | Change::Update { state, .. }) = change else {
            continue;
        };
        if state.attempts >= Some(3) {
            return state.attempts;
        }
    }
    panic!("the session has ended")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_on_default_stacks_poll_watch_read_and_change() {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    let id = control.create_callback(Callback::new("+13175550142", "Invoice"));
    let client = Client::builder()
        .plain_http()
        .host(server.address().to_string())
        .poll_interval(Duration::from_millis(10))
        .build()
        .unwrap();
    let session = client
        .connect(Credentials::password("agent", "secret"))
        .await
        .unwrap();

    let reader = tokio::spawn(default_user(session.messages().unwrap()));
    let changer = tokio::spawn(change_user(session.clone()));
    let watcher = tokio::spawn(follow(session.clone(), id.clone()));
    for attempts in 1..=3 {
        control.change(&id, |callback| callback.attempts = Some(attempts));
        control.inject_raw(default_user_message());
    }

    let known = reader.await.unwrap();
    assert_eq!(
        known.notes.value().map(String::as_str),
        Some("Everybody inherits from this user.")
    );
    let rights = known.security_rights.value().unwrap();
    assert_eq!(
        serde_json::from_slice::<Value>(&rights.to_json()).unwrap(),
        self::rights::<SecurityRightsProperties>()
    );
    assert_eq!(watcher.await.unwrap(), Some(3));
    let user = changer.await.unwrap();
    let mut requests = control.requests().into_iter();
    let update =
        requests.find(|one| one.operation.as_deref() == Some("configuration.users.update"));
    assert_eq!(User::from_json(&update.unwrap().body).unwrap(), user);
    session.disconnect().await.unwrap();
}
