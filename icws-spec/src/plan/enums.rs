//! The types of enumerations.

use crate::api::{EnumValue, Enumeration};
use crate::names;

use super::items::own;
use super::names::{Findings, Name, Owner, Path, Scope};
use super::ours;

/// What an enum has beside its variants, and a struct of flags beside its
/// constants.
const VARIANTS: &[&str] = &[ours::UNRECOGNIZED, ours::FROM_NUMBER, ours::NUMBER];
const CONSTANTS: &[&str] = &[ours::FROM_NUMBER, ours::NUMBER, ours::CONTAINS, ours::WITH];

/// The type of an enumeration: an enum with a variant for each value, or a
/// struct with a constant for each flag.
pub struct Enum<'a> {
    /// What it is the type of.
    pub enumeration: &'a Enumeration,
    /// Where it is.
    pub path: Path,
    /// The variants or constants.
    pub values: Vec<(Name, &'a EnumValue)>,
}

impl<'a> Enum<'a> {
    pub(super) fn of(enumeration: &'a Enumeration, path: &Path, findings: &mut Findings) -> Self {
        let (made, reserved): (fn(&str) -> String, &[&str]) = if enumeration.flags {
            (names::constant_name, CONSTANTS)
        } else {
            (names::type_name, VARIANTS)
        };
        let mut scope = Scope::new(format!("`{}`", path.name), reserved);
        let values = enumeration.values.iter().map(|value| {
            let owner = Owner::part(
                format!("the value `{}`", value.name),
                value.place,
                enumeration.place,
            );
            let wanted = own(&value.rust_name, &value.name, made);
            (scope.take(&wanted, owner, findings), value)
        });
        Enum {
            enumeration,
            path: path.clone(),
            values: values.collect(),
        }
    }
}
