//! The runtime can be reached by another path.

mod facade {
    pub use icws_generated::runtime as icws;
}

icws_generated::bindings!(inline: "icws: 1\nnamespace: a\nobjects: { b: { properties: {} } }", crate: crate::runtime_elsewhere::facade::icws);

#[test]
fn the_runtime_can_be_reached_by_another_path() {
    assert_eq!(format!("{:?}", a::B::new()), "B");
}
