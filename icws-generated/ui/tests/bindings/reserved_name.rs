icws_generated::bindings!(inline: r#"
    icws: 1
    namespace: a
    resources:
      /icws/{build}:
        parameters: [{ name: build, in: path, type: string, required: true }]
        GET: { name: house, replies: { 200: {} } }
"#);

fn main() {}
