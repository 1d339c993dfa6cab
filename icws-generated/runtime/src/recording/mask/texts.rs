//! Secrets in texts of which no name is known.

use super::names;

/// A shorter secret is not looked for: it would be found everywhere.
const SHORTEST: usize = 6;

/// So many secrets of one exchange are looked for.
const MOST: usize = 64;

/// What stands before a token or a password in a header.
const SCHEMES: &[&str] = &["basic", "bearer", "negotiate", "ntlm"];

/// Secrets of an exchange, which may be repeated elsewhere in it.
#[derive(Default)]
pub(super) struct Known(Vec<String>);

impl Known {
    /// Adds a secret.
    pub fn add(&mut self, secret: &str) {
        let secret = secret.trim();
        if secret.len() >= SHORTEST && self.0.len() < MOST && !self.0.iter().any(|s| s == secret) {
            self.0.push(secret.to_owned());
        }
    }

    /// Returns true if one of them is in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.0.iter().any(|secret| text.contains(secret.as_str()))
    }
}

/// Returns true if a text names a secret before a `:` or `=`, as the text of a connection,
/// an address, a header and JSON within a text do; or if it has a password before a host.
pub(super) fn names_secret(text: &str) -> bool {
    let scheme = text.split_once(' ').map(|(scheme, _)| scheme);
    if scheme.is_some_and(|scheme| SCHEMES.iter().any(|one| scheme.eq_ignore_ascii_case(one))) {
        return true;
    }
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find([':', '='])) {
        let at = from + at;
        let before = text.get(from..at).unwrap_or_default();
        let before = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        if names::is_secret(last_words(before)) || has_user(text.get(at..).unwrap_or_default()) {
            return true;
        }
        from = at + 1;
    }
    false
}

/// The last two words of a text that nothing but blanks divides.
fn last_words(text: &str) -> &str {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let start = |text: &str| text.trim_end_matches(is_word).len();
    let last = start(text);
    let before = text.get(..last).unwrap_or_default();
    let first = match before.ends_with(' ') {
        true => start(before.trim_end_matches(' ')),
        false => last,
    };
    text.get(first..).unwrap_or(text)
}

/// Returns true if a text begins with `://` and a user before a host.
fn has_user(text: &str) -> bool {
    let rest = text.strip_prefix("://");
    let authority = rest.and_then(|rest| rest.split(['/', '?', '#', ' ', '"']).next());
    authority.is_some_and(|authority| authority.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::names_secret;

    #[test]
    fn a_secret_in_a_text_is_found_by_its_name() {
        for text in [
            "Server=db;Uid=sa;Password=open sesame",
            r#"{"a": 1, "password": "x"}"#,
            r#"{\"password\" : \"x\"}"#,
            "https://web.example/x?a=1&token=x",
            "Authorization: Bearer x",
            "the access token = x",
            "the password is: x",
            "bearer x",
            "https://agent:x@web.example/",
        ] {
            assert!(names_secret(text), "{text}");
        }
        for text in [
            "",
            "=",
            "::=",
            "Invoice: 4711",
            "the password was changed yesterday: at noon",
            "https://web.example:8019/icws",
            "é=ü",
            "token",
            "mail: a@b.example",
        ] {
            assert!(!names_secret(text), "{text}");
        }
    }
}
