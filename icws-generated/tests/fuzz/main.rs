//! Spoilt messages, objects, replies and servers: each test tries what fits into a
//! second, always beginning with the same, or as long as one likes from anywhere:
//!
//! ```sh
//! FUZZ_SECONDS=3600 cargo test --release -p icws-generated --features client --test fuzz -- --test-threads 1
//! ```
//!
//! A panic, an outcome that cannot be, or an input that takes too long ends the
//! run. It tells the seed of that input, which is kept in `target/tmp`;
//! `FUZZ_SEED=…` begins with it.

icws_generated::bindings!("tests/everything.yaml");

mod answers;
mod decode;
mod replies;
#[path = "../../../icws-spec/tests/fuzz/run.rs"]
mod run;
mod server;
mod spoil;
