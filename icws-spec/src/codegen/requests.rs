//! Request structs, shared by shape.
//!
//! Operations with the same parameters share one struct and one builder, generic
//! over the operation and over the object in the body; each has its own name for
//! it. Most operations of the API take the parameters that others take, and
//! every struct that is not emitted is one that the compiler need not check.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::api::{Operation, Origin, Parameter, Type};

use super::builders::{BODY, builder, caller_parameters};
use super::context::{Context, ident, newer, root_of};
use super::docs::Docs;
use super::modules::{runtime, unused};

/// So many parameters are in the name of a struct; the others are counted.
const NAMED: usize = 3;

/// What an operation's requests are: the struct and the builder, as paths from
/// the root of the bindings, and what they are generic over.
pub(super) struct Request {
    pub path: TokenStream,
    pub builder: TokenStream,
    /// The object in the body, if there is one.
    pub content: Option<TokenStream>,
    /// The builder's type parameters, with the names of what they stand for.
    pub states: Vec<(Ident, Ident)>,
}

/// A parameter that the caller gives, or the body, with the names around it.
pub(super) struct Given {
    /// The name of the setter, and of the field of the request.
    pub field: Ident,
    /// The number of the builder's field. It has no name, because a compiler
    /// that finds a private field of a setter's name talks of that.
    pub slot: Literal,
    /// The type parameter that says whether it has been given; only for
    /// required ones.
    pub state: Option<Ident>,
    pub rust: TokenStream,
    /// What is said of the setter.
    pub docs: TokenStream,
    /// What is said of the field.
    field_docs: TokenStream,
    /// Whether a setter takes all that converts into the type.
    converts: bool,
    blank: TokenStream,
}

impl Given {
    /// The type of a setter's argument, and how the value is made of it.
    pub fn argument(&self) -> (TokenStream, TokenStream) {
        let rust = &self.rust;
        if self.converts {
            return (
                quote!(impl __rt::Into<#rust>),
                quote!(__rt::Into::into(value)),
            );
        }
        (rust.clone(), quote!(value))
    }
}

/// The names of a struct and its builder.
pub(super) struct Names {
    pub request: Ident,
    pub builder: Ident,
    /// The operation, and the object in the body if there is one.
    pub generics: Vec<Ident>,
    /// The field without content that mentions the operation.
    pub unit: Ident,
}

/// A struct that has been met.
#[derive(Clone)]
struct Known {
    request: Ident,
    builder: Ident,
    states: Vec<(Ident, Ident)>,
}

/// The structs met so far.
#[derive(Default)]
pub(super) struct Requests {
    known: BTreeMap<String, Known>,
    alike: BTreeMap<String, usize>,
    structs: Vec<TokenStream>,
}

impl Requests {
    /// The struct of an operation's requests.
    pub fn request(&mut self, context: &Context<'_>, operation: &Operation) -> Request {
        let shape = shape(operation);
        let Known {
            request,
            builder,
            states,
        } = match self.known.get(&shape) {
            Some(known) => known.clone(),
            None => {
                let known = self.add(context, operation);
                self.known.insert(shape, known.clone());
                known
            }
        };
        let content = operation.body.as_ref().filter(|ty| is_generic(ty));
        let root = root_of(&operation.namespace);
        Request {
            path: quote!(requests::#request),
            builder: quote!(requests::#builder),
            content: content.map(|ty| context.value_type(ty, &root)),
            states,
        }
    }

    fn add(&mut self, context: &Context<'_>, operation: &Operation) -> Known {
        let stem = self.stem(operation);
        let names = Names {
            request: format_ident!("{stem}Request"),
            builder: format_ident!("{stem}Builder"),
            generics: generics(operation),
            unit: unit(operation),
        };
        let given = given(context, operation, &names);
        self.structs.push(request(operation, &names, &given));
        let states = given.into_iter();
        Known {
            request: names.request,
            builder: names.builder,
            states: states
                .filter_map(|one| Some((one.state?, one.field)))
                .collect(),
        }
    }

    /// The beginning of a struct's name: `InteractionId`, or with `Kind2` behind
    /// it where it is taken.
    fn stem(&mut self, operation: &Operation) -> String {
        let names = caller_parameters(operation).map(|p| p.rust_name.as_str());
        let names: Vec<&str> = names.chain(operation.body.as_ref().map(|_| BODY)).collect();
        let mut stem: String = names.iter().take(NAMED).map(|name| camel(name)).collect();
        match names.len().saturating_sub(NAMED) {
            0 if names.is_empty() => stem.push_str("Bare"),
            0 => {}
            more => stem.push_str(&format!("And{more}")),
        }
        let alike = self.alike.entry(stem.clone()).or_default();
        *alike += 1;
        if *alike > 1 {
            stem.push_str(&format!("Kind{alike}"));
        }
        stem
    }

    /// The module with all the structs.
    pub fn module(&self) -> TokenStream {
        if self.structs.is_empty() {
            return TokenStream::new();
        }
        let structs = &self.structs;
        let (unused, runtime) = (unused(), runtime());
        quote! {
            /// The requests of all operations, by the parameters that they take.
            #unused
            pub mod requests { #runtime #(#structs)* }
        }
    }
}

/// Whether the struct is generic over a body: one over objects serves them all.
fn is_generic(body: &Type) -> bool {
    matches!(body, Type::Record(_))
}

fn generics(operation: &Operation) -> Vec<Ident> {
    let body = operation.body.as_ref().filter(|ty| is_generic(ty));
    let body = body.map(|_| format_ident!("T"));
    [format_ident!("O")].into_iter().chain(body).collect()
}

/// A name that no parameter has.
fn unit(operation: &Operation) -> Ident {
    let mut unit = "operation_".to_owned();
    while caller_parameters(operation).any(|p| p.rust_name == unit) {
        unit.push('_');
    }
    format_ident!("{unit}")
}

/// What makes two operations share a struct: all that is in it.
fn shape(operation: &Operation) -> String {
    let mut shape = String::new();
    for (index, parameter) in operation.parameters.iter().enumerate() {
        if parameter.origin == Origin::Caller {
            let since = newer(parameter.since.as_ref(), operation.since.as_ref());
            let Parameter {
                name,
                rust_name,
                location,
                ty,
                required,
                default,
                doc,
                source,
                ..
            } = parameter;
            shape.push_str(&format!(
                "{index} {name} {rust_name} {location:?} {ty:?} {required} {default:?} {doc:?} {source:?} {since:?}\n"
            ));
        }
    }
    match &operation.body {
        Some(ty) if is_generic(ty) => shape.push_str("an object\n"),
        Some(ty) => shape.push_str(&format!("{ty:?}\n")),
        None => {}
    }
    if is_sessionless(operation) {
        shape.push_str("without a session");
    }
    shape
}

fn is_sessionless(operation: &Operation) -> bool {
    let mut parameters = operation.parameters.iter();
    parameters.all(|p| p.origin == Origin::Caller)
}

/// A struct with its builder.
fn request(operation: &Operation, names: &Names, given: &[Given]) -> TokenStream {
    let Names {
        request,
        generics,
        unit,
        ..
    } = names;
    let fields = given.iter().map(|one| {
        let Given {
            field,
            field_docs: docs,
            rust,
            ..
        } = one;
        match one.state {
            Some(_) => quote!(#docs pub #field: #rust),
            None => quote!(#docs pub #field: __rt::Option<#rust>),
        }
    });
    let all: Vec<&Ident> = given.iter().map(|one| &one.field).collect();
    let shown = all
        .iter()
        .map(|field| field.to_string().trim_start_matches("r#").to_owned());
    let blanks = given.iter().map(|one| &one.blank);
    let parameters = operation.parameters.iter().enumerate();
    let (index, field): (Vec<_>, Vec<_>) = parameters
        .filter(|(_, parameter)| parameter.origin == Origin::Caller)
        .map(|(index, parameter)| (index, ident(&parameter.rust_name)))
        .unzip();
    let unused = field.is_empty().then(|| quote!(let _ = index;));
    let body = operation.body.as_ref().map(|_| {
        quote! {
            fn body(&self) -> __rt::Option<&dyn __rt::Value> {
                __rt::Some(&self.body)
            }
            fn body_mut(&mut self) -> __rt::Option<&mut dyn __rt::Value> {
                __rt::Some(&mut self.body)
            }
        }
    });
    // What is behind the operation is the object in the body.
    let content: Vec<&Ident> = generics.iter().skip(1).collect();
    let sessionless = is_sessionless(operation).then(|| {
        quote! {
            impl<O: __rt::OperationKind, #(#content: __rt::Value + __rt::Blank),*> __rt::Sessionless for #request<#(#generics),*> {}
        }
    });
    let builder = builder(names, given);
    let docs = docs(given);
    quote! {
        #docs
        #[non_exhaustive]
        pub struct #request<#(#generics),*> {
            #(#fields,)*
            #unit: __rt::PhantomData<fn() -> O>,
        }

        impl<O, #(#content: __rt::Clone),*> __rt::Clone for #request<#(#generics),*> {
            fn clone(&self) -> Self {
                #request {
                    #(#all: __rt::Clone::clone(&self.#all),)*
                    #unit: __rt::PhantomData,
                }
            }
        }

        impl<O: __rt::OperationKind, #(#content: __rt::Debug),*> __rt::Debug for #request<#(#generics),*> {
            fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
                formatter.debug_struct(O::META.id)#(.field(#shown, &self.#all))*.finish()
            }
        }

        #builder

        impl<O: __rt::OperationKind, #(#content: __rt::Value + __rt::Blank),*> __rt::Endpoint for #request<#(#generics),*> {
            type Operation = O;
            type Response = O::Response;
            const META: &'static __rt::EndpointMeta = O::META;
            fn blank() -> Self {
                #request { #(#all: #blanks,)* #unit: __rt::PhantomData }
            }
        }

        impl<O, #(#content: __rt::Value),*> __rt::Arguments for #request<#(#generics),*> {
            fn parameter(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Parameter> {
                #unused
                #(if index == #index { return __rt::Some(&self.#field); })*
                __rt::None
            }
            fn parameter_mut(&mut self, index: __rt::usize) -> __rt::Option<&mut dyn __rt::Parameter> {
                #unused
                #(if index == #index { return __rt::Some(&mut self.#field); })*
                __rt::None
            }
            #body
        }

        #sessionless
    }
}

fn docs(given: &[Given]) -> TokenStream {
    let fields: Vec<String> = given.iter().map(|one| format!("`{}`", one.field)).collect();
    let text = if fields.is_empty() {
        "A request that takes no parameters, of the operation `O`.".to_owned()
    } else {
        format!(
            "A request with {}, of the operation `O`.",
            fields.join(", ")
        )
    };
    Docs::new("", &text).tokens()
}

fn given(context: &Context<'_>, operation: &Operation, names: &Names) -> Vec<Given> {
    let root = quote!(super::);
    let mut taken: Vec<String> = names.generics.iter().map(ToString::to_string).collect();
    let mut given: Vec<Given> = Vec::new();
    for parameter in caller_parameters(operation) {
        let (field_docs, docs) = parameter_docs(operation, parameter);
        given.push(Given {
            field: ident(&parameter.rust_name),
            slot: Literal::usize_unsuffixed(given.len()),
            state: parameter
                .required
                .then(|| state_name(&parameter.rust_name, &mut taken)),
            rust: context.value_type(&parameter.ty, &root),
            docs,
            field_docs,
            converts: parameter.ty.is_text(),
            blank: if parameter.required {
                context.blank_value(&parameter.ty)
            } else {
                quote!(__rt::None)
            },
        });
    }
    if let Some(body) = &operation.body {
        given.push(Given {
            field: ident(BODY),
            slot: Literal::usize_unsuffixed(given.len()),
            state: Some(state_name(BODY, &mut taken)),
            rust: match names.generics.get(1) {
                Some(generic) => quote!(#generic),
                None => context.value_type(body, &root),
            },
            docs: Docs::new("", "The representation in the body, required.").tokens(),
            field_docs: Docs::new("", "The representation in the body.").tokens(),
            // Options of a base convert into the type over all of them.
            converts: body.is_text() || is_generic(body),
            blank: quote!(__rt::Blank::blank()),
        });
    }
    given
}

/// What is said of the field of a parameter, and of its setter.
fn parameter_docs(operation: &Operation, parameter: &Parameter) -> (TokenStream, TokenStream) {
    let state = match &parameter.default {
        _ if parameter.required => "required".to_owned(),
        Some(default) => format!("optional; the server takes `{default}` without it"),
        None => "optional".to_owned(),
    };
    let text = || Docs::new(&parameter.doc, &format!("`{}`.", parameter.name));
    let setter = text()
        .then(format!(
            "`{}` in the {}, {state}.",
            parameter.name,
            parameter.location.word(),
        ))
        .since(newer(parameter.since.as_ref(), operation.since.as_ref()))
        .source(parameter.source.as_deref());
    (text().tokens(), setter.tokens())
}

/// The type parameter for a required parameter: `InteractionId`, or with a
/// number behind it where the name is taken.
fn state_name(rust_name: &str, taken: &mut Vec<String>) -> Ident {
    let name = camel(rust_name);
    let mut state = name.clone();
    while taken.contains(&state) {
        state = format!("{name}{}", taken.len());
    }
    taken.push(state.clone());
    format_ident!("{state}")
}

fn camel(rust_name: &str) -> String {
    let name = rust_name.strip_prefix("r#").unwrap_or(rust_name);
    name.to_upper_camel_case()
}
