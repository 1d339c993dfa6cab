//! What `bindings!` writes compiles and does as it should, wherever it is called.

mod any_order;
mod cannot_travel;
mod file_beside;
mod golden;
mod hygiene;
mod inline;
mod keywords;
mod older_pin;
mod only;
mod pages;
mod parts_of_items;
mod pins;
mod runtime_elsewhere;
mod three_states;
