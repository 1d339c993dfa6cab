//! Lists the files of `model/`, to be carried by the library.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    // Without the feature nothing here depends on the model: a change of it then
    // compiles the bindings again, and not the generator.
    if env::var_os("CARGO_FEATURE_CARRIED").is_none() {
        return Ok(());
    }
    println!("cargo::rerun-if-changed=model");
    let variable = |name| env::var_os(name).map(PathBuf::from).unwrap_or_default();
    let model = variable("CARGO_MANIFEST_DIR").join("model");
    let mut files = Vec::new();
    list(&model, &mut files)?;
    files.sort();
    let mut code = String::from("&[\n");
    for file in files {
        let path = file.strip_prefix(&model).unwrap_or(&file);
        let path = path.to_string_lossy().replace('\\', "/");
        let file = file.to_string_lossy();
        writeln!(code, "    ({path:?}, include_str!({file:?})),").map_err(io::Error::other)?;
    }
    code.push_str("]\n");
    fs::write(variable("OUT_DIR").join("shipped.rs"), code)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            files.push(path);
        }
    }
    Ok(())
}
