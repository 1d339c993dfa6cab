//! The [`bindings!`] macro: typed bindings to ICWS from a YAML model.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo)
)]

mod input;
mod output;

use proc_macro::TokenStream;

/// Generates the bindings of an ICWS model where it is called.
///
/// ```ignore
/// // The model that icws-spec ships.
/// icws_macros::bindings!(shipped);
///
/// // A model of one's own, relative to the package, or with `./` to this file.
/// icws_macros::bindings!("model/icws.yaml");
///
/// // A model in place.
/// icws_macros::bindings!(inline: r#"
///     icws: 1
///     namespace: system
///     messages: { pingMessage: { urn: "urn:example:ping", properties: {} } }
/// "#);
/// ```
///
/// Options follow, separated by commas:
///
/// - `features: { interactions: 8 }` leaves out what came with a newer version
///   of a feature;
/// - `runtime: path::to::runtime` says where the runtime is, if not at
///   `::icws_generated::runtime`;
/// - `tests: true` makes a `#[test]` of each example in the model.
///
/// Each finding in the model is an error of the compiler with file, line and
/// column. What has no finding is generated all the same.
#[proc_macro]
pub fn bindings(input: TokenStream) -> TokenStream {
    match syn::parse::<input::Input>(input) {
        Ok(input) => output::expand(&input).into(),
        Err(error) => error.into_compile_error().into(),
    }
}
