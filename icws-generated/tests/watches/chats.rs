//! Chats, whose state is their members and their texts; and one interaction, whose
//! messages are a state and events.

use icws_generated::Message;
use icws_generated::client::{Change, End};
use icws_generated::interactions::chat::{ChatMemberType, Subscribe};
use icws_generated::interactions::{InteractionSubscription, Subscribe as SubscribeInteraction};

use crate::site::{Site, next, snapshot, update};

fn member(interaction: &str, user: &str, rest: &str) -> String {
    format!(
        r#"{{"interactionId":"{interaction}","userId":"{user}","displayName":"{user}","chatMemberType":3{rest}}}"#
    )
}

fn full(interaction: &str, user: &str, is_typing: bool) -> String {
    let rest = format!(
        r#","isTyping":{is_typing},"__type":"urn:inin.com:interactions.chat:fullChatMember""#
    );
    member(interaction, user, &rest)
}

fn members(is_delta: bool, added: &str, changed: &str, removed: &str) -> String {
    format!(
        r#"{{"__type":"urn:inin.com:interactions.chat:chatMembersMessage","interactionId":"2001","membersAdded":[{added}],"membersChanged":[{changed}],"membersRemoved":[{removed}],"isDelta":{is_delta}}}"#
    )
}

fn texts(is_delta: bool, texts: &[&str]) -> String {
    let texts = texts.iter().map(|text| {
        let member = member("2002", "ada", "");
        format!(
            r#"{{"timestamp":"20261126T120000Z","text":"{text}","chatMember":{member},"messageType":0}}"#
        )
    });
    let texts: Vec<_> = texts.collect();
    format!(
        r#"{{"isDelta":{is_delta},"messagesAdded":[{}],"interactionId":"2001","__type":"urn:inin.com:interactions.chat:chatContentsMessage"}}"#,
        texts.join(",")
    )
}

#[tokio::test]
async fn a_chat_is_known_when_its_members_and_its_texts_are() {
    let site = Site::new().await;
    let chat = Subscribe::builder().interaction_id("2001").build();
    let mut watch = site.watch(chat).await;
    site.send(&members(false, &full("2002", "ada", false), "", ""));
    // Nothing to be added to is known of the texts yet.
    site.send(&texts(true, &["lost"]));
    site.send(&texts(false, &["Hello.", "Anybody there?"]));
    let state = snapshot(&mut watch).await;
    let (known, contents) = &*state;
    assert_eq!(known.items.len(), 1);
    let said: Vec<_> = contents
        .messages_added
        .iter()
        .map(|one| &*one.text)
        .collect();
    assert_eq!(said, ["Hello.", "Anybody there?"]);

    site.send(&texts(true, &["Yes."]));
    let (state, _) = update(&mut watch).await;
    assert_eq!(state.1.messages_added.len(), 3);
    assert_eq!(state.1.messages_added[2].text, "Yes.");

    site.send(&members(
        true,
        &full("2003", "bob", true),
        &full("2002", "ada", true),
        "",
    ));
    let (state, changes) = update(&mut watch).await;
    assert_eq!((changes.added.len(), changes.changed.len()), (1, 1));
    let ada = state.0.items.get(&("2002", "ada")).unwrap();
    assert!(ada.is_typing);
    assert_eq!(ada.chat_member_type, ChatMemberType::Internal);

    site.send(&members(true, "", "", &full("2002", "ada", false)));
    let (state, changes) = update(&mut watch).await;
    assert_eq!(changes.removed.len(), 1);
    assert!(!state.0.items.contains(&("2002", "ada")));
    assert!(state.0.items.contains(&("2003", "bob")));
    assert_eq!(state.1.messages_added.len(), 3);
}

#[tokio::test]
async fn an_interaction_has_attributes_and_events() {
    let site = Site::living().await;
    site.control.create_interaction("2001");
    site.control
        .set_attributes("2001", &[("Eic_State", "A"), ("Eic_RemoteName", "Ada")]);
    let body =
        InteractionSubscription::new(vec!["eic_state".to_owned(), "Eic_RemoteName".to_owned()]);
    let subscribe = SubscribeInteraction::builder()
        .interaction_id("2001")
        .body(body);
    let mut watch = site.watch(subscribe.build()).await;
    // This area the server knows.
    let state = snapshot(&mut watch).await;
    let attribute =
        |state: &<SubscribeInteraction as icws_generated::runtime::Subscription>::State,
         name: &str| { state.attributes.get(name).cloned() };
    assert_eq!(attribute(&state, "Eic_State").as_deref(), Some("A"));
    site.control.set_attributes("2001", &[("Eic_State", "H")]);
    let (state, changes) = update(&mut watch).await;
    assert_eq!(changes.properties, ["attributes"]);
    assert_eq!(attribute(&state, "Eic_State").as_deref(), Some("H"));
    assert_eq!(attribute(&state, "Eic_RemoteName").as_deref(), Some("Ada"));

    // Of another interaction, and of this one.
    for id in ["2002", "2001"] {
        site.send(&format!(
            r#"{{"isDelta":false,"interactionID":"{id}","newInteractionID":"{id}7","__type":"urn:inin.com:interactions:interactionMorphedMessage"}}"#
        ));
    }
    let Change::Event(Message::InteractionsInteractionMorphedMessage(morphed)) =
        next(&mut watch).await
    else {
        panic!("the interaction has become another");
    };
    assert_eq!(morphed.new_interaction_id, "20017");
    let ended = next(&mut watch).await;
    assert!(matches!(ended, Change::Ended(End::Gone)), "{ended:?}");
    assert!(watch.next().await.is_none());
    assert!(watch.state().is_some_and(|now| now == state));
    site.until(STOP, 1).await;
}

const START: &str = "interactions.subscribe";
const STOP: &str = "interactions.unsubscribe";

#[tokio::test]
async fn what_is_gone_is_not_watched_any_more() {
    let site = Site::living().await;
    let gone: [fn(&Site); 2] = [
        |site| assert!(site.control.deallocate("2001")),
        |site| {
            site.send(r#"{"isDelta":false,"interactionID":"2001","__type":"urn:inin.com:interactions:interactionLostRightsMessage"}"#);
        },
    ];
    for (number, gone) in [1, 2].into_iter().zip(gone) {
        site.control.create_interaction("2001");
        let mut watch = site.watch(attributes("2001")).await;
        let mut other = site.watch(attributes("2001")).await;
        snapshot(&mut watch).await;
        gone(&site);
        for watch in [&mut watch, &mut other] {
            while !matches!(next(watch).await, Change::Event(_)) {}
            assert!(matches!(next(watch).await, Change::Ended(End::Gone)));
            assert!(!watch.is_current());
        }
        assert_eq!(watch.store().end(), Some(End::Gone));
        assert_eq!(
            watch.store().wait_until_current().await.err(),
            Some(End::Gone)
        );
        site.until_sent(STOP, 2 * number - 1).await;
        // Nothing has to be ended again.
        watch.stop().await.unwrap();
        // A loss does not bring it back.
        site.control.create_interaction("2002");
        site.control.expire_sessions();
        let other = site.watch(attributes("2002")).await;
        assert_eq!(site.count(START), 2 * number);
        other.stop().await.unwrap();
        assert_eq!(site.sent(STOP), 2 * number);
    }
}

fn attributes(id: &str) -> SubscribeInteraction {
    let body = InteractionSubscription::new(vec!["Eic_State".to_owned()]);
    SubscribeInteraction::builder()
        .interaction_id(id)
        .body(body)
        .build()
}
