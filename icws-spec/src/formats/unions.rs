//! Choices: what may stand where a base is asked for, and all messages.

use serde_json::{Map, Value as Json, json};

use crate::api::{Record, RecordId};
use crate::texts;

use super::TYPE;
use super::fields::Fields;
use super::names::Choice;
use super::schema::Schemas;

impl Schemas<'_> {
    /// The choice among the options of a base, where something asks for it.
    pub(super) fn choice(&self, id: RecordId, base: &Record, all: &mut Map<String, Json>) {
        if let Some(choice) = self.names.choice(id) {
            let mut fields = Fields::default();
            fields.put("title", format!("any {}", texts::visible(&base.name)));
            fields.markdown("description", &base.doc);
            self.options(choice, &base.options, fields, all);
        }
    }

    /// The choice among all messages.
    pub(super) fn messages(&self, all: &mut Map<String, Json>) {
        let messages = self.api.messages();
        let messages = messages.filter(|(_, item)| !item.is_abstract);
        let messages: Vec<RecordId> = messages.map(|(id, _)| id).collect();
        let mut fields = Fields::default();
        fields.put("title", "any message");
        fields.put("description", "What the server sends of its own accord.");
        self.options(&self.names.messages, &messages, fields, all);
    }

    /// Options are told apart by the constants of their types, so that each value
    /// fits one of them. What has a type that the model does not know fits the
    /// last one: a newer server may send it.
    ///
    /// Those with a constant are a choice of their own within, since tools that go
    /// by a discriminator take no option without.
    fn options(
        &self,
        choice: &Choice,
        options: &[RecordId],
        mut fields: Fields,
        all: &mut Map<String, Json>,
    ) {
        let mut known = Vec::new();
        let mut mapping = Fields::default();
        let mut typed: Vec<Json> = Vec::new();
        let mut branches: Vec<Json> = Vec::new();
        for id in options {
            let option = &self.api[*id];
            let reference = self.reference(self.names.record(*id));
            known.extend(option.urn.as_deref());
            match &option.urn {
                Some(urn) if option.is_typed => {
                    mapping.option(urn, reference.get("$ref").cloned());
                    typed.push(reference);
                }
                // The constant is there all the same, should it say its type.
                Some(_) => branches.push(reference),
                None => branches.push(json!({
                    "allOf": [reference],
                    "not": { "properties": { TYPE: {} }, "required": [TYPE] },
                })),
            }
        }
        if !typed.is_empty() {
            let mut within = Fields::default();
            within.put("oneOf", typed);
            if self.dialect.discriminator {
                let mapping = mapping.json();
                within.put(
                    "discriminator",
                    json!({ "propertyName": TYPE, "mapping": mapping }),
                );
            }
            branches.insert(0, within.json());
        }
        let other = json!({
            "title": "of a type that is not known",
            "description": "An object of a newer server.",
            "type": "object",
            "properties": { TYPE: other_type(&known) },
            "required": [TYPE],
            "additionalProperties": true,
        });
        branches.push(self.reference(&choice.other));
        fields.put("oneOf", branches);
        all.insert(choice.any.clone(), fields.json());
        all.insert(choice.other.clone(), other);
    }
}

/// A type that is none of these. An `enum` must not be empty.
fn other_type(known: &[&str]) -> Json {
    if known.is_empty() {
        return json!({ "type": "string" });
    }
    json!({ "type": "string", "not": { "enum": known } })
}
