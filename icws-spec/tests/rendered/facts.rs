//! All that a model says, texts too, as one flat list.

use std::collections::{BTreeMap, BTreeSet};

use icws_spec::api::{
    Api, BodyType, Enumeration, Operation, Parameter, Property, Record, Reply, Resource, Since,
};
use icws_spec::facts::{self, said, type_name};

/// Facts by their keys.
pub type Facts = BTreeMap<String, String>;

/// The facts of a model.
pub fn facts(api: &Api) -> Facts {
    let mut all = All {
        api,
        facts: Facts::new(),
    };
    api.enums.iter().for_each(|one| all.enumeration(one));
    api.records.iter().for_each(|record| all.record(record));
    for resource in &api.resources {
        all.resource(resource);
    }
    all.facts
}

/// What the first says and the second does not, or says otherwise.
pub fn lost(before: &Facts, after: &Facts) -> BTreeSet<String> {
    let has = |key: &str, value: &String| after.get(key) == Some(value);
    // A status that was not known may be now.
    let is_now = |key: &str, value: &String| {
        let mut codes = 200..300;
        key.contains(" 2XX")
            && codes.any(|code| has(&key.replace(" 2XX", &format!(" {code}")), value))
    };
    let lost = before.iter();
    let lost = lost.filter(|(key, value)| !has(key, value) && !is_now(key, value));
    lost.map(|(key, _)| key.clone()).collect()
}

/// Whether two hold the same, where the second may know more of what the first
/// does not know: of which type, version or status something is.
pub fn is_known_now(before: &str, after: Option<&String>) -> bool {
    let Some(after) = after else { return false };
    let vague = ["int|long", "float|double", "dateTime|date|time"];
    let narrowed = vague.iter().any(|vague| {
        let mut words = vague.split('|');
        before.contains(vague) && words.any(|word| *after == before.replace(vague, word))
    });
    narrowed || !before.contains(' ') && after.starts_with(&format!("{before} "))
}

struct All<'a> {
    api: &'a Api,
    facts: Facts,
}

impl All<'_> {
    fn put(&mut self, key: String, value: impl ToString) {
        self.facts.insert(key, value.to_string());
    }

    fn some(&mut self, key: String, value: Option<&impl ToString>) {
        if let Some(value) = value {
            self.put(key, value.to_string());
        }
    }

    fn texts(&mut self, key: &str, doc: &str, source: Option<&String>, since: Option<&Since>) {
        self.put(format!("{key} doc"), doc);
        self.some(format!("{key} source"), source);
        self.some(format!("{key} since"), since);
    }

    fn enumeration(&mut self, one: &Enumeration) {
        let key = format!("E {}", one.id());
        self.texts(&key, &one.doc, one.source.as_ref(), one.since.as_ref());
        for value in &one.values {
            let key = format!("{key}.{}", value.name);
            self.put(format!("{key} number"), value.number);
            self.texts(&key, &value.doc, None, value.since.as_ref());
        }
    }

    fn record(&mut self, record: &Record) {
        let key = format!("R {}", record.id());
        self.texts(
            &key,
            &record.doc,
            record.source.as_ref(),
            record.since.as_ref(),
        );
        self.some(format!("{key} urn"), record.urn.as_ref());
        let base = record.base.map(|base| self.api[base].id());
        self.some(format!("{key} base"), base.as_ref());
        for property in &record.properties {
            self.property(&property_key(record, property), property);
        }
    }

    fn property(&mut self, key: &str, property: &Property) {
        let Property {
            doc, source, since, ..
        } = property;
        self.texts(key, doc, source.as_ref(), since.as_ref());
        self.put(format!("{key} type"), type_name(self.api, &property.ty));
        let required = (property.required, property.conditional);
        self.put(format!("{key} required"), format!("{required:?}"));
        self.put(format!("{key} nullable"), property.nullable);
        self.put(format!("{key} ignore_case"), property.ignore_case);
    }

    fn resource(&mut self, resource: &Resource) {
        let key = format!("O {}", resource.path);
        let Resource {
            doc, source, since, ..
        } = resource;
        self.texts(&key, doc, source.as_ref(), since.as_ref());
        for operation in &resource.operations {
            self.operation(&operation_key(resource, operation), operation, resource);
        }
    }

    fn operation(&mut self, key: &str, operation: &Operation, resource: &Resource) {
        let Operation {
            doc, source, since, ..
        } = operation;
        self.texts(key, doc, source.as_ref(), since.as_ref());
        self.put(format!("{key} name"), operation.id());
        let body = operation.body.as_ref();
        let body = body.map(|body| type_name(self.api, body));
        self.some(format!("{key} body"), body.as_ref());
        for parameter in &operation.parameters {
            // One that has no version of its own has that of what lists it.
            let since = parameter.since.as_ref();
            let inherited = since == operation.since.as_ref() || since == resource.since.as_ref();
            let since = since.filter(|_| !inherited);
            self.parameter(&parameter_key(key, parameter), parameter, since);
        }
        for reply in &operation.replies {
            self.reply(&format!("{key} {}", reply.status), reply);
        }
    }

    fn parameter(&mut self, key: &str, parameter: &Parameter, since: Option<&Since>) {
        self.texts(key, &parameter.doc, parameter.source.as_ref(), since);
        self.put(format!("{key} required"), parameter.required);
        self.put(format!("{key} type"), type_name(self.api, &parameter.ty));
        self.put(
            format!("{key} supplier"),
            format!("{:?}", parameter.supplier),
        );
        self.some(format!("{key} default"), parameter.default.as_ref());
    }

    fn reply(&mut self, key: &str, reply: &Reply) {
        let Reply {
            doc, source, since, ..
        } = reply;
        self.texts(key, doc, source.as_ref(), since.as_ref());
        let body = reply.body.as_ref().map(|body| match body {
            BodyType::Value(ty) => type_name(self.api, ty),
            BodyType::Messages => "messages".to_owned(),
            BodyType::Media(media) => media.clone(),
            other => format!("{other:?}"),
        });
        self.some(format!("{key} body"), body.as_ref());
        for header in &reply.headers {
            let key = format!("{key} header {}", header.name);
            self.put(format!("{key} doc"), &header.doc);
            self.put(format!("{key} required"), header.required);
            let ty = said(facts::HEADER, header, &["type"]);
            self.put(format!("{key} type"), ty.bare(self.api));
        }
        for message in &reply.messages {
            self.put(format!("{key} message {}", self.api[*message].id()), "");
        }
        for error in &reply.errors {
            let key = format!("{key} error {}", error.id);
            self.put(format!("{key} doc"), &error.doc);
            let ty = error.ty.map(|ty| self.api[ty].id());
            self.some(format!("{key} type"), ty.as_ref());
        }
    }
}

/// The key of a property.
pub fn property_key(record: &Record, property: &Property) -> String {
    format!("R {}.{}", record.id(), property.name)
}

/// The keys of a property in all records that have it, one through the other.
pub fn property_keys(api: &Api, property: &Property) -> Vec<String> {
    let records = api.records.iter();
    let having = records.filter(|record| {
        let mut properties = record.properties.iter();
        properties.any(|other| other.place == property.place)
    });
    having
        .map(|record| property_key(record, property))
        .collect()
}

/// The key of an operation.
pub fn operation_key(resource: &Resource, operation: &Operation) -> String {
    format!("O {} {}", operation.method, resource.path)
}

/// The key of a parameter of an operation.
pub fn parameter_key(operation: &str, parameter: &Parameter) -> String {
    let word = parameter.location.word();
    format!("{operation} {word} {}", parameter.name.to_ascii_lowercase())
}
