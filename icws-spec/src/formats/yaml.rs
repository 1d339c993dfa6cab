//! JSON values as YAML, for files that people compare.
//!
//! Texts are plain where nobody can read anything else in them, and in double
//! quotes otherwise, with what cannot be seen escaped: what is written reads the
//! same in YAML 1.1 and 1.2, and does not change with a library.

use serde_json::Value as Json;

use crate::texts;

/// Writes a value as a document of YAML.
pub fn yaml(value: &Json) -> String {
    let mut out = String::new();
    match scalar(value) {
        Some(text) => out.push_str(&text),
        None => block(value, 0, &mut out),
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// The items of a list or map that has some, each on lines of its own.
fn block(value: &Json, depth: usize, out: &mut String) {
    let mut first = true;
    let mut lead = |out: &mut String| {
        // The first item stands behind the dash of the list that it is in.
        if !std::mem::take(&mut first) || out.is_empty() || out.ends_with('\n') {
            out.extend(std::iter::repeat_n("  ", depth));
        }
    };
    match value {
        Json::Array(items) => {
            for item in items {
                lead(out);
                out.push_str("- ");
                inner(item, depth + 1, false, out);
            }
        }
        Json::Object(map) => {
            for (key, item) in map {
                lead(out);
                out.push_str(&text(key));
                out.push(':');
                inner(item, depth + 1, true, out);
            }
        }
        _ => {}
    }
}

fn inner(value: &Json, depth: usize, behind_key: bool, out: &mut String) {
    match scalar(value) {
        Some(text) => {
            out.push_str(if behind_key { " " } else { "" });
            out.push_str(&text);
            out.push('\n');
        }
        None => {
            out.push_str(if behind_key { "\n" } else { "" });
            block(value, depth, out);
        }
    }
}

/// A value on one line.
fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(self::text(text)),
        Json::Array(items) if items.is_empty() => Some("[]".to_owned()),
        Json::Object(map) if map.is_empty() => Some("{}".to_owned()),
        Json::Array(_) | Json::Object(_) => None,
        other => Some(other.to_string()),
    }
}

fn text(text: &str) -> String {
    match is_plain(text) {
        true => text.to_owned(),
        false => texts::quoted(text),
    }
}

/// Words that some readers of YAML take for something else than a text.
const WORDS: [&str; 10] = [
    "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan",
];

fn is_plain(text: &str) -> bool {
    let is_start = |c: char| c.is_ascii_alphabetic() || matches!(c, '$' | '_' | '/');
    let is_part = |c: char| c.is_ascii_alphanumeric() || " $_/.-+,()';{}".contains(c);
    text.starts_with(is_start)
        && text.chars().all(is_part)
        && !text.ends_with(' ')
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_read_again() {
        let value = json!({
            "no": ["yes", "", " a", "a ", "1", "0x1", "~", "a: b", "a #b", "- a", "it's", "2XX"],
            "b\n\t\"\\": [[], {}, [[1, [2.5, null]], {"c": [true]}], -3],
            "hidden": "\u{202e}\u{e0041}\u{85}\u{7f}\u{fffe}\u{ffff}",
            "x": { "y": { "/a/{b}": "🙂 ü" } },
        });
        let text = yaml(&value);
        assert_eq!(
            serde_yaml::from_str::<Json>(&text).unwrap(),
            value,
            "{text}"
        );
        let hidden = |c: char| c != '\n' && texts::is_hidden(c);
        assert!(!text.contains(hidden), "{text}");
        for value in [json!([]), json!("on"), json!([{"a": 1, "b": 2}])] {
            assert_eq!(serde_yaml::from_str::<Json>(&yaml(&value)).unwrap(), value);
        }
    }
}
