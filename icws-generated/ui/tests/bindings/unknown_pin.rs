icws_generated::bindings!(shipped, features: { interaction: 8 });

fn main() {}
