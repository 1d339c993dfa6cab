//! Which names are those of secrets.

/// What is in the names of secrets. Names are compared as [`plain`] makes them.
const WORDS: &[&str] = &[
    "accesskey",
    "apikey",
    "assertion",
    "authenticator",
    "authorization",
    "bearer",
    "cookie",
    "credential",
    "csrf",
    "jwt",
    "passcode",
    "passkey",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "pwd",
    "saml",
    "secret",
    "token",
    "xsrf",
];

/// Whole names of secrets: forms of single sign-on, and short words.
const NAMES: &[&str] = &[
    "auth",
    "jsessionid",
    "otp",
    "pass",
    "relaystate",
    "sid",
    "wctx",
    "wresult",
];

/// Names of the shipped model that have such words in them and are no secrets.
const OPEN: &[&str] = &[
    "authtokensourcesession",
    "daysuntilpasswordexpiration",
    "interactionrecordermasterkeypasswordadministrator",
    "maximumpasswordage",
    "maximumpasswordagewarningperiod",
    "minimumpasswordage",
    "minimumpasswordhistory",
    "minimumpasswordlength",
    "passworderrors",
    "passwordpolicies",
    "passwordpoliciesconfiguration",
    "passwordpolicyerrorid",
    "passwordpolicyerrormsg",
    "requireforcedauthorizationcode",
    "singlesignonsecuretokenserver",
];

/// Returns true if what has that name is secret: a header, a parameter, a property.
pub(super) fn is_secret(name: &str) -> bool {
    let plain = plain(name);
    if OPEN.contains(&plain.as_str()) {
        return false;
    }
    NAMES.contains(&plain.as_str())
        || WORDS.iter().any(|word| plain.contains(word))
        || words(name).any(|word| word.eq_ignore_ascii_case("pin"))
}

/// The name without what is written one way or another: `API-Key` as `apikey`.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The words of a name: `voicemailPin`, `VOICEMAIL_PIN`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric())
        .flat_map(humps)
        .filter(|word| !word.is_empty())
}

/// Splits before each capital that follows another letter.
fn humps(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let pairs = rest.char_indices().zip(rest.chars().skip(1));
        let end = pairs
            .into_iter()
            .find(|((_, one), next)| one.is_lowercase() && next.is_uppercase())
            .map(|((at, one), _)| at + one.len_utf8());
        let (first, others) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        rest = others;
        Some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_told_however_they_are_written() {
        for name in [
            "password",
            "PASSWORD",
            "sip_password",
            "SAMLResponse",
            "api-key",
            "X-Api-Key",
            "voicemailPin",
            "VOICEMAIL_PIN",
            "pin",
            "singleSignOnToken",
            "ININ-ICWS-CSRF-Token",
        ] {
            assert!(is_secret(name), "{name}");
        }
    }

    #[test]
    fn other_names_are_not() {
        for name in [
            "",
            "isTyping",
            "pinned",
            "shipping",
            "minimumPasswordLength",
            "ININ-ICWS-Session-ID",
            "passport",
            "compass",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
