//! The request builder that progenitor makes of the same operation.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use progenitor_client::{ClientHooks, Error, OperationInfo};

mod generated {
    progenitor::generate_api!(spec = "callback.json", interface = Builder);
}

pub use generated::Client;

/// Stops every request when it has been built and before it is sent.
impl ClientHooks<()> for Client {
    async fn pre<E>(
        &self,
        request: &mut reqwest::Request,
        _: &OperationInfo,
    ) -> Result<(), Error<E>> {
        Err(Error::InvalidRequest(
            request.url().path().len().to_string(),
        ))
    }
}

/// Builds a request; whether it came as far as being sent.
pub fn build(client: &Client, interaction_id: &str) -> bool {
    let sent = client
        .subscribe()
        .session_id("1731001")
        .interaction_id(interaction_id)
        .inin_icws_csrf_token("WAVpbmluLmV4YW1wbGUAWAVhZ2VudA==")
        .cookie("icws_1731001=5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2|languageId=en-us")
        .send();
    let answer = pin!(sent).poll(&mut Context::from_waker(Waker::noop()));
    // The length of the path, which only the hook knows.
    matches!(answer, Poll::Ready(Err(Error::InvalidRequest(length))) if length == "70")
}
