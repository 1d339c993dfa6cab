//! Programs over the models that come of a page and its next versions; `tests/workflow.rs`
//! of `icws-spec` makes the models of the pages. They still compile and run, or do not
//! compile, and then the compiler says where.

mod version_8 {
    include!("workflow/8/main.rs");

    #[test]
    fn the_program_runs() {
        main();
    }
}

mod version_9 {
    include!("workflow/9/main.rs");

    #[test]
    fn the_program_goes_on_with_the_next_version() {
        main();
    }
}

#[test]
fn a_program_does_not_compile_when_what_it_reads_is_gone() {
    trybuild::TestCases::new().compile_fail("tests/workflow/10/main.rs");
}
