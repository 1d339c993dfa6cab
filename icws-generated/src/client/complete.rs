//! Operations that end later.

use std::time::Duration;

use super::error::ClientError;
use super::session::Session;
use crate::runtime::__private1::LongOperation;
use crate::runtime::{ApiError, RawReply, Record, Request, Union};

impl<M: Union + Clone + Send + Sync> Session<M> {
    /// Sends a request that the server accepts, waits for its end, and returns the
    /// message that tells it. It waits as long as
    /// [`ClientBuilder::deadline`](super::ClientBuilder::deadline) says. From now on
    /// messages are fetched.
    ///
    /// ```no_run
    /// # #[cfg(feature = "status")]
    /// # async fn run(session: icws_generated::client::Session) -> Result<(), icws_generated::client::ClientError> {
    /// use icws_generated::status::{SetUserStatus, UserStatusUpdate};
    ///
    /// let update = UserStatusUpdate::new("Available");
    /// let request = SetUserStatus::builder().user_id("agent").body(update).build();
    /// session.complete(request).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Session::call`]; [`ClientError::Failed`] when it was accepted and
    /// failed, [`ClientError::UnreadableEnd`] when the message cannot be read, and
    /// [`ClientError::NotCompleted`] when it did not come in time, or the session was
    /// made anew meanwhile: whether the server has done it is not known then.
    pub async fn complete<E>(
        &self,
        request: E,
    ) -> Result<<E::Operation as LongOperation>::Completed, ClientError>
    where
        E: Request<Operation: LongOperation>,
    {
        let limit = self.shared().client().config().deadline;
        self.complete_within(request, limit).await
    }

    /// The same, within a time of your choice.
    ///
    /// See the example of [`Session::complete`].
    ///
    /// # Errors
    /// As [`Session::complete`].
    pub async fn complete_within<E>(
        &self,
        request: E,
        limit: Duration,
    ) -> Result<<E::Operation as LongOperation>::Completed, ClientError>
    where
        E: Request<Operation: LongOperation>,
    {
        self.shared().fetch();
        let begun = Begun::new(self);
        let accepted = self.call(request).await?;
        let id = <E::Operation as LongOperation>::request_id(&accepted);
        let id = id.unwrap_or_default().to_owned();
        let end = self.shared().registry().completions.expect(&id);
        drop(begun);
        let not_completed = || ClientError::NotCompleted {
            operation: E::META.id,
            request_id: id.clone(),
        };
        let message = tokio::time::timeout(limit, end).await;
        let message = message
            .ok()
            .and_then(Result::ok)
            .ok_or_else(not_completed)?;
        let unreadable = |error| ClientError::UnreadableEnd {
            operation: E::META.id,
            request_id: id.clone(),
            error,
        };
        let message = message.map_err(unreadable)?;
        if let Some(error) = error_of(&message) {
            return Err(ClientError::Failed(error));
        }
        // It may be of a type that derives from what was expected.
        let message = Record::from_json(&message.to_json());
        message.map_err(|_| not_completed())
    }
}

/// A request whose id is not known yet.
struct Begun<'a, M: Union + Clone + Send + Sync>(&'a Session<M>);

impl<'a, M: Union + Clone + Send + Sync> Begun<'a, M> {
    fn new(session: &'a Session<M>) -> Self {
        session.shared().registry().completions.begin();
        Begun(session)
    }
}

impl<M: Union + Clone + Send + Sync> Drop for Begun<'_, M> {
    fn drop(&mut self) {
        self.0.shared().registry().completions.begun();
    }
}

/// The error that a message tells, as that of a response with the status by which
/// the request was accepted.
fn error_of<M: Union>(message: &M) -> Option<ApiError> {
    let row = message.content().ok()?;
    let mut properties = row.meta().properties.iter();
    let index = properties.position(|(name, _)| *name == "error")?;
    let value = row.field(index).filter(|value| !value.is_absent())?;
    let mut writer = crate::runtime::__private1::Writer::new();
    value.write(&mut writer);
    let mut response = http::Response::new(writer.into_bytes().into());
    *response.status_mut() = http::StatusCode::ACCEPTED;
    Some(ApiError::from(RawReply::received(None, response)))
}
