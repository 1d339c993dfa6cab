//! The Rust types of everything, as data.

use crate::api::{
    Api, Arena, BodyType, EnumId, Enumeration, HeaderType, Property, Record, RecordId, Reply, Type,
};

use super::names::{Name, Path};
use super::ours;

/// The box of an object within an object.
pub const BOXED: &str = "Boxed";

/// A type in Rust.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RustType {
    /// One that the runtime or the standard library has, by its name there.
    Known(&'static str),
    /// One that the bindings declare.
    Item(Item),
    /// A type parameter.
    Parameter(Name),
    /// The unit type: no body.
    Unit,
    /// A batch of messages.
    Batch,
    /// A generic type of the runtime or the standard library with one argument.
    Of(&'static str, Box<RustType>),
    /// A map from texts.
    Map(Box<RustType>),
}

/// A declared type that others refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// An enumeration.
    Enum(EnumId),
    /// The struct of an object or message.
    Record(RecordId),
    /// The enum over the options of an object.
    Any(RecordId),
}

impl RustType {
    /// The type that has this one as its argument.
    #[must_use]
    pub fn inside(self, generic: &'static str) -> RustType {
        RustType::Of(generic, Box::new(self))
    }

    /// The type as people write it, from the root of the bindings. `path` is the
    /// path of an item.
    pub fn shown(&self, path: &dyn Fn(Item) -> String) -> String {
        match self {
            RustType::Known(name) => (*name).to_owned(),
            RustType::Item(item) => path(*item),
            RustType::Parameter(name) => name.to_string(),
            RustType::Unit => "()".to_owned(),
            RustType::Batch => format!("Batch<{}>", ours::MESSAGE),
            RustType::Of(name, inner) => format!("{name}<{}>", inner.shown(path)),
            RustType::Map(value) => format!("BTreeMap<String, {}>", value.shown(path)),
        }
    }

    /// Whether it is the type that another one is, when items are the same by
    /// `same`.
    pub fn is(&self, other: &RustType, same: &dyn Fn(Item, Item) -> bool) -> bool {
        match (self, other) {
            (RustType::Item(one), RustType::Item(other)) => same(*one, *other),
            (RustType::Of(name, one), RustType::Of(other_name, other)) => {
                name == other_name && one.is(other, same)
            }
            (RustType::Map(one), RustType::Map(other)) => one.is(other, same),
            (one, other) => one == other,
        }
    }
}

/// The types of a model.
pub struct Types<'a> {
    api: &'a Api,
    records: Arena<(Path, Path), Record>,
    enums: Arena<Path, Enumeration>,
}

impl<'a> Types<'a> {
    /// The types of what has these names: of each record its own and that of
    /// the enum over its options.
    pub(super) fn new(
        api: &'a Api,
        records: Arena<(Path, Path), Record>,
        enums: Arena<Path, Enumeration>,
    ) -> Types<'a> {
        Types {
            api,
            records,
            enums,
        }
    }

    /// The path of a declared type.
    pub fn path(&self, item: Item) -> &Path {
        match item {
            Item::Enum(id) => &self.enums[id],
            Item::Record(id) => &self.records[id].0,
            Item::Any(id) => &self.records[id].1,
        }
    }

    /// The type of a value.
    pub fn value(&self, ty: &Type) -> RustType {
        RustType::Known(match ty {
            Type::Secret => "Secret",
            Type::Boolean => "bool",
            Type::Int => "i32",
            Type::Long | Type::Integer => "i64",
            Type::Float => "f32",
            Type::Double | Type::Number => "f64",
            Type::String | Type::Uri | Type::Guid | Type::Date | Type::Time => "String",
            Type::Duration => "Seconds",
            Type::DateTime => "DateTime",
            Type::Moment => "Moment",
            Type::Enum(id) => return RustType::Item(Item::Enum(*id)),
            Type::Record(id) => return RustType::Item(self.record(*id)),
            Type::List(list) => {
                let item = self.value(&list.item);
                let item = if list.nullable_items {
                    item.inside("Option")
                } else {
                    item
                };
                return item.inside("Vec");
            }
            Type::Map(map) => {
                let value = self.value(&map.value);
                return RustType::Map(Box::new(if map.nullable_values {
                    value.inside("Option")
                } else {
                    value
                }));
            }
        })
    }

    /// What stands where a record is asked for: itself, or the enum over those
    /// that derive from it.
    fn record(&self, id: RecordId) -> Item {
        if self.api[id].options.is_empty() {
            Item::Record(id)
        } else {
            Item::Any(id)
        }
    }

    /// The type of a property's value. An object within an object is in a box,
    /// whatever its size: objects hold each other twenty deep and themselves, and
    /// a type must not change because another one grows. The enum over options
    /// has its boxes in itself.
    pub fn property(&self, property: &Property) -> RustType {
        let value = self.value(&property.ty);
        match value {
            RustType::Item(Item::Record(_)) => value.inside(BOXED),
            _ => value,
        }
    }

    /// The type of the field of a property. What may be left out *and* may carry
    /// a meaning by it (absent: unchanged, null: now nothing) has three states.
    pub fn field(&self, property: &Property, in_delta: bool) -> RustType {
        let value = self.property(property);
        match (property.required, property.nullable) {
            (true, false) => value,
            (true, true) => value.inside("Option"),
            (false, false) if !in_delta => value.inside("Option"),
            (false, _) => value.inside("Field"),
        }
    }

    /// What the body of a reply is read as.
    pub fn body(&self, reply: &Reply) -> RustType {
        match &reply.body {
            None => RustType::Unit,
            Some(BodyType::Messages) => RustType::Batch,
            Some(BodyType::Media(_)) => RustType::Known("Content"),
            Some(BodyType::Value(ty)) => self.value(ty),
        }
    }

    /// What the variant of a reply holds.
    pub fn content(&self, reply: &Reply) -> RustType {
        let body = self.body(reply);
        if reply.is_success() {
            body
        } else {
            body.inside("Failure")
        }
    }

    /// The type of a header's value.
    pub fn header(&self, ty: &HeaderType) -> RustType {
        match ty {
            HeaderType::Value(ty) => self.value(ty),
            HeaderType::Challenge => RustType::Known("Challenge"),
        }
    }
}
