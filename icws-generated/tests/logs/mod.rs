//! What is logged while tests run, at every level: no line shows a secret.
//!
//! A test that makes a server says what its secrets are as soon as they are known.
//! All lines of the process are held against all of them, so that each test of the client
//! is one of secrets, too.

use std::io::Write;
use std::sync::{LazyLock, Mutex, Once, PoisonError};

use http::HeaderMap;
use http::header::COOKIE;
use tracing_subscriber::filter::LevelFilter;

/// A shorter one may be part of something else.
const SHORTEST: usize = 5;

#[derive(Default)]
struct Heard {
    /// All lines so far: what is secret in them may be known later.
    text: String,
    secrets: Vec<String>,
}

static HEARD: LazyLock<Mutex<Heard>> = LazyLock::new(Mutex::default);
static LISTENING: Once = Once::new();

/// Hears all that is logged from now on.
pub fn listen() {
    LISTENING.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(|| Line)
            .init();
    });
}

/// Says that something is secret.
pub fn secret(text: &str) {
    let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
    // Where a part of it is secret it is found by that.
    let is_known = heard.secrets.iter().any(|known| text.contains(known));
    if text.len() >= SHORTEST && !is_known {
        refuse(&heard.text, text);
        heard.secrets.push(text.to_owned());
    }
}

/// Says that the token and the cookie of a request are secret.
pub fn secrets_of(headers: &HeaderMap) {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    text("ININ-ICWS-CSRF-Token").into_iter().for_each(secret);
    // The name of the cookie and the language in it are none.
    let cookie = text(COOKIE.as_str()).and_then(|cookie| cookie.split(['=', '|']).nth(1));
    cookie.into_iter().for_each(secret);
}

/// The line in which a secret is.
fn shown<'a>(text: &'a str, secret: &str) -> Option<&'a str> {
    let at = text.find(secret)?;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[start..].lines().next()
}

/// Ends the process where a secret is in the log: the line comes from within the client,
/// where a panic may be caught.
fn refuse(text: &str, secret: &str) {
    if let Some(line) = shown(text, secret) {
        // What is printed may be captured.
        let _ = writeln!(
            std::io::stderr(),
            "\n`{secret}` is secret, and in the log: {line}"
        );
        std::process::exit(101);
    }
}

/// Takes what is logged, an event at a time.
struct Line;

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8_lossy(bytes);
        for secret in &heard.secrets {
            refuse(&text, secret);
        }
        heard.text.push_str(&text);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_is_logged_is_heard() {
    listen();
    tracing::trace!(number = 4711, "to be heard");
    let heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(heard.text.contains("to be heard number=4711"));
}

#[test]
fn a_secret_is_found_in_a_line() {
    let text = "answered\nconnected anew token=hush-4711 host=cic1\nanswered\n";
    let line = shown(text, "hush-4711").unwrap();
    assert!(line.ends_with("connected anew token=hush-4711 host=cic1"));
    assert_eq!(shown(text, "hush-4712"), None);
}
