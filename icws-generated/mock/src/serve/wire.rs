//! A connection that can be cut within a response.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// The stream of a connection.
pub(super) struct Wire {
    stream: TcpStream,
    scissors: Arc<Scissors>,
}

/// Cuts a connection.
#[derive(Default)]
pub(super) struct Scissors(AtomicU8);

const WHOLE: u8 = 0;
const ARMED: u8 = 1;
const CUT: u8 = 2;

impl Scissors {
    /// Of what is written next, half is sent; then the connection is closed.
    pub fn arm(&self) {
        self.0.store(ARMED, Ordering::Relaxed);
    }
}

impl Wire {
    pub fn new(stream: TcpStream, scissors: Arc<Scissors>) -> Self {
        Wire { stream, scissors }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

/// Not vectored, so that the head of a response and a body that is there travel
/// in one write.
impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let bytes = match self.scissors.0.load(Ordering::Relaxed) {
            WHOLE => bytes,
            CUT => return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
            _ => bytes.get(..bytes.len() / 2).unwrap_or_default(),
        };
        let written = ready!(Pin::new(&mut self.stream).poll_write(context, bytes))?;
        if self.scissors.0.load(Ordering::Relaxed) == ARMED {
            self.scissors.0.store(CUT, Ordering::Relaxed);
        }
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
