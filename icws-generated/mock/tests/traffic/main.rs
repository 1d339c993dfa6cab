//! What comes to the mock and from it, recorded and held against the model: the two say
//! the same.

mod day;
mod differences;
mod made;
#[allow(dead_code)]
#[path = "../mock/raw.rs"]
mod raw;
mod recorded;
mod routes;
mod secrets;
