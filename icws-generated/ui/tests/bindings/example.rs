icws_generated::bindings!(inline: r#"
    icws: 1
    namespace: a
    messages:
      b:
        urn: urn:example:b
        properties: { c: { type: int, required: true } }
        examples:
          one: { value: { __type: urn:example:b, c: three } }
"#);

fn main() {}
