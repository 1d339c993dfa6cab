//! A server to develop against: stateful ICWS over HTTP, with a hand in it for
//! tests.

mod answer;
mod builder;
mod callback;
mod control;
mod endpoint;
mod fault;
mod modelled;
mod record;
mod refusal;
mod router;
mod sample;
mod serve;
mod server;
mod settings;
mod shared;
mod world;

pub use builder::MockBuilder;
pub use callback::Callback;
pub use control::{Control, UnknownOperation};
pub use fault::Fault;
pub use modelled::ModelSource;
pub use record::RecordedRequest;
pub use server::MockServer;
