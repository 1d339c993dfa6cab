//! The client against servers where things go wrong, over real HTTP.

mod failover;
mod storm;
