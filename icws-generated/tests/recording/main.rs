//! What is in a recording, and what never is.

mod form;
mod secrets;
