//! Names of what operations share: by what is in it, so that a name stays what
//! it is whatever else a model has.
//!
//! The digests are part of public names, and they are made of texts: to edit one
//! of these texts renames types of every model. The texts are therefore spelled
//! here, apart from how the same types are shown to people and written as code.

use std::collections::HashMap;

use super::known::{Generic, Known};
use super::types::{RustType, Types};

/// A name for some content: the readable part alone where it says all of it,
/// else with a digest of the content behind it.
pub(super) fn name(readable: &str, is_all: bool, content: &str) -> String {
    if is_all {
        readable.to_owned()
    } else {
        format!("{readable}X{:08X}", digest(content))
    }
}

/// Names for contents of which nobody writes the names: by a longer digest where two have
/// one name, whichever comes first.
pub(super) fn hidden_names(readable: &str, contents: &[String]) -> Vec<String> {
    let short = contents
        .iter()
        .map(|content| name(readable, false, content));
    let short: Vec<String> = short.collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in &short {
        *counts.entry(name).or_default() += 1;
    }
    let names = short.iter().zip(contents);
    let names = names.map(|(name, content)| match counts.get(name.as_str()) {
        Some(2..) => format!("{readable}X{:016X}", long_digest(content)),
        _ => name.clone(),
    });
    names.collect()
}

/// Returns the text of a type in the content of a digest.
pub(super) fn text(ty: &RustType, types: &Types<'_>) -> String {
    match ty {
        RustType::Known(known) => self::known(*known).to_owned(),
        RustType::Item(item) => types.path(*item).to_string(),
        RustType::Parameter(name) => name.to_string(),
        RustType::Unit => "()".to_owned(),
        RustType::Message => "Message".to_owned(),
        RustType::Of(generic, arguments) => {
            let arguments = arguments.iter().map(|one| text(one, types));
            let arguments: Vec<String> = arguments.collect();
            format!("{}<{}>", self::generic(*generic), arguments.join(", "))
        }
    }
}

fn known(known: Known) -> &'static str {
    match known {
        Known::Bool => "bool",
        Known::I32 => "i32",
        Known::I64 => "i64",
        Known::F32 => "f32",
        Known::F64 => "f64",
        Known::String => "String",
        Known::Secret => "Secret",
        Known::Seconds => "Seconds",
        Known::DateTime => "DateTime",
        Known::Moment => "Moment",
        Known::Content => "Content",
        Known::Challenge => "Challenge",
    }
}

fn generic(generic: Generic) -> &'static str {
    match generic {
        Generic::Option => "Option",
        Generic::Field => "Field",
        Generic::Vec => "Vec",
        Generic::Map => "BTreeMap",
        Generic::CaseMap => "CaseMap",
        Generic::Patch => "Patch",
        Generic::Items => "Items",
        Generic::Boxed => "Boxed",
        Generic::Batch => "Batch",
        Generic::Failure => "Failure",
    }
}

/// The digest of a content, folded to 32 bits.
fn digest(content: &str) -> u32 {
    let hash = long_digest(content);
    let folded = (hash >> 32) ^ (hash & 0xffff_ffff);
    u32::try_from(folded).unwrap_or(u32::MAX)
}

/// FNV-1a: the same with every compiler, unlike the hashes of the standard library.
pub(super) fn long_digest(content: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in content.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Model, ModelSource};

    /// A model whose shared types need a digest, with every form of a type.
    const MODEL: &str = r#"
icws: 1
namespace: desk
enums: { wood: { values: { Oak: 0 } } }
objects: { error: { properties: { message: { type: string } } } }
resources:
  /icws/desks/{deskId}:
    parameters: [{ name: deskId, in: path, type: long, required: true }]
    PUT:
      name: paint
      parameters:
        - { name: woods, in: query, type: list wood }
        - { name: when, in: query, type: dateTime }
      body: map list string
      replies:
        200: { body: messages, headers: { Retry-After: { type: duration } } }
        404: { body: error }
        409: { body: map int }
        410: { body: messages }
"#;

    #[test]
    fn a_digest_is_the_same_for_ever() {
        assert_eq!(name("A", true, "x"), "A");
        assert_eq!(name("A", false, "interaction_id: String"), "AX32D1A66D");
    }

    #[test]
    fn names_of_shared_types_are_the_same_for_ever() {
        let model = Model::load(ModelSource::Inline(MODEL)).unwrap();
        assert!(model.findings().is_empty(), "{}", model.findings()[0]);
        let plan = model.plan();
        let (request, response) = (plan.requests.iter().next(), plan.responses.iter().next());
        let (request, response) = (request.unwrap(), response.unwrap());
        let names = [
            request.name.as_str(),
            request.builder.as_str(),
            response.name.as_str(),
        ];
        assert_eq!(
            names,
            [
                "DeskIdWoodsWhenAnd1X2944293AArguments",
                "DeskIdWoodsWhenAnd1X2944293ABuilder",
                "Outcome200_404_409_410X809C32A8",
            ]
        );
    }
}
