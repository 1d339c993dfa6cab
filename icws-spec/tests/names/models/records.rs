//! Random enumerations, objects and messages.

use super::names::Used;
use super::{Declared, File, Kind, Maker};

/// What an example must hold: names and values, as YAML.
type Sample = Vec<String>;

/// The property that names the request of which a message tells the end.
const REQUEST_ID: &str = "requestId";

/// What is known of properties that were written.
struct Properties {
    /// What an example must hold; `None` when that is more than basic values.
    sample: Option<Sample>,
    /// Names and types.
    all: Vec<(String, String)>,
}

/// What deltas do with the properties of one record.
struct Deltas {
    /// Whether the record is a message that updates a cache; `None` of an object.
    message: Option<bool>,
    /// The rules that one property has, and no other.
    taken: Vec<&'static str>,
    /// The type of the collection.
    collection: Option<String>,
}

impl Deltas {
    fn of(message: Option<bool>) -> Self {
        Deltas {
            message,
            taken: Vec::new(),
            collection: None,
        }
    }
}

impl Maker {
    pub(super) fn enumeration(&mut self, file: &mut File) {
        let flags = self.one_in(3);
        let mut name = self.declare(file, Kind::Enum, false);
        if flags {
            file.line(2, "flags: true");
        }
        file.line(2, "values:");
        let mut used = Used::default();
        for bit in 0..self.within(1..4) {
            let value = self.name(&mut used);
            let (number, rust_name) = (1 << bit, self.rust_name());
            file.line(3, &format!("\"{value}\": {{ value: {number}{rust_name} }}"));
            name.values.push(value);
        }
        self.declared.push(name);
    }

    pub(super) fn object(&mut self, file: &mut File) {
        let base = self.known(Kind::Object).filter(|_| self.one_in(2));
        let mut object = self.declare(file, Kind::Object, false);
        let urn = (base.is_some() || self.one_in(3)).then(|| self.urn(file));
        if self.one_in(5) {
            file.line(2, "abstract: true");
        }
        let properties = self.properties(file, &[], Deltas::of(None));
        object.keyed = self.id(file, &properties.all);
        self.learn(&mut object, &properties.all);
        self.derive(file, base, urn, properties.sample);
        self.declared.push(object);
    }

    pub(super) fn message(&mut self, file: &mut File) {
        let base = self.known(Kind::Object).filter(|_| self.one_in(5));
        let delta = self.one_in(2);
        let mut message = self.declare(file, Kind::Message, delta);
        let urn = Some(self.urn(file));
        let mut used = Used::default();
        let facts = if delta && self.one_in(3) {
            2
        } else {
            usize::from(delta)
        };
        let facts: Vec<String> = (0..facts).map(|_| self.name(&mut used)).collect();
        match &facts[..] {
            [flag, key] => file.line(2, &format!("delta: {{ flag: \"{flag}\", key: \"{key}\" }}")),
            [flag] => file.line(2, &format!("delta: {{ flag: \"{flag}\" }}")),
            _ => {}
        }
        let properties = self.properties(file, &facts, Deltas::of(Some(delta)));
        self.standing(file, &properties.all);
        self.learn(&mut message, &properties.all);
        self.derive(file, base, urn, properties.sample);
        self.declared.push(message);
    }

    /// Notes what operations can do with a record.
    fn learn(&self, record: &mut Declared, properties: &[(String, String)]) {
        let objects = self.declared.iter().filter(|one| one.kind == Kind::Object);
        let lists: Vec<String> = objects.map(|one| format!("list {}", one.id)).collect();
        record.page = properties.iter().any(|(_, ty)| lists.contains(ty));
        let mut properties = properties.iter();
        record.request = properties.any(|(name, ty)| name == REQUEST_ID && ty == "string");
    }

    /// What tells an object apart: mostly what can do so.
    fn id(&mut self, file: &mut File, properties: &[(String, String)]) -> bool {
        if properties.is_empty() || self.one_in(2) {
            return false;
        }
        let odd = self.one_in(4);
        let parts = properties
            .iter()
            .filter(|(_, ty)| odd || matches!(ty.as_str(), "string" | "int" | "long"));
        let count = self.pick(&[1, 1, 1, 2]);
        let parts: Vec<String> = parts.take(count).map(|(n, _)| format!("\"{n}\"")).collect();
        if !parts.is_empty() {
            file.line(2, &format!("id: [{}]", parts.join(", ")));
        }
        !parts.is_empty()
    }

    /// Now and then how a message says how its subscription stands.
    fn standing(&mut self, file: &mut File, properties: &[(String, String)]) {
        let enums = self.declared.iter().filter(|one| one.kind == Kind::Enum);
        let enums: Vec<Declared> = enums.cloned().collect();
        let state = properties.iter().find_map(|(name, ty)| {
            let found = enums.iter().find(|one| one.id == *ty)?;
            Some((name, found))
        });
        if let Some((name, state)) = state.filter(|_| self.one_in(2)) {
            let (one, two) = (self.pick(&state.values), self.pick(&state.values));
            file.line(
                2,
                &format!(
                    "standing: {{ state: \"{name}\", suspended: \"{one}\", faulted: \"{two}\" }}"
                ),
            );
        }
    }

    fn urn(&mut self, file: &mut File) -> String {
        let urn = format!("urn:{}", self.number());
        file.line(2, &format!("urn: \"{urn}\""));
        urn
    }

    /// What depends on the base: an example does not know what one requires.
    fn derive(
        &mut self,
        file: &mut File,
        base: Option<Declared>,
        urn: Option<String>,
        sample: Option<Sample>,
    ) {
        match (base, sample) {
            (Some(base), _) => file.line(2, &format!("base: \"{}\"", base.id)),
            (None, Some(sample)) => self.examples(file, urn, sample),
            (None, None) => {}
        }
    }

    /// Begins an item of a section.
    fn declare(&mut self, file: &mut File, kind: Kind, delta: bool) -> Declared {
        let name = self.name(&mut file.items);
        file.line(1, &format!("\"{name}\":"));
        if self.one_in(10) {
            let rust_name = self.names.rust(&mut self.random);
            file.line(2, &format!("rust_name: \"{rust_name}\""));
        }
        Declared {
            kind,
            id: format!("{}.{name}", file.namespace),
            delta,
            keyed: false,
            page: false,
            request: false,
            values: Vec::new(),
        }
    }

    /// Properties, with the flag and the key of a delta first.
    fn properties(&mut self, file: &mut File, delta: &[String], mut deltas: Deltas) -> Properties {
        let mut used = Used::of(delta);
        let mut sample = Some(Sample::new());
        let mut all = Vec::new();
        let count = self.up_to(4);
        if delta.len() + count == 0 {
            file.line(2, "properties: {}");
            return Properties { sample, all };
        }
        file.line(2, "properties:");
        for (name, (ty, value)) in delta.iter().zip([("boolean", "true"), ("string", "k")]) {
            file.line(3, &format!("\"{name}\": {{ type: {ty}, required: true }}"));
            sample
                .iter_mut()
                .for_each(|s| s.push(format!("\"{name}\": {value}")));
        }
        for _ in 0..count {
            let (name, ty) = self.property(&mut used);
            let (ty, rule) = self.rule(&mut deltas, ty);
            let required = self.one_in(3);
            let nullable = if self.one_in(4) {
                ", nullable: true"
            } else {
                ""
            };
            let rust_name = self.rust_name();
            file.line(
                3,
                &format!(
                    "\"{name}\": {{ type: \"{ty}\", required: {required}{nullable}{rule}{rust_name} }}"
                ),
            );
            all.push((name.clone(), ty.clone()));
            let value = match ty.as_str() {
                _ if !required => continue,
                "string" | "dateTime" => "\"2020-01-01T00:00:00Z\"",
                "int" | "long" => "1",
                "boolean" => "true",
                _ => {
                    sample = None;
                    continue;
                }
            };
            sample
                .iter_mut()
                .for_each(|s| s.push(format!("\"{name}\": {value}")));
        }
        Properties { sample, all }
    }

    /// The name and type of a property.
    fn property(&mut self, used: &mut Used) -> (String, String) {
        if self.one_in(8) && used.take(REQUEST_ID) {
            return (REQUEST_ID.to_owned(), "string".to_owned());
        }
        let name = self.name(used);
        let object = self.known(Kind::Object).filter(|_| self.one_in(4));
        match object {
            Some(object) => (name, format!("list {}", object.id)),
            None => (name, self.value_type()),
        }
    }

    /// What a delta does to a property, mostly what can be done: nothing has to be
    /// said of one that holds one value. The type is that of the collection where
    /// the property has items of it.
    fn rule(&mut self, deltas: &mut Deltas, mut ty: String) -> (String, String) {
        let many = ty.starts_with("list ") || ty.starts_with("map ");
        let in_delta = deltas.message == Some(true);
        // Messages without a state are seldom given rules: that is a finding.
        let seldom = match deltas.message {
            Some(true) if many => 1,
            Some(true) => 3,
            Some(false) => 50,
            None => 4,
        };
        if !self.one_in(seldom) {
            return (ty, String::new());
        }
        let items = ["added", "changed", "removed"];
        let free: Vec<&str> = items
            .into_iter()
            .filter(|rule| !deltas.taken.contains(rule))
            .collect();
        let rule = match &deltas.collection {
            Some(collection) if many && !free.is_empty() && self.one_in(2) => {
                let rule = self.pick(&free);
                let is_list = collection.starts_with("list ");
                ty = match rule {
                    "removed" if !is_list || self.one_in(2) => "list string".to_owned(),
                    _ => collection.clone(),
                };
                rule
            }
            None if in_delta && self.is_collection(&ty) && !self.one_in(4) => {
                deltas.collection = Some(ty.clone());
                self.pick(&["added", "added", "changed"])
            }
            _ if ty.starts_with("list ") => self.pick(&["append", "replace"]),
            _ if ty.starts_with("map ") => self.pick(&["merge", "replace"]),
            _ if in_delta => self.pick(&["replace", "tell"]),
            _ => "replace",
        };
        if items.contains(&rule) {
            deltas.taken.push(rule);
        }
        (ty, format!(", delta: {rule}"))
    }

    /// Whether the items of a collection can be of a type.
    fn is_collection(&self, ty: &str) -> bool {
        let Some(item) = ty.strip_prefix("list ") else {
            return ty.starts_with("map ");
        };
        let mut declared = self.declared.iter();
        item == "string" || declared.any(|one| one.keyed && one.id == item)
    }

    fn examples(&mut self, file: &mut File, urn: Option<String>, mut sample: Sample) {
        let count = self.up_to(2);
        if count == 0 {
            return;
        }
        sample.extend(urn.map(|urn| format!("__type: \"{urn}\"")));
        file.line(2, "examples:");
        let mut used = Used::default();
        for _ in 0..count {
            let (name, value) = (self.name(&mut used), sample.join(", "));
            file.line(3, &format!("\"{name}\": {{ value: {{ {value} }} }}"));
        }
    }
}
