//! The console of the mock server in a real browser. `set-up.sh` gets what that takes.

mod access;
mod browser;
mod calls;
mod control;
mod entries;
mod faults;
mod hostile;
mod pictures;
mod traffic;
mod world;
