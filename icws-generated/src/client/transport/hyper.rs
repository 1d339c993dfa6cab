//! The transport that comes with the client: hyper with its pool, and rustls.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::{Exchange, Transport, TransportError, TransportErrorKind};
use crate::client::builder::ConfigError;

/// hyper's client over TCP, with TLS where the address says so.
#[derive(Clone)]
pub(in crate::client) struct HyperTransport {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl HyperTransport {
    /// Certificates of servers are held against the roots of the system and
    /// those given as PEM.
    pub fn new(roots: &[Vec<u8>], connect_timeout: Duration) -> Result<Self, ConfigError> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(connect_timeout));
        let https = hyper_rustls::HttpsConnectorBuilder::new()
            .with_tls_config(tls(roots)?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .build(https);
        Ok(HyperTransport { client })
    }
}

fn tls(extra: &[Vec<u8>]) -> Result<rustls::ClientConfig, ConfigError> {
    let mut roots = rustls::RootCertStore::empty();
    // Certificates of the system that cannot be read are of no use to anybody.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    for pem in extra {
        let mut found = 0;
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let refuse = |error: &dyn std::fmt::Display| {
                ConfigError::new(format!("a root certificate cannot be used: {error}"))
            };
            let certificate = certificate.map_err(|error| refuse(&error))?;
            roots.add(certificate).map_err(|error| refuse(&error))?;
            found += 1;
        }
        if found == 0 {
            return Err(ConfigError::new(
                "no root certificate in what was given: it must be PEM",
            ));
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| ConfigError::new(format!("TLS cannot be set up: {error}")))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

impl Transport for HyperTransport {
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        let answer = self.client.request(request.map(Full::new));
        Box::pin(async move {
            let answer = answer.await.map_err(|error| {
                let kind = if error.is_connect() {
                    TransportErrorKind::Connect
                } else {
                    TransportErrorKind::Cut
                };
                TransportError::new(kind, error)
            })?;
            Ok(answer.map(|body| {
                let cut = |error| TransportError::new(TransportErrorKind::Cut, error);
                body.map_err(cut).boxed_unsync()
            }))
        })
    }
}
