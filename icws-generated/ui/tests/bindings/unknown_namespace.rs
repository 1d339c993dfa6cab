icws_generated::bindings!(
    inline: r#"
        icws: 1
        namespace: desk.lamps
        messages: { litMessage: { urn: "urn:e:lit", properties: {} } }
    "#,
    only: [deks, desk.lamp, "lamps", chair, desk],
);

fn main() {}
