//! The mock server, asked over real HTTP by a client that leaves nothing to a
//! library.

mod by_hand;
mod callbacks;
mod clients;
mod command;
mod console;
mod directories;
mod drift;
mod endpoint;
mod events;
mod faults;
mod interactions;
mod items;
mod lenient;
mod limits;
mod modelled;
mod presence;
mod raw;
mod removal;
mod server;
mod sessions;
mod shipped;
mod tour;
mod watching;
