//! The builder of a request: forgetting a required parameter, or giving one
//! twice, does not compile.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::plan::{Given, GivenParameter, Plan, RequestShape, Takes, ours};
use crate::texts::code;

use super::docs::Docs;
use super::tokens::{self, ident, own, rust_type};

/// What is given, with the tokens around it.
struct Setter {
    field: Ident,
    /// The number of the builder's field. It has no name, because a compiler
    /// that finds a private field of a setter's name talks of that.
    slot: Literal,
    state: Option<Ident>,
    /// What the state is as long as nothing is given.
    missing: TokenStream,
    /// The type of the request's field.
    ty: TokenStream,
    /// The type of the value.
    rust: TokenStream,
    docs: TokenStream,
    /// What the operation must be for the setter to be there.
    bound: Option<TokenStream>,
    /// The type of the setter's argument, and how the value is made of it.
    argument: (TokenStream, TokenStream),
}

impl Setter {
    fn of(plan: &Plan<'_>, (slot, given): (usize, &Given<'_>)) -> Self {
        let (field, parameters) = (ident(&given.name), own(ours::PARAMETERS));
        Setter {
            missing: quote!(__rt::Missing<super::#parameters::#field>),
            field,
            slot: Literal::usize_unsuffixed(slot),
            state: given.state.as_ref().map(ident),
            ty: rust_type(plan, &given.ty, &quote!(super::)),
            rust: rust_type(plan, &given.value, &quote!(super::)),
            docs: docs(given).tokens(),
            bound: (given.takes == Takes::Properties).then(|| {
                let operation = own(ours::OPERATION_PARAMETER);
                quote!(where #operation: __rt::Selecting)
            }),
            argument: tokens::argument(
                plan,
                &given.takes,
                (&given.value, &quote!(super::)),
                &quote!(value),
            ),
        }
    }
}

/// What is said of the setter of a parameter.
pub(super) fn parameter_docs(given: GivenParameter<'_>) -> Docs {
    let state = match given.default {
        _ if given.required => "required".to_owned(),
        Some(default) => format!("optional; the server takes {} without it", code(default)),
        None => "optional".to_owned(),
    };
    let wire = code(given.wire);
    Docs::new(given.doc, &format!("{wire}."))
        .then(format!("{wire} in the {}, {state}.", given.location.word()))
        .since(given.since)
        .source(given.source)
}

fn docs(one: &Given<'_>) -> Docs {
    match one.parameter {
        Some(given) if one.is_alike => parameter_docs(given),
        Some(given) => {
            let state = if given.required {
                "required"
            } else {
                "optional"
            };
            let text = format!("`{}`, {state}; see the operation.", one.name.plain());
            Docs::new("", &text)
        }
        None => Docs::new("", "The representation in the body, required."),
    }
}

/// The identifiers of a shape.
struct Names {
    request: Ident,
    builder: Ident,
    /// Those of the struct.
    content: Vec<Ident>,
    /// Those of the builder: the operation before them.
    generics: Vec<Ident>,
}

/// The builder's type, its setters and `build`, for the requests of one shape.
pub(super) fn builder(plan: &Plan<'_>, shape: &RequestShape<'_>) -> TokenStream {
    let names = &Names {
        request: ident(&shape.name),
        builder: ident(&shape.builder),
        content: shape.generics.iter().map(ident).collect(),
        generics: std::iter::once(own(ours::OPERATION_PARAMETER))
            .chain(shape.generics.iter().map(ident))
            .collect(),
    };
    let given = shape.given.iter().enumerate();
    let given: &[Setter] = &given.map(|one| Setter::of(plan, one)).collect::<Vec<_>>();
    let Names {
        request,
        builder,
        content,
        generics,
    } = names;
    let (operation, build) = (own(ours::OPERATION_PARAMETER), own(ours::BUILD));
    let builder_docs = format!(
        " Builds a request; `{}` is there once every required parameter is given.",
        ours::BUILD
    );
    let must_use = format!("a builder does nothing until `{}`", ours::BUILD);
    let required = given
        .iter()
        .filter_map(|g| Some((g.state.as_ref()?, &g.missing)));
    let (states, missing): (Vec<_>, Vec<_>) = required.unzip();
    let fields = given.iter().map(|Setter { state, ty, .. }| match state {
        Some(state) => quote!(#state),
        None => quote!(#ty),
    });
    let start = given.iter().map(|Setter { state, .. }| match state {
        Some(_) => quote!(__rt::Missing::new()),
        None => quote!(__rt::None),
    });
    let setters = given.iter().map(|one| match &one.state {
        Some(_) => required_setter(names, given, one),
        None => optional_setter(names, given, one),
    });
    let bounds = given.iter().filter_map(|Setter { state, rust, .. }| {
        state
            .as_ref()
            .map(|state| quote!(#state: __rt::Provided<Value = #rust>,))
    });
    let take = given.iter().map(
        |Setter {
             field, slot, state, ..
         }| match state {
            Some(_) => quote!(#field: __rt::Provided::take(self.#slot)),
            None => quote!(#field: self.#slot),
        },
    );
    quote! {
        impl<#(#generics),*> __rt::Start for #builder<#(#generics),*> {
            #[inline]
            fn start() -> Self {
                #builder(#(#start,)* __rt::PhantomData)
            }
        }

        #[doc = #builder_docs]
        #[must_use = #must_use]
        pub struct #builder<#(#generics,)* #(#states = #missing),*>(#(#fields,)* __rt::PhantomData<fn() -> (#(#generics,)*)>);

        #(#setters)*

        impl<#(#generics,)* #(#states),*> #builder<#(#generics,)* #(#states),*> {
            /// The request.
            #[inline]
            pub fn #build(self) -> __rt::Call<#operation>
            where
                #operation: __rt::Operation<Arguments = #request<#(#content),*>>,
                #(#bounds)*
            {
                __rt::Call::new(#request { #(#take,)* })
            }
        }
    }
}

fn required_setter(names: &Names, given: &[Setter], one: &Setter) -> TokenStream {
    let Names {
        builder, generics, ..
    } = names;
    let Setter { field, rust, .. } = one;
    let required = given.iter().filter_map(|g| Some((g, g.state.as_ref()?)));
    let required: Vec<(&Setter, &Ident)> = required.collect();
    let others = required.iter().filter(|(g, _)| g.field != one.field);
    let others = others.map(|(_, state)| state);
    let states = |own: &TokenStream| -> Vec<TokenStream> {
        let states = required
            .iter()
            .map(|(g, state)| match g.field == one.field {
                true => own.clone(),
                false => quote!(#state),
            });
        states.collect()
    };
    let (before, after) = (states(&one.missing), states(&quote!(__rt::Set<#rust>)));
    let (argument, value) = &one.argument;
    let fields = given.iter().map(|g| {
        let slot = &g.slot;
        if g.field == one.field {
            quote!(__rt::Set(#value))
        } else {
            quote!(self.#slot)
        }
    });
    let end = Literal::usize_unsuffixed(given.len());
    let (docs, bound) = (&one.docs, &one.bound);
    quote! {
        impl<#(#generics,)* #(#others),*> #builder<#(#generics,)* #(#before),*> {
            #docs
            #[inline]
            pub fn #field(self, value: #argument) -> #builder<#(#generics,)* #(#after),*> #bound {
                #builder(#(#fields,)* self.#end)
            }
        }
    }
}

fn optional_setter(names: &Names, given: &[Setter], one: &Setter) -> TokenStream {
    let Names {
        builder, generics, ..
    } = names;
    let Setter { field, slot, .. } = one;
    let states: Vec<&Ident> = given.iter().filter_map(|g| g.state.as_ref()).collect();
    let (argument, value) = &one.argument;
    let (docs, bound) = (&one.docs, &one.bound);
    quote! {
        impl<#(#generics,)* #(#states),*> #builder<#(#generics,)* #(#states),*> {
            #docs
            #[inline]
            pub fn #field(mut self, value: #argument) -> Self #bound {
                self.#slot = __rt::Some(#value);
                self
            }
        }
    }
}

/// The markers by which the compiler names a parameter that was forgotten.
pub(super) fn markers(plan: &Plan<'_>) -> TokenStream {
    if plan.markers.is_empty() {
        return TokenStream::new();
    }
    let markers = plan.markers.iter().map(|(rust_name, wire)| {
        let marker = ident(rust_name);
        let docs = format!(" Stands for {}.", code(wire));
        quote! {
            #[doc = #docs]
            pub enum #marker {}
        }
    });
    let parameters = own(ours::PARAMETERS);
    quote! {
        /// The required parameters, as types: a builder that lacks one names it.
        #[allow(dead_code, non_camel_case_types)]
        pub mod #parameters { #(#markers)* }
    }
}
