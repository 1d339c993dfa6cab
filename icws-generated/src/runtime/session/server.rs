//! A server: where it is, and what it has.

use std::sync::Arc;

use http::Uri;

use super::credentials::SessionError;
use super::features::Features;

/// A server by its address, with its features if they are known.
///
/// ```
/// use icws_generated::runtime::Server;
///
/// let server = Server::new("https://web.example/app/api/cic1/")?;
/// assert_eq!(server.base_url(), "https://web.example/app/api/cic1");
/// # Ok::<(), icws_generated::runtime::SessionError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Server {
    base_url: Arc<str>,
    features: Option<Arc<Features>>,
}

impl Server {
    /// A server whose features are not known: nothing is refused for its
    /// version. The address goes up to where `/icws` follows.
    ///
    /// # Errors
    /// When the address is no HTTP URL.
    pub fn new(base_url: &str) -> Result<Server, SessionError> {
        Ok(Server {
            base_url: check(base_url)?.into(),
            features: None,
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

    /// The features, if known.
    pub fn features(&self) -> Option<&Features> {
        self.features.as_deref()
    }
}

fn check(text: &str) -> Result<&str, SessionError> {
    let refuse =
        |why: &str| SessionError(format!("`{text}` cannot be the address of a server: {why}"));
    let uri: Uri = text.parse().map_err(|_| refuse("it is not a URL"))?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err(refuse("it does not start with http:// or https://"));
    }
    // A user name in the address would be a secret in plain sight.
    if uri
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'))
    {
        return Err(refuse("it names a user"));
    }
    if text.contains(['?', '#']) {
        return Err(refuse("it has a query or fragment"));
    }
    Ok(text.trim_end_matches('/'))
}
