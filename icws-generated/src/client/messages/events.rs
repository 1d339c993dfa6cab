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
}
