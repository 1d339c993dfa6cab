//! From the name of a host to the address of its server.

use std::borrow::Cow;

use super::config::ConfigError;
use crate::runtime::__private1::without_user;

/// What all hosts have in common.
#[derive(Debug, Clone)]
pub(super) enum Addresses {
    /// `https://HOST:8019/prefix`
    Parts {
        scheme: &'static str,
        port: u16,
        prefix: String,
    },
    /// An address with `{host}` in it, as proxies need one.
    Template(String),
}

const HOST: &str = "{host}";

impl Addresses {
    /// # Errors
    /// When the template has no place for the host.
    pub fn template(text: &str) -> Result<Self, ConfigError> {
        if text.contains(HOST) {
            Ok(Addresses::Template(text.to_owned()))
        } else {
            Err(ConfigError::new(format!(
                "the template `{}` has no `{HOST}`: without it there is no way to another host",
                without_user(text)
            )))
        }
    }

    /// Returns true if no address needs TLS.
    pub fn is_plain(&self) -> bool {
        match self {
            Addresses::Parts { scheme, .. } => *scheme == "http",
            Addresses::Template(text) => text.starts_with("http://"),
        }
    }

    /// The address up to where `/icws` follows. A host with a port of its own,
    /// `cic1:9019`, keeps it.
    pub fn base_url(&self, host: &str) -> String {
        match self {
            Addresses::Template(text) => text.replace(HOST, host),
            Addresses::Parts {
                scheme,
                port,
                prefix,
            } => match authority(host) {
                (host, true) => format!("{scheme}://{host}{prefix}"),
                (host, false) => format!("{scheme}://{host}:{port}{prefix}"),
            },
        }
    }
}

/// How long a name can be, with a port.
const LONGEST: usize = 262;

/// Returns true if a text can be a host, with a port perhaps; an address is none, nor
/// is what would be more than a host in a template.
pub(super) fn is_host(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.:[]".contains(c);
    text.len() <= LONGEST
        && text.contains(|c: char| c.is_ascii_alphanumeric() || c == ':')
        && !text.contains("..")
        && !text.starts_with(['.', '-'])
        && text.chars().all(fits)
}

/// The host as it stands in an address, and whether it has a port already.
fn authority(host: &str) -> (Cow<'_, str>, bool) {
    match host.rsplit_once(':') {
        // An IPv6 address without its brackets.
        Some((before, _)) if before.contains(':') && !host.starts_with('[') => {
            (Cow::Owned(format!("[{host}]")), false)
        }
        Some((_, port)) => (Cow::Borrowed(host), port.parse::<u16>().is_ok()),
        None => (Cow::Borrowed(host), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_become_addresses() {
        let parts = Addresses::Parts {
            scheme: "https",
            port: 8019,
            prefix: "/app".to_owned(),
        };
        for (host, url) in [
            ("cic1", "https://cic1:8019/app"),
            ("cic1:9019", "https://cic1:9019/app"),
            ("127.0.0.1", "https://127.0.0.1:8019/app"),
            ("::1", "https://[::1]:8019/app"),
            ("[::1]", "https://[::1]:8019/app"),
            ("[::1]:9019", "https://[::1]:9019/app"),
        ] {
            assert_eq!(parts.base_url(host), url);
        }
        for text in [
            "",
            "https://cic1",
            "cic1/app",
            "agent@cic1",
            "cic 1",
            "..",
            ".",
            "admin%2fx",
            "a&b",
            "[",
            "a..b",
        ] {
            assert!(!is_host(text), "{text}");
        }
        let proxy = Addresses::template("https://web.example/app/api/{host}").unwrap();
        assert_eq!(proxy.base_url("cic1"), "https://web.example/app/api/cic1");
        let error = Addresses::template("https://web.example").unwrap_err();
        assert!(error.to_string().contains("{host}"));
    }
}
