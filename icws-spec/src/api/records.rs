//! Enumerations, objects, messages and the types of values.

use super::{Arena, Id, Since};
use crate::place::Place;

/// Which object or message of [`Api::records`](super::Api::records) is meant.
pub type RecordId = Id<Record>;

/// An object or a message: a JSON object with named properties.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Record {
    /// The namespace, `interactions.callback`.
    pub namespace: String,
    /// The name on the wire, `callbackMessage`.
    pub name: String,
    /// The Rust type's name, when the model gives one.
    pub rust_name: Option<String>,
    /// What it is.
    pub doc: String,
    /// Where the facts come from, when that is not the page of a resource.
    pub source: Option<String>,
    /// The value of `__type`.
    pub urn: Option<String>,
    /// The feature version that introduced it.
    pub since: Option<Since>,
    /// What makes it a message; `None` for an object.
    pub message: Option<MessageFacts>,
    /// What it derives from.
    pub base: Option<RecordId>,
    /// Whether it says what it is by its `__type`: messages and derived objects
    /// do.
    pub is_typed: bool,
    /// Whether only what derives from it travels.
    pub is_abstract: bool,
    /// The objects that may stand where this one is asked for; none unless
    /// others derive from it. It is one of them itself unless it is abstract.
    pub options: Vec<RecordId>,
    /// The properties that together tell it apart from others in a list, each by
    /// the steps to it: `configurationId`, `id`. None when nothing does.
    pub identity: Vec<Vec<String>>,
    /// The properties, those of the base first, each in the order of the
    /// reference page and without `__type`.
    pub properties: Vec<Property>,
    /// Examples from the model, to be tested.
    pub examples: Vec<MessageExample>,
    /// Where it stands in the model.
    pub place: Place,
}

impl Record {
    /// The name with its namespace: `interactions.callback.callbackMessage`.
    pub fn id(&self) -> String {
        format!("{}.{}", self.namespace, self.name)
    }

    /// Whether it brings items of a collection.
    pub(crate) fn has_collection(&self) -> bool {
        let mut rules = self.properties.iter().filter_map(|property| property.delta);
        self.delta().is_some() && rules.any(DeltaRule::is_of_items)
    }

    /// How it updates a cache, if it is a message that does.
    pub fn delta(&self) -> Option<&DeltaFacts> {
        self.message.as_ref()?.delta.as_ref()
    }
}

impl Arena<Record> {
    /// What may stand where a record is asked for: its options, or itself when
    /// nothing derives from it.
    pub fn standing_for(&self, id: RecordId) -> Vec<RecordId> {
        let options = &self[id].options;
        if options.is_empty() {
            vec![id]
        } else {
            options.clone()
        }
    }
}

/// Which enumeration of [`Api::enums`](super::Api::enums) is meant.
pub type EnumId = Id<Enumeration>;

/// An enumeration: names for whole numbers. Other numbers are possible, since a
/// newer server may know more.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Enumeration {
    /// The namespace.
    pub namespace: String,
    /// The name in the reference, `queueType`.
    pub name: String,
    /// The Rust type's name, when the model gives one.
    pub rust_name: Option<String>,
    /// What it tells apart.
    pub doc: String,
    /// Where the facts come from.
    pub source: Option<String>,
    /// The feature version that introduced it.
    pub since: Option<Since>,
    /// Whether values can be combined bit by bit.
    pub flags: bool,
    /// The values in the order of the page.
    pub values: Vec<EnumValue>,
    /// Where it stands in the model.
    pub place: Place,
}

impl Enumeration {
    /// The name with its namespace.
    pub fn id(&self) -> String {
        format!("{}.{}", self.namespace, self.name)
    }
}

/// A value of an enumeration.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct EnumValue {
    /// The name in the reference.
    pub name: String,
    /// The Rust name of the variant or constant, when the model gives one.
    pub rust_name: Option<String>,
    /// The number on the wire.
    pub number: i64,
    /// What it means.
    pub doc: String,
    /// The feature version that introduced it.
    pub since: Option<Since>,
    /// Where it stands in the model.
    pub place: Place,
}

/// What a message has beyond an object.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct MessageFacts {
    /// How the message updates a cache; `None` when it stands for itself.
    pub delta: Option<DeltaFacts>,
    /// How it says how its subscription stands; `None` when it does not.
    pub standing: Option<StandingFacts>,
    /// Whether nothing follows it: what its subscription is about is gone.
    pub ends: bool,
}

/// How a message says that its subscription works, pauses or has failed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StandingFacts {
    /// Index of the property with the state, an enumeration.
    pub property: usize,
    /// The number of the state in which no messages come for a while.
    pub suspended: i64,
    /// The number of the state in which the subscription has failed.
    pub faulted: i64,
}

/// How a message says whether it is in full, and what it is about.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DeltaFacts {
    /// Index of the boolean property that is true on a delta.
    pub flag: usize,
    /// Index of the property that tells the subjects of one subscription apart. In
    /// a message that can leave it out, its absence stands for all subjects.
    pub key: Option<usize>,
}

/// What a delta does with the value of a property to what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DeltaRule {
    /// The value replaces what is known.
    Replace,
    /// The properties of the object, or the entries of the map, replace theirs;
    /// the others stay.
    Merge,
    /// The items come behind those that are known.
    Append,
    /// The items join those that are known, each by what tells it apart.
    Added,
    /// The items are merged into those that are known.
    Changed,
    /// The items leave.
    Removed,
    /// The value is told with the change, and is no part of the state.
    Tell,
}

impl DeltaRule {
    /// All rules, by their words in a model.
    pub const WORDS: &[(&str, DeltaRule)] = &[
        ("replace", DeltaRule::Replace),
        ("merge", DeltaRule::Merge),
        ("append", DeltaRule::Append),
        ("added", DeltaRule::Added),
        ("changed", DeltaRule::Changed),
        ("removed", DeltaRule::Removed),
        ("tell", DeltaRule::Tell),
    ];

    /// Returns the word in a model.
    pub fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, rule)| *rule == self);
        found.map_or("", |(word, _)| word)
    }

    /// Returns true if the property has items that come to a collection of items,
    /// or leave it.
    pub fn is_of_items(self) -> bool {
        matches!(
            self,
            DeltaRule::Added | DeltaRule::Changed | DeltaRule::Removed
        )
    }
}

/// A property of an object or message.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Property {
    /// The name on the wire.
    pub name: String,
    /// The Rust field's name, when the model gives one.
    pub rust_name: Option<String>,
    /// Its type.
    pub ty: Type,
    /// Whether it is always there.
    pub required: bool,
    /// Whether other properties decide if it must be there; the text says how.
    pub conditional: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// Whether values that differ only in case are the same.
    pub ignore_case: bool,
    /// What a delta does to what is known, when it does not replace it.
    pub delta: Option<DeltaRule>,
    /// What it says.
    pub doc: String,
    /// Where the fact comes from, when the page does not have it.
    pub source: Option<String>,
    /// The feature version that introduced it.
    pub since: Option<Since>,
    /// Where it stands in the model.
    pub place: Place,
}

/// The type of a value in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Type {
    /// Text.
    String,
    /// Text that must not show in logs.
    Secret,
    /// `true` or `false`.
    Boolean,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 64 bits.
    Long,
    /// A whole number; no source says of how many bits.
    Integer,
    /// A number of single precision.
    Float,
    /// A number of double precision.
    Double,
    /// A number; no source says of which precision.
    Number,
    /// A URI, as text.
    Uri,
    /// A GUID, as text.
    Guid,
    /// Seconds, as a number.
    Duration,
    /// A point in time.
    DateTime,
    /// A point in time, a date or a time of day; no source says which.
    Moment,
    /// A date, as text in a form that is not documented.
    Date,
    /// A time of day, as text in a form that is not documented.
    Time,
    /// An enumeration of the model.
    Enum(EnumId),
    /// An object of the model, or one that derives from it.
    Record(RecordId),
    /// An array.
    List(List),
    /// An object whose keys are data.
    Map(Map),
}

/// The type of an array.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct List {
    /// The type of the items.
    pub item: Box<Type>,
    /// Whether items may be null.
    pub nullable_items: bool,
    /// How many items there are at least.
    pub least: u64,
    /// How many items there are at most; `None` without a bound.
    pub most: Option<u64>,
}

/// The type of an object whose keys are data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Map {
    /// The type of the values.
    pub value: Box<Type>,
    /// Whether values may be null.
    pub nullable_values: bool,
}

impl Type {
    /// Returns what lists and maps are made of in the end; else the type itself.
    pub(crate) fn innermost(&self) -> &Type {
        let mut ty = self;
        loop {
            ty = match ty {
                Type::List(list) => &list.item,
                Type::Map(map) => &map.value,
                _ => return ty,
            };
        }
    }

    /// Returns the object that values are made of, within lists and maps.
    pub fn record(&self) -> Option<RecordId> {
        match self.innermost() {
            Type::Record(id) => Some(*id),
            _ => None,
        }
    }

    /// Returns true if its values are text without a structure that is known
    /// here.
    pub fn is_text(&self) -> bool {
        matches!(
            self,
            Type::String | Type::Secret | Type::Uri | Type::Guid | Type::Date | Type::Time
        )
    }

    /// The types that are not declared in a model, by their names in it.
    pub const BASIC: &[(&str, Type)] = &[
        ("string", Type::String),
        ("secret", Type::Secret),
        ("boolean", Type::Boolean),
        ("int", Type::Int),
        ("long", Type::Long),
        ("int|long", Type::Integer),
        ("float", Type::Float),
        ("double", Type::Double),
        ("float|double", Type::Number),
        ("uri", Type::Uri),
        ("guid", Type::Guid),
        ("duration", Type::Duration),
        ("dateTime", Type::DateTime),
        ("dateTime|date|time", Type::Moment),
        ("date", Type::Date),
        ("time", Type::Time),
    ];
}

/// An example of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MessageExample {
    /// Its name in the model.
    pub name: String,
    /// What it shows.
    pub doc: String,
    /// The message as JSON.
    pub json: String,
}
