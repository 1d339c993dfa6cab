//! How large the generated types are, for a test of the crate that has them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Name, Path, Plan, ours};

use super::tokens::{self, own};

/// A list of all types with their sizes. It comes of the plan, so that no type
/// is forgotten.
pub(super) fn list(plan: &Plan<'_>) -> TokenStream {
    let sizes = own(ours::SIZES);
    let rows = types(plan)
        .into_iter()
        .map(|(text, path)| quote!((#text, ::core::mem::size_of::<super::#path>())));
    quote! {
        /// Every type with the bytes that it takes on a stack.
        #[allow(dead_code)]
        pub(super) const #sizes: &[(&__rt::str, __rt::usize)] = &[#(#rows),*];
    }
}

/// The path of each type, as a text and as it stands in code.
fn types(plan: &Plan<'_>) -> Vec<(String, TokenStream)> {
    let of = |path: &Path| (path.to_string(), tokens::path(path));
    let beside = |path: &Path, name: &Name| {
        of(&Path {
            modules: path.modules.clone(),
            name: name.clone(),
        })
    };
    let any_request = own(ours::ANY_REQUEST);
    let mut types = vec![(ours::ANY_REQUEST.to_owned(), quote!(#any_request))];
    types.push(of(&plan.message.path));
    types.extend(plan.enums.iter().map(|one| of(&one.path)));
    let unions = plan.structs.iter().filter_map(|one| one.any.as_ref());
    types.extend(unions.map(|any| of(&any.path)));
    for planned in plan.structs.iter() {
        types.push(of(&planned.path));
        types.extend(planned.state_path().map(|path| of(&path)));
    }
    for planned in &plan.operations {
        let names = &planned.names;
        types.push(of(&names.own));
        types.push(beside(&names.own, &names.builder));
        types.push(beside(&names.own, &names.response));
    }
    types
}
