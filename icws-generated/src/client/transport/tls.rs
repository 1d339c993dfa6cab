//! How connections are made, and which servers are trusted.

use std::sync::Arc;
use std::time::Duration;

use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use crate::client::config::ConfigError;

/// Makes connections over TCP, with TLS where the address says so. Certificates
/// are held against the roots of the system, which are read only when they are
/// needed, and those given as PEM.
pub(in crate::client) fn connector(
    is_plain: bool,
    roots: &[Vec<u8>],
    timeout: Duration,
) -> Result<HttpsConnector<HttpConnector>, ConfigError> {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    tcp.set_connect_timeout(Some(timeout));
    Ok(HttpsConnectorBuilder::new()
        .with_tls_config(config(is_plain, roots)?)
        .https_or_http()
        .enable_http1()
        .wrap_connector(tcp))
}

fn config(is_plain: bool, extra: &[Vec<u8>]) -> Result<ClientConfig, ConfigError> {
    let mut roots = RootCertStore::empty();
    if !is_plain {
        // Certificates of the system that cannot be read are of no use to anybody.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    for pem in extra {
        add(&mut roots, pem)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| ConfigError::new(format!("TLS cannot be set up: {error}")))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// Adds the certificates of a PEM text.
fn add(roots: &mut RootCertStore, pem: &[u8]) -> Result<(), ConfigError> {
    let refuse = |error: &dyn std::fmt::Display| {
        ConfigError::new(format!("a root certificate cannot be used: {error}"))
    };
    let mut found = 0;
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|error| refuse(&error))?;
        roots.add(certificate).map_err(|error| refuse(&error))?;
        found += 1;
    }
    if found == 0 {
        return Err(refuse(
            &"there is none in what was given, which must be PEM",
        ));
    }
    Ok(())
}
