//! A request and its response, for both ends of the wire.

mod api_error;
mod arguments;
mod body;
mod build;
mod call;
mod challenge;
mod errors;
mod failure;
mod long;
mod matching;
mod media;
mod paged;
mod parameter;
mod reply;
mod request;
mod response;
mod route;

pub use api_error::{ApiError, SessionProblem};
pub use arguments::Arguments;
pub(crate) use body::json;
pub use body::{Body, Content, ToBody};
pub use call::{Call, Operation, SessionlessOperation, Start};
pub use challenge::{Challenge, ChallengeError};
pub use errors::{DecodeError, RequestError, RouteError};
pub use failure::{Failure, Unexpected};
pub use long::{LongOperation, REQUEST_ID, accepted_by_record, accepted_by_union, text_of};
pub use matching::{Routed, find_route};
pub use paged::{PagedOperation, Property, Selecting};
pub use parameter::{Parameter, ParameterError, enum_read_text, enum_to_text};
pub use reply::RawReply;
pub use request::{Request, Sessionless};
pub use response::Response;
pub use route::{Incoming, RequestHead, Route, SessionClaim, decode_request, route};
