//! Which type of the model is which of the facts. Plain objects do not say their
//! URN, so that they are found by what refers to them.

use std::collections::{HashMap, HashSet};

use icws_spec::Api;
use icws_spec::api::{EnumId, RecordId, Type};
use icws_spec::facts::type_name;

use super::facts::Facts;

/// Something that model and facts say differently.
pub struct Difference {
    pub what: String,
    /// Why, as the model says it.
    pub source: Option<String>,
}

pub struct Pairs<'a> {
    pub facts: &'a Facts,
    pub api: &'a Api,
    pub records: HashMap<String, RecordId>,
    pub enums: HashMap<String, EnumId>,
    pub met: (HashSet<RecordId>, HashSet<EnumId>),
    /// What was paired and not looked into yet.
    pub open: Vec<(String, RecordId)>,
    pub open_enums: Vec<(String, EnumId)>,
    pub differences: Vec<Difference>,
}

impl<'a> Pairs<'a> {
    pub fn new(facts: &'a Facts, api: &'a Api) -> Self {
        Pairs {
            facts,
            api,
            records: HashMap::new(),
            enums: HashMap::new(),
            met: Default::default(),
            open: Vec::new(),
            open_enums: Vec::new(),
            differences: Vec::new(),
        }
    }

    pub fn differs(&mut self, what: String, source: Option<&str>) {
        self.differences.push(Difference {
            what,
            source: source.map(str::to_owned),
        });
    }

    /// Whether a type of the facts is one of the model, which makes them a pair.
    pub fn is_record(&mut self, name: &str, id: RecordId) -> bool {
        if let Some(known) = self.records.get(name) {
            return *known == id;
        }
        let record = &self.api[id];
        let (_, short) = name.split_once(':').unwrap();
        let urn = record.urn.as_deref();
        let urn_fits = urn.is_none_or(|urn| urn == format!("urn:inin.com:{name}"));
        if record.name != short || !urn_fits || !self.met.0.insert(id) {
            return false;
        }
        self.records.insert(name.to_owned(), id);
        self.open.push((name.to_owned(), id));
        true
    }

    fn is_enum(&mut self, name: &str, id: EnumId) -> bool {
        if let Some(known) = self.enums.get(name) {
            return *known == id;
        }
        let (_, short) = name.split_once(':').unwrap();
        if self.api[id].name != short || !self.met.1.insert(id) {
            return false;
        }
        self.enums.insert(name.to_owned(), id);
        self.open_enums.push((name.to_owned(), id));
        true
    }

    /// Whether a type expression of the facts says what the model says. A secret
    /// is a text that we keep out of logs.
    pub fn is_type(&mut self, facts: &str, model: &Type) -> bool {
        let strip = |text: &str| {
            let inner = text.strip_suffix('?');
            (inner.unwrap_or(text).to_owned(), inner.is_some())
        };
        match model {
            Type::Record(id) => facts.contains(':') && self.is_record(facts, *id),
            Type::Enum(id) => facts.contains(':') && self.is_enum(facts, *id),
            Type::List(list) => {
                let bounds = match (list.least, list.most) {
                    (0, None) => "list".to_owned(),
                    (least, None) => format!("list[{least}..*]"),
                    (least, Some(most)) => format!("list[{least}..{most}]"),
                };
                let Some(item) = facts.strip_prefix(&format!("{bounds} ")) else {
                    return false;
                };
                let (item, nullable) = strip(item);
                nullable == list.nullable_items && self.is_type(&item, &list.item)
            }
            Type::Map(map) => {
                let Some(value) = facts.strip_prefix("map ") else {
                    return false;
                };
                let (value, nullable) = strip(value);
                nullable == map.nullable_values && self.is_type(&value, &map.value)
            }
            Type::Secret => facts == "string",
            basic => type_name(self.api, basic) == facts,
        }
    }
}
