//! Watches of any subscription over HTTP: what they were told, as JSON.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use icws_generated::client::{Change, ClientError, Session};
use icws_generated::runtime::{Subscription, Union};
use serde_json::Value;
use tokio::task::JoinHandle;

use crate::watched::request;

/// A watch that comes to be.
pub type Connecting = Pin<Box<dyn Future<Output = Result<Live, ClientError>> + Send>>;

/// Something that a watch was told.
#[derive(Debug)]
pub enum Told {
    State(Vec<Value>),
    Event(Value),
    Gap,
}

/// What a watch was told.
#[derive(Debug, Default)]
pub struct Heard {
    /// All of it, in order.
    pub log: Vec<Told>,
    /// Why there were gaps.
    pub gaps: Vec<String>,
    pub has_ended: bool,
}

/// A watch that is read.
pub struct Live {
    pub heard: Arc<Mutex<Heard>>,
    /// The state of the store, if it is current.
    current: Box<dyn Fn() -> Option<Vec<Value>> + Send + Sync>,
    reader: JoinHandle<()>,
}

impl Live {
    pub fn current(&self) -> Option<Vec<Value>> {
        (self.current)()
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

/// Watches a subscription.
pub fn live<S>(
    session: &Session,
    key: &str,
    body: Option<&Value>,
    view: fn(&S::State) -> Vec<Value>,
) -> Connecting
where
    S: Subscription + Clone + Send + Sync + 'static,
{
    let (session, request) = (session.clone(), request::<S>(key, body));
    Box::pin(async move {
        let mut watch = session.watch(request).await?;
        let store = watch.store();
        let heard = Arc::new(Mutex::new(Heard::default()));
        let current = move || {
            let state = store.state().filter(|_| store.is_current())?;
            Some(view(&state))
        };
        let told = Arc::clone(&heard);
        let reader = tokio::spawn(async move {
            while let Some(change) = watch.next().await {
                let mut heard = told.lock().unwrap();
                match change {
                    Change::Snapshot(state) | Change::Update { state, .. } => {
                        heard.log.push(Told::State(view(&state)));
                    }
                    Change::Event(event) => {
                        let event = serde_json::from_slice(&event.to_json()).unwrap();
                        heard.log.push(Told::Event(event));
                    }
                    Change::Gap(gap) => {
                        heard.gaps.push(gap.to_string());
                        heard.log.push(Told::Gap);
                    }
                    Change::Ended(_) => heard.has_ended = true,
                    _ => {}
                }
            }
        });
        Ok(Live {
            heard,
            current: Box::new(current),
            reader,
        })
    })
}
