icws_generated::bindings!(inline: r#"
    icws: 1
    namespace: a
    resources:
      /icws/{houseId}:
        parameters: [{ name: hausId, in: path, type: string, required: true }]
        GET: { name: house, replies: { 200: {} } }
"#);

fn main() {}
