//! `icws-mock --forward` and `--record`, as other programs meet them.

mod clients;
mod command;
mod hostile;
mod recorded;
mod server;
