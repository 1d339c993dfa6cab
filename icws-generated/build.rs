//! Calls `bindings!` for the namespaces whose features are on. A macro cannot
//! read the features of the crate that it is called in, and those of its own
//! would be the sum of what all crates of a build ask for.

use std::path::PathBuf;
use std::{env, fs, io};

/// The features, each with its namespace; `icws-spec/tests/features.rs` writes them.
const NAMESPACES: &[(&str, &str)] = &[
    // Written by the tests.
    ("activations", "activations"),
    ("agent-quality", "agentQuality"),
    ("alerts", "alerts"),
    ("configuration", "configuration"),
    ("connection", "connection"),
    ("data-dictionary", "dataDictionary"),
    ("data-extractor", "dataExtractor"),
    ("dialer", "dialer"),
    ("directories", "directories"),
    ("interactions", "interactions"),
    ("ipa", "ipa"),
    ("licenses", "licenses"),
    ("messaging", "messaging"),
    ("phone-numbers", "phoneNumbers"),
    ("queues", "queues"),
    ("recordings", "recordings"),
    ("response-management", "responseManagement"),
    ("screen-recordings", "screenRecordings"),
    ("security", "security"),
    ("session", "session"),
    ("statistics", "statistics"),
    ("status", "status"),
    ("system", "system"),
    ("unified-messaging", "unifiedMessaging"),
    ("voice-prompts", "voicePrompts"),
    ("wfm", "wfm"),
    // End of what the tests write.
];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let is_on = |feature: &str| {
        let variable = feature.to_uppercase().replace('-', "_");
        env::var_os(format!("CARGO_FEATURE_{variable}")).is_some()
    };
    // All of the model has what no operation needs, too.
    let only = if is_on("full") {
        String::new()
    } else {
        let on = NAMESPACES.iter().filter(|(feature, _)| is_on(feature));
        let names: Vec<String> = on.map(|(_, name)| format!("{name:?}")).collect();
        format!(" only: [{}],", names.join(", "))
    };
    let features = NAMESPACES.iter();
    let features = features.map(|(feature, name)| format!("        {name}: {feature:?},\n"));
    let features: String = features.collect();
    // Errors of the compiler show the first lines.
    let code = format!(
        "icws_runtime::bindings! {{\n    shipped,{only} tests: true,\n    cargo_features: {{\n{features}    }}\n}}\n"
    );
    let folder = env::var_os("OUT_DIR").map(PathBuf::from);
    let folder = folder.ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    fs::write(folder.join("bindings.rs"), code)
}
