//! The enum over all messages.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::Record;

use super::context::{Context, record_path, variants};
use super::modules::unused;

/// `Message`, with a variant for each message and one for types that the model
/// does not know.
pub(super) fn message(context: &Context<'_>) -> TokenStream {
    let rt = context.rt;
    let messages: Vec<&Record> = context
        .messages()
        .filter(|record| record.urn.is_some())
        .collect();
    let names = messages
        .iter()
        .map(|r| (r.namespace.as_str(), r.rust_name.as_str()));
    let variants = variants(names);
    let paths: Vec<TokenStream> = messages.iter().map(|record| record_path(record)).collect();
    let urns: Vec<&str> = messages
        .iter()
        .filter_map(|record| record.urn.as_deref())
        .collect();
    let docs = messages
        .iter()
        .zip(&urns)
        .map(|(record, urn)| format!(" `{}`, `{urn}`.", record.id()));
    let mut sorted: Vec<usize> = (0..messages.len()).collect();
    sorted.sort_by_key(|index| urns.get(*index).copied());
    let entries = sorted.iter().filter_map(|index| {
        let (urn, path, variant) = (urns.get(*index)?, paths.get(*index)?, variants.get(*index)?);
        let urn = Literal::string(urn);
        Some(quote! {
            (#urn, |reader| ::core::result::Result::map(#rt::read_new::<#path>(reader), Message::#variant))
        })
    });
    let unused = unused();
    quote! {
        /// A message from a session's queue.
        ///
        /// Match with a `_` arm: messages that a newer model knows become new
        /// variants. Until then they arrive as [`Message::Unknown`], with their
        /// text as it came.
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #[non_exhaustive]
        #unused
        pub enum Message {
            #(#[doc = #docs] #variants(#paths),)*
            /// A message of a type that the model does not know.
            Unknown(#rt::UnknownMessage),
        }

        #unused
        impl Message {
            /// The message's `__type`; `None` when an unknown one has none.
            pub fn type_urn(&self) -> ::core::option::Option<&::core::primitive::str> {
                <Self as #rt::MessageSet>::type_urn(self)
            }
        }

        impl #rt::MessageSet for Message {
            const TABLE: &'static [#rt::MessageEntry<Self>] = &[#(#entries),*];
            fn unknown(message: #rt::UnknownMessage) -> Self {
                Message::Unknown(message)
            }
            fn type_urn(&self) -> ::core::option::Option<&::core::primitive::str> {
                match self {
                    #(Message::#variants(_) => ::core::option::Option::Some(#urns),)*
                    Message::Unknown(message) => message.type_urn(),
                }
            }
            fn write(&self, writer: &mut #rt::Writer) {
                match self {
                    #(Message::#variants(message) => #rt::Value::write(message, writer),)*
                    Message::Unknown(message) => message.write(writer),
                }
            }
        }
    }
}
