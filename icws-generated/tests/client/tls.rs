//! Certificates of servers.

use std::net::SocketAddr;
use std::sync::Arc;

use icws_generated::client::{Client, ClientError, Credentials, TransportErrorKind};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;

/// A server that makes one session over TLS; its certificate as PEM.
async fn server() -> (SocketAddr, String) {
    let signed = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(signed.signing_key.serialize_der());
    let certificate: CertificateDer<'static> = signed.cert.der().clone();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivateKeyDer::from(key))
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let body = r#"{"csrfToken":"t","sessionId":"1"}"#;
            let head = "HTTP/1.1 201 Created\r\nSet-Cookie: icws_1=c\r\nContent-Length";
            let mut request = vec![0; 4096];
            let _ = stream.read(&mut request).await;
            let answer = format!("{head}: {}\r\n\r\n{body}", body.len());
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (address, signed.cert.pem())
}

fn credentials() -> Credentials {
    Credentials::password("agent", "secret")
}

#[tokio::test]
async fn a_private_root_is_trusted_when_it_is_given() {
    let (address, pem) = server().await;
    let client = Client::builder()
        .host("localhost")
        .port(address.port())
        .root_certificate(pem)
        .build()
        .unwrap();
    let session = client.connect(credentials()).await.unwrap();
    assert_eq!(session.id(), "1");
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_is_not_talked_to() {
    let (address, _) = server().await;
    let client = Client::builder()
        .host("localhost")
        .port(address.port())
        .deadline(std::time::Duration::ZERO)
        .build()
        .unwrap();
    let error = client.connect(credentials()).await.unwrap_err();
    let ClientError::Unreachable(attempts) = &error else {
        panic!("{error}");
    };
    let ClientError::Transport { error, .. } = &*attempts[0].error else {
        panic!("{error}");
    };
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert!(error.to_string().contains("certificate"), "{error}");
}
