icws_generated::bindings!(inline: "{ icws: 1, include: [more.yaml] }");

fn main() {}
