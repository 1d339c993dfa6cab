//! Properties that may be left out, where leaving out means something.

/// A property with three states.
///
/// On a delta message an optional property that is left out has not changed,
/// while one that is null has no value any more (reference page
/// `ConceptualContent/Concepts_DesignPrinciples`).
///
/// ```
/// use icws_runtime::Field;
///
/// let mut attempts = Some(1);
/// Field::Absent.merge_into(&mut attempts);
/// assert_eq!(attempts, Some(1));
/// Field::Value(2).merge_into(&mut attempts);
/// assert_eq!(attempts, Some(2));
/// Field::Null.merge_into(&mut attempts);
/// assert_eq!(attempts, None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Field<T> {
    /// Left out.
    #[default]
    Absent,
    /// There, and null.
    Null,
    /// There, with a value.
    Value(T),
}

impl<T> Field<T> {
    /// The value, when there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Field::Value(value) => Some(value),
            Field::Absent | Field::Null => None,
        }
    }

    /// Returns true if the property was left out.
    pub fn is_absent(&self) -> bool {
        matches!(self, Field::Absent)
    }

    /// Returns true if the property was there and null.
    pub fn is_null(&self) -> bool {
        matches!(self, Field::Null)
    }

    /// The value by itself; absent and null become `None`.
    pub fn into_option(self) -> Option<T> {
        match self {
            Field::Value(value) => Some(value),
            Field::Absent | Field::Null => None,
        }
    }

    /// Applies the property to what was known: absent changes nothing, null
    /// takes the value away, a value replaces it.
    pub fn merge_into(self, known: &mut Option<T>) {
        match self {
            Field::Absent => {}
            Field::Null => *known = None,
            Field::Value(value) => *known = Some(value),
        }
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Field::Value(value)
    }
}
