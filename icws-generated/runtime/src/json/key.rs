//! What tells items of a collection apart.

use std::borrow::Cow;

use super::boxed::Boxed;
use super::field::Field;
use super::record::Record;
use super::writer::Writer;

/// An item of a collection.
pub trait Keyed: Send + Sync + 'static {
    /// Returns what tells it apart; `None` when a server left that out.
    fn key(&self) -> Option<String>;
}

impl Keyed for String {
    fn key(&self) -> Option<String> {
        Some(self.clone())
    }
}

/// A part of a key: text, a number or a truth value as it is on the wire, an object as
/// its JSON text.
pub trait KeyPart {
    /// Returns the part; `None` when it is absent.
    fn part(&self) -> Option<Cow<'_, str>>;
}

impl KeyPart for str {
    fn part(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl KeyPart for String {
    fn part(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl KeyPart for &str {
    fn part(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl KeyPart for i64 {
    fn part(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Owned(self.to_string()))
    }
}

impl KeyPart for i32 {
    fn part(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Owned(self.to_string()))
    }
}

impl KeyPart for bool {
    fn part(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(if *self { "true" } else { "false" }))
    }
}

impl<T: KeyPart> KeyPart for Option<T> {
    fn part(&self) -> Option<Cow<'_, str>> {
        self.as_ref()?.part()
    }
}

impl<T: KeyPart> KeyPart for Field<T> {
    fn part(&self) -> Option<Cow<'_, str>> {
        self.value()?.part()
    }
}

impl<T: KeyPart> KeyPart for Boxed<T> {
    fn part(&self) -> Option<Cow<'_, str>> {
        (**self).part()
    }
}

impl<T: Record> KeyPart for T {
    fn part(&self) -> Option<Cow<'_, str>> {
        let json = self.to_json();
        Some(Cow::Owned(String::from_utf8_lossy(&json).into_owned()))
    }
}

impl<A: KeyPart, B: KeyPart> KeyPart for (A, B) {
    fn part(&self) -> Option<Cow<'_, str>> {
        key_of(&[&self.0, &self.1]).map(Cow::Owned)
    }
}

impl<A: KeyPart, B: KeyPart, C: KeyPart> KeyPart for (A, B, C) {
    fn part(&self) -> Option<Cow<'_, str>> {
        key_of(&[&self.0, &self.1, &self.2]).map(Cow::Owned)
    }
}

/// A property that may be absent, on the way to a part of a key.
pub trait Maybe<T> {
    /// Returns the value, if it is there.
    fn maybe(&self) -> Option<&T>;
}

impl<T> Maybe<T> for Option<T> {
    fn maybe(&self) -> Option<&T> {
        self.as_ref()
    }
}

impl<T> Maybe<T> for Field<T> {
    fn maybe(&self) -> Option<&T> {
        self.value()
    }
}

/// Returns the key that parts make: the only one as it is, several as a JSON
/// array of texts, so that no two keys can be taken for each other.
pub fn key_of(parts: &[&dyn KeyPart]) -> Option<String> {
    if let [one] = parts {
        return one.part().map(Cow::into_owned);
    }
    let mut writer = Writer::new();
    writer.array();
    for part in parts {
        writer.item();
        writer.string(&part.part()?);
    }
    writer.end_array();
    String::from_utf8(writer.into_bytes()).ok()
}
