//! A server: where it is, and what it has.

use std::sync::Arc;

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};

use super::error::SessionError;
use super::features::Features;
use crate::shown::without_user;

/// A server by its address, with its features if they are known.
///
/// ```
/// use icws_runtime::Server;
///
/// let server = Server::new("https://web.example/app/api/cic1/")?;
/// assert_eq!(server.base_url(), "https://web.example/app/api/cic1");
/// # Ok::<(), icws_runtime::SessionError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Server {
    base_url: Arc<str>,
    /// Read once, so that only the path of a request has to be.
    scheme: Scheme,
    authority: Authority,
    features: Option<Arc<Features>>,
    any_version: bool,
}

impl Server {
    /// A server whose features are not known: nothing is refused for its
    /// version. The address goes up to where `/icws` follows.
    ///
    /// # Errors
    /// When the address is no HTTP URL.
    pub fn new(base_url: &str) -> Result<Server, SessionError> {
        let (base_url, scheme, authority) = check(base_url)?;
        Ok(Server {
            base_url: base_url.into(),
            scheme,
            authority,
            features: None,
            any_version: false,
        })
    }

    /// The same server with its features: requests for newer ones are refused
    /// before they are sent.
    #[must_use]
    pub fn with_features(mut self, features: Features) -> Self {
        self.features = Some(Arc::new(features));
        self
    }

    /// The address without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The path of a proxy that stands before `/icws`, mostly empty.
    pub(crate) fn prefix(&self) -> &str {
        let start = self.scheme.as_str().len() + "://".len() + self.authority.as_str().len();
        self.base_url.get(start..).unwrap_or_default()
    }

    /// The address of a path with its query; the prefix is part of it.
    pub(crate) fn address(&self, mut path: String) -> Result<Uri, http::Error> {
        // Bytes of just the right size are shared without another allocation.
        path.shrink_to_fit();
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(PathAndQuery::from_maybe_shared(Bytes::from(path))?);
        Ok(Uri::from_parts(parts)?)
    }

    /// The same server, of which nothing is refused for its version: the model may
    /// be wrong about a version, or the server about its features.
    #[must_use]
    pub fn allow_any_version(mut self) -> Self {
        self.any_version = true;
        self
    }

    /// The features that requests are held against.
    pub(crate) fn checked(&self) -> Option<&Features> {
        self.features().filter(|_| !self.any_version)
    }

    /// The features, if known.
    pub fn features(&self) -> Option<&Features> {
        self.features.as_deref()
    }
}

fn check(text: &str) -> Result<(&str, Scheme, Authority), SessionError> {
    // Neither a password that stands before it nor what a query says.
    let shown = without_user(text);
    let shown = shown.split(['?', '#']).next().unwrap_or_default();
    let refuse = |why: &str| {
        SessionError(format!(
            "`{shown}` cannot be the address of a server: {why}"
        ))
    };
    let uri: Uri = text.parse().map_err(|_| refuse("it is not a URL"))?;
    let parts = uri.into_parts();
    let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
        return Err(refuse("it does not start with http:// or https://"));
    };
    if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
        return Err(refuse("it does not start with http:// or https://"));
    }
    // A user name in the address would be a secret in plain sight.
    if authority.as_str().contains('@') {
        return Err(refuse("it names a user"));
    }
    if text.contains(['?', '#']) {
        return Err(refuse("it has a query or fragment"));
    }
    Ok((text.trim_end_matches('/'), scheme, authority))
}
