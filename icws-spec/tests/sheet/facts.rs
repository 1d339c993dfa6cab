//! The facts as they are written down.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The whole API.
#[derive(Deserialize)]
pub struct Facts {
    pub enumerations: BTreeMap<String, Enumeration>,
    /// By `namespace:name`, the end of the URN.
    pub types: BTreeMap<String, Type>,
    /// By method and path.
    pub operations: BTreeMap<String, Operation>,
    /// The messages that follow the PUT of a path.
    pub subscriptions: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
pub struct Enumeration {
    pub flags: bool,
    pub values: BTreeMap<String, i64>,
}

#[derive(Deserialize)]
pub struct Type {
    /// Whether it travels with its `__type`.
    pub typed: bool,
    pub base: Option<String>,
    pub properties: BTreeMap<String, Property>,
}

#[derive(Deserialize)]
pub struct Property {
    /// An expression of the model language, but for the names of types.
    #[serde(rename = "type")]
    pub ty: String,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub nullable: bool,
}

#[derive(Deserialize)]
pub struct Operation {
    pub body: Option<String>,
    /// The type of the body by status; `2XX` where the status is not known.
    pub successes: BTreeMap<String, Option<String>>,
    pub failures: BTreeMap<String, Option<String>>,
    #[serde(default)]
    pub parameters: BTreeMap<String, Parameter>,
    /// Whether there may be optional parameters that are not known.
    #[serde(default)]
    pub incomplete: bool,
}

#[derive(Deserialize)]
pub struct Parameter {
    #[serde(rename = "in")]
    pub location: String,
    #[serde(default)]
    pub required: bool,
}

impl Facts {
    /// All properties of a type, those of its bases first.
    pub fn properties(&self, name: &str) -> Vec<(&String, &Property)> {
        let Some(ty) = self.types.get(name) else {
            panic!("the facts have no type `{name}`")
        };
        let inherited = ty.base.as_deref().map(|base| self.properties(base));
        let mut all = inherited.unwrap_or_default();
        all.extend(&ty.properties);
        all
    }
}
