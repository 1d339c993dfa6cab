icws_generated::bindings!(inline: r#"
    icws: 1
    namespace: a
    objects:
      b:
        properties:
          c: { type: string, requird: true }
"#);

fn main() {}
