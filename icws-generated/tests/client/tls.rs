//! Certificates of servers.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use icws_generated::client::{Client, ClientError, Credentials, TransportErrorKind};
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;

/// A server that makes sessions over TLS; its certificate as PEM, which vouches for
/// itself, as an authority or not.
async fn server(of: IsCa) -> (SocketAddr, String) {
    let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    params.is_ca = of;
    let key = KeyPair::generate().unwrap();
    let signed = params.self_signed(&key).unwrap();
    let certificate: CertificateDer<'static> = signed.der().clone();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
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
    (address, signed.pem())
}

fn credentials() -> Credentials {
    Credentials::password("agent", "secret")
}

/// Hosts are asked once: the next time would be behind the deadline, which is far away.
const DEADLINE: Duration = Duration::from_secs(60);
const NEXT: Duration = Duration::from_secs(600);

fn client(host: &str, address: SocketAddr, pem: Option<String>) -> Client {
    let mut client = Client::builder()
        .host(host)
        .port(address.port())
        .backoff(NEXT, NEXT)
        .deadline(DEADLINE);
    if let Some(pem) = pem {
        client = client.root_certificate(pem);
    }
    client.build().unwrap()
}

/// What `openssl req -x509` makes is an authority.
#[tokio::test]
async fn a_certificate_that_vouches_for_itself_is_trusted_when_it_is_given() {
    for of in [IsCa::NoCa, IsCa::Ca(BasicConstraints::Unconstrained)] {
        let (address, pem) = server(of).await;
        let client = client("localhost", address, Some(pem));
        let session = client.connect(credentials()).await.unwrap();
        assert_eq!(session.id(), "1");
    }
}

#[tokio::test]
async fn a_certificate_is_trusted_for_its_names_only() {
    let (address, pem) = server(IsCa::Ca(BasicConstraints::Unconstrained)).await;
    let client = client("127.0.0.1", address, Some(pem));
    let error = client.connect(credentials()).await.unwrap_err();
    assert!(error.to_string().contains("not valid for name"), "{error}");
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_is_not_talked_to() {
    let (address, _) = server(IsCa::NoCa).await;
    // The root of somebody else does not help.
    let (_, other) = server(IsCa::Ca(BasicConstraints::Unconstrained)).await;
    let client = client("localhost", address, Some(other));
    let error = client.connect(credentials()).await.unwrap_err();
    let ClientError::Unreachable(attempts) = &error else {
        panic!("{error}");
    };
    let ClientError::Transport { error, .. } = &*attempts[0].error else {
        panic!("{error}");
    };
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert!(error.to_string().contains("root_certificate"), "{error}");
}

/// What is wrong with a server that answers so, whatever it is asked.
async fn answered(answer: &'static [u8], is_plain: bool) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(answer).await;
        }
    });
    let mut client = Client::builder()
        .host(address.to_string())
        .backoff(NEXT, NEXT)
        .deadline(DEADLINE);
    if is_plain {
        client = client.plain_http();
    }
    let error = client.build().unwrap().connect(credentials()).await;
    error.unwrap_err().to_string()
}

#[tokio::test]
async fn an_error_says_what_may_be_wrong_with_a_port() {
    let error = answered(b"HTTP/1.1 400 Bad Request\r\n\r\n", false).await;
    assert!(error.contains("plain_http"), "{error}");
    // Alerts of TLS: unexpected message, and protocol version.
    let error = answered(&[21, 3, 1, 0, 2, 2, 10], true).await;
    assert!(error.contains("a server of TLS answers so"), "{error}");
    let error = answered(&[21, 3, 1, 0, 2, 2, 70], false).await;
    assert!(error.contains("TLS 1.2 or later"), "{error}");
}
