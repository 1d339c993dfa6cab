//! The types of enumerations.

use crate::api::{EnumValue, Enumeration, Since};
use crate::names;

use super::items::own;
use super::names::{Findings, Name, Owner, Path, Scope};
use super::ours;
use super::requests::newer;

/// What an enum has beside its variants, and a struct of flags beside its
/// constants.
const VARIANTS: &[&str] = &[ours::UNRECOGNIZED, ours::FROM_NUMBER, ours::NUMBER];
const CONSTANTS: &[&str] = &[ours::FROM_NUMBER, ours::NUMBER, ours::CONTAINS, ours::WITH];

/// The type of an enumeration.
pub struct Enum<'a> {
    /// What it is the type of.
    pub enumeration: &'a Enumeration,
    /// Where it is.
    pub path: Path,
    /// How it is written.
    pub form: Form,
    /// The variants or constants.
    pub values: Vec<NamedValue<'a>>,
}

/// How the type of an enumeration is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As an enum with a variant for each value.
    Variants,
    /// As a struct with a constant for each flag.
    Flags,
}

/// A variant or constant.
pub struct NamedValue<'a> {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub value: &'a EnumValue,
    /// The version of the value, when it is not that of the enumeration.
    pub since: Option<&'a Since>,
}

impl<'a> Enum<'a> {
    pub(super) fn of(enumeration: &'a Enumeration, path: &Path, findings: &mut Findings) -> Self {
        let form = match enumeration.flags {
            true => Form::Flags,
            false => Form::Variants,
        };
        let (made, reserved): (fn(&str) -> String, &[&str]) = match form {
            Form::Flags => (names::constant_name, CONSTANTS),
            Form::Variants => (names::type_name, VARIANTS),
        };
        let mut scope = Scope::new(format!("`{}`", path.name), reserved);
        let values = enumeration.values.iter().map(|value| {
            let owner = Owner::part(
                format!("the value `{}`", value.name),
                value.place,
                enumeration.place,
            );
            let wanted = own(&value.rust_name, &value.name, made);
            NamedValue {
                name: scope.take(&wanted, owner, findings),
                value,
                since: newer(value.since.as_ref(), enumeration.since.as_ref()),
            }
        });
        Enum {
            enumeration,
            path: path.clone(),
            form,
            values: values.collect(),
        }
    }
}
