//! Response enums, shared by shape.
//!
//! Operations with the same statuses and the same representations in them share
//! one enum, generic over what a success carries; each has its own name for it.
//! The API has few such shapes, and every enum that is not emitted is one that
//! the compiler need not check.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::api::{BodyType, HeaderType, Operation, Reply};

use super::context::{Context, ident, root_of};
use super::modules::{runtime, unused};

/// What makes two operations share an enum.
#[derive(PartialEq, Eq)]
struct Shape {
    variants: Vec<Variant>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Variant {
    status: u16,
    /// The representation of a failure as a path from the root; successes are
    /// type parameters and do not count.
    failure: Option<String>,
    /// Name, type and Rust name of the headers.
    headers: Vec<(String, String, String)>,
}

/// The shapes met so far.
#[derive(Default)]
pub(super) struct Shapes {
    shapes: Vec<(Shape, Ident, TokenStream)>,
}

impl Shapes {
    /// The response type of an operation, as named from its module.
    pub fn response(&mut self, context: &Context<'_>, operation: &Operation) -> TokenStream {
        let mut replies: Vec<&Reply> = operation.replies.iter().collect();
        replies.sort_by_key(|reply| reply.status);
        let shape = Shape {
            variants: replies
                .iter()
                .map(|reply| variant(context, reply))
                .collect(),
        };
        let name = match self.shapes.iter().find(|(known, _, _)| *known == shape) {
            Some((_, name, _)) => name.clone(),
            None => {
                let name = self.name(&shape);
                let tokens = shape_enum(context, &name, &replies);
                self.shapes.push((shape, name.clone(), tokens));
                name
            }
        };
        let root = root_of(&operation.namespace);
        let successes = replies
            .iter()
            .filter(|reply| reply.is_success())
            .map(|reply| match &reply.body {
                None => quote!(()),
                Some(body) => body_type(context, body, &root),
            });
        quote!(#root responses::#name<#(#successes),*>)
    }

    fn name(&self, shape: &Shape) -> Ident {
        let statuses: Vec<String> = shape
            .variants
            .iter()
            .map(|v| v.status.to_string())
            .collect();
        let base = format!("Replies{}", statuses.join("_"));
        let alike = self
            .shapes
            .iter()
            .filter(|(_, name, _)| name.to_string().starts_with(&base))
            .count();
        if alike == 0 {
            format_ident!("{base}")
        } else {
            format_ident!("{base}Kind{}", alike + 1)
        }
    }

    /// The module with all the enums.
    pub fn module(&self) -> TokenStream {
        if self.shapes.is_empty() {
            return TokenStream::new();
        }
        let enums = self.shapes.iter().map(|(_, _, tokens)| tokens);
        let (unused, runtime) = (unused(), runtime());
        quote! {
            /// The answers of all operations, by the statuses they can have.
            #unused
            pub mod responses { #runtime #(#enums)* }
        }
    }
}

pub(super) fn body_type(context: &Context<'_>, body: &BodyType, root: &TokenStream) -> TokenStream {
    match body {
        BodyType::Messages => quote!(__rt::Batch<#root Message>),
        BodyType::Media(_) => quote!(__rt::Content),
        BodyType::Value(ty) => context.value_type(ty, root),
    }
}

pub(super) fn header_type(
    context: &Context<'_>,
    ty: &HeaderType,
    root: &TokenStream,
) -> TokenStream {
    match ty {
        HeaderType::Value(ty) => context.value_type(ty, root),
        HeaderType::Challenge => quote!(__rt::Challenge),
    }
}

fn variant(context: &Context<'_>, reply: &Reply) -> Variant {
    Variant {
        status: reply.status,
        failure: (!reply.is_success()).then(|| failure_body(context, reply).to_string()),
        headers: reply
            .headers
            .iter()
            .map(|h| {
                (
                    h.name.clone(),
                    header_type(context, &h.ty, &quote!(super::)).to_string(),
                    h.rust_name.clone(),
                )
            })
            .collect(),
    }
}

fn failure_body(context: &Context<'_>, reply: &Reply) -> TokenStream {
    match &reply.body {
        None => quote!(()),
        Some(body) => body_type(context, body, &quote!(super::)),
    }
}

/// One reply in the enum: its names and how it is read and written.
struct Arm {
    name: Ident,
    status: u16,
    /// The type in the variant.
    payload: TokenStream,
    success: bool,
    headers: Vec<(String, Ident, TokenStream)>,
}

impl Arm {
    fn definition(&self, docs: &str) -> TokenStream {
        let Arm { name, payload, .. } = self;
        if self.headers.is_empty() {
            return quote!(#[doc = #docs] #name(#payload));
        }
        let content = self.content();
        let fields = self.headers.iter().map(|(wire, field, ty)| {
            let docs =
                format!(" The header `{wire}`; `None` when it is missing or cannot be read.");
            quote!(#[doc = #docs] #field: __rt::Option<#ty>)
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

    fn content(&self) -> Ident {
        if self.success {
            format_ident!("value")
        } else {
            format_ident!("failure")
        }
    }

    fn read(&self) -> TokenStream {
        let Arm { name, status, .. } = self;
        let read = if self.success {
            quote!(reply.success()?)
        } else {
            quote!(reply.failure())
        };
        if self.headers.is_empty() {
            return quote!(#status => Self::#name(#read));
        }
        let content = self.content();
        let fields = self
            .headers
            .iter()
            .map(|(wire, field, _)| quote!(#field: reply.header(#wire)));
        quote!(#status => Self::#name { #(#fields,)* #content: #read })
    }

    /// The pattern that binds the content and the headers.
    fn pattern(&self) -> TokenStream {
        let name = &self.name;
        if self.headers.is_empty() {
            return quote!(Self::#name(content));
        }
        let content = self.content();
        let fields = self.headers.iter().map(|(_, field, _)| field);
        quote!(Self::#name { #content: content, #(#fields,)* })
    }

    fn write(&self) -> TokenStream {
        let pattern = self.pattern();
        let status = self.status;
        let headers = self
            .headers
            .iter()
            .map(|(wire, field, _)| quote!(.with_header(#wire, #field.as_ref())));
        quote!(#pattern => __rt::RawReply::encode(#status, content) #(#headers)*)
    }

    fn ignoring(&self) -> TokenStream {
        let name = &self.name;
        if self.headers.is_empty() {
            quote!(Self::#name(_))
        } else {
            quote!(Self::#name { .. })
        }
    }
}

fn shape_enum(context: &Context<'_>, name: &Ident, replies: &[&Reply]) -> TokenStream {
    let successes: Vec<&&Reply> = replies.iter().filter(|reply| reply.is_success()).collect();
    let generic = |reply: &Reply| {
        if successes.len() == 1 {
            format_ident!("T")
        } else {
            format_ident!("T{}", reply.status)
        }
    };
    let generics: Vec<Ident> = successes.iter().map(|reply| generic(reply)).collect();
    let arms: Vec<Arm> = replies
        .iter()
        .map(|reply| Arm {
            name: ident(&variant_name(reply.status)),
            status: reply.status,
            payload: if reply.is_success() {
                let generic = generic(reply);
                quote!(#generic)
            } else {
                let body = failure_body(context, reply);
                quote!(__rt::Failure<#body>)
            },
            success: reply.is_success(),
            headers: reply
                .headers
                .iter()
                .map(|h| {
                    (
                        h.name.clone(),
                        ident(&h.rust_name),
                        header_type(context, &h.ty, &quote!(super::)),
                    )
                })
                .collect(),
        })
        .collect();
    let variants = arms
        .iter()
        .map(|arm| arm.definition(&format!(" Status {}.", arm.status)));
    let read = arms.iter().map(Arm::read);
    let write = arms.iter().map(|arm| arm.write());
    let plain = gives_value(replies.iter().copied());
    let success = if plain { quote!(T) } else { quote!(Self) };
    let results = arms.iter().map(|arm| match (arm.success, plain) {
        (true, true) => {
            let pattern = arm.pattern();
            quote!(#pattern => __rt::Ok(content))
        }
        (true, false) => {
            let pattern = arm.ignoring();
            quote!(success @ #pattern => __rt::Ok(success))
        }
        (false, _) => {
            let name = &arm.name;
            let pattern = if arm.headers.is_empty() {
                quote!(Self::#name(content))
            } else {
                quote!(Self::#name { failure: content, .. })
            };
            quote!(#pattern => __rt::Err(content.into_error()))
        }
    });
    let statuses: Vec<String> = replies
        .iter()
        .map(|reply| reply.status.to_string())
        .collect();
    let docs = format!(
        " The answer of an operation with the statuses {}.",
        statuses.join(", ")
    );
    quote! {
        #[doc = #docs]
        ///
        /// Match with a `_` arm: a status that the model does not know is
        /// `Unexpected`, and a newer model may know it.
        #[derive(__rt::Clone, __rt::Debug)]
        #[non_exhaustive]
        pub enum #name<#(#generics),*> {
            #(#variants,)*
            /// A status that the model does not know.
            Unexpected(__rt::Unexpected),
        }

        impl<#(#generics: __rt::Body),*> __rt::Response for #name<#(#generics),*> {
            type Success = #success;
            fn from_reply(reply: __rt::RawReply) -> __rt::Result<Self, __rt::DecodeError> {
                __rt::Ok(match reply.code() {
                    #(#read,)*
                    _ => Self::Unexpected(reply.unexpected()),
                })
            }
            fn to_reply(&self) -> __rt::RawReply {
                match self {
                    #(#write,)*
                    Self::Unexpected(unexpected) => unexpected.to_reply(),
                }
            }
            fn into_result(self) -> __rt::Result<#success, __rt::ApiError> {
                match self {
                    #(#results,)*
                    Self::Unexpected(unexpected) => __rt::Err(unexpected.into_error()),
                }
            }
        }
    }
}

/// Whether the result of an operation is what its success carries. Unless there
/// is one plain success there is more to tell than one value, and the result is
/// the response itself.
pub(super) fn gives_value<'a>(replies: impl Iterator<Item = &'a Reply>) -> bool {
    let mut successes = replies.filter(|reply| reply.is_success());
    let first = successes.next();
    first.is_some_and(|reply| reply.headers.is_empty()) && successes.next().is_none()
}

/// The variant's name: the reason phrase of RFC 9110.
pub(crate) fn variant_name(status: u16) -> String {
    let name = match status {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        204 => "NoContent",
        206 => "PartialContent",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        307 => "TemporaryRedirect",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        429 => "TooManyRequests",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        _ => return format!("Status{status}"),
    };
    name.to_owned()
}
