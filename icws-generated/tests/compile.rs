//! What compiles, and what the compiler says of what does not.

#[test]
fn bindings() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    // The compiler lists what would do, which other features change.
    if cfg!(all(feature = "client", feature = "full")) {
        cases.compile_fail("tests/ui/fail/*.rs");
        cases.compile_fail("tests/ui/client/*.rs");
    }
}
