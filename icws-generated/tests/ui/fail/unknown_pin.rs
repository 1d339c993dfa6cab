icws_macros::bindings!(shipped, features: { interaction: 8 });

fn main() {}
