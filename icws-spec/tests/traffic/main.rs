//! Traffic held against a model.

mod exchanges;
