//! The queue of messages: a poll, or a stream of events.

use bytes::Bytes;
use http::header::ACCEPT;

use crate::world::Session;
use icws_generated::runtime::RawReply;

use super::authorize::not_found;
use super::{Exchange, Reply};
use crate::refusal::{Json, Refusal};

/// The version of `messaging` from which on there are streams.
const EVENTS_SINCE: u32 = 2;

impl Exchange<'_> {
    pub(super) fn poll(&mut self) -> Result<Reply, Refusal> {
        let streams = self.settings.version("messaging") >= EVENTS_SINCE;
        let asked = self.request.headers().get_all(ACCEPT).iter().any(|value| {
            String::from_utf8_lossy(value.as_bytes())
                .to_ascii_lowercase()
                .contains("text/event-stream")
        });
        let session = self.own_session()?;
        Ok(if streams && asked {
            Reply::Events {
                session: session.id.clone(),
                reader: session.open_stream(),
            }
        } else {
            queue(session)
        })
    }

    pub(super) fn own_session(&mut self) -> Result<&mut Session, Refusal> {
        self.world
            .sessions
            .get_mut(&self.session)
            .ok_or_else(not_found)
    }
}

/// All messages that wait, as the array that a poll answers with. They may be
/// anything, so the array is put together as text.
pub(super) fn queue(session: &mut Session) -> Reply {
    let messages = session.take();
    let mut body = Vec::with_capacity(messages.iter().map(|m| m.len() + 1).sum::<usize>() + 2);
    body.push(b'[');
    for (index, message) in messages.iter().enumerate() {
        if index > 0 {
            body.push(b',');
        }
        body.extend_from_slice(message);
    }
    body.push(b']');
    RawReply::encode(200, &Json(Bytes::from(body))).into()
}
