//! A transport whose exchanges are recorded.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;

use super::{Exchange, ReplyBody, Transport, TransportError};
use crate::recording::{Tape, Taping};

/// Carries requests by another transport, and records what passes. A client that records
/// nothing has none, and none of its costs.
pub(in crate::client) struct Recorded {
    pub transport: Arc<dyn Transport>,
    pub tape: Tape,
}

impl Transport for Recorded {
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        let mut taping = self.tape.request(&request, request.body().clone());
        Box::pin(async move {
            match self.transport.send(request).await {
                Ok(response) => {
                    taping.answered(&response);
                    Ok(response.map(|body| RecordedReply::new(body, taping).boxed_unsync()))
                }
                Err(error) => {
                    taping.failed(&error.to_string());
                    Err(error)
                }
            }
        })
    }
}

/// A body that is recorded as it is read.
struct RecordedReply {
    body: ReplyBody,
    taping: Option<Taping>,
}

impl RecordedReply {
    fn new(body: ReplyBody, taping: Taping) -> Self {
        let mut reply = RecordedReply {
            body,
            taping: Some(taping),
        };
        // Nobody reads a body that is known to be empty.
        if reply.body.is_end_stream() {
            reply.end();
        }
        reply
    }

    fn end(&mut self) {
        if let Some(taping) = self.taping.take() {
            taping.end();
        }
    }
}

impl Body for RecordedReply {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        match &frame {
            Poll::Ready(Some(Ok(frame))) => {
                if let (Some(taping), Some(data)) = (&mut self.taping, frame.data_ref()) {
                    taping.data(data);
                }
                if self.body.is_end_stream() {
                    self.end();
                }
            }
            Poll::Ready(Some(Err(error))) => {
                if let Some(taping) = self.taping.take() {
                    taping.failed(&error.to_string());
                }
            }
            Poll::Ready(None) => self.end(),
            Poll::Pending => {}
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
