//! The names of the fields of a struct.

use crate::api::{Property, Record};
use crate::names;

use super::items::own;
use super::names::{Findings, Name, Owner, Scope};

/// What a function cannot call an argument, and `new` has the fields as
/// arguments.
pub(super) const NEVER_BOUND: &[&str] = &["None", "Some", "Ok", "Err"];

/// The names of the fields of a struct, as they are taken.
pub(crate) struct FieldNames(Scope<'static>);

impl FieldNames {
    pub(super) fn new(of: &Name) -> Self {
        FieldNames(Scope::new(format!("`{of}`"), NEVER_BOUND))
    }

    /// Takes the name of the field of a property.
    pub(super) fn take(
        &mut self,
        property: &Property,
        record: &Record,
        findings: &mut Findings,
    ) -> Name {
        let owner = Owner::part(
            format!("the property `{}`", property.name),
            property.place,
            record.place,
        );
        let wanted = own(&property.rust_name, &property.name, names::value_name);
        self.0.take(&wanted, owner, findings)
    }
}

/// Why a new property cannot have a field.
#[cfg(feature = "cli")]
pub(crate) enum NoField {
    /// Its name is none in Rust.
    NoName,
    /// Another property has the name.
    Taken,
}

#[cfg(feature = "cli")]
impl FieldNames {
    /// Returns the names that the fields of an object or message have.
    pub(crate) fn of(record: &Record) -> Self {
        let mut names = FieldNames::new(&Name::own(&record.name));
        for property in &record.properties {
            names.take(property, record, &mut Findings::default());
        }
        names
    }

    /// Takes the name of the field of a property that is to be added.
    pub(crate) fn add(&mut self, property: &str, record: &Record) -> Result<(), NoField> {
        let mut findings = Findings::default();
        let what = format!("the new property `{property}`");
        let owner = Owner::part(what, record.place, record.place);
        self.0
            .take(&names::value_name(property), owner, &mut findings);
        match findings.diagnostics.first() {
            None => Ok(()),
            Some(finding) if *finding.rule == crate::rules::NAME_COLLISION => Err(NoField::Taken),
            Some(_) => Err(NoField::NoName),
        }
    }
}
