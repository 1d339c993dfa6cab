//! A connection that can be cut within a response.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// The stream of a connection.
pub(super) struct Wire {
    socket: Socket,
    scissors: Arc<Scissors>,
}

/// What reads, writes, and looks whether the client is still there; all of it is done
/// by the task of the connection.
#[derive(Clone)]
pub(super) struct Socket(Arc<Mutex<TcpStream>>);

impl Socket {
    pub fn new(stream: TcpStream) -> Self {
        Socket(Arc::new(Mutex::new(stream)))
    }

    fn stream(&self) -> MutexGuard<'_, TcpStream> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the client sends no more. The task is woken when that changes.
    pub fn is_at_end(&self, context: &mut Context<'_>) -> bool {
        let mut buffer = [0];
        let mut buffer = ReadBuf::new(&mut buffer);
        match self.stream().poll_peek(context, &mut buffer) {
            Poll::Ready(Ok(read)) => read == 0,
            Poll::Ready(Err(_)) => true,
            Poll::Pending => false,
        }
    }
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
    pub fn new(socket: Socket, scissors: Arc<Scissors>) -> Self {
        Wire { socket, scissors }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.socket.stream()).poll_read(context, buffer)
    }
}

/// Vectored, so that the head of a response and a body that is there travel in one
/// write, and no connection keeps a buffer of the size of its longest body.
impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(context, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let mut stream = self.socket.stream();
        match self.scissors.0.load(Ordering::Relaxed) {
            WHOLE => Pin::new(&mut *stream).poll_write_vectored(context, bytes),
            CUT => Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
            _ => {
                let all = bytes.iter().flat_map(|part| part.iter().copied());
                let mut half: Vec<u8> = all.collect();
                half.truncate(half.len() / 2);
                let written = ready!(Pin::new(&mut *stream).poll_write(context, &half))?;
                self.scissors.0.store(CUT, Ordering::Relaxed);
                Poll::Ready(Ok(written))
            }
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.socket.stream()).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.socket.stream()).poll_shutdown(context)
    }
}
