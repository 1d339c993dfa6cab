//! Objects, messages and enumerations.

use std::collections::HashSet;

use heck::ToLowerCamelCase;

use crate::api;

use super::super::compare::is_same_record;
use super::super::page::{Group, Page, Property, Record, Row, Version, What};
use super::super::said;
use super::super::yaml::{Field, Yaml, field, text, truth, word};
use super::gaps::run;
use super::{Target, Writer};

impl<'p> Writer<'p, '_> {
    /// The name of a representation for `body`; it is written down unless it is
    /// known.
    pub fn record(&mut self, record: &'p Record, is_message: bool, fallback: &str) -> String {
        let name = record.name.as_deref().unwrap_or(fallback);
        let table = self.tables.get(name).copied().unwrap_or(record);
        if let Some(known) = self.known(name, table, is_message) {
            return known;
        }
        let key = (name.to_owned(), is_message);
        if let Some(declared) = self.declared.get(&key) {
            return declared.clone();
        }
        let free = self.names.insert(name.to_owned());
        let own = if free {
            name.to_owned()
        } else {
            self.placeholder()
        };
        self.declared.insert(key, own.clone());
        self.declare(&own, table, is_message, name);
        own
    }

    /// A message, for the list of a reply.
    pub fn message(&mut self, page: &Page, record: &'p Record) -> Yaml {
        let last = page.path.rsplit('/').next().unwrap_or_default();
        let last = last.trim_matches(['{', '}']).to_lower_camel_case();
        let fallback = format!("{last}Message");
        Yaml::Word(self.record(record, true, &fallback))
    }

    /// A record that need not be written: one of the model that it goes into,
    /// or one that came along with a shared reply.
    fn known(&mut self, name: &str, record: &Record, is_message: bool) -> Option<String> {
        let api = self.model.api();
        if self.target == Target::Alone {
            let mut copied = self.copied.values().filter(|_| !is_message);
            return copied.find(|copied| *copied == name).cloned();
        }
        let urn = record.own().and_then(|own| own.urn.as_ref());
        let records = || {
            let records = api.records.entries();
            records.filter(|(_, other)| other.message.is_some() == is_message)
        };
        let named = || records().filter(|(_, other)| other.name == name);
        let found = records()
            .find(|(_, other)| urn.is_some() && other.urn.as_ref() == urn)
            .or_else(|| named().find(|(_, other)| other.namespace == self.namespace))
            // The same name elsewhere may be something else.
            .or_else(|| named().find(|(id, _)| is_same_record(record, *id, self.model)));
        found.map(|(_, found)| self.reference(found))
    }

    /// The name by which this file refers to a record of the model.
    pub fn reference(&self, record: &api::Record) -> String {
        if record.namespace == self.namespace {
            record.name.clone()
        } else {
            record.id()
        }
    }

    fn declare(&mut self, name: &str, record: &'p Record, is_message: bool, on_page: &str) {
        let mut fields = vec![self.doc(&record.doc)];
        fields.extend(self.since(record.since.as_ref(), None));
        let mut written = field(name, Yaml::Block(Vec::new()));
        if record.name.is_none() {
            fields.push(text(
                "source",
                "The page gives it no name; this one is ours.",
            ));
        }
        if name != on_page {
            let message =
                format!("`{on_page}` is the name of two types; choose another for this one");
            written = self.ask(written, record.line, message);
        }
        if !record.has_table {
            written = self.ask(
                written,
                record.line,
                "the page has no table for this; its properties are missing",
            );
        }
        let own = record.own();
        let urn = own.and_then(|own| own.urn.as_ref());
        match (urn, is_message) {
            (Some(urn), _) => {
                self.urns.insert(urn.clone(), name.to_owned());
                fields.push(word("urn", urn));
            }
            (None, true) => {
                let message = "the page shows no `__type` for this message; write its URN";
                written = self.ask(written, record.line, message);
                fields.push(word("urn", format!("urn:TODO:{name}")));
            }
            (None, false) => {}
        }
        let delta = own.filter(|_| is_message).and_then(|own| self.delta(own));
        let in_delta = delta.is_some();
        fields.extend(delta);
        let rows: Vec<&Row> = own.iter().flat_map(|own| &own.rows).collect();
        let is_abstract = record.has_options && rows.is_empty();
        if is_abstract {
            fields.push(field("abstract", truth()));
        }
        let properties = self.properties(&rows, record.since.as_ref(), &[], in_delta, &mut written);
        fields.push(field("properties", Yaml::Block(properties)));
        written.value = Yaml::Block(fields);
        if is_message {
            self.parts.messages.push(written);
        } else {
            self.parts.objects.push(written);
        }
        let inherited: Vec<(&str, Option<&Row>)> = rows
            .iter()
            .filter_map(|row| Some((property_name(row)?, Some(*row))))
            .collect();
        for option in record.options() {
            self.typed(Some(name), option, record.since.as_ref(), &inherited);
        }
        for stray in record.strays() {
            self.typed(None, stray, record.since.as_ref(), &[]);
        }
    }

    /// An object that is named by its URN: an option of a base, whose properties it has,
    /// given with their rows if these are on the page; or without a base, behind a second
    /// `__type`, the value of a property that is lost.
    pub fn typed(
        &mut self,
        base: Option<&str>,
        group: &'p Group,
        around: Option<&Version>,
        inherited: &[(&str, Option<&Row>)],
    ) {
        let urn = group.urn.as_deref().unwrap_or_default();
        let own_name = urn.rsplit(':').next().unwrap_or_default();
        let reserved = own_name.is_empty() || self.tables.contains_key(own_name);
        let taken = reserved || !self.names.insert(own_name.to_owned());
        let name = if taken {
            self.placeholder()
        } else {
            own_name.to_owned()
        };
        self.urns.insert(urn.to_owned(), name.clone());
        let mut written = field(&name, Yaml::Block(Vec::new()));
        if taken {
            written = self.ask(
                written,
                group.line,
                format!("`{urn}` gives no name that is free; choose one"),
            );
        }
        if base.is_none() {
            let message = "a second `__type`: this is the value of a property whose row the text of the page lacks; \
                           rows at its end may belong to what is around";
            written = self.ask(written, group.line, message);
        }
        let mut fields = vec![self.doc(&Vec::new()), word("urn", urn)];
        fields.extend(base.map(|base| word("base", base)));
        fields.extend(self.since(around, None));
        let rows: Vec<&Row> = group.rows.iter().collect();
        for (name, of_base) in inherited {
            let own = rows.iter().find(|row| property_name(row) == Some(name));
            if of_base.is_some_and(|of_base| !own.is_some_and(|own| own.says(of_base))) {
                let message = format!(
                    "`{name}` of the base is another here, or missing: this may not be its base"
                );
                written = self.ask(written, group.line, message);
            }
        }
        let inherited: Vec<&str> = inherited.iter().map(|(name, _)| *name).collect();
        let properties = self.properties(&rows, around, &inherited, false, &mut written);
        fields.push(field("properties", Yaml::Block(properties)));
        written.value = Yaml::Block(fields);
        self.parts.objects.push(written);
    }

    /// How a message updates a cache: by the flag that the conventions of the
    /// API name, and by the parameter of the path that it repeats.
    fn delta(&self, group: &Group) -> Option<Field> {
        let required = |name: &str, ty: &str| {
            group.rows.iter().any(|row| match &row.what {
                What::Property(property) => {
                    property.name == name && property.required && property.ty == ty
                }
                _ => false,
            })
        };
        let mut keys = self.subjects.iter().filter(|name| required(name, "string"));
        let key = keys.next().filter(|_| keys.next().is_none());
        let mut fields = vec![word("flag", "isDelta")];
        fields.extend(key.map(|key| word("key", key)));
        required("isDelta", "boolean").then(|| field("delta", Yaml::Line(fields)))
    }

    /// The properties of rows. A name that stands twice, and what has no name,
    /// is an open question.
    fn properties(
        &mut self,
        rows: &[&Row],
        around: Option<&Version>,
        inherited: &[&str],
        in_delta: bool,
        owner: &mut Field,
    ) -> Vec<Field> {
        let mut names: HashSet<&str> = inherited.iter().copied().collect();
        let mut properties = Vec::new();
        let mut rest = rows;
        while let Some(row) = rest.first() {
            let count = match &row.what {
                What::Property(property) => {
                    if names.insert(&property.name) {
                        properties.push(self.property(row, property, around, in_delta));
                    } else if !inherited.contains(&property.name.as_str()) {
                        let message = format!(
                            "`{}` stands twice, here as `{}`: it is part of the value of a property whose row the text of the page lacks",
                            property.name, property.ty
                        );
                        let open = std::mem::replace(owner, field("", Yaml::Block(Vec::new())));
                        *owner = self.ask(open, row.line, message);
                    }
                    1
                }
                What::Value { .. } => {
                    let count = run(rest);
                    let values = rest.get(..count).unwrap_or_default();
                    properties.push(self.enumeration(values, around));
                    count
                }
                What::Dictionary { value } => {
                    properties.push(self.dictionary(row, value.as_deref(), in_delta));
                    1
                }
            };
            rest = rest.get(count..).unwrap_or_default();
        }
        properties
    }

    /// The rows of a group, as the properties to be added to a record.
    pub fn added(&mut self, rows: &[&Row], around: Option<&Version>, in_delta: bool) -> Vec<Field> {
        let mut owner = field("", Yaml::Block(Vec::new()));
        self.properties(rows, around, &[], in_delta, &mut owner)
    }

    fn property(
        &mut self,
        row: &Row,
        property: &Property,
        around: Option<&Version>,
        in_delta: bool,
    ) -> Field {
        let mut fields = said::fields(said::PROPERTY, property);
        let unsaid = in_delta && property.ty.starts_with("list");
        if unsaid {
            fields.push(word("delta", "replace"));
        }
        fields.push(self.doc(&row.doc));
        fields.extend(self.since(row.since.as_ref(), around));
        let written = field(&property.name, Yaml::Line(fields));
        match unsaid {
            true => self.ask(written, row.line, UNSAID),
            false => written,
        }
    }
}

fn property_name(row: &Row) -> Option<&str> {
    match &row.what {
        What::Property(property) => Some(&property.name),
        _ => None,
    }
}

/// The question about a list in a delta.
const UNSAID: &str = "the page does not say what a delta does to this list; \
                      choose among the values of `delta`";
