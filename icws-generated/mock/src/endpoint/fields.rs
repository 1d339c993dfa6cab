//! JSON that was sent to the control: each property is asked for, and what is
//! left over is a mistake.

use serde_json::{Map, Value};

use super::Problem;

/// The properties of an object that have not been asked for yet.
pub(super) struct Fields {
    object: Map<String, Value>,
    known: Vec<&'static str>,
}

impl Fields {
    /// Reads a body; an empty one is an object without properties.
    pub fn read(body: &[u8]) -> Result<Self, Problem> {
        if body.iter().all(u8::is_ascii_whitespace) {
            return Self::of(Value::Object(Map::new()));
        }
        let value = serde_json::from_slice(body);
        Self::of(
            value
                .map_err(|error| Problem::BadRequest(format!("The body is not JSON: {error}.")))?,
        )
    }

    pub fn of(value: Value) -> Result<Self, Problem> {
        match value {
            Value::Object(object) => Ok(Fields {
                object,
                known: Vec::new(),
            }),
            other => Err(wrong("the value", "an object", &other)),
        }
    }

    /// The value of a property, null included.
    pub fn value(&mut self, name: &'static str) -> Option<Value> {
        self.known.push(name);
        self.object.remove(name)
    }

    pub fn text(&mut self, name: &'static str) -> Result<Option<String>, Problem> {
        self.optional(name, "a string", |value| value.as_str().map(str::to_owned))
    }

    pub fn required_text(&mut self, name: &'static str) -> Result<String, Problem> {
        self.text(name)?.ok_or_else(|| missing(name))
    }

    pub fn boolean(&mut self, name: &'static str) -> Result<Option<bool>, Problem> {
        self.optional(name, "a boolean", Value::as_bool)
    }

    pub fn number(&mut self, name: &'static str) -> Result<Option<f64>, Problem> {
        self.optional(name, "a number", Value::as_f64)
    }

    pub fn required_number(&mut self, name: &'static str) -> Result<f64, Problem> {
        self.number(name)?.ok_or_else(|| missing(name))
    }

    pub fn natural(&mut self, name: &'static str) -> Result<Option<u64>, Problem> {
        self.optional(name, "a whole number from 0", Value::as_u64)
    }

    pub fn integer(&mut self, name: &'static str) -> Result<Option<i64>, Problem> {
        self.optional(name, "a whole number", Value::as_i64)
    }

    /// An object of texts.
    pub fn texts(&mut self, name: &'static str) -> Result<Vec<(String, String)>, Problem> {
        let texts = self.optional(name, "an object of strings", |value| {
            let entries = value.as_object()?.iter();
            entries
                .map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
                .collect::<Option<Vec<_>>>()
        })?;
        Ok(texts.unwrap_or_default())
    }

    /// An array of texts.
    pub fn strings(&mut self, name: &'static str) -> Result<Vec<String>, Problem> {
        let strings = self.optional(name, "an array of strings", |value| {
            let items = value.as_array()?.iter();
            items.map(|item| item.as_str().map(str::to_owned)).collect()
        })?;
        Ok(strings.unwrap_or_default())
    }

    /// An array.
    pub fn list(&mut self, name: &'static str) -> Result<Vec<Value>, Problem> {
        let list = self.optional(name, "an array", |value| value.as_array().cloned())?;
        Ok(list.unwrap_or_default())
    }

    /// Changes a value if the property is there; null takes it away.
    pub fn patch<T>(
        &mut self,
        name: &'static str,
        expected: &str,
        read: impl FnOnce(&Value) -> Option<T>,
        target: &mut Option<T>,
    ) -> Result<(), Problem> {
        match self.value(name) {
            None => {}
            Some(Value::Null) => *target = None,
            Some(value) => {
                let read = read(&value);
                *target = Some(read.ok_or_else(|| wrong(name, expected, &value))?);
            }
        }
        Ok(())
    }

    fn optional<T>(
        &mut self,
        name: &'static str,
        expected: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let mut target = None;
        self.patch(name, expected, read, &mut target)?;
        Ok(target)
    }

    /// Checks that nothing is left over.
    pub fn finish(self) -> Result<Option<Value>, Problem> {
        let Some(name) = self.object.keys().next() else {
            return Ok(None);
        };
        let mut known: Vec<String> = Vec::new();
        for name in self.known.iter().map(|known| format!("`{known}`")) {
            if !known.contains(&name) {
                known.push(name);
            }
        }
        let instead = match known.is_empty() {
            true => " nor anything else".to_owned(),
            false => format!(", but {}", known.join(", ")),
        };
        let message = format!("There is no `{name}` here{instead}.");
        Err(Problem::BadRequest(message))
    }
}

fn missing(name: &str) -> Problem {
    Problem::BadRequest(format!("`{name}` is missing."))
}

fn wrong(what: &str, expected: &str, found: &Value) -> Problem {
    Problem::BadRequest(format!("`{what}`: expected {expected}, found {found}."))
}
