//! Requests of all operations, made up from the model: what is required, and nothing
//! that it does not allow.

use std::fmt::Write;

use icws_spec::Api;
use icws_spec::api::{Location, Operation, Parameter, RecordId, Resource, Segment, Supplier, Type};
use serde_json::{Map, Value, json};

/// What things of the world are called, by the ends of the names of parameters and
/// properties.
pub struct Names {
    pub interaction: String,
}

/// A request: its line, header lines of its own, and its body.
pub struct Made {
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Names {
    /// A request of an operation, below the path of the session if it has one.
    pub fn request(&self, api: &Api, resource: &Resource, operation: &Operation) -> Made {
        let parameter = |name: &str| {
            let mut all = operation.parameters.iter();
            all.find(|own| own.name == name)
        };
        let mut path = String::new();
        for segment in &resource.segments {
            match segment {
                Segment::Literal(text) => write!(path, "/{text}").unwrap(),
                Segment::Parameter(name) => {
                    let own = parameter(name).unwrap();
                    if own.supplier == Supplier::Caller {
                        write!(path, "/{}", self.text(api, own)).unwrap();
                    }
                }
            }
        }
        let path = path.strip_prefix("/icws").unwrap().to_owned();
        let required = operation
            .given()
            .map(|(_, own)| own)
            .filter(|own| own.required);
        let required: Vec<&Parameter> = required.collect();
        let query: Vec<String> = required
            .iter()
            .filter(|own| own.location == Location::Query)
            .map(|own| format!("{}={}", own.name, self.text(api, own)))
            .collect();
        let mark = if query.is_empty() { "" } else { "?" };
        let headers = required
            .iter()
            .filter(|own| own.location == Location::Header);
        let headers = headers.map(|own| (own.name.clone(), self.text(api, own)));
        let body = operation.body.as_ref();
        Made {
            line: format!("{} {path}{mark}{}", operation.method, query.join("&")),
            headers: headers.collect(),
            body: body.map_or(String::new(), |ty| self.value(api, "", ty, 0).to_string()),
        }
    }

    fn text(&self, api: &Api, parameter: &Parameter) -> String {
        match self.value(api, &parameter.name, &parameter.ty, 0) {
            Value::String(text) => text.replace(' ', "%20"),
            Value::Array(items) => {
                let items = items.iter().map(|item| match item {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                });
                items.collect::<Vec<_>>().join(",")
            }
            other => other.to_string(),
        }
    }

    fn value(&self, api: &Api, name: &str, ty: &Type, depth: usize) -> Value {
        match ty {
            Type::Boolean => true.into(),
            Type::Int | Type::Long | Type::Integer => 1.into(),
            Type::Float | Type::Double | Type::Number | Type::Duration => 1.5.into(),
            Type::Enum(id) => api[*id].values[0].number.into(),
            Type::Guid => "5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2".into(),
            Type::DateTime | Type::Moment => "20201029T082018Z".into(),
            Type::Record(id) => self.record(api, *id, depth + 1),
            Type::List(list) if depth > 3 && list.least == 0 => json!([]),
            Type::List(list) => {
                let count = list.least.max(1);
                (0..count)
                    .map(|_| self.value(api, name, &list.item, depth))
                    .collect()
            }
            Type::Map(map) => json!({ "Eic_State": self.value(api, name, &map.value, depth) }),
            _ => self.name(name).into(),
        }
    }

    fn name(&self, name: &str) -> &str {
        let name = name.to_ascii_lowercase();
        let ends: &[(&str, &str)] = &[
            ("interactionid", &self.interaction),
            ("interactionids", &self.interaction),
            ("userid", "agent01"),
            ("userids", "agent01"),
            ("statusid", "Available"),
            ("workgroup", "Sales"),
            ("workgroupid", "Sales"),
            ("queuename", "Sales"),
        ];
        let found = ends.iter().find(|(end, _)| name.ends_with(end));
        found.map_or("1", |(_, name)| name)
    }

    fn record(&self, api: &Api, id: RecordId, depth: usize) -> Value {
        let record = &api[id];
        let id = if record.is_abstract {
            record.options[0]
        } else {
            id
        };
        let record = &api[id];
        let mut object = Map::new();
        if let (true, Some(urn)) = (record.is_typed, &record.urn) {
            object.insert("__type".to_owned(), urn.clone().into());
        }
        for property in record.properties.iter().filter(|own| own.required) {
            let value = self.value(api, &property.name, &property.ty, depth);
            object.insert(property.name.clone(), value);
        }
        object.into()
    }
}
