//! The server that requests are forwarded to.

use std::str::FromStr;

use http::Uri;
use http::uri::{Authority, Scheme};

/// The address of a server, perhaps with the path of a proxy before it.
#[derive(Debug, Clone)]
pub struct Upstream {
    scheme: Scheme,
    authority: Authority,
    /// Without a slash at its end; empty when there is none.
    prefix: String,
}

/// What an address must be.
pub const EXPECTED: &str = "an address such as https://cic1.example:8019";

impl FromStr for Upstream {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let uri: Uri = text.parse().map_err(|_| ())?;
        let scheme = uri.scheme().filter(|scheme| {
            let known = [Scheme::HTTP, Scheme::HTTPS];
            known.contains(scheme)
        });
        let authority = uri.authority().filter(|authority| {
            let text = authority.as_str();
            !text.contains('@') && !authority.host().is_empty()
        });
        match (scheme, authority, uri.query()) {
            (Some(scheme), Some(authority), None) => Ok(Upstream {
                scheme: scheme.clone(),
                authority: authority.clone(),
                prefix: uri.path().trim_end_matches('/').to_owned(),
            }),
            _ => Err(()),
        }
    }
}

impl Upstream {
    /// The host with its port.
    pub fn host(&self) -> &str {
        self.authority.as_str()
    }

    /// The address with a place for the host.
    pub fn template(&self) -> String {
        format!("{}://{{host}}{}", self.scheme, self.prefix)
    }

    /// Whether what is sent there is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    /// Where a request goes; `None` of what has no path, such as `OPTIONS *`.
    pub fn address(&self, request: &Uri) -> Option<Uri> {
        let path = request.path_and_query()?.as_str();
        if !path.starts_with('/') {
            return None;
        }
        let builder = Uri::builder().scheme(self.scheme.clone());
        let builder = builder.authority(self.authority.clone());
        builder
            .path_and_query(format!("{}{path}", self.prefix))
            .build()
            .ok()
    }

    /// The path behind the prefix; `None` when it is not below the prefix.
    pub fn own_path<'p>(&self, path: &'p str) -> Option<&'p str> {
        match path.strip_prefix(self.prefix.as_str())? {
            "" => Some("/"),
            rest if rest.starts_with('/') => Some(rest),
            _ => None,
        }
    }

    /// The path behind the prefix of an address on this server.
    pub fn own_address<'a>(&self, address: &'a str) -> Option<&'a str> {
        let Some((scheme, rest)) = address.split_once("://") else {
            return self.own_path(address);
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end)?;
        let is_here = scheme.eq_ignore_ascii_case(self.scheme.as_str())
            && authority.eq_ignore_ascii_case(self.authority.as_str());
        is_here.then(|| self.own_path(path)).flatten()
    }
}

impl std::fmt::Display for Upstream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme_and_a_host_and_no_secrets() {
        for text in ["https://cic1:8019", "http://[::1]/app/", "https://cic1"] {
            assert!(text.parse::<Upstream>().is_ok(), "{text}");
        }
        for text in [
            "",
            "cic1",
            "cic1:8019",
            "ftp://cic1",
            "https://u:p@cic1",
            "https://cic1/?a=1",
            "https:///x",
        ] {
            assert!(text.parse::<Upstream>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_request_goes_below_the_prefix() {
        let upstream: Upstream = "https://cic1:8019/app/".parse().unwrap();
        let address = |text: &str| upstream.address(&text.parse().unwrap());
        let expected = "https://cic1:8019/app/icws/1?a=1";
        assert_eq!(address("/icws/1?a=1").unwrap(), expected);
        // As clients write it that take this for a proxy of their own.
        assert_eq!(address("http://other/icws/1?a=1").unwrap(), expected);
        assert_eq!(address("*"), None);
    }
}
