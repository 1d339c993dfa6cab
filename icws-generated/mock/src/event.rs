//! Texts as server-sent events.

/// Adds a text as an event. One with line breaks takes a line of data for each of its own.
pub(crate) fn append(event: &mut Vec<u8>, text: &[u8]) {
    for line in lines(text) {
        event.extend_from_slice(b"data: ");
        event.extend_from_slice(line);
        event.push(b'\n');
    }
    event.push(b'\n');
}

/// The lines of a text as a reader of events tells them apart: a carriage return ends a
/// line, too, alone and before a line feed.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let (line, after) = text.split_at(end.unwrap_or(text.len()));
        let after = after.strip_prefix(b"\r\n").or_else(|| after.get(1..));
        rest = after;
        Some(line)
    })
}
