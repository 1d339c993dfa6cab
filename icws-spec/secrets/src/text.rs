//! Secrets in texts of which no name is known.

use std::borrow::Cow;

use crate::decode::decoded;
use crate::names::{is_naming, is_one_of};
use crate::{Names, has_port};

/// A text may be encoded so often, one way or another. What is encoded more often is
/// taken for a secret, since nobody looks into it.
const MOST_CODINGS: usize = 8;

/// Ways to say who one is, before what proves it.
const SCHEMES: &[&str] = &["bearer", "basic", "digest", "negotiate", "ntlm"];

/// What stands before a name and a host without a password between them: schemes, and
/// what people and directories write before an address or the name of a queue.
const WITHOUT_PASSWORD: &[&str] = &[
    "alias",
    "home",
    "line",
    "owner",
    "station",
    "system",
    "work",
    "workgroup",
    "bcc",
    "callto",
    "cc",
    "contact",
    "e-mail",
    "email",
    "from",
    "h323",
    "im",
    "mail",
    "mailto",
    "queue",
    "reply-to",
    "sip",
    "sips",
    "skype",
    "smtp",
    "tel",
    "to",
    "user",
    "xmpp",
];

/// What begins a private key as text.
const KEY: (&str, &str) = ("-----BEGIN", "PRIVATE KEY-----");

/// What JSON begins with in base64, as tokens do that are signed, and so many letters of
/// base64 are no word.
const ENCODED: (&str, usize) = ("eyJ", 16);

/// What stands around and between addresses in a text, also in JSON within a text.
const BREAKS: &[char] = &[
    '"', '\'', '<', '>', '(', ')', '{', '}', '[', ']', ',', ';', '/', '\\', '=', '&',
];

impl Names {
    /// Returns true if a text holds a secret somewhere: behind its name (`password=…`,
    /// `"token": "…"`, `<pin>…`), behind a name that is itself a value (`"name":
    /// "password"`), behind the name of a scheme (`Bearer …`), or as the password of an
    /// address; also within JSON or an address in the text that is encoded again.
    ///
    /// Texts of people are no secrets where they only begin like one: `Basic support`,
    /// `from:ada@web.example`.
    pub fn are_in(&self, text: &str) -> bool {
        if text.contains(KEY.0) && text.contains(KEY.1) {
            return true;
        }
        let mut text = Cow::Borrowed(text);
        for _ in 0..MOST_CODINGS {
            if Scan::new(self, &text).finds() {
                return true;
            }
            match decoded(&text) {
                Some(plain) => text = Cow::Owned(plain),
                None => return false,
            }
        }
        true
    }
}

/// A look through a text, from its start to its end and never back, since texts may be
/// long and made to be slow.
struct Scan<'a> {
    names: &'a Names,
    text: &'a str,
    /// The last word.
    word: Option<Word>,
    /// Whether the word goes on.
    within: bool,
    /// Where the word before the last one begins, if only blanks are between them.
    before: Option<usize>,
    /// Whether nothing but blanks stands behind the last word.
    is_joined: bool,
    /// Whether a name that is a value comes next.
    is_naming: bool,
    /// Where the last tag begins, behind its bracket.
    tag: Option<usize>,
    /// Where what stands before an `@` begins.
    token: usize,
}

#[derive(Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    /// Whether a mark behind it was looked at.
    is_done: bool,
}

impl<'a> Scan<'a> {
    fn new(names: &'a Names, text: &'a str) -> Self {
        Scan {
            names,
            text,
            word: None,
            within: false,
            before: None,
            is_joined: false,
            is_naming: false,
            tag: None,
            token: 0,
        }
    }

    fn finds(mut self) -> bool {
        for (at, c) in self.text.char_indices() {
            let next = at + c.len_utf8();
            if c.is_alphanumeric() || matches!(c, '-' | '_') {
                self.letter(at, next);
                continue;
            }
            if std::mem::take(&mut self.within) && self.ends_word() {
                return true;
            }
            self.is_joined &= c == ' ';
            let found = match c {
                ':' => self.mark(c) || self.has_password(at),
                '=' => self.mark(c),
                '>' => self.ends_tag(at),
                '@' => self.is_password(at),
                _ => false,
            };
            if found {
                return true;
            }
            if c == '<' {
                self.tag = Some(next);
            }
            if c == '@' || c.is_whitespace() || BREAKS.contains(&c) {
                self.token = next;
            }
        }
        self.within && self.ends_word()
    }

    fn part(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn letter(&mut self, at: usize, next: usize) {
        let start = match self.word {
            Some(word) if self.within => word.start,
            last => {
                let joined = last.filter(|_| self.is_joined);
                self.before = joined.map(|word| word.start);
                at
            }
        };
        (self.within, self.is_joined) = (true, true);
        self.word = Some(Word {
            start,
            end: next,
            is_done: false,
        });
    }

    /// At the end of a word: whether it is a name of a secret where a name is a value, or
    /// a scheme before something.
    fn ends_word(&mut self) -> bool {
        let Some(Word { start, end, .. }) = self.word else {
            return false;
        };
        let word = self.part(start, end);
        let behind = self.text.get(end..).unwrap_or_default();
        let next = next_word(behind);
        // A name is the whole value, and not the first word of one.
        let is_value = !next.starts_with(char::is_alphanumeric);
        if std::mem::take(&mut self.is_naming) && is_value && self.names.is_secret(word) {
            return true;
        }
        if word.len() >= ENCODED.1 && word.starts_with(ENCODED.0) {
            return true;
        }
        // `with password 'x'`, `--password x`, `curl -u ada:x`.
        let is_given = next.starts_with(['\'', '"', '`']) || word.starts_with("--");
        if is_given && !next.is_empty() && self.names.is_secret(word) {
            return true;
        }
        if word == "-u"
            && next
                .split_once(':')
                .is_some_and(|(user, _)| !user.is_empty())
        {
            return true;
        }
        if !is_one_of(word, SCHEMES) {
            return false;
        }
        let is_named = self.before.is_some_and(|before| {
            let name = self.part(before, start).trim_end();
            self.names.is_secret(name)
        });
        let next = next
            .split(['"', '\'', '<', '>', ',', ';'])
            .next()
            .unwrap_or_default();
        !next.is_empty() && (is_named || is_credential(next))
    }

    /// Whether the word before a `:` or `=` is the name of a secret.
    fn mark(&mut self, mark: char) -> bool {
        let Some(word) = self.word.as_mut().filter(|word| !word.is_done) else {
            return false;
        };
        word.is_done = true;
        let Word { start, end, .. } = *word;
        let name = self.part(start, end);
        self.is_naming = is_naming(name) || mark == '=' && name.eq_ignore_ascii_case("type");
        let before = self.before.map(|before| self.part(before, start));
        // `?code=x` is of an address, `code=42` is of an error.
        let is_parameter = mark == '=' && self.part(0, start).ends_with(['?', '&']);
        self.names.is_secret(name)
            || is_parameter && self.names.is_secret_parameter(name)
            || before.is_some_and(|before| self.names.is_joined(before, name))
    }

    /// Whether a tag has the name of a secret: `<password>`, `<w:Password x="y">`.
    fn ends_tag(&mut self, at: usize) -> bool {
        let Some(start) = self.tag.take() else {
            return false;
        };
        let tag = self.part(start, at).trim_start_matches('/');
        let name = tag.split([' ', '\t', '\r', '\n', '/']).next();
        let name = name.and_then(|name| name.rsplit(':').next());
        // `<key>password</key>`
        self.is_naming = name.is_some_and(is_naming) && !self.part(start, at).starts_with('/');
        name.is_some_and(|name| self.names.is_secret(name))
    }

    /// Whether an address begins here whose host has a user before it, `://user:…@host`.
    /// What stands in the place of a port and is no number is the start of a password
    /// that has a `/` in it.
    fn has_password(&self, at: usize) -> bool {
        let rest = self.text.get(at..).unwrap_or_default();
        let Some(rest) = rest.strip_prefix("://") else {
            return false;
        };
        let is_end = |c: char| c.is_whitespace() || "/?#\"'<>\\".contains(c);
        let authority = rest.split(is_end).next().unwrap_or_default();
        let authority =
            authority.trim_end_matches(|c: char| !c.is_alphanumeric() && !"@]}".contains(c));
        authority.contains('@') || !has_port(authority)
    }

    /// Whether a user and a password stand before an `@`, without a `://`.
    fn is_password(&self, at: usize) -> bool {
        let mut parts = self.part(self.token, at).split(':').peekable();
        let is_known = |part: &&str| is_one_of(part, WITHOUT_PASSWORD);
        while parts.next_if(is_known).is_some() {}
        let (user, password) = (parts.next(), parts.next());
        let is_time = |part: Option<&str>| {
            let is_digit = |byte: u8| byte.is_ascii_digit();
            part.is_some_and(|part| part.len() <= 2 && part.bytes().all(is_digit))
        };
        password.is_some_and(|password| !password.is_empty())
            && !(is_time(user) && is_time(password))
    }
}

/// What stands behind a blank, up to the next one; empty if something else does.
fn next_word(behind: &str) -> &str {
    let next = behind.strip_prefix([' ', '\t']).unwrap_or_default();
    next.split(char::is_whitespace).next().unwrap_or_default()
}

/// Returns true if what stands behind the name of a scheme proves who somebody is: the
/// end of base64 or a parameter has a `=`, and a token is no word of a text.
fn is_credential(text: &str) -> bool {
    if text.contains('=') {
        return !text.starts_with("realm=");
    }
    let is_part = |part: &str| {
        let mut rest = part.chars().skip(1);
        let all = |is: fn(&char) -> bool| part.chars().all(|c| is(&c));
        all(char::is_ascii_digit)
            || all(char::is_ascii_uppercase)
            || part.starts_with(|c: char| c.is_ascii_alphabetic())
                && rest.all(|c| c.is_ascii_lowercase())
    };
    let text = text.trim_end_matches(['.', ':', '!', '?', ')']);
    let is_token = |c: char| c.is_ascii_alphanumeric() || "-._~+/".contains(c);
    text.len() >= 4 && text.chars().all(is_token) && !text.split(['-', '.', '/']).all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_a_text_is_found() {
        let secrets = Names::new();
        for text in [
            "Server=db;Uid=sa;Password=open sesame",
            "my pass: x",
            r#"sent {"password":"x"}"#,
            "\u{feff}{\"a\":[[[[[[{\"password\":\"x\"}]]]]]]}",
            r#"{\\\"a\\\": 1, \\\"password\\\" : \\\"x\\\"}"#,
            r#"{"p\u0061ssword":"x"} {\\\"p\\\\u0061ssword\\\"}"#,
            r#"[{"name":"password","value":"x"}]"#,
            r#"{"value":"x", "Key" : "sip_password"}"#,
            "https://web.example/x?a=1&token=x",
            "https%3A%2F%2Fx%3Faccess_token%3Dx",
            "https%253A%252F%252Fx%253Faccess_token%253Dx",
            "Authorization: ICWS xyz",
            "sent Bearer 8xLOxBtZp8",
            "user 'ada' with password 'x'",
            "<key>password</key><value>x</value>",
            "<input type=\"password\" value=\"x\">",
            "a\n-----BEGIN RSA PRIVATE KEY-----\nx",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.x",
            "curl -u ada:x https://web.example",
            "mysql --password x",
            "api key: x",
            "https://web.example/x?code=x",
            "Passwort: x",
            "Basic dTpw",
            "use basic YWRhOmh1c2g=",
            "Authorization Basic x",
            "Digest username=\"ada\", response=\"x\"",
            "NTLM TlRMTVNTUAAB",
            "https://web.example/x?a=1&signature=x",
            "the access token = x",
            "the password is: x",
            "<a><w:Password type='t'>x</w:Password></a>",
            "&lt;password&gt;x",
            "{&quot;password&quot;:&quot;x&quot;}",
            "https://agent:x@web.example/",
            "https://agent:x/y@web.example/",
            "agent:x@web.example/",
            "//agent:x@web.example/",
        ] {
            assert!(secrets.are_in(text), "{text}");
        }
    }

    #[test]
    fn other_texts_hold_none() {
        let secrets = Names::new();
        for text in [
            "",
            "=",
            "::=",
            "Invoice: 4711",
            "the password was changed yesterday: at noon",
            "https://web.example:8019/icws, https://[::1]:8019/?a=b%20c",
            "see https://[::1], or (https://web.example:8019).",
            "https://web.example/users/a@b.example",
            "sip:1001@cic.example:5060",
            "mail: a@b.example",
            "{\"name\": \"Ada\", \"mail\": \"a@b.example\"}",
            "é=ü",
            "token",
            "Ann Basic x",
            "Basic Support",
            "Basic e-mail, Basic SLA.",
            "Digest mail",
            "Digest realm=\"x\"",
            "Negotiate contract terms",
            "email:ada@web.example",
            "SMTP:ada@web.example",
            "User Queue:agent01@cic1",
            "10:30@office",
            "Signature: Ada",
            "Bearer of bad news",
            "Password reset: call 7010",
            "Token Ring: campus LAN",
            "Secret Santa: 12 Dec",
            "Key: Pin tumbler lock",
            "https://{server}:{port}/icws",
            "EMAIL;TYPE=work:ada@web.example",
            "Station:WS12@cic1",
            "https://web.example/x?token_type=short",
            "the code: 7",
            "error code=42",
            "1 < 2 > password",
            "100 %",
            "\\u",
            "***",
        ] {
            assert!(!secrets.are_in(text), "{text}");
        }
    }

    #[test]
    fn what_is_encoded_without_end_is_taken_for_a_secret() {
        assert!(Names::new().are_in(&format!("%{}41", "25".repeat(20))));
    }
}
