//! A model in place.

icws_generated::bindings!(inline: r#"
    icws: 1
    namespace: system
    messages:
      pingMessage:
        urn: urn:example:pingMessage
        properties: { count: { type: int, required: true } }
"#);

use icws_generated::runtime::Union;

#[test]
fn a_model_in_place_is_read() {
    let message = Message::from_json(br#"{"count":3,"__type":"urn:example:pingMessage"}"#).unwrap();
    assert_eq!(message, Message::from(system::PingMessage::new(3)));
    assert_eq!(message.type_urn(), Some("urn:example:pingMessage"));
}
