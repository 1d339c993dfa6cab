//! Feature versions: `interactions 8`, inherited from the item around.

use crate::api::Since;
use crate::diagnostic::Diagnostic;
use crate::place::{FileId, Place};
use crate::rules;
use crate::spelling::did_you_mean;
use crate::syntax::Node;

use super::scope::Scope;

/// The version of an item: its own `since`, or its parent's. One that is older
/// than the parent's is reported, and the parent's holds.
pub(super) fn resolve(
    node: &Node,
    file: FileId,
    parent: Option<&Since>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Since> {
    let Some(own) = node.get("since") else {
        return parent.cloned();
    };
    let place = file.at(own.id);
    let Some(since) = parse(own.as_str().unwrap_or_default(), place, scope, diagnostics) else {
        return parent.cloned();
    };
    if let Some(parent) = parent
        && parent.feature == since.feature
        && since.version.is_some()
        && parent.version > since.version
    {
        diagnostics.push(
            Diagnostic::new(
                &rules::SINCE_OLDER_THAN_PARENT,
                place,
                format!("`{since}` is older than `{parent}`, the version of what it belongs to"),
            )
            .help(format!(
                "leave `since` out to inherit `{parent}`, or correct one of the two"
            )),
        );
        return Some(parent.clone());
    }
    Some(since)
}

fn parse(
    text: &str,
    place: Place,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Since> {
    let parsed = match text.trim().split_once(' ') {
        Some((feature, version)) => {
            let version = version.trim().parse().ok().filter(|v| *v > 0);
            version.map(|version| (feature, Some(version)))
        }
        None => (!text.trim().is_empty()).then_some((text.trim(), None)),
    };
    let parsed = parsed.map(|(feature, version)| Since {
        feature: feature.to_owned(),
        version,
    });
    let Some(since) = parsed else {
        diagnostics.push(
            Diagnostic::new(
                &rules::INVALID_VALUE,
                place,
                format!("`{text}` is not a feature version"),
            )
            .help("write the feature and its version from 1, `since: interactions 8`, or the feature alone when its version is not known"),
        );
        return None;
    };
    if !scope.has_feature(&since.feature) {
        diagnostics.push(
            Diagnostic::new(
                &rules::UNKNOWN_REFERENCE,
                place,
                format!("there is no feature `{}`", since.feature),
            )
            .help(
                did_you_mean(&since.feature, scope.feature_names()).unwrap_or_else(|| {
                    format!(
                        "declare it: `features: {{ {}: {{ doc: … }} }}`",
                        since.feature
                    )
                }),
            ),
        );
        return None;
    }
    Some(since)
}
