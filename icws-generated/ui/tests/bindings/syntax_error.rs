icws_generated::bindings!(inline: r#"
    icws: 1
    objects: { b: { properties: {}
"#);

fn main() {}
