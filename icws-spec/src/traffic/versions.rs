//! Which servers the traffic is of.

use std::collections::BTreeSet;

use serde_json::Value;

use super::exchange::Exchange;

/// The versions that servers told.
#[derive(Debug, Clone, Default)]
pub(super) struct Versions(BTreeSet<String>);

/// So many are kept.
const MOST: usize = 8;

impl Versions {
    /// Looks for the version of the server in a response about the connection.
    pub fn see(&mut self, exchange: &Exchange) {
        let address = exchange.url.split(['?', '#']).next().unwrap_or_default();
        let address = address.trim_end_matches('/');
        let about = ["/connection", "/connection/version"];
        let is_about = about.iter().any(|end| address.ends_with(end));
        if !is_about || self.0.len() >= MOST {
            return;
        }
        if let Some(body) = exchange.response_body.json() {
            self.0.extend(version(body.get("version").unwrap_or(&body)));
        }
    }

    /// Returns the versions in words, if any was told.
    pub fn shown(&self) -> Option<String> {
        let all: Vec<&str> = self.0.iter().map(String::as_str).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }
}

/// A version as its server shows it, or by its numbers.
fn version(info: &Value) -> Option<String> {
    let text = |name: &str| {
        let text = info.get(name)?.as_str()?.trim();
        // It goes into a text of the model.
        let plain = |c: char| c.is_ascii_alphanumeric() || " .-_()".contains(c);
        (!text.is_empty() && text.len() <= 40 && text.chars().all(plain)).then_some(text)
    };
    if let Some(release) = text("productReleaseDisplayString") {
        return Some(match text("productPatchDisplayString") {
            Some(patch) => format!("{release} {patch}"),
            None => release.to_owned(),
        });
    }
    let (major, minor) = (text("majorVersion")?, text("minorVersion")?);
    Some(match text("su") {
        Some(update) => format!("{major}.{minor} SU {update}"),
        None => format!("{major}.{minor}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traffic::Body;

    #[test]
    fn servers_tell_their_version_where_it_is_asked_for() {
        let mut versions = Versions::default();
        let mut see = |url: &str, body: &str| {
            versions.see(&Exchange {
                url: url.to_owned(),
                response_body: Body::from(body),
                ..Exchange::default()
            });
            versions.shown()
        };
        let numbers = r#"{"majorVersion":"16","minorVersion":"3","su":"0"}"#;
        assert_eq!(see("/icws/1/users", numbers), None);
        assert_eq!(see("https://h/icws/connection", "<html>"), None);
        let told = see(
            "https://h/icws/connection?include=version",
            &format!(r#"{{"version":{numbers}}}"#),
        );
        assert_eq!(told.as_deref(), Some("16.3 SU 0"));
        let release =
            r#"{"productReleaseDisplayString":"2018 R3","productPatchDisplayString":"Patch 4"}"#;
        let told = see("/icws/connection/version/", release);
        assert_eq!(told.as_deref(), Some("16.3 SU 0, 2018 R3 Patch 4"));
        let odd = r#"{"productReleaseDisplayString":"x\n# TODO"}"#;
        assert_eq!(see("/icws/connection/version", odd), told);
    }
}
