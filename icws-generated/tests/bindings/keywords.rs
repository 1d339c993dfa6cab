//! Names on the wire that are keywords in Rust.

icws_generated::bindings!(inline: r#"
    icws: 1
    namespace: type.match
    objects:
      move:
        properties:
          type: { type: string, required: true }
          async: { type: boolean, required: true }
          gen: { type: int }
    resources:
      /icws/{in}:
        parameters: [{ name: in, in: path, type: string, required: true }]
        GET: { name: await, replies: { 200: { body: move } } }
"#);

#[test]
fn names_may_be_keywords() {
    let value = r#type::r#match::Move::new("t", true);
    assert_eq!(value.r#type, "t");
    let request = r#type::r#match::Await::builder().r#in("x").build();
    assert_eq!(request.r#in, "x");
}
