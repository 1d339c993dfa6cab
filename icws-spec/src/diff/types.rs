//! How types of values changed, in the form that they have in JSON.

use crate::api::{List, RecordId, Type};
use crate::delta::Changed;
use crate::facts::{Value, type_name};
use crate::plan::RustType;

use super::collect::Collector;
use super::compare::{Comparison, Part};
use super::rules::{self, Rule};

/// How a type compares with an older one.
#[derive(Default)]
struct Shift {
    widened: bool,
    narrowed: bool,
    changed: bool,
    bounds_widened: bool,
    bounds_narrowed: bool,
}

impl Shift {
    fn rules(&self) -> Vec<&'static Rule> {
        if self.changed || self.widened && self.narrowed {
            return vec![&rules::TYPE_CHANGED];
        }
        [
            (self.widened, &rules::TYPE_WIDENED),
            (self.narrowed, &rules::TYPE_NARROWED),
            (self.bounds_widened, &rules::BOUNDS_WIDENED),
            (self.bounds_narrowed, &rules::BOUNDS_NARROWED),
        ]
        .into_iter()
        .filter_map(|(applies, rule)| applies.then_some(rule))
        .collect()
    }
}

impl Comparison<'_> {
    /// Reports what became of a type that stands at a key, in JSON and in Rust;
    /// `rust` are the types there, if any.
    pub fn type_changed(
        &self,
        part: &Part<'_>,
        key: &'static str,
        (old, new): (&Type, &Type),
        rust: Option<(&RustType, &RustType)>,
        collector: &mut Collector<'_>,
    ) {
        let reason = rust.and_then(|(old, new)| self.type_reason(old, new));
        let changed = Changed {
            key,
            old: Value::Type(old),
            new: Value::Type(new),
        };
        let mut told = false;
        for rule in self.type_rules(old, new) {
            let message = format!(
                "was `{}` and is `{}`",
                type_name(self.old, old),
                type_name(self.new, new)
            );
            told |= rule.rust != rules::RustVerdict::Fine;
            let draft = part.draft(rule, message).rust(reason.clone());
            collector.add(draft.says(changed.clone()));
        }
        if let (Some(reason), false) = (reason, told) {
            let message = "has another type in Rust";
            let draft = part.draft(&rules::RUST_TYPE_CHANGED, message).rust(reason);
            let changed = (!self.is_same(&changed.old, &changed.new)).then_some(changed);
            collector.add(draft.says(changed));
        }
    }

    /// The rules by which a type changed; none when its form is the same.
    pub fn type_rules(&self, old: &Type, new: &Type) -> Vec<&'static Rule> {
        let mut shift = Shift::default();
        self.shift(old, new, &mut shift);
        shift.rules()
    }

    fn shift(&self, old: &Type, new: &Type, shift: &mut Shift) {
        match (old, new) {
            (Type::List(old), Type::List(new)) => self.lists(old, new, shift),
            (Type::Map(old), Type::Map(new)) => {
                shift.widened |= new.nullable_values && !old.nullable_values;
                shift.narrowed |= old.nullable_values && !new.nullable_values;
                self.shift(&old.value, &new.value, shift);
            }
            (Type::Record(old), Type::Record(new)) => self.records_shift(*old, *new, shift),
            (Type::Enum(old), Type::Enum(new)) => {
                shift.changed |= self.pairs.enumeration(*old) != Some(*new);
            }
            _ if form(old) == form(new) && form(old).is_some() => {}
            _ if is_wider(new, old) => shift.widened = true,
            _ if is_wider(old, new) => shift.narrowed = true,
            _ => shift.changed = true,
        }
    }

    fn lists(&self, old: &List, new: &List, shift: &mut Shift) {
        let most = |list: &List| list.most.unwrap_or(u64::MAX);
        shift.bounds_widened |= new.least < old.least || most(new) > most(old);
        shift.bounds_narrowed |= new.least > old.least || most(new) < most(old);
        shift.widened |= new.nullable_items && !old.nullable_items;
        shift.narrowed |= old.nullable_items && !new.nullable_items;
        self.shift(&old.item, &new.item, shift);
    }

    /// A base is wider than its options.
    fn records_shift(&self, old: RecordId, new: RecordId, shift: &mut Shift) {
        if self.pairs.record(old) == Some(new) {
            return;
        }
        let now_of_base = self.pairs.record(old);
        let once_of_base = self.pairs.old_record(new);
        if now_of_base.is_some_and(|id| self.new[new].options.contains(&id)) {
            shift.widened = true;
        } else if once_of_base.is_some_and(|id| self.old[old].options.contains(&id)) {
            shift.narrowed = true;
        } else {
            shift.changed = true;
        }
    }
}

/// The form in JSON of a basic type or enumeration; `None` for others.
fn form(ty: &Type) -> Option<&'static str> {
    Some(match ty {
        // A secret is text that Rust keeps from logs.
        Type::String | Type::Secret => "text",
        Type::Uri => "URI",
        Type::Guid => "GUID",
        Type::DateTime => "point in time",
        Type::Moment => "point in time, date or time of day",
        Type::Date => "date",
        Type::Time => "time of day",
        Type::Boolean => "truth value",
        // An enumeration is open: any number of 32 bits may come.
        Type::Int | Type::Enum(_) => "whole number of 32 bits",
        // Of what is not known the wider is read.
        Type::Long | Type::Integer => "whole number of 64 bits",
        Type::Float => "number of single precision",
        Type::Double | Type::Number | Type::Duration => "number",
        Type::Record(_) | Type::List(_) | Type::Map(_) => return None,
    })
}

/// Whether all values of one type are values of the other, in JSON.
fn is_wider(wide: &Type, narrow: &Type) -> bool {
    match wide {
        Type::String | Type::Secret => matches!(
            narrow,
            Type::Uri | Type::Guid | Type::DateTime | Type::Date | Type::Time | Type::Moment
        ),
        Type::Moment => matches!(narrow, Type::DateTime | Type::Date | Type::Time),
        Type::Long | Type::Integer => matches!(narrow, Type::Int | Type::Enum(_)),
        Type::Double | Type::Number | Type::Duration => matches!(
            narrow,
            Type::Float | Type::Int | Type::Long | Type::Integer | Type::Enum(_)
        ),
        _ => false,
    }
}
