//! Fetches messages, by polling or by server-sent events.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use http::{HeaderValue, StatusCode};
use http_body_util::BodyExt;
use tokio::time::{Instant, sleep_until, timeout};

use super::events::EventReader;
use super::pump::{Fetched, Pump};
use crate::client::error::ClientError;
use crate::client::handle::host_of;
use crate::client::session::Loss;
use crate::client::transport::{ReplyBody, TransportError, TransportErrorKind, collect};
use crate::messaging::Poll;
use crate::runtime::follow::End;
use crate::runtime::{ApiError, Batch, RawReply, Request, Union};

const EVENTS: &str = "text/event-stream";

/// How many streams in a row bring nothing in their time until the server is
/// polled: what stands between may hold responses back until they end.
const BARREN: u32 = 2;

impl<M> Pump<'_, M>
where
    M: Union + Clone + Send + Sync,
{
    fn request(&self) -> Result<http::Request<Bytes>, End> {
        let request = Poll::builder()
            .build()
            .to_http(&self.shared.current().session);
        request.map_err(|error| End::Unsupported(error.to_string()))
    }

    /// Polls once.
    pub async fn poll(&mut self) -> Result<Fetched, End> {
        let request = self.request()?;
        match self.shared.client().exchange(Poll::META.id, request).await {
            Ok(answer) => self.answer(answer),
            Err(error) => Ok(Fetched::Failed(error.to_string())),
        }
    }

    /// A response that is not a stream.
    fn answer(&mut self, answer: http::Response<Bytes>) -> Result<Fetched, End> {
        // Some that stand between say nothing so.
        if answer.status() == StatusCode::NO_CONTENT {
            self.lose_overdue();
            return Ok(Fetched::Done);
        }
        if answer.status() != StatusCode::OK {
            return self.refusal(answer);
        }
        let headers = answer.headers();
        let has_end =
            headers.contains_key(TRANSFER_ENCODING) || headers.contains_key(CONTENT_LENGTH);
        let is_blank = answer.body().iter().all(u8::is_ascii_whitespace);
        // Without a length the end of the connection is the end of the body, and nobody
        // knows whether it was meant.
        if is_blank && !has_end {
            let error = "the connection was closed before a message, perhaps by mistake";
            return Ok(Fetched::Failed(error.to_owned()));
        }
        let reply = RawReply::received(Some(Poll::META), answer);
        let batch = match reply.success::<Batch<M>>() {
            Ok(batch) => batch,
            Err(error) => return Ok(Fetched::Failed(error.to_string())),
        };
        self.deliver_all(batch)?;
        self.lose_overdue();
        Ok(Fetched::Done)
    }

    /// A response that holds no messages.
    fn refusal(&mut self, answer: http::Response<Bytes>) -> Result<Fetched, End> {
        let status = answer.status().as_u16();
        if !Poll::META.statuses.contains(&status) {
            let drift = self.shared.client().drift();
            drift.met_status(Some(Poll::META), status);
        }
        let error = ApiError::from(RawReply::received(Some(Poll::META), answer));
        match error.status() {
            StatusCode::UNAUTHORIZED => {
                self.refused = self.refused.saturating_add(1);
                let loss = Loss::of(&error);
                self.shared.lose_session(&self.shared.current(), loss);
                Ok(Fetched::Failed(error.to_string()))
            }
            StatusCode::GONE => Err(End::NoMessages(error)),
            _ => {
                self.asked_for = error.retry_after();
                Ok(Fetched::Failed(error.to_string()))
            }
        }
    }

    /// Reads server-sent events until the stream ends, while subscriptions are
    /// made beside it.
    pub async fn stream(&mut self) -> Result<Fetched, End> {
        let mut request = self.request()?;
        let accept = HeaderValue::from_static(EVENTS);
        request.headers_mut().insert(ACCEPT, accept);
        let host = host_of(request.uri());
        let limit = self.shared.client().config().timeout;
        let start = timeout(limit, self.shared.client().start(request)).await;
        let answer = match start.unwrap_or_else(|_| Err(TransportError::timeout())) {
            Ok(answer) => answer,
            Err(error) => {
                if error.kind() == TransportErrorKind::Timeout {
                    self.brought_nothing();
                }
                return Ok(failed(host, error));
            }
        };
        let events = answer.headers().get(CONTENT_TYPE).is_some_and(|media| {
            media
                .as_bytes()
                .to_ascii_lowercase()
                .starts_with(EVENTS.as_bytes())
        });
        if !(answer.status().is_success() && events) {
            return self.no_stream(host, answer).await;
        }
        tracing::debug!(host, "messages come as server-sent events");
        // Without it the end of the connection is the end of the body, and
        // nobody knows whether it was meant.
        let has_end = answer.headers().contains_key(TRANSFER_ENCODING);
        self.read(host, answer.into_body(), has_end).await
    }

    /// The server answered in another way than by a stream: what it says counts,
    /// and from now on it is polled.
    async fn no_stream(
        &mut self,
        host: String,
        answer: http::Response<ReplyBody>,
    ) -> Result<Fetched, End> {
        let (head, body) = answer.into_parts();
        let limit = self.shared.client().config().timeout;
        let most = self.shared.client().config().response_limit;
        let body = timeout(limit, collect(body, most)).await;
        match body.unwrap_or_else(|_| Err(TransportError::timeout())) {
            Err(error) => Ok(failed(host, error)),
            Ok(body) => {
                let temporary =
                    head.status == StatusCode::UNAUTHORIZED || head.status.is_server_error();
                self.events = temporary;
                self.answer(http::Response::from_parts(head, body))
            }
        }
    }

    async fn read(
        &mut self,
        host: String,
        mut body: ReplyBody,
        has_end: bool,
    ) -> Result<Fetched, End> {
        let config = self.shared.client().config();
        let (silence, check) = (config.silence, config.timeout);
        let most = config.response_limit;
        let mut reader = EventReader::default();
        let mut brought = false;
        // When the event began that has not ended.
        let mut began = Instant::now();
        let mut silent = Instant::now() + silence;
        let mut checked = Instant::now() + check;
        let mut due = self.shared.registry().wake_at();
        loop {
            let waits = self.waits_for_readers();
            tokio::select! {
                // What is there was sent in time, however long its readers took.
                biased;
                frame = body.frame(), if !waits => {
                    let data = match frame {
                        None if has_end && !reader.is_within_event() => return Ok(self.ended()),
                        None => return Ok(Fetched::Failed(format!("{host} ended the stream, perhaps within a message"))),
                        Some(Err(error)) => return Ok(failed(host, error)),
                        Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
                    };
                    let events = reader.push(&data);
                    if !events.is_empty() || !reader.is_within_event() {
                        began = Instant::now();
                    }
                    for event in events {
                        self.event(&event)?;
                    }
                    if reader.held() > most {
                        return Ok(failed(host, TransportError::too_large(most)));
                    }
                    if began.elapsed() > silence {
                        return Ok(failed(host, TransportError::timeout()));
                    }
                    self.worked();
                    self.barren = 0;
                    brought = true;
                    silent = Instant::now() + silence;
                }
                () = self.shared.woken() => {}
                () = sleep_until(due.unwrap_or(checked)), if due.is_some() => {}
                () = sleep_until(silent), if !waits => {
                    if !brought {
                        self.brought_nothing();
                    }
                    return Ok(failed(host, TransportError::timeout()));
                }
                () = sleep_until(checked) => {}
            }
            if waits {
                silent = Instant::now() + silence;
                began = Instant::now();
            }
            if Instant::now() >= checked {
                checked = Instant::now() + check;
                self.lose_overdue();
            }
            if self.shared.is_lost() {
                return Ok(Fetched::Failed("the session was lost".to_owned()));
            }
            due = self.shared.registry().wake_at();
            if due.is_some_and(|due| due <= Instant::now()) {
                self.subscribe().await;
                due = self.shared.registry().wake_at();
            }
        }
    }

    /// The server has ended a stream as it should. Where another program may read the
    /// session, too, that is what is seen of it.
    fn ended(&self) -> Fetched {
        if !self.shared.may_be_read_elsewhere() {
            return Fetched::Done;
        }
        let error = "the server ended the stream of a session that was saved or resumed: \
                     does another program read its messages?";
        tracing::warn!("{error}");
        Fetched::Failed(error.to_owned())
    }

    fn brought_nothing(&mut self) {
        self.barren += 1;
        if self.barren >= BARREN {
            tracing::info!("streams bring nothing: the server is polled from now on");
            self.events = false;
        }
    }

    /// One event: one message, where a server does not send an array of them.
    fn event(&self, data: &[u8]) -> Result<(), End> {
        let array = data.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
        let text = match array {
            true => data.to_vec(),
            false => [b"[", data, b"]"].concat(),
        };
        let drift = self.shared.client().drift();
        match Batch::<M>::decode_watched(&text, drift, Poll::META) {
            Ok(batch) => self.deliver_all(batch),
            // A text in brackets always is a batch.
            Err(_) => Ok(()),
        }
    }
}

fn failed(host: String, error: TransportError) -> Fetched {
    let error = ClientError::transport(Poll::META.id, host, error);
    Fetched::Failed(error.to_string())
}
