//! The shipped model: the YAML files of `model/`, carried inside the package.

/// Every file of the shipped model as (path below `model/`, text). The root is
/// the first, `icws.yaml`.
pub const FILES: &[(&str, &str)] = &[
    ("icws.yaml", include_str!("../model/icws.yaml")),
    ("common.yaml", include_str!("../model/common.yaml")),
    (
        "messaging/messages.yaml",
        include_str!("../model/messaging/messages.yaml"),
    ),
    (
        "interactions/callback.yaml",
        include_str!("../model/interactions/callback.yaml"),
    ),
];
