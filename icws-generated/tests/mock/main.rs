//! The mock server, asked over real HTTP by a client that leaves nothing to a
//! library.

mod callbacks;
mod faults;
mod modelled;
mod raw;
