//! A consumer of what an older version had compiles under that pin.

icws_generated::bindings!(inline: r#"
    icws: 1
    namespace: interactions
    features: { interactions: {} }
    since: interactions 7
    objects:
      call:
        properties:
          id: { type: string, required: true }
          mood: { type: string, required: true, since: interactions 8 }
    resources:
      /icws/calls:
        GET: { name: calls, replies: { 200: { body: list call }, 404: { since: interactions 8 } } }
        POST: { name: call, since: interactions 8, rust_name: MakeCall, replies: { 201: {} } }
"#, features: { interactions: 7 });

use icws_generated::runtime::Request;

#[test]
fn what_an_older_version_had_compiles() {
    assert_eq!(interactions::Call::new("1").id, "1");
    assert_eq!(interactions::Calls::META.statuses, [200]);
}
