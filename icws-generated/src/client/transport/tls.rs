//! How connections are made, and which servers are trusted.

use std::sync::Arc;
use std::time::Duration;

use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::client::WebPkiServerVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use super::pinned::Pinned;
use crate::client::config::ConfigError;

/// Makes connections over TCP, with TLS where the address says so. Certificates
/// are held against the roots of the system, which are read only when they are
/// needed, and those given as PEM.
pub(super) fn connector(
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
    let refuse = |error: &dyn std::fmt::Display| {
        ConfigError::new(format!("a root certificate cannot be used: {error}"))
    };
    let mut roots = RootCertStore::empty();
    if !is_plain {
        // Certificates of the system that cannot be read are of no use to anybody.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    let given = certificates(extra)?;
    for certificate in &given {
        let added = roots.add(certificate.clone());
        added.map_err(|error| refuse(&error))?;
    }
    let provider = provider()?;
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| ConfigError::new(format!("TLS cannot be set up: {error}")))?;
    if given.is_empty() {
        return Ok(config.with_root_certificates(roots).with_no_client_auth());
    }
    let roots = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
    let roots = roots.map_err(|error| refuse(&error))?;
    let verifier = Arc::new(Pinned { roots, given });
    // The interface is called dangerous as one can do anything with it.
    let config = config
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    Ok(config.with_no_client_auth())
}

/// The cryptography: what the program has installed for rustls, else ring.
fn provider() -> Result<Arc<CryptoProvider>, ConfigError> {
    if let Some(installed) = CryptoProvider::get_default() {
        return Ok(Arc::clone(installed));
    }
    #[cfg(feature = "client")]
    return Ok(Arc::new(rustls::crypto::ring::default_provider()));
    #[cfg(not(feature = "client"))]
    Err(ConfigError::new(
        "rustls has no cryptography: call `CryptoProvider::install_default` before, or use the \
         feature `client`, which has that of ring",
    ))
}

/// The certificates of PEM texts, each of which has some.
fn certificates(texts: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, ConfigError> {
    let mut all = Vec::new();
    for text in texts {
        let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text).collect();
        let found = found.map_err(|error| {
            ConfigError::new(format!("a root certificate cannot be used: {error}"))
        })?;
        if found.is_empty() {
            return Err(ConfigError::new(
                "a root certificate cannot be used: there is none in what was given, which must \
                 be PEM",
            ));
        }
        all.extend(found);
    }
    Ok(all)
}
