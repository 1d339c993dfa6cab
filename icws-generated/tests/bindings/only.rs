//! Some namespaces of a model: with what they need, and without warnings.

#![deny(warnings)]

mod messages {
    icws_generated::bindings!(shipped, only: [messaging]);
}

mod callbacks {
    icws_generated::bindings!(shipped, only: ["interactions.callback"], features: { interactions: 8 });
}

mod nothing {
    icws_generated::bindings!(shipped, only: []);
}

mod own {
    icws_generated::bindings!(
        inline: r#"
            icws: 1
            namespace: type.match
            objects: { room: { properties: { name: { type: string } } }, idle: { properties: {} } }
            resources:
              /icws/rooms: { GET: { name: list, replies: { 200: { body: list room } } } }
        "#,
        only: [type.r#match],
    );
}

use icws_generated::runtime::Union;

#[test]
fn some_namespaces_stand_by_themselves() {
    let poll = messages::ROUTES
        .iter()
        .find(|route| route.meta.id == "messaging.poll");
    assert!(poll.is_some());
    let callback = callbacks::interactions::callback::CallbackMessage::new(true, "1", "+1", "why");
    assert_eq!(callback.interaction_id, "1");
    assert_eq!(
        (
            nothing::ROUTES.len(),
            <nothing::Message as Union>::URNS.len()
        ),
        (0, 0)
    );
    own::r#type::r#match::List::builder().build();
    own::r#type::r#match::Room::new();
}
