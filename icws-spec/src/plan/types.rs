//! The Rust types of everything, as data.

use crate::api::{
    Api, Arena, BodyType, DeltaRule, EnumId, Enumeration, HeaderType, List, Map, Parameter,
    Property, Record, RecordId, Reply, Type,
};

use super::known::{Generic, Known};
use super::names::{Name, Path};
use super::ours;

/// A type in Rust.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RustType {
    /// One that the runtime or the standard library has.
    Known(Known),
    /// One that the bindings declare for an item of the model.
    Item(Item),
    /// The enum over all messages.
    Message,
    /// A type parameter.
    Parameter(Name),
    /// The unit type: no body.
    Unit,
    /// A generic type of the runtime or the standard library with its arguments.
    Of(Generic, Vec<RustType>),
}

/// What an argument for a value takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Takes {
    /// The value.
    Value,
    /// The value, which goes into a box.
    Boxed,
    /// All that converts into it: texts in any form.
    Into,
    /// All that gives its items.
    Items(RustType),
    /// All that gives what converts into its items.
    IntoItems(RustType),
    /// All that gives properties of the object that the operation reads.
    Properties,
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
    pub fn inside(self, generic: Generic) -> RustType {
        RustType::Of(generic, vec![self])
    }

    /// Returns the type that is in the box, or the type itself without a box.
    pub fn unboxed(&self) -> &RustType {
        match self {
            RustType::Of(Generic::Boxed, arguments) => arguments.first().unwrap_or(self),
            _ => self,
        }
    }

    /// The type, which may be absent.
    #[must_use]
    fn optional(self, is_optional: bool) -> RustType {
        if is_optional {
            self.inside(Generic::Option)
        } else {
            self
        }
    }

    /// The type as people write it, from the root of the bindings. `path` is the
    /// path of an item.
    pub fn shown(&self, path: &dyn Fn(Item) -> String) -> String {
        match self {
            RustType::Known(known) => known.name().to_owned(),
            RustType::Item(item) => path(*item),
            RustType::Message => ours::MESSAGE.to_owned(),
            RustType::Parameter(name) => name.to_string(),
            RustType::Unit => "()".to_owned(),
            RustType::Of(generic, arguments) => {
                let arguments = arguments.iter().map(|one| one.shown(path));
                let arguments: Vec<String> = arguments.collect();
                format!("{}<{}>", generic.name(), arguments.join(", "))
            }
        }
    }

    /// Whether it is the type that another one is, when items are the same by
    /// `same`.
    pub fn is(&self, other: &RustType, same: &dyn Fn(Item, Item) -> bool) -> bool {
        match (self, other) {
            (RustType::Item(one), RustType::Item(other)) => same(*one, *other),
            (RustType::Of(generic, ones), RustType::Of(other_generic, others)) => {
                let mut pairs = ones.iter().zip(others);
                generic == other_generic && pairs.all(|(one, other)| one.is(other, same))
            }
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

    /// What an argument for a value takes.
    pub fn takes(&self, ty: &Type) -> Takes {
        match ty {
            Type::List(list) if list.nullable_items => {
                Takes::Items(self.value(&list.item).inside(Generic::Option))
            }
            Type::List(list) if list.item.is_text() => Takes::IntoItems(self.value(&list.item)),
            Type::List(list) => Takes::Items(self.value(&list.item)),
            Type::Moment => Takes::Into,
            text if text.is_text() => Takes::Into,
            _ => Takes::Value,
        }
    }

    /// The type of a value.
    pub fn value(&self, ty: &Type) -> RustType {
        RustType::Known(match ty {
            Type::Secret => Known::Secret,
            Type::Boolean => Known::Bool,
            Type::Int => Known::I32,
            Type::Long | Type::Integer => Known::I64,
            Type::Float => Known::F32,
            Type::Double | Type::Number => Known::F64,
            Type::String | Type::Uri | Type::Guid | Type::Date | Type::Time => Known::String,
            Type::Duration => Known::Seconds,
            Type::DateTime => Known::DateTime,
            Type::Moment => Known::Moment,
            Type::Enum(id) => return RustType::Item(Item::Enum(*id)),
            Type::Record(id) => return RustType::Item(self.record(*id)),
            Type::List(list) => return self.list_item(list).inside(Generic::Vec),
            Type::Map(map) => {
                let key = RustType::Known(Known::String);
                return RustType::Of(Generic::Map, vec![key, self.map_value(map)]);
            }
        })
    }

    /// The type of the items of a list.
    fn list_item(&self, list: &List) -> RustType {
        self.value(&list.item).optional(list.nullable_items)
    }

    /// The type of the values of a map.
    pub fn map_value(&self, map: &Map) -> RustType {
        self.value(&map.value).optional(map.nullable_values)
    }

    /// What stands where a record is asked for: itself, or the enum over those
    /// that derive from it.
    pub fn record(&self, id: RecordId) -> Item {
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
        match (value, &property.ty) {
            (item @ RustType::Item(Item::Record(_)), _) => item.inside(Generic::Boxed),
            (_, Type::Map(map)) if property.ignore_case => {
                self.map_value(map).inside(Generic::CaseMap)
            }
            (value, _) => value,
        }
    }

    /// What the argument for a property takes.
    pub fn takes_of(&self, property: &Property) -> Takes {
        match &property.ty {
            Type::Map(_) if property.ignore_case => Takes::Into,
            ty => self.takes(ty),
        }
    }

    /// The type of a property's value in a delta: of an object that is merged only
    /// some properties are there.
    fn part(&self, property: &Property, rule: DeltaRule) -> RustType {
        let whole = self.property(property);
        match (self.value(&property.ty), rule) {
            (item @ RustType::Item(Item::Record(_)), DeltaRule::Merge) => {
                item.inside(Generic::Patch)
            }
            (RustType::Of(generic, mut arguments), DeltaRule::Changed) => match arguments.pop() {
                Some(item @ RustType::Item(Item::Record(_))) => {
                    arguments.push(item.inside(Generic::Patch));
                    RustType::Of(generic, arguments)
                }
                _ => whole,
            },
            _ => whole,
        }
    }

    /// The type of the field of a property. What may be left out *and* may carry
    /// a meaning by it (absent: unchanged, null: now nothing) has three states.
    pub fn field(&self, property: &Property, in_delta: bool) -> RustType {
        let value = match property.delta.filter(|_| in_delta) {
            Some(rule) => self.part(property, rule),
            None => self.property(property),
        };
        match (property.required, property.nullable) {
            (true, false) => value,
            (true, true) => value.inside(Generic::Option),
            (false, false) if !in_delta => value.inside(Generic::Option),
            (false, _) => value.inside(Generic::Field),
        }
    }

    /// What the body of a reply is read as.
    pub fn body(&self, reply: &Reply) -> RustType {
        match &reply.body {
            None => RustType::Unit,
            Some(BodyType::Messages) => RustType::Message.inside(Generic::Batch),
            Some(BodyType::Media(_)) => RustType::Known(Known::Content),
            Some(BodyType::Value(ty)) => self.value(ty),
        }
    }

    /// What the variant of a reply holds.
    pub fn content(&self, reply: &Reply) -> RustType {
        let body = self.body(reply);
        if reply.is_success() {
            body
        } else {
            body.inside(Generic::Failure)
        }
    }

    /// The type of the field of a parameter: what may be left out is optional.
    pub fn parameter(&self, parameter: &Parameter) -> RustType {
        self.value(&parameter.ty).optional(!parameter.required)
    }

    /// The type of the field of a header, which a server may leave out or write
    /// in a form that cannot be read, whatever the model says.
    pub fn header_field(&self, ty: &HeaderType) -> RustType {
        self.header(ty).inside(Generic::Option)
    }

    /// The type of a header's value.
    pub fn header(&self, ty: &HeaderType) -> RustType {
        match ty {
            HeaderType::Value(ty) => self.value(ty),
            HeaderType::Challenge => RustType::Known(Known::Challenge),
        }
    }
}
