//! Traffic held against a model.

mod command;
mod exchanges;
mod files;
mod house;
mod into;
mod into_new;
mod redact;
mod secrets;
mod sessions;
mod shown;
