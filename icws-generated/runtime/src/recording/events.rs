//! Streams of server-sent events, cut between events.

use std::fmt;

use bytes::Bytes;

use super::entry::RecordedBody;

/// Cuts a stream of server-sent events into pieces of whole events, without a look at
/// what is in them.
///
/// ```
/// use bytes::Bytes;
/// use icws_runtime::recording::{EventCutter, RecordedBody};
///
/// let mut cutter = EventCutter::new(1024);
/// assert_eq!(cutter.push(b"data: 1\n\nda"), Some(Bytes::from("data: 1\n\n").into()));
/// assert_eq!(cutter.push(b"ta: 2\n"), None);
/// assert!(cutter.is_within_event());
/// assert_eq!(cutter.push(b"\n"), Some(Bytes::from("data: 2\n\n").into()));
/// ```
pub struct EventCutter {
    limit: usize,
    held: Held,
    /// The bytes of the event that has not ended, also of those that are not held.
    bytes: usize,
    /// The line that is read is empty as yet.
    is_blank: bool,
    /// The last byte was a CR, to which an LF may belong.
    after_cr: bool,
    /// A line that is no comment has begun since the last event.
    has_event: bool,
}

/// What has come and was not handed out.
enum Held {
    Bytes(Vec<u8>),
    TooMany,
}

impl EventCutter {
    /// Returns a cutter at the start of a stream. Events that together have more than that many
    /// bytes are counted and not kept.
    ///
    /// See the example of [`EventCutter`].
    pub fn new(limit: usize) -> Self {
        EventCutter {
            limit,
            held: Held::Bytes(Vec::new()),
            bytes: 0,
            is_blank: true,
            after_cr: false,
            has_event: false,
        }
    }

    /// Reads on, and returns the events that are whole now, with the comments before
    /// them. Comments alone wait for the next event.
    ///
    /// See the example of [`EventCutter`].
    pub fn push(&mut self, data: &[u8]) -> Option<RecordedBody> {
        // Where the last event ends in the data.
        let mut end = None;
        for (at, byte) in data.iter().enumerate() {
            let after_cr = std::mem::replace(&mut self.after_cr, *byte == b'\r');
            match byte {
                b'\n' if after_cr => {
                    // The LF of a CR that ended an event belongs to it.
                    if end == Some(at) {
                        end = Some(at + 1);
                    }
                }
                b'\n' | b'\r' => {
                    if self.is_blank && std::mem::take(&mut self.has_event) {
                        end = Some(at + 1);
                    }
                    self.is_blank = true;
                }
                byte => {
                    self.has_event |= self.is_blank && *byte != b':';
                    self.is_blank = false;
                }
            }
        }
        let Some(end) = end else {
            self.hold(data);
            return None;
        };
        let (whole, rest) = data.split_at_checked(end).unwrap_or((data, &[]));
        self.hold(whole);
        let events = self.take();
        self.hold(rest);
        Some(events)
    }

    /// Returns true if an event has begun and not ended.
    ///
    /// See the example of [`EventCutter`].
    pub fn is_within_event(&self) -> bool {
        self.has_event
    }

    fn hold(&mut self, data: &[u8]) {
        self.bytes = self.bytes.saturating_add(data.len());
        match &mut self.held {
            Held::Bytes(held) if self.bytes <= self.limit => held.extend_from_slice(data),
            held => *held = Held::TooMany,
        }
    }

    fn take(&mut self) -> RecordedBody {
        let bytes = std::mem::take(&mut self.bytes);
        match std::mem::replace(&mut self.held, Held::Bytes(Vec::new())) {
            Held::Bytes(held) => RecordedBody::Whole(Bytes::from(held)),
            Held::TooMany => RecordedBody::LeftOut {
                bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
                reason: "more than is recorded of an event",
            },
        }
    }
}

impl fmt::Debug for EventCutter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventCutter")
            .field("limit", &self.limit)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(pieces: &[&[u8]], limit: usize) -> (Vec<RecordedBody>, EventCutter) {
        let mut cutter = EventCutter::new(limit);
        let events = pieces.iter().filter_map(|piece| cutter.push(piece));
        (events.collect(), cutter)
    }

    fn whole(text: &'static str) -> RecordedBody {
        Bytes::from(text).into()
    }

    #[test]
    fn a_piece_has_whole_events_and_the_comments_before_them() {
        let (events, cutter) = cut(&[b":ping\n\n", b"data: 1\n\ndata: 2\n\nda", b":x"], 1000);
        assert_eq!(events, [whole(":ping\n\ndata: 1\n\ndata: 2\n\n")]);
        assert!(cutter.is_within_event());
    }

    #[test]
    fn an_event_ends_with_any_line_end() {
        for text in [
            "data: 1\n\n",
            "data: 1\r\n\r\n",
            "data: 1\r\r",
            "data: 1\n\r\n",
        ] {
            let (events, cutter) = cut(&[text.as_bytes()], 1000);
            assert_eq!(events, [whole(text)]);
            assert!(!cutter.is_within_event());
        }
    }

    #[test]
    fn a_giant_event_is_counted_and_the_next_one_is_there() {
        let giant = "x".repeat(100);
        let (events, _) = cut(&[b"data: ", giant.as_bytes(), b"\n\n", b"data: 1\n\n"], 20);
        let RecordedBody::LeftOut { bytes: 108, .. } = events[0] else {
            panic!("{events:?}");
        };
        assert_eq!(events[1..], [whole("data: 1\n\n")]);
    }

    proptest! {
        #[test]
        fn no_byte_is_lost_however_the_stream_is_cut(
            text in "([ax:]|\r|\n|data){0,40}",
            cuts in prop::collection::vec(0..40_usize, 0..4),
        ) {
            let mut cuts: Vec<_> = cuts.iter().map(|cut| (*cut).min(text.len())).collect();
            cuts.sort_unstable();
            let mut pieces = Vec::new();
            let mut from = 0;
            for cut in cuts {
                pieces.push(&text.as_bytes()[from..cut]);
                from = cut;
            }
            pieces.push(&text.as_bytes()[from..]);
            let (events, mut cutter) = cut(&pieces, 1000);
            let mut all: Vec<u8> = events.iter().flat_map(|event| event.held().to_vec()).collect();
            all.extend_from_slice(cutter.take().held());
            prop_assert_eq!(all, text.as_bytes());
        }
    }
}
