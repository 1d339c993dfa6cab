//! The server on the network.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

use super::builder::MockBuilder;
use super::control::Control;
use super::serve;
use super::shared::Shared;

/// A server that runs until it is dropped. It needs a runtime of tokio, which
/// may be one of a single thread.
///
/// ```
/// use icws_mock::{Callback, MockServer};
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let server = MockServer::start().await?;
/// let control = server.control();
/// let id = control.create_callback(Callback::new("+13175550142", "Invoice 4711"));
/// println!("connect to {} as agent, secret, and watch {id}", server.base_url());
/// control.change(&id, |callback| callback.snoozed = Some(true));
/// # Ok::<(), std::io::Error>(())
/// # })?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct MockServer {
    address: SocketAddr,
    control: Control,
    tasks: Vec<JoinHandle<()>>,
}

impl MockServer {
    /// A server with the settings of [`MockBuilder::new`], on a free port of
    /// 127.0.0.1.
    ///
    /// # Errors
    /// When there is no such port.
    pub async fn start() -> io::Result<MockServer> {
        MockServer::builder().start().await
    }

    /// A server to be set up.
    pub fn builder() -> MockBuilder {
        MockBuilder::new()
    }

    pub(super) fn run(listener: TcpListener, shared: Arc<Shared>) -> io::Result<MockServer> {
        Ok(MockServer {
            address: listener.local_addr()?,
            control: Control::new(Arc::clone(&shared)),
            tasks: vec![tokio::spawn(accept(listener, shared))],
        })
    }

    /// Runs a task for as long as the server.
    pub(super) fn spawn(&mut self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.push(tokio::spawn(task));
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same as the base URL of a session: `http://127.0.0.1:8018`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What tests turn to.
    pub fn control(&self) -> Control {
        self.control.clone()
    }

    /// Stops the server, and waits until its port is free again. Dropping it
    /// does the same without waiting.
    pub async fn stop(mut self) {
        for task in std::mem::take(&mut self.tasks) {
            task.abort();
            let _ = task.await;
        }
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// Accepts connections. When the task is dropped, so are they.
async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                connections.spawn(serve::connection(Arc::clone(&shared), stream, peer));
            }
            // No more files, say: others may be closed by then.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}
