//! The runtime can be reached by another path.

mod facade {
    pub use icws_generated::runtime as icws;
}

icws_generated::bindings!(inline: "icws: 1\nnamespace: a\nobjects: { b: { properties: {} } }", crate: crate::facade::icws);

fn main() {
    assert_eq!(format!("{:?}", a::B::new()), "B");
}
