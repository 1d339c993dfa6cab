icws_generated::bindings!(inline: r#"
    icws: 1
    namespace: calls
    resources:
      /icws/{area}/{callId}:
        parameters:
          - { name: area, in: path, type: string, required: true }
          - { name: callId, in: path, type: string, required: true }
        GET: { name: call, replies: { 200: {} } }
"#);

fn main() {
    let _ = calls::Call::builder().area("a").build();
}
