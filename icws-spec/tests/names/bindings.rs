//! The bindings of a model, and what is wrong with them.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use icws_spec::Model;
use icws_spec::codegen::{Options, generate};

use super::{duplicates, impls, paths};

/// Returns what is wrong with the bindings of a model, with a test for each of
/// its examples.
pub fn faults(model: &Model) -> Vec<String> {
    faults_with(model, Options::default())
}

/// The same of a part of it.
pub fn faults_with(model: &Model, mut options: Options) -> Vec<String> {
    options.tests = true;
    let tokens = catch_unwind(AssertUnwindSafe(|| generate(model, &options)));
    let tokens = match tokens {
        Ok(tokens) => tokens,
        Err(panic) => return vec![format!("the generator panics: {}", said(&*panic))],
    };
    let file = match syn::parse2::<syn::File>(tokens) {
        Ok(file) => file,
        Err(error) => return vec![format!("this is no Rust: {error}")],
    };
    let mut faults = duplicates::find(&file);
    faults.extend(impls::find(&file));
    faults.extend(paths::dangling(&file));
    faults
}

/// The scopes of the bindings' own.
const OWN: [&str; 6] = [
    "Message",
    "AnyRequest",
    "examples",
    "parameters",
    "requests",
    "responses",
];

/// A fault without the names of the model in it.
pub fn kind(fault: &str) -> String {
    let words: Vec<&str> = fault.split(['`', '"']).collect();
    let kept = words.iter().enumerate().map(|(index, word)| {
        let own = index == 1 && words.len() > 3 && OWN.contains(word);
        if index % 2 == 0 || own { word } else { "…" }
    });
    kept.collect()
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    text.unwrap_or_default()
}
