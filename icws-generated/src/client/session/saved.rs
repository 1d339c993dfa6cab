//! Sessions that go on in another process.

use std::collections::BTreeMap;
use std::fmt;

use crate::client::connect::Connected;
use crate::runtime::__private1::{Blank, Reader, Value, Writer, read_new, without_user};
use crate::runtime::{ApiSession, Features, ReadError, Secret, SessionError, SessionParts};

/// A session with its secrets, for another process to resume.
///
/// A holder of this value can use the session. `Debug` shows no secrets;
/// [`to_json`](SavedSession::to_json) writes them.
///
/// ```
/// use icws_generated::client::{Client, SavedSession};
///
/// # fn run(session: icws_generated::client::Session) -> Result<(), Box<dyn std::error::Error>> {
/// let text = session.save().to_json();
/// // In another process:
/// let client = Client::builder().host("cic1.example").build()?;
/// let session = client.resume(&SavedSession::from_json(&text)?, None)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq)]
pub struct SavedSession {
    host: String,
    alternates: Vec<String>,
    base_url: String,
    session_id: String,
    csrf_token: Secret,
    cookie: Secret,
    features: Option<Features>,
}

impl SavedSession {
    pub(super) fn of(connected: &Connected) -> Self {
        let session = &connected.session;
        let text = |value: &http::HeaderValue| {
            Secret::from(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        SavedSession {
            host: connected.host.clone(),
            alternates: connected.alternates.clone(),
            base_url: session.server().base_url().to_owned(),
            session_id: session.id().to_owned(),
            csrf_token: text(session.csrf_token()),
            cookie: text(session.cookie()),
            features: session.server().features().cloned(),
        }
    }

    pub(in crate::client) fn connected(&self) -> Result<Connected, SessionError> {
        let session = ApiSession::new(SessionParts {
            base_url: &self.base_url,
            session_id: &self.session_id,
            csrf_token: &self.csrf_token,
            cookie: &self.cookie,
        })?;
        let session = match &self.features {
            Some(features) => session.with_features(features.clone()),
            None => session,
        };
        Ok(Connected {
            session,
            host: self.host.clone(),
            alternates: self.alternates.clone(),
            details: None,
        })
    }

    /// Returns the session as JSON, with its secrets.
    ///
    /// See the example of [`SavedSession`].
    pub fn to_json(&self) -> String {
        let mut out = Writer::new();
        out.object();
        let mut put = |name: &str, value: &dyn Value| {
            out.key(name);
            value.write(&mut out);
        };
        put("host", &self.host);
        put("alternateHostList", &self.alternates);
        put("baseUrl", &self.base_url);
        put("sessionId", &self.session_id);
        put("csrfToken", &self.csrf_token);
        put("cookie", &self.cookie);
        if let Some(features) = &self.features {
            let versions = features.iter();
            let versions: BTreeMap<_, _> = versions
                .map(|(name, version)| (name.to_owned(), i64::from(version)))
                .collect();
            put("features", &versions);
        }
        out.end_object();
        String::from_utf8_lossy(&out.into_bytes()).into_owned()
    }

    /// Reads what [`to_json`](SavedSession::to_json) wrote.
    ///
    /// See the example of [`SavedSession`].
    ///
    /// # Errors
    /// When the text is no JSON object, or a property of a session has another type in it.
    pub fn from_json(text: &str) -> Result<Self, ReadError> {
        let mut reader = Reader::new(text.as_bytes());
        let mut saved = SavedSession {
            host: String::new(),
            alternates: Vec::new(),
            base_url: String::new(),
            session_id: String::new(),
            csrf_token: Secret::blank(),
            cookie: Secret::blank(),
            features: None,
        };
        let mut key = reader.object()?;
        while let Some(name) = key {
            match &*name {
                "host" => saved.host.read(&mut reader)?,
                "alternateHostList" => saved.alternates.read(&mut reader)?,
                "baseUrl" => saved.base_url.read(&mut reader)?,
                "sessionId" => saved.session_id.read(&mut reader)?,
                "csrfToken" => saved.csrf_token.read(&mut reader)?,
                "cookie" => saved.cookie.read(&mut reader)?,
                "features" => {
                    let read: BTreeMap<String, i64> = read_new(&mut reader)?;
                    let features = read.into_iter();
                    let features = features
                        .filter_map(|(name, version)| Some((name, u32::try_from(version).ok()?)));
                    saved.features = Some(features.collect());
                }
                _ => reader.skip()?,
            }
            key = reader.next_key()?;
        }
        reader.finish()?;
        Ok(saved)
    }
}

impl fmt::Debug for SavedSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SavedSession")
            .field("host", &without_user(&self.host))
            .field("session_id", &self.session_id)
            .finish_non_exhaustive()
    }
}
