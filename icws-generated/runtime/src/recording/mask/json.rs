//! JSON, which keeps all of its bytes but those of secrets.

use std::collections::HashMap;
use std::ops::Range;

use super::super::MASKED;
use super::{Known, Mask, NAMES, Names};
use crate::json::{ReadError, Reader, without_mark};

/// So many names of a document are remembered.
const MOST_NAMES: usize = 1000;

/// Finds the values of secrets in a text, as far as it is JSON.
pub(super) fn secrets(text: &[u8], known: &mut Known) {
    let mut found = Vec::new();
    let mut walk = Walk::new(text, None, Some(&mut found));
    // What was found before an error is known all the same.
    let _ = walk.document();
    for secret in &found {
        known.add(secret);
    }
}

/// The text without its secrets; `None` when it is not JSON from end to end, or one text
/// or number by itself, which may be anything.
pub(super) fn masked(mask: &Mask, text: &[u8]) -> Option<String> {
    let mut walk = Walk::new(text, Some(mask), None);
    walk.document().ok()?;
    let root = without_mark(text).trim_ascii_start().first();
    if !matches!(root, Some(b'{' | b'[' | b't' | b'f' | b'n')) {
        return None;
    }
    let mut cuts = walk.cuts;
    cuts.sort_unstable_by_key(|cut| (cut.start, usize::MAX - cut.end));
    let text = std::str::from_utf8(text).ok()?;
    let mut whole = String::with_capacity(text.len());
    let mut from = 0;
    for cut in cuts {
        // One within another goes with it.
        if cut.start < from {
            continue;
        }
        whole.push_str(text.get(from..cut.start)?);
        whole.push('"');
        whole.push_str(MASKED);
        whole.push('"');
        from = cut.end;
    }
    whole.push_str(text.get(from..)?);
    Some(whole)
}

/// Collects the texts and numbers of a value, at any depth.
fn scalars(reader: &mut Reader<'_>, found: &mut Vec<String>) -> Result<(), ReadError> {
    match reader.next() {
        Some(b'{') => {
            reader.enter()?;
            let mut key = reader.object()?;
            while key.is_some() {
                scalars(reader, found)?;
                key = reader.next_key()?;
            }
            reader.leave();
        }
        Some(b'[') => {
            reader.enter()?;
            let mut more = reader.array()?;
            while more {
                scalars(reader, found)?;
                more = reader.next_item()?;
            }
            reader.leave();
        }
        Some(b'"') => found.push(reader.string()?.into_owned()),
        Some(b'n' | b't' | b'f') => reader.skip()?,
        _ => {
            let start = reader.start();
            reader.skip()?;
            found.push(String::from_utf8_lossy(reader.since(start)).into_owned());
        }
    }
    Ok(())
}

/// Passes over a document and notes where its secrets stand.
struct Walk<'a> {
    reader: Reader<'a>,
    /// How many bytes of the text are before those of the reader.
    offset: usize,
    mask: Option<&'a Mask>,
    found: Option<&'a mut Vec<String>>,
    /// Where secrets stand, in no order, and one may be within another.
    cuts: Vec<Range<usize>>,
    /// What is known of names: most objects have those of others.
    names: HashMap<String, About>,
}

/// What the name of a property says.
#[derive(Clone, Copy)]
struct About {
    is_secret: bool,
    may_tell: bool,
    may_be_told: bool,
}

impl<'a> Walk<'a> {
    fn new(text: &'a [u8], mask: Option<&'a Mask>, found: Option<&'a mut Vec<String>>) -> Self {
        let document = without_mark(text);
        Walk {
            reader: Reader::new(document),
            offset: text.len() - document.len(),
            mask,
            found,
            cuts: Vec::new(),
            names: HashMap::new(),
        }
    }

    fn document(&mut self) -> Result<(), ReadError> {
        self.value()?;
        self.reader.finish()
    }

    fn about(&mut self, name: &str) -> About {
        if let Some(about) = self.names.get(name) {
            return *about;
        }
        let about = About {
            is_secret: NAMES.is_secret(name),
            may_tell: Names::may_tell(name),
            may_be_told: Names::may_be_told(name),
        };
        // Keys of maps are names, too, and all of them are others.
        if self.names.len() < MOST_NAMES {
            self.names.insert(name.to_owned(), about);
        }
        about
    }

    fn cut(&mut self, start: usize, end: usize) {
        self.cuts.push(self.offset + start..self.offset + end);
    }

    /// Passes over a value of which no name says that it is secret. Returns true of an
    /// object that names one.
    fn value(&mut self) -> Result<bool, ReadError> {
        let start = self.reader.start();
        match self.reader.next() {
            Some(b'{') => self.object(),
            Some(b'[') => self.array().map(|()| false),
            Some(b'"') => {
                let text = self.reader.string()?;
                if self.mask.is_some_and(|mask| mask.is_secret(&text)) {
                    self.cut(start, self.reader.position());
                }
                Ok(false)
            }
            _ => self.reader.skip().map(|()| false),
        }
    }

    /// Passes over a value whose name says that it is secret.
    fn secret(&mut self) -> Result<(), ReadError> {
        let start = self.reader.start();
        let next = self.reader.next();
        self.reader.skip()?;
        if !matches!(next, Some(b'n' | b't' | b'f')) {
            self.find(start, self.reader.position());
            self.cut(start, self.reader.position());
        }
        Ok(())
    }

    /// Finds what a secret is made of: it may be a list, or an object.
    fn find(&mut self, start: usize, end: usize) {
        let Some(found) = &mut self.found else {
            return;
        };
        let value = self.reader.rest(start).get(..end - start);
        // It was read before, and is JSON.
        let _ = scalars(&mut Reader::new(value.unwrap_or_default()), found);
    }

    fn array(&mut self) -> Result<(), ReadError> {
        self.reader.enter()?;
        let mut more = self.reader.array()?;
        while more {
            self.value()?;
            more = self.reader.next_item()?;
        }
        self.reader.leave();
        Ok(())
    }

    fn object(&mut self) -> Result<bool, ReadError> {
        self.reader.enter()?;
        // Whether another property says that `value` and its like are secret.
        let mut is_named_secret = false;
        let mut values = Vec::new();
        let mut before = self.reader.start();
        let mut key = self.reader.object()?;
        while let Some(name) = key {
            if self.mask.is_some_and(|mask| mask.known.is_in(&name)) {
                self.key(before);
            }
            let start = self.reader.start();
            let about = self.about(&name);
            if about.is_secret {
                self.secret()?;
            } else {
                is_named_secret |= about.may_tell && self.says_secret(&name)?;
                let names_secret = self.value()?;
                is_named_secret |= names_secret && Names::is_identity(&name);
                if about.may_be_told {
                    values.push((start, self.reader.position()));
                }
            }
            before = self.reader.start();
            key = self.reader.next_key()?;
        }
        if is_named_secret {
            for (start, end) in values {
                self.find(start, end);
                self.cut(start, end);
            }
        }
        self.reader.leave();
        Ok(is_named_secret)
    }

    /// Notes a key that is itself a secret. It stands behind the bracket or comma at
    /// `before`; what is read next is its value.
    fn key(&mut self, before: usize) {
        let read = self.reader.since(before);
        let behind = read.get(1..).unwrap_or_default();
        let start = read.len() - behind.trim_ascii_start().len();
        let colon = read.iter().rposition(|byte| *byte == b':');
        let text = read.get(..colon.unwrap_or_default()).unwrap_or_default();
        self.cut(before + start, before + text.trim_ascii_end().len());
    }

    /// Returns true if the value that is read next says that those beside it are secret.
    fn says_secret(&mut self, name: &str) -> Result<bool, ReadError> {
        let (start, depth) = (self.reader.start(), self.reader.depth());
        let says = if self.reader.is_string() {
            NAMES.tell_of(name, &self.reader.string()?)
        } else {
            self.reader.skip()?;
            let value = self.reader.since(start);
            std::str::from_utf8(value).is_ok_and(|value| NAMES.tell_of(name, value))
        };
        self.reader.go_back(start, depth);
        Ok(says)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(secrets: &[&str]) -> Mask {
        let mut known = Known::new(8);
        secrets.iter().for_each(|secret| known.add(secret));
        Mask {
            known: known.into(),
            hides_parameters: false,
        }
    }

    fn without(text: &str) -> Option<String> {
        masked(&mask(&[]), text.as_bytes())
    }

    #[test]
    fn all_else_stays_byte_for_byte() {
        let text = "\u{feff} {\"a\" : 1.50e0,\t\"Password\" :\"hush\" ,\"é\":[ \"\\u00e9\\ud800\" ,null]}\r\n";
        let expected = text.replace("\"hush\"", "\"***\"");
        assert_eq!(without(text), Some(expected));
    }

    #[test]
    fn secrets_are_found_at_any_depth_and_of_any_type() {
        let text = r#"[{"x":[{"token":{"a":["hush"]},"pin":4711,"apiKey":["hush"]}]}]"#;
        let expected = r#"[{"x":[{"token":"***","pin":"***","apiKey":"***"}]}]"#;
        assert_eq!(without(text).unwrap(), expected);
        let escaped = r#"{"pass\u0077ord":"hush"}"#;
        assert_eq!(without(escaped).unwrap(), r#"{"pass\u0077ord":"***"}"#);
    }

    #[test]
    fn whether_there_is_a_secret_is_none() {
        let text = r#"{"password":null,"usePin":true,"minimumPasswordLength":8}"#;
        assert_eq!(without(text).unwrap(), text);
    }

    #[test]
    fn a_secret_is_found_by_a_name_beside_it() {
        for text in [
            r#"{"name":"sipPassword","value":"hush"}"#,
            r#"{"value":"hush","name":"sipPassword"}"#,
            r#"{"parameterType":0,"values":["hush",{"a":"hush"}],"name":"x"}"#,
            r#"{"values":"hush","parameterType":3}"#,
            r#"{"configurationId":{"displayName":"x","id":"SmtpPassword"},"value":"hush"}"#,
        ] {
            let masked = without(text).unwrap();
            assert!(
                !masked.contains("hush") && masked.contains("\"***\""),
                "{masked}"
            );
        }
        let open = r#"{"parameterType":1,"values":["shown"],"name":"x","value":"shown"}"#;
        assert_eq!(without(open).unwrap(), open);
    }

    #[test]
    fn a_secret_in_a_text_goes_with_it() {
        let text = r#"{"connectionString":"Server=a;Pwd=hush","json":"{\"token\":\"hush\"}"}"#;
        let expected = r#"{"connectionString":"***","json":"***"}"#;
        assert_eq!(without(text).unwrap(), expected);
    }

    #[test]
    fn what_is_known_to_be_secret_is_found_under_any_name() {
        let mask = mask(&["hush-4711"]);
        let text = br#"{"note":"got hush-4711", "hush-4711" : 1,"b":{"hush-4711":2}}"#;
        let expected = r#"{"note":"***", "***" : 1,"b":{"***":2}}"#;
        assert_eq!(masked(&mask, text).unwrap(), expected);
        let mut known = Known::new(8);
        secrets(br#"{"csrfToken":"hush-4711","a":1} broken"#, &mut known);
        assert!(known.is_in("a hush-4711 b"));
    }

    #[test]
    fn what_is_not_json_is_not_there() {
        let deep = "[".repeat(200) + &"]".repeat(200);
        for text in [
            "",
            "hush",
            "\"hush\"",
            "4711",
            "{\"a\":1",
            "{\"a\":1} x",
            "<a/>",
            &deep,
        ] {
            assert_eq!(without(text), None, "{text}");
        }
        assert_eq!(masked(&mask(&[]), b"{\"a\":\"\xff\"}"), None);
    }
}
