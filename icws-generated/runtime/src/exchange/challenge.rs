//! What a 401 says about where and how to connect.

use std::fmt;
use std::str::FromStr;

use crate::json::Blank;

/// The challenge in a `WWW-Authenticate` header.
///
/// The reference pages separate its parameters by a space where RFC 9110 wants
/// a comma; both are read.
///
/// ```
/// use icws_runtime::Challenge;
///
/// let challenge: Challenge = r#"ICWS realm="ICWS" location="/ICWS/connection""#.parse()?;
/// assert_eq!(challenge.scheme(), "ICWS");
/// assert_eq!(challenge.realm(), Some("ICWS"));
/// assert_eq!(challenge.location(), Some("/ICWS/connection"));
/// # Ok::<(), icws_runtime::ChallengeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    scheme: String,
    parameters: Vec<(String, String)>,
}

impl Challenge {
    /// The challenge of an ICWS server, as the reference has it.
    pub fn icws(realm: impl Into<String>, location: impl Into<String>) -> Self {
        Challenge {
            scheme: "ICWS".to_owned(),
            parameters: vec![
                ("realm".to_owned(), realm.into()),
                ("location".to_owned(), location.into()),
            ],
        }
    }

    /// The scheme: `ICWS`, unless something between client and server spoke.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The realm.
    pub fn realm(&self) -> Option<&str> {
        self.parameter("realm")
    }

    /// The path where a connection is made.
    pub fn location(&self) -> Option<&str> {
        self.parameter("location")
    }

    /// Any parameter, by its name in any case.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self
            .parameters
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

impl Blank for Challenge {
    fn blank() -> Self {
        Challenge {
            scheme: String::new(),
            parameters: Vec::new(),
        }
    }
}

impl fmt::Display for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.scheme)?;
        for (name, value) in &self.parameters {
            write!(f, " {name}=\"")?;
            for c in value.chars() {
                if matches!(c, '"' | '\\') {
                    f.write_str("\\")?;
                }
                write!(f, "{c}")?;
            }
            f.write_str("\"")?;
        }
        Ok(())
    }
}

/// The text is no challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChallengeError(());

impl fmt::Display for ChallengeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a challenge: a scheme, then parameters such as realm=\"…\"")
    }
}

impl std::error::Error for ChallengeError {}

impl FromStr for Challenge {
    type Err = ChallengeError;

    fn from_str(text: &str) -> Result<Self, ChallengeError> {
        let text = text.trim();
        let (scheme, mut rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        if scheme.is_empty() || scheme.contains(['=', '"', ',']) {
            return Err(ChallengeError(()));
        }
        let mut parameters = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
            if rest.is_empty() {
                break;
            }
            let (name, after) = rest.split_once('=').ok_or(ChallengeError(()))?;
            let (value, after) = value(after.trim_start())?;
            parameters.push((name.trim().to_owned(), value));
            rest = after;
        }
        Ok(Challenge {
            scheme: scheme.to_owned(),
            parameters,
        })
    }
}

/// A quoted text or a bare word, and what follows it.
fn value(text: &str) -> Result<(String, &str), ChallengeError> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text
            .find(|c: char| c == ',' || c.is_whitespace())
            .unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        return Ok((value.to_owned(), rest));
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((index, c)) = chars.next() {
        match c {
            '"' => return Ok((value, quoted.get(index + 1..).unwrap_or_default())),
            '\\' => value.extend(chars.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    Err(ChallengeError(()))
}
