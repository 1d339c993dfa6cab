//! Answers to requests that do not work, in the one form that all of them
//! share.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ALLOW, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use icws_generated::common::{AnyError, Error, InvalidPropertyError, MissingPropertyError};
use icws_generated::connection::AlternateHosts;
use icws_generated::runtime::{Challenge, RawReply, ReadError, ReadErrorKind, RouteError, ToBody};

/// Why a request does not work. Identifiers and codes are those that were seen
/// on live servers; where none was seen, there is none.
#[derive(Debug)]
pub(super) struct Refusal {
    pub status: StatusCode,
    error: Box<AnyError>,
    headers: HeaderMap,
}

const AUTHENTICATION_FAILURE: &str = "error.request.connection.authenticationFailure";
const MALFORMED: &str = "error.request.invalidRepresentation.malformed";
const INVALID_PROPERTY: &str = "error.request.invalidRepresentation.invalidProperty";
const MISSING: &str = "error.request.invalidRepresentation.missingRequiredParameter";
/// A number as text, as live servers were seen to send it.
const STATION_NOT_FOUND: &str = "-2147221496";

impl Refusal {
    pub fn new(status: StatusCode, error: impl Into<AnyError>) -> Self {
        Refusal {
            status,
            error: Box::new(error.into()),
            headers: HeaderMap::new(),
        }
    }

    /// 400 without an identifier.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Refusal::new(StatusCode::BAD_REQUEST, Error::new(message))
    }

    /// 400: wrong user, password or token on connecting.
    pub fn wrong_credentials(error_id: Option<&str>) -> Self {
        let mut error = Error::new("The user, password or token is wrong.");
        error.error_id = Some(error_id.unwrap_or(AUTHENTICATION_FAILURE).to_owned());
        error.error_code = Some(-2_147_221_503);
        Refusal::new(StatusCode::BAD_REQUEST, error)
    }

    /// 400: a parameter or property that has to be there is not.
    pub fn missing(name: &str) -> Self {
        let mut error = MissingPropertyError::new(format!("`{name}` is missing."));
        error.error_id = Some(MISSING.to_owned());
        error.property_name = Some(name.to_owned());
        Refusal::new(StatusCode::BAD_REQUEST, error)
    }

    /// 400: a parameter or property has a value that it cannot have.
    pub fn invalid(name: &str, problem: &str) -> Self {
        let mut error = InvalidPropertyError::new(format!("`{name}`: {problem}."));
        error.error_id = Some(INVALID_PROPERTY.to_owned());
        error.property_name = Some(name.to_owned());
        Refusal::new(StatusCode::BAD_REQUEST, error)
    }

    /// 400: the body is not JSON, or not of the right kind.
    pub fn malformed(problem: impl std::fmt::Display) -> Self {
        let mut error = Error::new(format!("The body cannot be read: {problem}."));
        error.error_id = Some(MALFORMED.to_owned());
        Refusal::new(StatusCode::BAD_REQUEST, error)
    }

    /// 400: there is no such station.
    pub fn no_station(id: &str) -> Self {
        let mut error = Error::new(format!("There is no station {id}."));
        error.error_id = Some(STATION_NOT_FOUND.to_owned());
        Refusal::new(StatusCode::BAD_REQUEST, error)
    }

    /// 404: the session is on no station. The identifier is that of a station that there is
    /// not, as live servers were seen to send it.
    pub fn on_no_station() -> Self {
        let mut error = Error::new("The session is on no station.");
        error.error_id = Some(STATION_NOT_FOUND.to_owned());
        Refusal::new(StatusCode::NOT_FOUND, error)
    }

    /// 401, with the challenge that says where to connect.
    pub fn unauthorized(code: i64, message: &str) -> Self {
        let mut error = Error::new(message);
        error.error_code = Some(code);
        if code == Self::SESSION_NOT_FOUND {
            error.error_id = Some(AUTHENTICATION_FAILURE.to_owned());
        }
        let mut refusal = Refusal::new(StatusCode::UNAUTHORIZED, error);
        let challenge = Challenge::icws("ICWS", "/ICWS/connection").to_string();
        let challenge = HeaderValue::try_from(challenge).ok();
        let challenge = challenge.map(|value| (WWW_AUTHENTICATE, value));
        refusal.headers.extend(challenge);
        refusal
    }

    /// The code of a 401: no session has this id, or it has ended.
    pub const SESSION_NOT_FOUND: i64 = -2_147_221_499;

    /// 403: the user has no rights to an interaction.
    pub fn forbidden(id: &str) -> Self {
        let message = format!("The user has no rights to the interaction {id}.");
        Refusal::new(StatusCode::FORBIDDEN, Error::new(message))
    }

    /// 404.
    pub fn not_found(message: impl Into<String>) -> Self {
        Refusal::new(StatusCode::NOT_FOUND, Error::new(message))
    }

    /// 405, with the methods that there are.
    pub fn method_not_allowed(allow: &[Method]) -> Self {
        let allow: Vec<&str> = allow.iter().map(Method::as_str).collect();
        let allow = allow.join(", ");
        let mut error = Error::new(format!("The resource has only {allow}."));
        error.error_id = Some("error.request.accessDenied.httpMethodNotAllowed".to_owned());
        let mut refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, error);
        let allow = HeaderValue::try_from(allow).ok();
        refusal.headers.extend(allow.map(|value| (ALLOW, value)));
        refusal
    }

    /// 400: there are as many subscriptions as this server has.
    pub fn too_many_subscriptions() -> Self {
        Refusal::bad_request("The server has as many subscriptions as it can.")
    }

    /// 410.
    pub fn gone() -> Self {
        let message = "The resource was taken out of the API.";
        Refusal::new(StatusCode::GONE, Error::new(message))
    }

    /// 501: the model has the operation, but this server does not.
    pub fn not_implemented() -> Self {
        let message = "The mock server does not carry out this operation.";
        Refusal::new(StatusCode::NOT_IMPLEMENTED, Error::new(message))
    }

    /// 413: the body is larger than the server takes.
    pub fn too_large(most: usize) -> Self {
        let message = format!("The body has more than {most} bytes.");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, Error::new(message))
    }

    /// 408: the body does not come.
    pub fn too_slow(most: Duration) -> Self {
        let message = format!("The body took longer than {most:?}.");
        Refusal::new(StatusCode::REQUEST_TIMEOUT, Error::new(message))
    }

    /// Any response, on purpose.
    pub fn injected(
        status: u16,
        error_id: Option<&str>,
        error_code: Option<i64>,
        message: Option<&str>,
    ) -> Self {
        // Those below are no responses: another one follows.
        let status = Some(status).filter(|status| *status >= 200);
        let status = status.and_then(|status| StatusCode::from_u16(status).ok());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut error = Error::new(message.unwrap_or("This response was asked for by a test."));
        error.error_id = error_id.map(str::to_owned);
        error.error_code = error_code;
        let mut refusal = Refusal::new(status, error);
        if status == StatusCode::UNAUTHORIZED {
            refusal.headers = Refusal::unauthorized(0, "").headers;
        }
        refusal
    }

    /// 503 of an operation other than connecting.
    pub fn unavailable() -> Self {
        let mut error = Error::new(UNAVAILABLE);
        error.error_id = Some("error.server.unavailable".to_owned());
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, error)
    }

    pub fn into_http(self) -> Response<Bytes> {
        let reply = RawReply::encode(self.status.as_u16(), &*self.error);
        let mut response = reply.into_http();
        response.headers_mut().extend(self.headers);
        response
    }
}

const UNAVAILABLE: &str = "This server takes no connections.";

/// 503 of connecting: other hosts may take it.
pub(super) fn elsewhere(alternates: Vec<String>) -> Response<Bytes> {
    let mut hosts = AlternateHosts::new(alternates);
    hosts.error_id = Some("error.server.notAcceptingConnections".to_owned());
    hosts.message = Some(UNAVAILABLE.to_owned());
    RawReply::encode(503, &hosts).into_http()
}

impl From<RouteError> for Refusal {
    fn from(error: RouteError) -> Self {
        match error {
            RouteError::NotFound => Refusal::not_found("There is no such resource."),
            RouteError::MethodNotAllowed { allow, .. } => Refusal::method_not_allowed(&allow),
            RouteError::Body(error) => error.into(),
            RouteError::MissingParameter { name, .. } => Refusal::missing(name),
            RouteError::InvalidParameter { name, reason, .. } => Refusal::invalid(name, &reason),
            other => Refusal::bad_request(other.to_string()),
        }
    }
}

impl From<ReadError> for Refusal {
    fn from(error: ReadError) -> Self {
        let path = error.path();
        if path.is_empty() {
            Refusal::malformed(error)
        } else if error.kind() == ReadErrorKind::MissingProperty {
            Refusal::missing(&path)
        } else {
            Refusal::invalid(&path, error.problem())
        }
    }
}

/// A body that was put together as text.
pub(super) struct Json(pub Bytes);

impl ToBody for Json {
    fn to_body(&self) -> Option<Bytes> {
        Some(self.0.clone())
    }
}
