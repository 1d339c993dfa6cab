//! Which names are those of secrets.

use std::collections::BTreeSet;

/// What is in the names of secrets. Names are compared as [`plain`] makes them.
const WORDS: &[&str] = &[
    "accesscode",
    "accesskey",
    "accountkey",
    "apikey",
    "assertion",
    "authcode",
    "authenticator",
    "authorization",
    "bearer",
    "connectionstring",
    "cookie",
    "credential",
    "csrf",
    "cvv",
    "encryptionkey",
    "jwt",
    "masterkey",
    "passcode",
    "passkey",
    "passphrase",
    "kennwort",
    "passwd",
    "password",
    "passwort",
    "pincode",
    "privatekey",
    "pwd",
    "saml",
    "secret",
    "securityanswer",
    "securitycode",
    "sessionkey",
    "sharedkey",
    "signingkey",
    "token",
    "verificationcode",
    "xsrf",
];

/// Whole names of secrets: forms of single sign-on, and short words.
const NAMES: &[&str] = &[
    "auth",
    "jsessionid",
    "relaystate",
    "sid",
    "ticket",
    "wctx",
    "wresult",
];

/// What is too short to be looked for within words, and is a word of its own in the names
/// of secrets: `voicemailPin`, `PW_old`.
const SHORT: &[&str] = &["cvc", "otp", "pin", "pw"];

/// What the last word of the name of a secret ends with: `authPass`, `dbpass`, `userpw`.
/// Before others it is another word: `passFail`.
const ENDS: &[&str] = &["pass", "pw"];

/// Words that end so and are no secrets.
const OTHERS: &[&str] = &[
    "bypass",
    "compass",
    "encompass",
    "overpass",
    "surpass",
    "trespass",
    "underpass",
];

/// Whole names of parameters: of addresses that are signed, and of sign-ons. Elsewhere they
/// are what stands below an e-mail, or any code.
const PARAMETERS: &[&str] = &["code", "sig", "signature"];

/// Names of the shipped model that have such words in them and are no secrets, and a
/// person's office.
const OPEN: &[&str] = &[
    "authtokensourcesession",
    "daysuntilpasswordexpiration",
    "disablecachedcredentials",
    "hasmanualconnectionstring",
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
    "secretary",
    "singlesignonsecuretokenserver",
    "tokentype",
    "usepin",
    "usermustchangepassword",
];

/// Words between a name and a mark: `the password is: …`.
const JOINING: &[&str] = &["is", "was"];

/// Properties whose value may be the name of what stands beside them.
const NAMING: &[&str] = &[
    "attribute",
    "field",
    "id",
    "key",
    "name",
    "parameter",
    "propertyName",
];

/// The property whose object has the name of what stands beside it, in all configuration.
const IDENTITY: &str = "configurationId";

/// Properties whose value may have its name beside it.
const NAMED: &[&str] = &[
    "content",
    "data",
    "defaultValue",
    "newValue",
    "oldValue",
    "text",
    "value",
    "values",
];

/// Where a structured parameter says what its values are, and the numbers of those that
/// are no secrets.
const KIND: (&str, &[&str]) = ("parameterType", &["1", "2", "null"]);

/// Tells by names what is secret.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// More names, as [`plain`] makes them.
    more: BTreeSet<String>,
}

impl Names {
    /// Names that are those of secrets anywhere.
    pub const fn new() -> Self {
        Names {
            more: BTreeSet::new(),
        }
    }

    /// The same, and the names that a model has for its secrets.
    pub fn with<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Names {
            more: names.into_iter().map(plain).collect(),
        }
    }

    /// Returns true if what has that name is secret: a property, a header, a parameter.
    pub fn is_secret(&self, name: &str) -> bool {
        let plain = plain(name);
        if self.more.contains(&plain) {
            return true;
        }
        !OPEN.contains(&plain.as_str())
            && (NAMES.contains(&plain.as_str())
                || has_word(plain.as_bytes())
                || words(name).any(is_short)
                || words(name).last().is_some_and(ends_as_secret))
    }

    /// Returns true if a parameter of that name is secret: of a query, or of a form.
    pub fn is_secret_parameter(&self, name: &str) -> bool {
        self.is_secret(name) || PARAMETERS.contains(&plain(name).as_str())
    }

    /// Returns true if two words before a mark are one name: `api key`, and not `password
    /// reset`, where the last belongs to something else.
    pub(crate) fn is_joined(&self, first: &str, last: &str) -> bool {
        if is_one_of(last, JOINING) {
            return self.is_secret(first);
        }
        let (last, both) = (plain(last), plain(&format!("{first}{last}")));
        let mut words = WORDS.iter();
        words.any(|word| word.len() > last.len() && both.ends_with(word))
    }

    /// Returns true if a property says that what stands beside it is a secret, `"name":
    /// "password"`. The value is that of its string, or the JSON of another.
    pub fn tell_of(&self, name: &str, value: &str) -> bool {
        if name == KIND.0 {
            return !KIND.1.contains(&value);
        }
        is_naming(name) && self.is_secret(value)
    }

    /// Returns true if [`Names::tell_of`] may be true of a property of that name.
    pub fn may_tell(name: &str) -> bool {
        name == KIND.0 || is_naming(name)
    }

    /// Returns true if what an object of that name tells of stands beside the object, as
    /// `"configurationId": {"id": "password"}` beside a `value`.
    pub fn is_identity(name: &str) -> bool {
        name == IDENTITY
    }

    /// Returns true if a property of that name may be what [`Names::tell_of`] tells of.
    pub fn may_be_told(name: &str) -> bool {
        is_one_of(name, NAMED)
    }
}

/// Returns true if the value of a property may be the name of what stands beside it.
pub(crate) fn is_naming(name: &str) -> bool {
    is_one_of(name, NAMING)
}

/// Returns true if a name is one of some, in any case.
pub(crate) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// Returns true of `pin` and `PIN2`.
fn is_short(word: &str) -> bool {
    is_one_of(without_number(word), SHORT)
}

/// Returns true of `Pass` and `dbpass2`, and not of `bypass`.
fn ends_as_secret(word: &str) -> bool {
    let word = without_number(word);
    let ends = |end: &&str| {
        let start = word.len().checked_sub(end.len());
        let own = start.and_then(|start| word.get(start..));
        own.is_some_and(|own| own.eq_ignore_ascii_case(end))
    };
    ENDS.iter().any(ends) && !is_one_of(word, OTHERS)
}

fn without_number(word: &str) -> &str {
    word.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// The name without what is written one way or another: `API-Key` as `apikey`.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Returns true if one of [`WORDS`] is in a name. To look for each by itself takes several
/// times as long, and each name of each body is looked at.
fn has_word(plain: &[u8]) -> bool {
    let starts = 0..plain.len();
    let mut behind = starts.filter_map(|at| plain.get(at..));
    behind.any(|behind| {
        let mut words = WORDS.iter();
        words.any(|word| behind.starts_with(word.as_bytes()))
    })
}

/// Returns true if a text is no more than one of [`WORDS`], as `password` is. Whoever chose
/// it for a secret did not choose one: the word stands in names and paths all over.
pub(crate) fn is_word(text: &str) -> bool {
    WORDS.contains(&plain(text).as_str())
}

/// The words of a name: `voicemailPin`, `VOICEMAIL_PIN`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric())
        .flat_map(humps)
        .filter(|word| !word.is_empty())
}

/// Splits before each capital that follows another letter, and before the last of
/// several that a small one follows: `PINCode`.
fn humps(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut before = None;
        let end = rest.char_indices().find(|(at, c)| {
            let behind = rest.get(at + c.len_utf8()..).unwrap_or_default();
            let is_small = behind.starts_with(char::is_lowercase);
            let last = before.replace(*c);
            c.is_uppercase() && last.is_some_and(|last| !last.is_uppercase() || is_small)
        });
        let end = end.map_or(rest.len(), |(at, _)| at);
        let (first, others) = rest.split_at_checked(end)?;
        rest = others;
        Some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_told_however_they_are_written() {
        let names = Names::with(["Auth-Token-Seed"]);
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
            "pinCode",
            "PIN2",
            "singleSignOnToken",
            "ININ-ICWS-CSRF-Token",
            "Set-Cookie",
            "Proxy-Authorization",
            "access_token",
            "authTokenSeed",
            "authPass",
            "SIP_AuthPass",
            "smtp_pass",
            "dbpass",
            "userPass2",
            "userPw",
            "login-pw",
            "pw_old",
            "PINCode",
            "sms.otp",
            "sessionKey",
            "ENCRYPTION_KEY",
            "connectionString",
            "securityCode",
            "access-code",
            "cvv2",
        ] {
            assert!(names.is_secret(name), "{name}");
        }
    }

    #[test]
    fn other_names_are_not() {
        for name in [
            "",
            "isTyping",
            "pinned",
            "shipping",
            "Chopin",
            "minimumPasswordLength",
            "authTokenSourceSession",
            "ININ-ICWS-Session-ID",
            "WWW-Authenticate",
            "passport",
            "compass",
            "secretary",
            "signature",
            "statusCode",
            "accountCode",
            "showPassFailWhileScoring",
            "disableMediaServerPassthru",
            "usePassedValueIfPresent",
            "Bypass",
            "statisticKey",
            "OPINIONS",
        ] {
            assert!(!Names::new().is_secret(name), "{name}");
        }
        assert!(Names::new().is_secret_parameter("Signature"));
    }

    #[test]
    fn a_name_beside_a_value_tells_of_it() {
        let names = Names::new();
        assert!(names.tell_of("Name", "sip_password") && !names.tell_of("title", "password"));
        assert!(names.tell_of("parameterType", "0") && names.tell_of("parameterType", "7"));
        assert!(!names.tell_of("parameterType", "1") && !names.tell_of("parameterType", "null"));
        assert!(Names::may_be_told("Values") && !Names::may_be_told("displayName"));
        for name in ["Name", "parameterType", "id"] {
            assert!(Names::may_tell(name));
        }
        assert!(!Names::may_tell("title"));
    }
}
