//! The text of an event stream.

use crate::texts::without_mark;

/// Returns the data of each whole event of a stream, in order. Comments, and events
/// without data, tell nothing.
pub(super) fn data(text: &str) -> Vec<String> {
    let text = without_mark(text);
    let mut events = Vec::new();
    let mut data: Option<String> = None;
    let whole = lines(text).filter(|(_, end)| !end.is_empty());
    for (line, _) in whole {
        if line.is_empty() {
            events.extend(data.take());
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        if field != "data" {
            continue;
        }
        let value = value.strip_prefix(' ').unwrap_or(value);
        match &mut data {
            Some(data) => {
                data.push('\n');
                data.push_str(value);
            }
            None => data = Some(value.to_owned()),
        }
    }
    // What has no end was cut; a browser would not tell it either.
    events
}

/// The lines of a text, each with what ends it; that is empty for a last line without
/// an end.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let (line, after) = rest.split_at_checked(end)?;
        let length = if after.starts_with("\r\n") { 2 } else { 1 };
        let (end, behind) = after.split_at_checked(length).unwrap_or((after, ""));
        rest = behind;
        Some((line, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_as_browsers_do() {
        let text = "\u{feff}:ping\n\ndata: {\"a\":1}\n\nevent: x\r\ndata:one\r\ndata: two\r\n\r\nid: 7\n\ndata: cut";
        assert_eq!(data(text), ["{\"a\":1}", "one\ntwo"]);
        assert!(data("").is_empty());
    }
}
