icws_macros::bindings!(shipped, feature: { interactions: 8 });

fn main() {}
