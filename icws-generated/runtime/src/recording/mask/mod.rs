//! What is secret in an exchange, and the exchange without it.

mod events;
mod form;
mod headers;
mod json;
mod url;

use std::borrow::Cow;
use std::sync::Arc;

use http::HeaderMap;

pub(super) use form::Pair;

use super::entry::{Entry, Half, RecordedBody};
use icws_secrets::{Known, Names};

/// The media type of forms.
const FORM: &str = "application/x-www-form-urlencoded";

/// The media type of streams of events.
const EVENTS: &str = "text/event-stream";

/// So many secrets of one exchange are looked for.
const MOST: usize = 64;

/// What tells secrets by their names.
static NAMES: Names = Names::new();

/// Finds secrets of one exchange, and writes its parts without them.
pub(super) struct Mask {
    known: Arc<Known>,
    /// All parameters are secret: they come from an identity provider.
    hides_parameters: bool,
}

/// A body as it is written.
pub(super) enum Masked {
    /// It is empty.
    Nothing,
    /// A text without its secrets.
    Text(String),
    /// The parameters of a form.
    Form(Vec<Pair>),
    /// It is left out, for this reason.
    LeftOut(&'static str),
}

impl Mask {
    /// What masks an exchange.
    pub fn of(entry: &Entry) -> Self {
        Mask {
            known: entry.known(),
            hides_parameters: entry.uri.path().contains("/single-sign-on/return"),
        }
    }

    /// Collects the secrets of an exchange, so that they are found elsewhere, too.
    pub fn secrets_of(entry: &Entry) -> Known {
        let mut known = Known::new(MOST);
        let halves = std::iter::once(&entry.request);
        let halves = halves.chain(entry.response.iter().map(|(_, half)| half));
        for half in halves {
            headers::secrets(&half.headers, &mut known);
            match &half.body {
                RecordedBody::Whole(body) if is_form(&half.headers, body) => {
                    form::secrets(&String::from_utf8_lossy(body), &mut known);
                }
                RecordedBody::Whole(body) if is(&half.headers, EVENTS) => {
                    events::secrets(body, &mut known);
                }
                RecordedBody::Whole(body) => json::secrets(body, &mut known),
                RecordedBody::LeftOut { .. } => {}
            }
        }
        form::secrets(entry.uri.query().unwrap_or_default(), &mut known);
        let authority = entry.uri.authority().map(|authority| authority.as_str());
        url::password(authority.unwrap_or_default(), &mut known);
        known
    }

    /// The whole address.
    pub fn address(&self, entry: &Entry) -> String {
        url::address(self, &entry.uri, &entry.request.headers)
    }

    /// The parameters of a query or a form.
    pub fn pairs(&self, text: &str) -> Vec<Pair> {
        form::pairs(self, text)
    }

    /// The headers, each with its value.
    pub fn headers(&self, headers: &HeaderMap) -> Vec<Pair> {
        headers::masked(self, headers)
    }

    /// The cookies of the headers: those that are sent or set.
    pub fn cookies(&self, headers: &HeaderMap) -> Vec<Pair> {
        headers::cookies(headers)
    }

    /// A body.
    pub fn body(&self, half: &Half) -> Masked {
        let body = match &half.body {
            RecordedBody::LeftOut { reason, .. } => return Masked::LeftOut(reason),
            RecordedBody::Whole(body) if body.is_empty() => return Masked::Nothing,
            RecordedBody::Whole(body) => body,
        };
        if is_form(&half.headers, body) {
            let text = std::str::from_utf8(body);
            return text.map_or(Masked::LeftOut("no text"), |text| {
                Masked::Form(self.pairs(text))
            });
        }
        if is(&half.headers, EVENTS) {
            return Masked::Text(events::masked(self, body));
        }
        match json::masked(self, body) {
            Some(text) => Masked::Text(text),
            None => Masked::LeftOut("neither JSON nor a form, and may hold secrets"),
        }
    }

    /// A text of which no name is known.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.is_secret(text) {
            true => Cow::Borrowed(super::MASKED),
            false => Cow::Borrowed(text),
        }
    }

    /// Returns true if a text has a secret in it.
    fn is_secret(&self, text: &str) -> bool {
        self.known.is_in(text) || NAMES.are_in(text)
    }
}

/// Returns true if the body is a form, and not JSON that is called one, as `curl -d` does.
fn is_form(headers: &HeaderMap, body: &[u8]) -> bool {
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    is(headers, FORM) && !matches!(first, Some(b'{' | b'['))
}

/// Returns true if the body is of a media type.
fn is(headers: &HeaderMap, media: &str) -> bool {
    let value = headers.get(http::header::CONTENT_TYPE);
    let text = value.and_then(|value| value.to_str().ok());
    let essence = text.and_then(|text| text.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case(media))
}
