//! The session that requests are made for.

use std::fmt;
use std::sync::Arc;

use http::header::{ACCEPT, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::error::SessionError;
use super::features::Features;
use super::server::Server;
use crate::shown::without_user;
use crate::wire;

/// What a session is made of; the first response of the server brings all but
/// the address.
#[derive(Clone, Copy)]
pub struct SessionParts<'a> {
    /// The address of the server, up to where `/icws` follows:
    /// `https://cic.example:8019`, or with the path of a proxy before it.
    pub base_url: &'a str,
    /// The session's id.
    pub session_id: &'a str,
    /// The CSRF token.
    pub csrf_token: &'a str,
    /// The session cookie: `icws_1731001=…`, or the whole `Set-Cookie` line.
    pub cookie: &'a str,
}

impl fmt::Debug for SessionParts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionParts")
            .field("base_url", &without_user(self.base_url))
            .field("session_id", &self.session_id)
            .finish_non_exhaustive()
    }
}

/// A session: requests take its id, its secrets and its server's features from
/// it. `Debug` shows none of the secrets.
///
/// ```
/// use icws_runtime::{ApiSession, SessionParts};
///
/// let session = ApiSession::new(SessionParts {
///     base_url: "https://cic.example:8019",
///     session_id: "1731001",
///     csrf_token: "WAVpbml",
///     cookie: "icws_1731001=5f5dd5a4|languageId=en-us; Path=/icws/1731001; HttpOnly",
/// })?;
/// assert_eq!(session.id(), "1731001");
/// # Ok::<(), icws_runtime::SessionError>(())
/// ```
#[derive(Clone)]
pub struct ApiSession {
    server: Server,
    id: Arc<str>,
    csrf_token: HeaderValue,
    cookie: HeaderValue,
    headers: Arc<HeaderMap>,
}

impl ApiSession {
    /// A session of a server whose features are not known: nothing is refused
    /// for its version.
    ///
    /// # Errors
    /// When the address is no HTTP URL, or a part cannot travel where it has to.
    pub fn new(parts: SessionParts<'_>) -> Result<ApiSession, SessionError> {
        if parts.session_id.is_empty() {
            return Err(SessionError("the session id is empty".to_owned()));
        }
        let csrf_token = secret(parts.csrf_token, "CSRF token")?;
        let cookie = secret(session_cookie(parts.cookie), "cookie")?;
        let mut headers = HeaderMap::with_capacity(3);
        headers.insert(ACCEPT, HeaderValue::from_static(wire::ACCEPT));
        headers.insert(COOKIE, cookie.clone());
        let name = HeaderName::from_bytes(wire::CSRF_TOKEN.as_bytes());
        let refuse = |_| SessionError("the CSRF token has no header".to_owned());
        headers.insert(name.map_err(refuse)?, csrf_token.clone());
        Ok(ApiSession {
            server: Server::new(parts.base_url)?,
            id: parts.session_id.into(),
            csrf_token,
            cookie,
            headers: Arc::new(headers),
        })
    }

    /// The same session, with the features of its server: requests for newer
    /// ones are refused before they are sent.
    #[must_use]
    pub fn with_features(mut self, features: Features) -> Self {
        self.server = self.server.with_features(features);
        self
    }

    /// The same session, in which nothing is refused for its version; see
    /// [`Server::allow_any_version`].
    #[must_use]
    pub fn allow_any_version(mut self) -> Self {
        self.server = self.server.allow_any_version();
        self
    }

    /// The session's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The server.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// What nearly all requests have: the media type and both secrets.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The CSRF token.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    pub fn csrf_token(&self) -> &HeaderValue {
        &self.csrf_token
    }

    /// The cookie.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    pub fn cookie(&self) -> &HeaderValue {
        &self.cookie
    }
}

impl fmt::Debug for ApiSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiSession")
            .field("server", &self.server)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The pair of the session in what a server set. The value is kept as it is:
/// servers set values with a `|` in them, which strict parsers refuse.
fn session_cookie(cookie: &str) -> &str {
    let pairs = || cookie.split(';').map(str::trim);
    pairs()
        .find(|pair| pair.starts_with("icws_"))
        .or_else(|| pairs().next())
        .unwrap_or_default()
}

fn secret(text: &str, what: &str) -> Result<HeaderValue, SessionError> {
    let problem = |why: &str| SessionError(format!("the {what} {why}"));
    if text.is_empty() {
        return Err(problem("is empty"));
    }
    let mut value =
        HeaderValue::from_str(text).map_err(|_| problem("cannot travel in a header"))?;
    value.set_sensitive(true);
    Ok(value)
}
