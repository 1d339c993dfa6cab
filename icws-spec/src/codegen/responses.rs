//! The response enums that operations share.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::api::Status;
use crate::plan::{self, Plan, ResponseShape, ours};
use crate::texts::code;

use super::docs::Docs;
use super::modules::{allowed, runtime};
use super::tokens::{ident, own, rust_type};

/// The module with all the enums.
pub(super) fn module(plan: &Plan<'_>) -> TokenStream {
    if plan.responses.is_empty() {
        return TokenStream::new();
    }
    let enums = plan.responses.iter().map(|shape| shape_enum(plan, shape));
    let (responses, allowed, runtime) = (own(ours::RESPONSES), allowed(), runtime());
    // `2XX` stands before an underscore.
    quote! {
        /// The responses of all operations, by the statuses they can have.
        #allowed
        #[allow(non_camel_case_types)]
        pub mod #responses { #runtime #(#enums)* }
    }
}

/// One reply in the enum: its names and how it is read and written.
struct Arm {
    name: Ident,
    status: Status,
    /// The type in the variant.
    payload: TokenStream,
    /// The field of the payload, in a variant with fields.
    field: Option<Ident>,
    success: bool,
    headers: Vec<(String, Ident, TokenStream)>,
}

impl Arm {
    fn definition(&self, docs: &str) -> TokenStream {
        let Arm { name, payload, .. } = self;
        let Some(content) = &self.field else {
            return quote!(#[doc = #docs] #name(#payload));
        };
        let fields = self.headers.iter().map(|(wire, field, ty)| {
            let docs = format!(
                " The header {}; `None` when it is missing or cannot be read.",
                code(wire)
            );
            quote!(#[doc = #docs] #field: #ty)
        });
        let content_docs = if self.success {
            " What the body holds."
        } else {
            " What went wrong."
        };
        quote! {
            #[doc = #docs]
            #name {
                #[doc = #content_docs]
                #content: #payload,
                #(#fields,)*
            }
        }
    }

    fn read(&self) -> TokenStream {
        let name = &self.name;
        let code = match self.status {
            Status::Code(code) => quote!(#code),
            Status::AnySuccess => quote!(200..=299),
        };
        let read = if self.success {
            quote!(reply.success()?)
        } else {
            quote!(reply.failure())
        };
        let Some(content) = &self.field else {
            return quote!(#code => Self::#name(#read));
        };
        let fields = self
            .headers
            .iter()
            .map(|(wire, field, _)| quote!(#field: reply.header(#wire)));
        quote!(#code => Self::#name { #(#fields,)* #content: #read })
    }

    /// The pattern that binds the content and the headers.
    fn pattern(&self) -> TokenStream {
        let name = &self.name;
        let Some(content) = &self.field else {
            return quote!(Self::#name(content));
        };
        let fields = self.headers.iter().enumerate();
        let fields = fields.map(|(index, (_, field, _))| {
            let local = header_local(index);
            quote!(#field: #local)
        });
        quote!(Self::#name { #content: content, #(#fields,)* })
    }

    fn write(&self) -> TokenStream {
        let pattern = self.pattern();
        let encode = match self.status {
            Status::Code(status) => quote!(encode(#status, content)),
            Status::AnySuccess => quote!(encode_success(content)),
        };
        let headers = self.headers.iter().enumerate();
        let headers = headers.map(|(index, (wire, ..))| {
            let local = header_local(index);
            quote!(.with_header(#wire, #local.as_ref()))
        });
        quote!(#pattern => __rt::RawReply::#encode #(#headers)*)
    }

    fn ignoring(&self) -> TokenStream {
        let name = &self.name;
        match self.field {
            None => quote!(Self::#name(_)),
            Some(_) => quote!(Self::#name { .. }),
        }
    }
}

/// The variable that a pattern binds a header to.
fn header_local(index: usize) -> Ident {
    own(&ours::header(index))
}

fn arm(plan: &Plan<'_>, arm: &plan::Arm) -> Arm {
    let root = quote!(super::);
    let headers = arm.headers.iter().map(|header| {
        let ty = rust_type(plan, &header.ty, &root);
        (header.wire.clone(), ident(&header.name), ty)
    });
    Arm {
        name: ident(&arm.variant),
        status: arm.status,
        payload: rust_type(plan, &arm.payload, &root),
        field: arm.field.as_ref().map(ident),
        success: arm.is_success,
        headers: headers.collect(),
    }
}

fn status_docs(status: Status) -> String {
    match status {
        Status::Code(code) => format!(" Status {code}."),
        Status::AnySuccess => {
            " Any status from 200 to 299: no source says which the server sends.".to_owned()
        }
    }
}

fn shape_enum(plan: &Plan<'_>, shape: &ResponseShape) -> TokenStream {
    let name = ident(&shape.name);
    let generics: Vec<Ident> = shape.generics.iter().map(ident).collect();
    let arms: Vec<Arm> = shape.arms.iter().map(|one| arm(plan, one)).collect();
    let variants = arms
        .iter()
        .map(|arm| arm.definition(&status_docs(arm.status)));
    let read = arms.iter().map(Arm::read);
    let write = arms.iter().map(|arm| arm.write());
    let success = match &shape.success {
        Some(ty) => rust_type(plan, ty, &quote!(super::)),
        None => quote!(Self),
    };
    let results = arms.iter().map(|arm| match (arm.success, &shape.success) {
        (true, Some(_)) => {
            let pattern = arm.pattern();
            quote!(#pattern => __rt::Ok(content))
        }
        (true, None) => {
            let pattern = arm.ignoring();
            quote!(success @ #pattern => __rt::Ok(success))
        }
        (false, _) => {
            let name = &arm.name;
            let pattern = match &arm.field {
                None => quote!(Self::#name(content)),
                Some(failure) => quote!(Self::#name { #failure: content, .. }),
            };
            quote!(#pattern => __rt::Err(content.into_error()))
        }
    });
    let statuses = shape.arms.iter();
    let statuses: Vec<String> = statuses.map(|arm| arm.status.to_string()).collect();
    let docs = Docs::new(
        "",
        &format!(
            "The response of an operation with the statuses {}.",
            statuses.join(", ")
        ),
    );
    let docs = docs.then(format!(
        "Match with a `_` arm: a status that the model does not know is\n`{}`, and a newer model may know it.",
        ours::UNEXPECTED
    ));
    let docs = docs.tokens();
    let unexpected = own(ours::UNEXPECTED);
    quote! {
        #docs
        #[derive(__rt::Clone, __rt::Debug)]
        #[non_exhaustive]
        pub enum #name<#(#generics),*> {
            #(#variants,)*
            /// A status that the model does not know.
            #unexpected(__rt::Unexpected),
        }

        impl<#(#generics: __rt::Body),*> __rt::Response for #name<#(#generics),*> {
            type Success = #success;
            #[inline]
            fn from_reply(reply: __rt::RawReply) -> __rt::Result<Self, __rt::DecodeError> {
                __rt::Ok(match reply.code() {
                    #(#read,)*
                    _ => Self::#unexpected(reply.unexpected()),
                })
            }
            #[inline]
            fn to_reply(&self) -> __rt::RawReply {
                match self {
                    #(#write,)*
                    Self::#unexpected(unexpected) => unexpected.to_reply(),
                }
            }
            #[inline]
            fn into_result(self) -> __rt::Result<#success, __rt::ApiError> {
                match self {
                    #(#results,)*
                    Self::#unexpected(unexpected) => __rt::Err(unexpected.into_error()),
                }
            }
        }
    }
}
