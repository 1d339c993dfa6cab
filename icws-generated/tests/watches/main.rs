//! Watches of areas all over the API, over HTTP: messages in the form of the wire
//! go in, and what is known of each area comes out.

mod cancelled;
mod chats;
mod events;
mod faults;
#[path = "../logs/mod.rs"]
mod logs;
mod order;
mod queues;
mod shared;
mod site;
mod statistics;
mod statuses;
mod users;
