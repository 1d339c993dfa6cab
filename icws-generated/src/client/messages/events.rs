//! Reads server-sent events.

/// Reads a stream of server-sent events piece by piece, as the HTML standard
/// defines it. Only the data counts here: each event is one message, and whether
/// ICWS servers send identifiers or retry times is not known.
#[derive(Debug, Default)]
pub(super) struct EventReader {
    /// The line that has not ended yet.
    line: Vec<u8>,
    data: Vec<u8>,
    has_data: bool,
    /// A line ended with CR; an LF right behind it belongs to that end.
    after_cr: bool,
    started: bool,
}

impl EventReader {
    /// Reads on; the data of each event that is complete now.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut events = Vec::new();
        for byte in bytes.iter().copied() {
            let after_cr = std::mem::take(&mut self.after_cr);
            match byte {
                b'\n' if after_cr => {}
                b'\n' | b'\r' => {
                    self.after_cr = byte == b'\r';
                    events.extend(self.end_line());
                }
                byte => self.line.push(byte),
            }
        }
        events
    }

    /// How many bytes of an event are held that has not ended.
    pub fn held(&self) -> usize {
        self.line.len() + self.data.len()
    }

    /// Returns true if an event has begun and not ended.
    pub fn is_within_event(&self) -> bool {
        self.has_data || !self.line.is_empty()
    }

    fn end_line(&mut self) -> Option<Vec<u8>> {
        let mut line = std::mem::take(&mut self.line);
        if !std::mem::replace(&mut self.started, true) && line.starts_with(b"\xEF\xBB\xBF") {
            line.drain(..3);
        }
        if line.is_empty() {
            let data = std::mem::take(&mut self.data);
            return std::mem::take(&mut self.has_data).then_some(data);
        }
        let (field, value) = match line.iter().position(|byte| *byte == b':') {
            // A comment, such as the keep-alive `:ping`.
            Some(0) => return None,
            Some(colon) => line.split_at(colon),
            None => (line.as_slice(), &[][..]),
        };
        if field == b"data" {
            let value = value.strip_prefix(b":").unwrap_or(value);
            let value = value.strip_prefix(b" ").unwrap_or(value);
            if self.has_data {
                self.data.push(b'\n');
            }
            self.data.extend_from_slice(value);
            self.has_data = true;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(pieces: &[&str]) -> Vec<String> {
        let mut reader = EventReader::default();
        let events = pieces
            .iter()
            .flat_map(|piece| reader.push(piece.as_bytes()));
        events
            .map(|data| String::from_utf8(data).unwrap())
            .collect()
    }

    #[test]
    fn events_are_read_across_pieces_and_line_ends() {
        assert_eq!(read(&["data: {\"a\":1}\n\n"]), [r#"{"a":1}"#]);
        assert_eq!(
            read(&["da", "ta:x", "\r", "\n\r\nda", "ta: y\r\r"]),
            ["x", "y"]
        );
        assert_eq!(read(&["data: a\ndata: b\n\n"]), ["a\nb"]);
        assert_eq!(read(&["\u{feff}data:a\n\n"]), ["a"]);
    }

    #[test]
    fn comments_and_other_fields_are_no_messages() {
        assert_eq!(
            read(&[":ping\n\n", "id: 7\nevent: message\nretry: 5\n\n"]),
            [""; 0]
        );
        assert_eq!(read(&["event: message\nid: 7\ndata: a\n:ping\n\n"]), ["a"]);
        assert_eq!(read(&["data\n\n"]), [""]);
    }

    #[test]
    fn an_event_that_is_not_complete_is_none() {
        let mut reader = EventReader::default();
        assert!(reader.push(b"data: a\n\n: ping\n").len() == 1 && !reader.is_within_event());
        assert!(reader.push(b"data: b\n").is_empty() && reader.is_within_event());
        reader.push(b"\n");
        assert!(reader.push(b"dat").is_empty() && reader.is_within_event());
    }

    /// The data of all events of a whole stream, read line by line.
    fn whole(text: &[u8]) -> Vec<Vec<u8>> {
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        let mut lines: Vec<Vec<u8>> = vec![Vec::new()];
        for (index, byte) in text.iter().enumerate() {
            match byte {
                b'\n' if index > 0 && text[index - 1] == b'\r' => {}
                b'\n' | b'\r' => lines.push(Vec::new()),
                byte => lines.last_mut().unwrap().push(*byte),
            }
        }
        // The last one has not ended.
        lines.pop();
        let (mut events, mut data) = (Vec::new(), Vec::new());
        for line in lines {
            if line.is_empty() {
                if !data.is_empty() {
                    events.push(data.join(&b'\n'));
                }
                data.clear();
            } else if line == b"data" {
                data.push(Vec::new());
            } else if let Some(value) = line.strip_prefix(b"data:") {
                data.push(value.strip_prefix(b" ").unwrap_or(value).to_vec());
            }
        }
        events
    }

    /// What looks like a stream of events, and what does not.
    fn stream() -> impl Strategy<Value = Vec<u8>> {
        let token = prop_oneof![
            6 => prop_oneof![Just("\n"), Just("\r"), Just("\r\n"), Just("\n\n")].prop_map(Vec::from),
            4 => prop_oneof![Just("data:"), Just("data: "), Just("data"), Just("dat"), Just(" data: ")].prop_map(Vec::from),
            2 => prop_oneof![Just(":ping"), Just("id: 7"), Just("retry: x"), Just("event:"), Just("\0")].prop_map(Vec::from),
            2 => Just(b"\xEF\xBB\xBF".to_vec()),
            2 => "[\\[\\]{}:, a\"]{0,8}".prop_map(Vec::from),
            1 => proptest::collection::vec(any::<u8>(), 0..5),
        ];
        proptest::collection::vec(token, 0..24).prop_map(|tokens| tokens.concat())
    }

    proptest! {
        #[test]
        fn a_stream_in_pieces_is_what_it_is_in_one(
            text in stream(),
            cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..6),
        ) {
            let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            let mut reader = EventReader::default();
            let mut events = Vec::new();
            let mut since = 0;
            for cut in cuts.windows(2) {
                let came = reader.push(&text[cut[0]..cut[1]]);
                since = if came.is_empty() { since } else { cut[0] };
                events.extend(came);
                // Nothing is held of what has been handed on.
                prop_assert!(reader.held() <= cut[1] - since);
                prop_assert!(reader.held() == 0 || reader.is_within_event());
            }
            prop_assert_eq!(events, whole(&text));
        }
    }
}
