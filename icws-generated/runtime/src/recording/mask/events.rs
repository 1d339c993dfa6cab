//! Streams of server-sent events: each has JSON.

use super::super::MASKED;
use super::{Known, Mask, json};

/// An event: its lines without their ends, and the lines of its data.
struct Event<'t> {
    lines: Vec<&'t [u8]>,
    data: Vec<&'t [u8]>,
}

/// The events of a text, each with the comments before it.
fn events(text: &[u8]) -> Vec<Event<'_>> {
    let mut all = Vec::new();
    let mut event = Event {
        lines: Vec::new(),
        data: Vec::new(),
    };
    for line in lines(text) {
        event.lines.push(line);
        event.data.extend(data_of(line));
        if line.is_empty() {
            let next = Event {
                lines: Vec::new(),
                data: Vec::new(),
            };
            all.push(std::mem::replace(&mut event, next));
        }
    }
    all.push(event);
    all
}

/// The lines, each of which ends with CR, LF or both.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        let (line, behind) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        let behind = behind
            .strip_prefix(b"\r\n")
            .or_else(|| behind.get(1..))
            .unwrap_or_default();
        rest = behind;
        Some(line)
    })
}

fn data_of(line: &[u8]) -> Option<&[u8]> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let value = line.strip_prefix(b"data")?;
    if value.is_empty() {
        return Some(value);
    }
    let value = value.strip_prefix(b":")?;
    Some(value.strip_prefix(b" ").unwrap_or(value))
}

/// Finds the secrets of the events.
pub(super) fn secrets(text: &[u8], known: &mut Known) {
    for event in events(text) {
        json::secrets(&event.data.join(&b'\n'), known);
    }
}

/// Returns true if a line is what streams have beside their data. What others mean nobody can
/// say.
fn is_open(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default();
    matches!(name, "" | "event" | "id" | "retry")
}

/// The text, with line ends of LF. The data of an event is left out where it is no JSON, and
/// lines that are of no stream are.
pub(super) fn masked(mask: &Mask, text: &[u8]) -> String {
    let mut whole = String::with_capacity(text.len());
    for event in events(text) {
        let mut data = (!event.data.is_empty()).then(|| event.data.join(&b'\n'));
        for line in event.lines {
            if data_of(line).is_none() {
                let line = String::from_utf8_lossy(line);
                match is_open(&line) {
                    true => whole.push_str(&mask.text(&line)),
                    false => whole.push_str(":***"),
                }
                whole.push('\n');
            } else if let Some(data) = data.take() {
                let text = json::masked(mask, &data);
                for line in text.as_deref().unwrap_or(MASKED).split('\n') {
                    whole.push_str("data: ");
                    whole.push_str(line);
                    whole.push('\n');
                }
            }
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_is_masked_by_itself() {
        let mask = Mask {
            known: Known::new(1).into(),
            hides_parameters: false,
        };
        let text = ":ping\r\n\r\nid: 7\r\ndata: {\"a\":1,\r\ndata:\"pin\":\"hush\"}\r\n\r\n\
                    data: hush\n\ndata: {\"a\":2}\n\nevent: token=hush\n data: hush\n";
        assert_eq!(
            masked(&mask, text.as_bytes()),
            ":ping\n\nid: 7\ndata: {\"a\":1,\ndata: \"pin\":\"***\"}\n\n\
             data: ***\n\ndata: {\"a\":2}\n\n***\n:***\n"
        );
    }
}
