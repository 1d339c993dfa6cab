//! A request and its answer, for both ends of the wire.

mod api_error;
mod body;
mod challenge;
mod endpoint;
mod errors;
mod failure;
mod matching;
mod media;
mod parameter;
mod reply;
mod request;
mod route;

pub use api_error::{ApiError, SessionProblem};
pub use body::{Body, Content, ToBody};
pub use challenge::{Challenge, ChallengeError};
pub use endpoint::{Arguments, Endpoint, OperationKind, Response, Sessionless};
pub use errors::{DecodeError, RequestError};
pub use failure::{Failure, Unexpected};
pub use matching::{Routed, find_route};
pub use parameter::{Parameter, ParameterError};
pub use reply::RawReply;
pub use route::{Credentials, Incoming, RequestHead, Route, RouteError, decode_request, route};
