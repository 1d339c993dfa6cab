//! The shipped model: the YAML files of `model/`, carried inside the package.

/// Every file of the shipped model as (path below `model/`, text). The root is
/// the first, `icws.yaml`.
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
