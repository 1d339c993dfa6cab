//! What the text of a page shows without its name: enumerations, dictionaries,
//! and types that are named by a URN alone.

use std::collections::HashSet;

use super::super::page::{Record, Row, Version, What};
use super::super::yaml::{Field, Yaml, field, word};
use super::{Target, Writer};

/// What a page does not show of a property whose row it has lost.
const LOST: &str = "the text of the page lacks the row of the property that has them: its name, and whether it is \
                    required, may be null or is a list; rows below may be part of its value";

impl<'p> Writer<'p, '_> {
    /// An enumeration, and the property that has it.
    pub(super) fn enumeration(&mut self, rows: &[&Row], around: Option<&Version>) -> Field {
        let name = self.placeholder();
        let line = rows.first().map_or(1, |row| row.line);
        let values = rows
            .iter()
            .filter_map(|row| self.value(row, around))
            .collect();
        let fields = vec![self.doc(&Vec::new()), field("values", Yaml::Block(values))];
        let enumeration = field(&name, Yaml::Block(fields)).todo(line, "name this enumeration");
        self.parts.enums.push(enumeration);
        let property = field(&name, Yaml::Line(vec![word("type", &name)]));
        self.ask(property, line, format!("values of an enumeration: {LOST}"))
    }

    /// A value of an enumeration.
    pub fn value(&mut self, row: &Row, around: Option<&Version>) -> Option<Field> {
        let What::Value { name, number } = &row.what else {
            return None;
        };
        let number = Yaml::Raw(number.to_string());
        let since = self.since(row.since.as_ref(), around);
        let carried = self.options.with_docs && !row.doc.is_empty();
        if since.is_none() && !carried {
            return Some(field(name, number));
        }
        let mut fields = vec![field("value", number)];
        if carried {
            fields.push(self.doc(&row.doc));
        }
        fields.extend(since);
        Some(field(name, Yaml::Line(fields)))
    }

    pub(super) fn dictionary(&mut self, row: &Row, value: Option<&str>, in_delta: bool) -> Field {
        let name = self.placeholder();
        let ty = match value {
            Some(value) => format!("map {value}"),
            None => {
                let fields = vec![
                    self.doc(&Vec::new()),
                    field("properties", Yaml::Block(Vec::new())),
                ];
                let object = field(&name, Yaml::Block(fields)).todo(
                    row.line,
                    "the text of the page lacks the type of these values",
                );
                self.parts.objects.push(object);
                format!("map {name}")
            }
        };
        let mut fields = vec![word("type", ty)];
        // What a delta does to it is part of the question.
        if in_delta {
            fields.push(word("delta", "replace"));
        }
        let property = field(&name, Yaml::Line(fields));
        self.ask(
            property,
            row.line,
            format!("keys and values of a dictionary: {LOST}"),
        )
    }

    /// A name that says that there is none yet.
    pub(super) fn placeholder(&mut self) -> String {
        let files = self.model.sources().files();
        let texts: Vec<&str> = files.map(|(_, file)| file.text.as_str()).collect();
        loop {
            self.placeholders += 1;
            let name = format!("TODO{}", self.placeholders);
            let taken =
                self.target == Target::Model && texts.iter().any(|text| text.contains(&name));
            if !taken {
                return name;
            }
        }
    }

    /// The type of an error by its URN: one of the page, of the model, or one
    /// that nothing more is known of.
    pub fn error_type(&mut self, urn: &str, line: usize) -> String {
        self.declare_type_of(urn);
        if let Some(name) = self.urns.get(urn) {
            return name.clone();
        }
        let api = self.model.api();
        let mut records = api.records.entries();
        if let Some((id, record)) = records.find(|(_, record)| record.urn.as_deref() == Some(urn)) {
            let found = match self.target {
                Target::Model => Some(self.reference(record)),
                Target::Alone => self.copy(id),
            };
            if let Some(found) = found {
                return found;
            }
        }
        let last = urn.rsplit(':').next().unwrap_or_default();
        let free = !last.is_empty() && self.names.insert(last.to_owned());
        let name = if free {
            last.to_owned()
        } else {
            self.placeholder()
        };
        self.urns.insert(urn.to_owned(), name.clone());
        let fields = vec![
            self.doc(&Vec::new()),
            word("urn", urn),
            field("properties", Yaml::Block(Vec::new())),
        ];
        let object = field(&name, Yaml::Block(fields));
        let message = "the page names this type only; its name, base and properties are to be found elsewhere";
        let object = self.ask(object, line, message);
        self.parts.objects.push(object);
        name
    }

    /// Writes the table of the page that has this URN, if there is one.
    fn declare_type_of(&mut self, urn: &str) {
        let has = |table: &&&'p Record| {
            table
                .groups
                .iter()
                .any(|group| group.urn.as_deref() == Some(urn))
        };
        let table = self
            .tables
            .values()
            .filter(has)
            .min_by_key(|table| table.line)
            .copied();
        if let Some((table, name)) = table.and_then(|table| Some((table, table.name.as_deref()?)))
            && !self.declared.contains_key(&(name.to_owned(), true))
        {
            self.record(table, false, name);
        }
    }
}

/// How many rows are of one enumeration: a name or number that comes again
/// belongs to the next one.
pub(super) fn run(rows: &[&Row]) -> usize {
    let mut names = HashSet::new();
    let mut numbers = HashSet::new();
    let mut count = 0;
    for row in rows {
        match &row.what {
            What::Value { name, number } if names.insert(name) && numbers.insert(number) => {
                count += 1
            }
            _ => break,
        }
    }
    count.max(1)
}
