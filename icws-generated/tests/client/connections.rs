//! The connections of the transport that comes with the client.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use icws_generated::client::{Client, SavedSession};
use icws_generated::connection::GetConnection;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Answers each request of a connection with the same text.
async fn serve(mut stream: TcpStream, answer: &str) {
    let mut read = Vec::new();
    while let Ok(1..) = stream.read_buf(&mut read).await {
        if read.ends_with(b"\r\n\r\n") {
            read.clear();
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

/// How many connections five requests take.
async fn connections(answer: &'static str) -> usize {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let count = Arc::new(AtomicUsize::new(0));
    tokio::spawn({
        let count = Arc::clone(&count);
        async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(serve(stream, answer));
            }
        }
    });
    let client = Client::builder().plain_http().host(&host).build().unwrap();
    let saved = format!(
        r#"{{"host":"{host}","baseUrl":"http://{host}","sessionId":"1","csrfToken":"t","cookie":"icws_1=c"}}"#
    );
    let saved = SavedSession::from_json(&saved).unwrap();
    let session = client.resume(&saved, None).unwrap();
    for _ in 0..5 {
        session
            .call(GetConnection::builder().build())
            .await
            .unwrap();
    }
    count.load(Ordering::Relaxed)
}

#[tokio::test]
async fn a_connection_is_used_again_however_bodies_end() {
    let sized = "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"connectionState\":1}";
    assert_eq!(connections(sized).await, 1);
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n{\"connectionState\":1}\r\n0\r\n\r\n";
    assert_eq!(connections(chunked).await, 1);
    let closed =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 21\r\n\r\n{\"connectionState\":1}";
    assert_eq!(connections(closed).await, 5);
}

#[tokio::test]
async fn a_server_is_not_called_by_the_user_before_its_host() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let head = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") && stream.read_buf(&mut head).await.unwrap() > 0 {}
        String::from_utf8(head).unwrap()
    });
    let client = Client::builder().plain_http().host(&host).build().unwrap();
    let request = http::Request::get(format!("http://agent:hush@{host}/page"));
    let request = request.body(Bytes::new()).unwrap();
    // Nobody answers.
    assert!(client.transport().send(request).await.is_err());
    let head = head.await.unwrap();
    assert!(head.contains(&format!("host: {host}\r\n")), "{head}");
}
