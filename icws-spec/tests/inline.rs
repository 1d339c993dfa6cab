//! What a program does not call is not compiled: neither with the bindings, as their
//! functions are `#[inline]`, nor with the program. What reads a `Message` is compiled with
//! them, once for all programs.

use icws_spec::Model;
use icws_spec::codegen::{Options, generate};
use icws_spec::plan::ours;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{
    Attribute, FnArg, GenericParam, Generics, ImplItemFn, ItemFn, ItemImpl, ItemMod, ItemStatic,
    Meta, Signature, Type,
};

#[test]
fn what_is_not_called_is_not_compiled() {
    // What reads a message, whichever it is.
    let expected = ["blank", "unknown", "content", "row_mut", "type_urn"];
    let expected = expected.map(|name| format!("{}::{name}", ours::MESSAGE));
    for model in [crate::everything(), crate::shipped()] {
        assert_eq!(compiled(model), expected);
    }
}

/// The functions that are compiled with the bindings of a model.
fn compiled(model: &Model) -> Vec<String> {
    let file = syn::parse2(generate(model, &Options::default())).unwrap();
    let mut compiled = Compiled::default();
    compiled.visit_file(&file);
    compiled.found
}

#[derive(Default)]
struct Compiled {
    module: String,
    /// The type of the implementation that is looked at.
    of: String,
    found: Vec<String>,
}

impl Compiled {
    fn function(&mut self, attributes: &[Attribute], signature: &Signature) {
        let is_inline = attributes
            .iter()
            .any(|one| matches!(&one.meta, Meta::Path(path) if path.is_ident("inline")));
        let takes_any = |input: &FnArg| matches!(input, FnArg::Typed(input) if matches!(*input.ty, Type::ImplTrait(_)));
        // A function with types is compiled when they are known.
        let is_open = has_types(&signature.generics) || signature.inputs.iter().any(takes_any);
        if !is_inline && !is_open {
            self.found
                .push(format!("{}{}::{}", self.module, self.of, signature.ident));
        }
    }
}

fn has_types(generics: &Generics) -> bool {
    let mut parameters = generics.params.iter();
    parameters.any(|one| !matches!(one, GenericParam::Lifetime(_)))
}

impl<'ast> Visit<'ast> for Compiled {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        let around = self.module.clone();
        self.module.push_str(&format!("{}::", item.ident));
        visit::visit_item_mod(self, item);
        self.module = around;
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if !has_types(&item.generics) {
            self.of = item.self_ty.to_token_stream().to_string();
            visit::visit_item_impl(self, item);
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
            self.found.push(format!("{}{}", self.module, item.ident));
        }
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        // What derives `Eq` has a function that is not inline. All other derives are.
        if attribute.path().is_ident("derive") {
            let derived = attribute.to_token_stream().to_string();
            if derived.contains(":: Eq") {
                self.found.push(format!("{}{derived}", self.module));
            }
        }
    }
}
