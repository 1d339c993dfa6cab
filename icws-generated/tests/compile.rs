//! What compiles, and what the compiler says of what does not.

#[test]
fn bindings() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    cases.compile_fail("tests/ui/fail/*.rs");
    // The compiler writes the paths of traits otherwise without the client.
    if cfg!(feature = "client") {
        cases.compile_fail("tests/ui/client/*.rs");
    }
}
