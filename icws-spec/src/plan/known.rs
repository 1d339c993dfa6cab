//! The types of the runtime and the standard library that bindings use.

/// A type without arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// `true` or `false`.
    Bool,
    /// A whole number of 32 bits.
    I32,
    /// A whole number of 64 bits.
    I64,
    /// A number of single precision.
    F32,
    /// A number of double precision.
    F64,
    /// Text.
    String,
    /// Text that no `Debug` shows.
    Secret,
    /// A length of time.
    Seconds,
    /// A point in time.
    DateTime,
    /// A point in time, a date or a time of day.
    Moment,
    /// Content of another media type than JSON.
    Content,
    /// An authentication challenge.
    Challenge,
}

impl Known {
    /// Returns the name of the type in Rust.
    pub fn name(self) -> &'static str {
        match self {
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
}

/// A type with arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Generic {
    /// What may be absent, or null.
    Option,
    /// What has three states: absent, null and a value.
    Field,
    /// A list.
    Vec,
    /// A map, whose keys are texts.
    Map,
    /// A map, whose keys are texts that are the same in any case.
    CaseMap,
    /// An object of which only some properties are there.
    Patch,
    /// A collection of items by what tells them apart.
    Items,
    /// The box of an object within an object.
    Boxed,
    /// A batch of messages.
    Batch,
    /// What went wrong, with what the body holds.
    Failure,
}

impl Generic {
    /// Returns the name of the type in Rust.
    pub fn name(self) -> &'static str {
        match self {
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
}
