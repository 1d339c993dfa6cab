//! The shipped model: the YAML files of `model/`.
//!
//! With the feature `carried` they are part of the library, for a command that
//! is installed without its sources. Otherwise they are read where the library
//! was built from: the macro does so, and a change of the model then compiles
//! neither the generator nor the runtime again, but the bindings alone.

/// The folder of the model where this library was built.
pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/model");

#[cfg(not(feature = "carried"))]
pub(crate) fn read(path: &str) -> std::io::Result<Vec<u8>> {
    std::fs::read(std::path::Path::new(FOLDER).join(path))
}

#[cfg(feature = "carried")]
pub(crate) fn read(path: &str) -> std::io::Result<Vec<u8>> {
    let found = FILES.iter().find(|(file, _)| *file == path);
    let (_, text) =
        found.ok_or_else(|| std::io::Error::other("it is not part of the shipped model"))?;
    Ok(text.as_bytes().to_vec())
}

/// Every file of the shipped model as (path below `model/`, text), by their
/// paths. The root is `icws.yaml`.
#[cfg(feature = "carried")]
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));
