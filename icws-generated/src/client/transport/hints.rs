//! What may be wrong with a connection, where the error of a library does not say it.

use std::error::Error;
use std::io;

use rustls::{AlertDescription, CertificateError as Untrusted, Error as Tls};

/// What may be wrong.
pub(super) fn of(error: &(dyn Error + 'static)) -> Option<&'static str> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let hint = error
            .downcast_ref()
            .and_then(of_tls)
            .or_else(|| of_http(error));
        if hint.is_some() {
            return hint;
        }
        // One within an error of IO is not among its sources.
        let inner = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        cause = match inner {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

fn of_tls(error: &Tls) -> Option<&'static str> {
    Some(match error {
        Tls::InvalidMessage(_) => {
            "does the server speak plain HTTP on this port? `ClientBuilder::plain_http` does"
        }
        Tls::PeerIncompatible(_) | Tls::AlertReceived(AlertDescription::ProtocolVersion) => {
            "does the server know TLS 1.2 or later?"
        }
        Tls::AlertReceived(AlertDescription::HandshakeFailure) => {
            "server and client have no cryptography in common; is the server an old one?"
        }
        Tls::InvalidCertificate(
            Untrusted::UnknownIssuer | Untrusted::BadSignature | Untrusted::Other(_),
        ) => {
            "nobody whom this system trusts vouches for the server; `ClientBuilder::root_certificate` \
             takes its certificate, or that of who does"
        }
        _ => return None,
    })
}

fn of_http(error: &(dyn Error + 'static)) -> Option<&'static str> {
    let error = error.downcast_ref::<hyper::Error>()?;
    if is_too_large(error) {
        return Some(
            "the head of the response has more than 100 headers, or more bytes than \
             `ClientBuilder::header_limit` allows",
        );
    }
    // What a server of TLS answers to a request in plain text.
    error
        .is_parse()
        .then_some("that is no HTTP; a server of TLS answers so to plain HTTP")
}

/// Returns true if the head of a response is larger than the client takes.
pub(super) fn is_too_large(error: &hyper::Error) -> bool {
    // hyper tells it by its text alone.
    error.is_parse() && error.to_string().contains("too large")
}
