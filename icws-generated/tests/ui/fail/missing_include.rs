icws_macros::bindings!(inline: "{ icws: 1, include: [more.yaml] }");

fn main() {}
