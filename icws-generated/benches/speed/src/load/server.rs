//! A server with one response, on a thread of its own.

use std::convert::Infallible;
use std::net::SocketAddr;

use bytes::Bytes;
use http_body_util::Full;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;

/// Answers a connect with a session, and everything else with the body.
pub fn start(body: Vec<u8>) -> std::io::Result<SocketAddr> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::spawn(move || runtime.block_on(serve(listener, Bytes::from(body))));
    Ok(address)
}

async fn serve(listener: std::net::TcpListener, body: Bytes) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let body = body.clone();
        let service = service_fn(move |request| {
            let answer = answer(&request, &body);
            async move { Ok::<_, Infallible>(answer) }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move { drop(connection.await) });
    }
}

fn answer(
    request: &http::Request<hyper::body::Incoming>,
    body: &Bytes,
) -> http::Response<Full<Bytes>> {
    const MEDIA: &str = "application/vnd.inin.icws+JSON; charset=utf-8";
    let answer = http::Response::builder().header("Content-Type", MEDIA);
    let answer = if request.uri().path() == "/icws/connection" {
        let session = r#"{"csrfToken":"WAVpbml","sessionId":"1","features":[]}"#;
        answer
            .status(201)
            .header("Set-Cookie", "icws_1=5f5dd5a4; Path=/icws/1")
            .body(Full::from(session))
    } else {
        answer.body(Full::from(body.clone()))
    };
    answer.unwrap_or_default()
}
