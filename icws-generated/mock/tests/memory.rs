//! What the server keeps takes about as much memory as it counts.

#![allow(missing_docs)]

use std::alloc::System;

use cap::Cap;
use icws_mock::MockServer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Counts the bytes that are in use; the only test here has them for itself.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// Of a connection of its own, as those of `curl` are.
async fn request(server: &MockServer) {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let text = "POST /icws/connection HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\
                Connection: close\r\n\r\n{}";
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
}

#[tokio::test]
async fn a_request_that_is_kept_keeps_no_buffer_of_its_connection() {
    const COUNT: usize = 500;
    let server = MockServer::start().await.unwrap();
    for _ in 0..10 {
        request(&server).await;
    }
    let before = ALLOCATOR.allocated();
    for _ in 0..COUNT {
        request(&server).await;
    }
    assert_eq!(server.control().requests().len(), COUNT + 10);
    let each = ALLOCATOR.allocated().saturating_sub(before) / COUNT;
    assert!(each < 4_096, "{each} bytes");
}
