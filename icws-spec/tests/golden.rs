//! A small expansion, kept in a file that icws-generated compiles and runs.
//! `UPDATE_EXPECT=1` writes it anew.

use std::fs;
use std::path::Path;

use icws_spec::ModelSource;
use icws_spec::codegen::{Options, generate};

#[test]
fn the_expansion_is_the_one_that_was_looked_at() {
    let model = crate::sound(ModelSource::Path(Path::new("tests/golden/house.yaml")));
    let mut options = Options::default();
    options.tests = true;
    let file = syn::parse2(generate(&model, &options)).unwrap();
    let code = format!("// @generated\n\n{}", prettyplease::unparse(&file));
    let golden = Path::new("tests/golden/house.rs");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(golden, &code).unwrap();
    }
    assert!(
        code == fs::read_to_string(golden).unwrap(),
        "UPDATE_EXPECT=1 writes\n{code}"
    );
}

#[test]
fn the_same_model_gives_the_same_text() {
    let code = || generate(crate::shipped(), &Options::default()).to_string();
    assert_eq!(code(), code());
}
