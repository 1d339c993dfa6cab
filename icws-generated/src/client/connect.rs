//! Finds a host that takes the session.

use std::time::Duration;

use http::header::SET_COOKIE;
use http::response::Parts;
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout};
use tracing::Instrument;

use super::Client;
use super::credentials::Credentials;
use super::error::ClientError;
use super::hosts::{self, Ask, Named, Refusal};
use super::transport::{TransportError, TransportErrorKind};
use crate::connection::{
    Connect, ConnectOperation, ConnectOutcome, ConnectionResponse, Disconnect,
};
use crate::runtime::{
    ApiError, ApiSession, Features, Request, Response, Server, SessionError, SessionParts,
    Sessionless,
};

/// A session that a host has taken.
pub(super) struct Connected {
    pub session: ApiSession,
    /// The host by its name.
    pub host: String,
    /// Where else to connect when this host is lost.
    pub alternates: Vec<String>,
    /// What the server said of the session; nothing of a saved one.
    pub details: Option<ConnectionResponse>,
}

/// Makes a session on the first host that takes it. Without a deadline it goes on
/// for ever.
pub(super) async fn connect(
    client: &Client,
    credentials: &Credentials,
    hosts: &[String],
    deadline: Option<Instant>,
) -> Result<Connected, ClientError> {
    let asked = Connecting {
        client,
        credentials,
    };
    let fresh = hosts::ask_each(&asked, client.config(), hosts, deadline).await?;
    // Whoever asked has it now.
    let taken = fresh.take();
    taken.ok_or_else(|| SessionError::new("the session is somebody else's").into())
}

/// So many times as long as others a login may take before nobody ends the session
/// that comes of it.
const LATE: u32 = 6;

/// How long the end of a session that was given up may take.
const FAREWELL: Duration = Duration::from_secs(5);

/// A session that was made and that nobody has yet. If nobody takes it it is ended.
struct Fresh {
    connected: Option<Connected>,
    client: Client,
    runtime: Handle,
}

impl Fresh {
    fn take(mut self) -> Option<Connected> {
        self.connected.take()
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Some(connected) = &self.connected {
            let _runtime = self.runtime.enter();
            leave(&self.client, &connected.session);
        }
    }
}

/// Ends a session without waiting for it.
pub(super) fn leave(client: &Client, session: &ApiSession) {
    let client = client.clone();
    if let Ok(request) = Disconnect::builder().build().to_http(session) {
        tokio::spawn(async move {
            let farewell = client.exchange_headed(FAREWELL, Disconnect::META.id, request, |_| {});
            if let Err(error) = farewell.await {
                tracing::warn!(%error, "a session was left behind");
            }
        });
    }
}

/// A session that is asked for.
struct Connecting<'a> {
    client: &'a Client,
    credentials: &'a Credentials,
}

impl Ask for Connecting<'_> {
    type Done = Fresh;

    const OPERATION: &'static str = Connect::META.id;

    /// In a task of its own, which goes on when nobody waits for it any more: what
    /// comes of it costs a licence and has to be ended.
    async fn ask(&self, host: &str) -> Result<Fresh, Refusal> {
        let limit = self.client.config().timeout;
        let (client, credentials) = (self.client.clone(), self.credentials.clone());
        let name = host.to_owned();
        let asked = async move {
            let connected = attempt(&client, &credentials, &name).await?;
            Ok(Fresh {
                connected: Some(connected),
                client,
                runtime: Handle::current(),
            })
        };
        let task = tokio::spawn(asked.in_current_span());
        let error = match timeout(limit, task).await {
            Ok(Ok(done)) => return done,
            // It panicked, or the runtime ends.
            Ok(Err(error)) => TransportError::new(TransportErrorKind::Cut, error),
            Err(_) => TransportError::timeout(),
        };
        let error = ClientError::transport(Connect::META.id, host.to_owned(), error);
        Err(Refusal::Elsewhere(error, Named::default()))
    }
}

/// Asks one host.
async fn attempt(
    client: &Client,
    credentials: &Credentials,
    host: &str,
) -> Result<Connected, Refusal> {
    let last = |error: ClientError| Refusal::Final(error);
    let elsewhere = |error: ClientError| Refusal::Elsewhere(error, Named::default());
    let config = client.config();
    let base_url = client.base_url(host);
    let server = Server::new(&base_url).map_err(|error| elsewhere(error.into()))?;
    let request = Connect::builder()
        .accept_language(config.language.as_str())
        .body(credentials.settings(&config.application))
        .include(config.include.clone())
        .build();
    let request = request
        .to_http_on(&server)
        .map_err(|error| last(error.into()))?;
    let limit = config.timeout.saturating_mul(LATE);
    let (mut headers, mut is_made) = (http::HeaderMap::new(), false);
    let seen = |head: &Parts| {
        headers = head.headers.clone();
        is_made = head.status == http::StatusCode::CREATED;
    };
    let answer = client.exchange_headed(limit, Connect::META.id, request, seen);
    let answer = answer.await;
    let unreadable = |error: ClientError| {
        if is_made && let Some(session) = unread(&base_url, &headers) {
            leave(client, &session);
        }
        elsewhere(error)
    };
    let answer = answer.map_err(unreadable)?;
    let answer = Connect::parse(answer).map_err(|error| unreadable(error.into()))?;
    match answer {
        ConnectOutcome::Created { value, .. } => {
            let session = session(&base_url, &value, &headers);
            let session = session.map_err(|error| unreadable(error.into()))?;
            Ok(Connected {
                session,
                host: host.to_owned(),
                alternates: value.alternate_host_list.clone().unwrap_or_default(),
                details: Some(value),
            })
        }
        ConnectOutcome::ServiceUnavailable(failure) => {
            let named = failure
                .error()
                .map(|hosts| hosts.alternate_host_list.clone());
            let error = failure.into_error().into();
            let named = hosts::named(config, &named.unwrap_or_default());
            Err(Refusal::Elsewhere(error, named))
        }
        other => {
            let error = ApiError::from(other.to_reply());
            if error.status().is_success() {
                let error = SessionError::new(&format!("the server made no session: {error}"));
                Err(elsewhere(error.into()))
            } else if refused(&error) {
                Err(last(ClientError::Credentials(error)))
            } else if is_final(&error) {
                Err(last(error.into()))
            } else {
                Err(elsewhere(error.into()))
            }
        }
    }
}

/// Returns true if a response is about the credentials. Servers before 2015 R1
/// send the code only.
fn refused(error: &ApiError) -> bool {
    const AUTHENTICATION_FAILURE: i64 = -2_147_221_503;
    error.error_id() == Some(ConnectOperation::ERROR_REQUEST_CONNECTION_AUTHENTICATION_FAILURE)
        || error.error_code() == Some(AUTHENTICATION_FAILURE)
        || error.status() == http::StatusCode::UNAUTHORIZED && is_of_icws(error)
}

/// Returns true if an ICWS server has made an error: gateways have messages, too, and
/// no identifiers.
fn is_of_icws(error: &ApiError) -> bool {
    error.error_id().is_some() || error.error_code().is_some()
}

/// Returns true if an error is about the request, so that no other host and no other
/// time would change it: a 400 of an ICWS server. All else may come of a proxy, of
/// another program at the address, or of a server that is still starting.
fn is_final(error: &ApiError) -> bool {
    error.status() == http::StatusCode::BAD_REQUEST && is_of_icws(error)
}

/// The session of a response whose body cannot be read or has not come, if its headers tell
/// all of it: it takes a licence as others do.
fn unread(base_url: &str, headers: &http::HeaderMap) -> Option<ApiSession> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let cookies = headers.get_all(SET_COOKIE).iter();
    let mut cookies = cookies.filter_map(|value| value.to_str().ok());
    let cookie = cookies.find_map(|cookie| {
        let (name, _) = cookie.trim_start().split_once('=')?;
        let id = name.strip_prefix("icws_")?;
        let is_id = id.bytes().all(|byte| byte.is_ascii_digit());
        is_id.then_some((cookie.trim_start(), id))
    });
    let (cookie, id) = cookie?;
    let session = ApiSession::new(SessionParts {
        base_url,
        session_id: text("ININ-ICWS-Session-ID").unwrap_or(id),
        csrf_token: text("ININ-ICWS-CSRF-Token")?,
        cookie,
    });
    session.ok()
}

/// So many characters may the id of a session have: it is in every log line.
const LONGEST_ID: usize = 256;

/// The session of a response. The cookie is kept by hand: behind a proxy its path
/// is not that of the requests.
fn session(
    base_url: &str,
    response: &ConnectionResponse,
    headers: &http::HeaderMap,
) -> Result<ApiSession, SessionError> {
    let cookies = || {
        let cookies = headers.get_all(SET_COOKIE).iter();
        let cookies = cookies.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
        cookies.map(str::trim_start)
    };
    if response.session_id.len() > LONGEST_ID {
        return Err(SessionError::new(
            "the id of the session is longer than 256 bytes",
        ));
    }
    // Single sign-on has a cookie whose name begins so, too.
    let own = format!("icws_{}=", response.session_id);
    let cookie = cookies()
        .find(|cookie| cookie.starts_with(&own))
        .or_else(|| cookies().find(|cookie| cookie.starts_with("icws_")))
        .ok_or_else(|| SessionError::new("the server set no session cookie"))?;
    let session = ApiSession::new(SessionParts {
        base_url,
        session_id: &response.session_id,
        csrf_token: &response.csrf_token,
        cookie,
    })?;
    let Some(features) = &response.features else {
        return Ok(session);
    };
    let features: Features = features
        .iter()
        .filter_map(|f| Some((f.feature_id.as_str(), u32::try_from(f.version).ok()?)))
        .collect();
    Ok(session.with_features(features))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_of_the_session_is_told_from_that_of_single_sign_on() {
        let mut headers = http::HeaderMap::new();
        for cookie in ["icws_sso_response=x; Path=/icws", "icws_7=y; Path=/icws/7"] {
            headers.append(SET_COOKIE, http::HeaderValue::from_static(cookie));
        }
        let response = ConnectionResponse::new("token".to_owned(), "7");
        let session = session("https://cic1", &response, &headers).unwrap();
        assert_eq!(session.cookie(), "icws_7=y");
    }
}
