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

/// Every file of the shipped model as (path below `model/`, text). The root is
/// the first, `icws.yaml`.
#[cfg(feature = "carried")]
pub const FILES: &[(&str, &str)] = &[
    ("icws.yaml", include_str!("../model/icws.yaml")),
    ("common.yaml", include_str!("../model/common.yaml")),
    (
        "configuration.yaml",
        include_str!("../model/configuration.yaml"),
    ),
    ("queues.yaml", include_str!("../model/queues.yaml")),
    (
        "connection/connect.yaml",
        include_str!("../model/connection/connect.yaml"),
    ),
    (
        "connection/server.yaml",
        include_str!("../model/connection/server.yaml"),
    ),
    (
        "connection/session.yaml",
        include_str!("../model/connection/session.yaml"),
    ),
    (
        "messaging/messages.yaml",
        include_str!("../model/messaging/messages.yaml"),
    ),
    (
        "interactions/interactions.yaml",
        include_str!("../model/interactions/interactions.yaml"),
    ),
    (
        "interactions/callback.yaml",
        include_str!("../model/interactions/callback.yaml"),
    ),
    (
        "interactions/callbacks.yaml",
        include_str!("../model/interactions/callbacks.yaml"),
    ),
];
