//! The macro behind `icws_runtime::bindings!`: typed bindings to ICWS from a YAML
//! model. It writes code for the runtime of its own version, so that programs
//! depend on that and not on this crate.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo)
)]

mod input;
mod output;

use proc_macro::TokenStream;

/// Generates the bindings of an ICWS model where it is called.
///
/// `icws_runtime::bindings!` calls this macro and documents it. It passes the path
/// of the runtime by the option `crate`; without the option the path is
/// `::icws_runtime`.
#[proc_macro]
pub fn bindings(input: TokenStream) -> TokenStream {
    match syn::parse::<input::Input>(input) {
        Ok(input) => output::expand(&input).into(),
        Err(error) => error.into_compile_error().into(),
    }
}
