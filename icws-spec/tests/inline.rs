//! What a program does not call is not compiled: neither with the bindings, as each of
//! their functions is `#[inline]`, nor with the program. Only `Message` is compiled with
//! them, for all programs that read messages.

use icws_spec::Model;
use icws_spec::codegen::{Options, generate};
use icws_spec::plan::ours;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Attribute, FnArg, ImplItemFn, ItemFn, ItemImpl, ItemStatic, Signature, Type};

#[test]
fn what_is_not_called_is_not_compiled() {
    for model in [crate::everything(), crate::shipped()] {
        assert_eq!(compiled(model), Vec::<String>::new());
    }
}

/// What is compiled with the bindings of a model, but for `Message`.
fn compiled(model: &Model) -> Vec<String> {
    let file = syn::parse2(generate(model, &Options::default())).unwrap();
    let mut compiled = Compiled::default();
    compiled.visit_file(&file);
    compiled.found
}

#[derive(Default)]
struct Compiled {
    /// The type of the implementation that is looked at, if it is not generic.
    of: Option<String>,
    found: Vec<String>,
}

impl Compiled {
    fn function(&mut self, attributes: &[Attribute], signature: &Signature) {
        let is_inline = attributes.iter().any(|one| one.path().is_ident("inline"));
        let is_generic = !signature.generics.params.is_empty()
            || signature.inputs.iter().any(|input| {
                matches!(input, FnArg::Typed(input) if matches!(*input.ty, Type::ImplTrait(_)))
            });
        if !is_inline && !is_generic {
            let of = self.of.as_deref().unwrap_or_default();
            self.found.push(format!("{of}::{}", signature.ident));
        }
    }
}

impl<'ast> Visit<'ast> for Compiled {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let of = item.self_ty.to_token_stream().to_string();
        let has_types = item.generics.type_params().next().is_some();
        if of != ours::MESSAGE && !has_types {
            self.of = Some(of);
            visit::visit_item_impl(self, item);
            self.of = None;
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.function(&item.attrs, &item.sig);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.function(&item.attrs, &item.sig);
        visit::visit_item_fn(self, item);
    }

    fn visit_item_static(&mut self, item: &'ast ItemStatic) {
        // A static is compiled with all functions that it names. Lists of parameters name none.
        if !item
            .ty
            .to_token_stream()
            .to_string()
            .contains("ParameterMeta")
        {
            self.found.push(item.ident.to_string());
        }
    }
}
