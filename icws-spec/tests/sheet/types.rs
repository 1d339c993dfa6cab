//! Objects, messages and enumerations.

use std::collections::HashSet;

use icws_spec::api::{EnumId, RecordId};
use icws_spec::facts::type_name;

use super::pairs::Pairs;

pub fn compare(pairs: &mut Pairs<'_>) {
    pairs.walk();
    // What nothing refers to is found by its URN, else by its name.
    for name in pairs.facts.types.keys() {
        if pairs.records.contains_key(name) {
            continue;
        }
        let urn = format!("urn:inin.com:{name}");
        let records = || pairs.api.records.entries();
        let by_urn = records().find(|(_, record)| record.urn.as_deref() == Some(&*urn));
        let short = name.split_once(':').map(|(_, short)| short);
        let by_name = || {
            records().find(|(id, record)| {
                record.urn.is_none() && Some(&*record.name) == short && !pairs.met.0.contains(id)
            })
        };
        let found = by_urn.or_else(by_name).map(|(id, _)| id);
        if !found.is_some_and(|id| pairs.is_record(name, id)) {
            pairs.differs(format!("{name}: the model lacks it"), None);
        }
        pairs.walk();
    }
    for name in pairs.facts.enumerations.keys() {
        if !pairs.enums.contains_key(name) {
            pairs.differs(
                format!("{name}: the model lacks it, or does not use it"),
                None,
            );
        }
    }
    for (id, record) in pairs.api.records.entries() {
        if !pairs.met.0.contains(&id) {
            let what = format!("{}: only the model has it", record.id());
            pairs.differs(what, record.source.as_deref());
        }
    }
    for (id, enumeration) in pairs.api.enums.entries() {
        if !pairs.met.1.contains(&id) {
            let what = format!("{}: only the model has it", enumeration.id());
            pairs.differs(what, enumeration.source.as_deref());
        }
    }
}

impl Pairs<'_> {
    /// Looks into all pairs, and into those that come of it.
    fn walk(&mut self) {
        loop {
            if let Some((name, id)) = self.open.pop() {
                self.record(&name, id);
            } else if let Some((name, id)) = self.open_enums.pop() {
                self.enumeration(&name, id);
            } else {
                return;
            }
        }
    }

    fn record(&mut self, name: &str, id: RecordId) {
        let (facts, record) = (self.facts, &self.api[id]);
        let fact = &facts.types[name];
        let source = record.source.as_deref();
        if fact.typed != (record.is_typed && record.urn.is_some()) {
            let what = format!("{name}: whether it has its `__type` is not as in the model");
            self.differs(what, source);
        }
        let same = match (&fact.base, record.base) {
            (None, None) => true,
            (Some(fact), Some(base)) => self.is_record(fact, base),
            _ => false,
        };
        if !same {
            self.differs(format!("{name}: has another base in the model"), source);
        }
        let mut known = HashSet::new();
        for (property, fact) in facts.properties(name) {
            known.insert(property.as_str());
            let mut properties = record.properties.iter();
            let Some(found) = properties.find(|p| p.name == *property) else {
                self.differs(format!("{name}: the model has no {property}"), source);
                continue;
            };
            let source = found.source.as_deref().or(source);
            if !self.is_type(&fact.ty, &found.ty) {
                let model = type_name(self.api, &found.ty);
                let what = format!("{name}: {property} is {}, {model} in the model", fact.ty);
                self.differs(what, source);
            }
            if (fact.required, fact.nullable) != (found.required, found.nullable) {
                let what = format!("{name}: {property} is required or nullable otherwise");
                self.differs(what, source);
            }
        }
        for property in &record.properties {
            if !known.contains(property.name.as_str()) {
                let what = format!("{name}: only the model has {}", property.name);
                self.differs(what, property.source.as_deref().or(source));
            }
        }
        // Options are there when their base is.
        let options = record.options.clone();
        for option in options {
            let urn = self.api[option].urn.clone().unwrap_or_default();
            if let Some(name) = urn.strip_prefix("urn:inin.com:") {
                self.is_record(name, option);
            }
        }
    }

    fn enumeration(&mut self, name: &str, id: EnumId) {
        let enumeration = &self.api[id];
        let fact = &self.facts.enumerations[name];
        let source = enumeration.source.as_deref();
        if fact.flags != enumeration.flags {
            self.differs(format!("{name}: flags or not"), source);
        }
        for (value, number) in &fact.values {
            let mut values = enumeration.values.iter();
            if !values.any(|v| v.name == *value && v.number == *number) {
                self.differs(
                    format!("{name}: the model has no {value} = {number}"),
                    source,
                );
            }
        }
        for value in &enumeration.values {
            if fact.values.get(&value.name) != Some(&value.number) {
                let what = format!(
                    "{name}: only the model has {} = {}",
                    value.name, value.number
                );
                self.differs(what, source);
            }
        }
    }
}
