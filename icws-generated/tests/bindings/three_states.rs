//! Required and nullable in all four combinations, in a delta and outside.

icws_generated::bindings!(inline: r#"
    icws: 1
    namespace: p
    objects:
      plain:
        properties:
          a: { type: int, required: true }
          b: { type: int, required: true, nullable: true }
          c: { type: int }
          d: { type: int, nullable: true }
    messages:
      change:
        urn: urn:example:change
        delta: { flag: isDelta }
        properties:
          isDelta: { type: boolean, required: true }
          b: { type: plain, required: true, nullable: true }
          c: { type: plain }
"#);

use icws_generated::runtime::{Applied, Cache, Field, Record};
use p::{Change, Plain};

#[test]
fn required_and_nullable_are_told_apart() {
    let mut plain = Plain::new(1, None);
    plain.c = Some(2);
    plain.d = Field::Null;
    assert_eq!(plain.to_json(), r#"{"a":1,"b":null,"c":2,"d":null}"#);

    // Without a key all messages are about one thing.
    let mut cache = Cache::new();
    assert!(matches!(
        cache.apply(Change::new(false, Some(plain.clone().into()))),
        Ok(Applied::Replaced(_))
    ));
    let mut delta = Change::new(true, None);
    delta.c = Field::Value(plain.into());
    let Ok(Applied::Merged(state, _)) = cache.apply(delta) else {
        panic!()
    };
    assert!(state.b.is_none() && state.c.is_some());
}
