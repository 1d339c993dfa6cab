//! Bodies.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::media;
use super::reply::RawReply;
use crate::json::{Blank, ReadError, Reader, Value, Writer, read_new};
use crate::shown::{Hidden, Shown};

/// Content that a server can put into a body.
pub trait ToBody {
    /// The body; `None` when there is none.
    fn to_body(&self) -> Option<Bytes>;

    /// The media type of the body.
    fn media(&self) -> Cow<'_, str> {
        Cow::Borrowed(media::CONTENT)
    }
}

/// Content that can be read from the body of a response.
pub trait Body: ToBody + Sized {
    /// Reads the body.
    ///
    /// # Errors
    /// When it is not JSON, or not what the type says.
    fn read_body(reply: &RawReply) -> Result<Self, ReadError>;
}

/// Nothing. What came is accepted: real servers send an empty body or `{}` where
/// the reference has none. A page of HTML is not: no ICWS server has sent it.
impl ToBody for () {
    fn to_body(&self) -> Option<Bytes> {
        None
    }
}

impl Body for () {
    fn read_body(reply: &RawReply) -> Result<Self, ReadError> {
        if media::is_page(reply.headers(), reply.body()) {
            json(reply)?;
        }
        Ok(())
    }
}

impl<T: Value> ToBody for T {
    fn to_body(&self) -> Option<Bytes> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        Some(writer.into_bytes().into())
    }
}

impl<T: Value + Blank> Body for T {
    fn read_body(reply: &RawReply) -> Result<Self, ReadError> {
        let body = json(reply)?;
        if body.iter().all(u8::is_ascii_whitespace) {
            return Err(ReadError::whole("the body is empty"));
        }
        let mut reader = Reader::watched(body, reply.watch());
        let value = read_new(&mut reader)?;
        reader.finish()?;
        Ok(value)
    }
}

/// Content that is not JSON, as it travels. `Debug` shows how much it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Content {
    /// The media type with its parameters, `text/html; charset=utf-8`.
    pub media: String,
    /// The content.
    pub bytes: Bytes,
}

impl Content {
    /// Content of a media type.
    pub fn new(media: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Content {
            media: media.into(),
            bytes: bytes.into(),
        }
    }

    /// The content as text.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content")
            .field("media", &Shown(&self.media))
            .field("bytes", &Hidden(&self.bytes))
            .finish()
    }
}

impl ToBody for Content {
    fn to_body(&self) -> Option<Bytes> {
        Some(self.bytes.clone())
    }

    fn media(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.media)
    }
}

impl Body for Content {
    fn read_body(reply: &RawReply) -> Result<Self, ReadError> {
        let media = reply.header("Content-Type").unwrap_or_default();
        Ok(Content {
            media,
            bytes: reply.body().clone(),
        })
    }
}

impl RawReply {
    /// A response as a server sends it. The `Content-Type` comes with the body.
    /// A status outside of 100 to 999 becomes 500.
    pub fn encode(status: u16, content: &impl ToBody) -> Self {
        let mut headers = HeaderMap::new();
        let body = content.to_body();
        if body.is_some() {
            let media = HeaderValue::try_from(&*content.media());
            headers.extend(media.ok().map(|media| (CONTENT_TYPE, media)));
        }
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        RawReply::sent(status, headers, body.unwrap_or_default())
    }

    /// A success whose status no source tells, as a server sends it: 200 with a
    /// body, else 204.
    pub fn encode_success(content: &impl ToBody) -> Self {
        let reply = RawReply::encode(200, content);
        if reply.body().is_empty() {
            return RawReply::encode(204, content);
        }
        reply
    }
}

/// The body, unless its media type says that it is not JSON.
pub(crate) fn json(reply: &RawReply) -> Result<&[u8], ReadError> {
    match media::instead(reply.headers(), reply.body()) {
        Some(instead) if !reply.body().is_empty() => {
            Err(ReadError::whole(format!("the body is {instead}")))
        }
        _ => Ok(reply.body()),
    }
}
