icws_generated::bindings!(inline: r#"
    icws: 1
    namespace: a
    objects:
      b:
        properties:
          maxAttempts: { type: int }
          max_attempts: { type: int }
"#);

fn main() {}
