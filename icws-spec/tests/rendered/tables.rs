//! Representations and messages: names, tables, and what stands in them.

use std::collections::HashSet;

use icws_spec::api::{Api, EnumId, Property, RecordId, Type};
use icws_spec::facts::type_name;

use super::facts::property_keys;
use super::render::Renderer;

impl Renderer<'_> {
    /// A representation or message with its table.
    pub fn record(&mut self, id: RecordId, key: &str) {
        let record = &self.api[id];
        if let Some((named, table)) = self.tables.get(&id).cloned() {
            let copy = self.rng.u8(..6);
            match (named, copy) {
                (true, 0) => self.lines.state(
                    &record.name,
                    vec![key.to_owned()]
                        .into_iter()
                        .filter(|key| !key.is_empty())
                        .collect(),
                ),
                (true, _) => self.lines.add(&record.name),
                (false, _) => {}
            }
            match copy {
                _ if !named => self.lines.again(&table),
                0 => {}
                // Filled in by a script.
                1 if !record.is_abstract && record.options.is_empty() => {
                    self.lines.labels(&["Property", "Value", "Comments"]);
                }
                _ => self.lines.again(&table),
            }
            return;
        }
        let mut others = self.tables.keys();
        let is_namesake = others.any(|other| self.api[*other].name == record.name);
        let named = record.message.is_some()
            || record.since.is_some()
            || is_namesake
            || self.rng.u8(..4) > 0;
        if named {
            self.lines.add(&record.name);
        }
        let begin = self.lines.len();
        self.maybe_text();
        self.since(record.since.as_ref(), None, &[]);
        self.table(id);
        let table = self.lines.from(begin);
        self.tables.insert(id, (named, table));
    }

    fn table(&mut self, id: RecordId) {
        let record = &self.api[id];
        let lists = record.is_abstract || !record.options.is_empty() && self.coin();
        if lists && self.coin() {
            self.options_label();
            self.lines.labels(&["Property", "Value", "Comments"]);
        } else {
            self.lines.labels(&["Property", "Value", "Comments"]);
            if lists {
                self.options_label();
            }
        }
        let mut within = HashSet::from([id]);
        if lists {
            self.options(id, &mut within);
            return;
        }
        if record.message.is_some() || record.base.is_some() && record.urn.is_some() {
            self.urn(id);
        }
        self.rows(id, &mut within);
    }

    fn options_label(&mut self) {
        self.lines.add("Multiple options:");
        self.lines
            .prose("The value can be assigned any of the following options.");
    }

    fn options(&mut self, id: RecordId, within: &mut HashSet<RecordId>) {
        let record = &self.api[id];
        if !record.is_abstract {
            if record.urn.is_some() && self.coin() {
                self.urn(id);
            }
            self.rows(id, within);
        }
        let options = record.options.iter().filter(|option| **option != id);
        for option in options {
            self.urn(*option);
            self.rows(*option, within);
        }
    }

    fn urn(&mut self, id: RecordId) {
        let urn = self.api[id].urn.clone().unwrap_or_default();
        self.lines.add("__type");
        self.lines.add(format!("\"{urn}\""));
        self.lines.add("Required");
        self.text();
    }

    fn rows(&mut self, id: RecordId, within: &mut HashSet<RecordId>) {
        let properties = self.api[id].properties.iter();
        for property in properties.filter(|property| property.source.is_none()) {
            match &property.ty {
                ty if printed(self.api, ty, self.rng).is_some() => self.row(id, property),
                ty => self.value(ty, within),
            }
        }
    }

    fn row(&mut self, id: RecordId, property: &Property) {
        let keys = property_keys(self.api, property);
        let key = |what: &str| {
            keys.iter()
                .map(|key| format!("{key} {what}"))
                .collect::<Vec<_>>()
        };
        self.lines.add(&property.name);
        let ty = printed(self.api, &property.ty, self.rng).unwrap_or_default();
        self.lines.add(ty);
        if property.required {
            self.lines.state("Required", key("required"));
        } else if property.conditional {
            self.lines.state("Conditionally Required", key("required"));
        }
        self.maybe_text();
        if property.ignore_case {
            let text =
                "The value represented by this property should be treated as case-insensitive.";
            self.lines.state(text, key("ignore_case"));
        }
        if property.nullable {
            self.lines
                .state("This property can be null.", key("nullable"));
        }
        let around = self.api[id].since.as_ref();
        self.since(property.since.as_ref(), around, &keys);
    }

    /// What stands in place of a row that the text has lost.
    fn value(&mut self, ty: &Type, within: &mut HashSet<RecordId>) {
        match ty {
            Type::Enum(id) => self.enumeration(*id),
            Type::Record(id) => self.object(*id, within),
            Type::List(list) => self.value(&list.item, within),
            Type::Map(map) => {
                self.lines.labels(&["[key]", "String"]);
                self.maybe_text();
                self.lines.add("[value]");
                match printed(self.api, &map.value, self.rng) {
                    Some(ty) => self.lines.add(ty),
                    None => self.value(&map.value, within),
                }
            }
            _ => {}
        }
    }

    fn enumeration(&mut self, id: EnumId) {
        if !self.enums.insert(id) && self.coin() {
            return;
        }
        let lower = self.rng.u8(..4) == 0;
        for value in &self.api[id].values {
            let mut name = value.name.clone();
            if lower {
                name = name[..1].to_ascii_lowercase() + &name[1..];
            }
            self.lines.add(name);
            self.lines.add(value.number.to_string());
            self.maybe_text();
            let around = self.api[id].since.as_ref();
            let key = format!("E {}.{}", self.api[id].id(), value.name);
            self.since(value.since.as_ref(), around, &[key]);
        }
    }

    fn object(&mut self, id: RecordId, within: &mut HashSet<RecordId>) {
        // Within itself it is not shown again; elsewhere scripts fill it in.
        if !within.insert(id) || !self.shown.insert(id) && self.coin() {
            return;
        }
        let record = &self.api[id];
        if record.options.is_empty() {
            if record.base.is_some() && record.urn.is_some() && self.coin() {
                self.urn(id);
            }
            self.rows(id, within);
            return;
        }
        self.options_label();
        if !record.is_abstract && self.coin() {
            self.rows(id, within);
        }
        for option in record.options.iter().filter(|option| **option != id) {
            if within.insert(*option) {
                self.urn(*option);
                self.rows(*option, within);
            }
        }
    }
}

/// A basic type, or a list of one, as pages print it.
fn printed(api: &Api, ty: &Type, rng: &mut fastrand::Rng) -> Option<String> {
    if let Type::List(list) = ty {
        let item = printed(api, &list.item, rng)?;
        let bounds = match (list.least, list.most) {
            (0, None) => "Unbounded".to_owned(),
            (least, None) => format!("{least},*"),
            (least, Some(most)) => format!("{least},{most}"),
        };
        return (!item.starts_with("List")).then(|| format!("List [{bounds}]: {item}"));
    }
    if matches!(ty, Type::Record(_) | Type::Enum(_) | Type::Map(_)) {
        return None;
    }
    let name = type_name(api, ty).replace("secret", "string");
    let words: Vec<&str> = name.split('|').collect();
    let word = words[rng.usize(..words.len())];
    Some(word[..1].to_ascii_uppercase() + &word[1..])
}
