icws_generated::bindings!(shipped, feature: { interactions: 8 });

fn main() {}
