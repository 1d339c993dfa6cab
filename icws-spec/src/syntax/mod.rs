//! The files as text: YAML into a tree, positions, and the language's keys.

mod depth;
pub mod language;
mod node;
mod position;
pub(crate) mod shape;

pub use node::{Entry, Key, Node, NodeId, SyntaxError, Value, parse};
#[cfg(test)]
pub(crate) use position::READS;
pub use position::{NodePositions, Position};
