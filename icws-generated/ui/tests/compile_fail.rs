//! What the compiler says of programs that must not compile.

#[test]
fn wrong_programs_get_messages_that_help() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/bindings/*.rs");
    cases.compile_fail("tests/client/*.rs");
}
