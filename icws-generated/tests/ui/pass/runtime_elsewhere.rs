//! The runtime can be reached by another path.

mod facade {
    pub use icws_generated::runtime as rt;
}

icws_macros::bindings!(inline: "icws: 1\nnamespace: a\nobjects: { b: { properties: {} } }", runtime: crate::facade::rt);

fn main() {
    assert_eq!(format!("{:?}", a::B::new()), "B");
}
