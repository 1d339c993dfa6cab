//! Random enumerations, objects and messages.

use super::names::Used;
use super::{Declared, File, Kind, Maker};

/// What an example must hold: names and values, as YAML.
type Sample = Vec<String>;

impl Maker {
    pub(super) fn enumeration(&mut self, file: &mut File) {
        let flags = self.one_in(3);
        let name = self.declare(file, Kind::Enum, false);
        if flags {
            file.line(2, "flags: true");
        }
        file.line(2, "values:");
        let mut used = Used::default();
        for bit in 0..self.within(1..4) {
            let value = self.name(&mut used);
            let (number, rust_name) = (1 << bit, self.rust_name());
            file.line(3, &format!("\"{value}\": {{ value: {number}{rust_name} }}"));
        }
        self.declared.push(name);
    }

    pub(super) fn object(&mut self, file: &mut File) {
        let base = self.known(Kind::Object).filter(|_| self.one_in(2));
        let object = self.declare(file, Kind::Object, false);
        let urn = (base.is_some() || self.one_in(3)).then(|| self.urn(file));
        if self.one_in(5) {
            file.line(2, "abstract: true");
        }
        let sample = self.properties(file, &[]);
        self.derive(file, base, urn, sample);
        self.declared.push(object);
    }

    pub(super) fn message(&mut self, file: &mut File) {
        let base = self.known(Kind::Object).filter(|_| self.one_in(5));
        let delta = self.one_in(2);
        let message = self.declare(file, Kind::Message, delta);
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
        let sample = self.properties(file, &facts);
        self.derive(file, base, urn, sample);
        self.declared.push(message);
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
        }
    }

    /// Properties, with the flag and the key of a delta first. Returns what an
    /// example must hold; `None` when that is more than basic values.
    fn properties(&mut self, file: &mut File, delta: &[String]) -> Option<Sample> {
        let mut used = Used::of(delta);
        let mut sample = Some(Sample::new());
        let count = self.up_to(4);
        if delta.len() + count == 0 {
            file.line(2, "properties: {}");
            return sample;
        }
        file.line(2, "properties:");
        for (name, (ty, value)) in delta.iter().zip([("boolean", "true"), ("string", "k")]) {
            file.line(3, &format!("\"{name}\": {{ type: {ty}, required: true }}"));
            sample
                .iter_mut()
                .for_each(|s| s.push(format!("\"{name}\": {value}")));
        }
        for _ in 0..count {
            let name = self.name(&mut used);
            let ty = self.value_type();
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
                    "\"{name}\": {{ type: \"{ty}\", required: {required}{nullable}{rust_name} }}"
                ),
            );
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
        sample
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
