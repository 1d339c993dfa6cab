//! Small models whose names are all drawn from dangerous words.

mod names;
mod operations;
mod purpose;
mod records;
mod words;

use std::ops::Range;

use fastrand::Rng;
use icws_spec::{Model, ModelSource, Reader};

use names::{Names, Used};

/// The files of a model, the root first.
#[derive(Debug, Clone)]
pub struct Files(pub Vec<(String, String)>);

impl Files {
    /// Makes the model of a number.
    pub fn random(seed: u64) -> Files {
        let mut random = Rng::with_seed(seed);
        let names = Names::new(&mut random);
        let maker = Maker {
            random,
            names,
            declared: Vec::new(),
            shared: Shared::default(),
            next: 0,
        };
        maker.files()
    }

    /// Reads and checks the model.
    pub fn load(&self) -> Model {
        let source = ModelSource::Elsewhere {
            prefix: "",
            root: "icws.yaml",
            reader: self,
        };
        Model::load(source).unwrap()
    }
}

impl Reader for Files {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let found = self.0.iter().find(|(name, _)| name == path);
        let (_, text) = found.ok_or(std::io::ErrorKind::NotFound)?;
        Ok(text.clone().into_bytes())
    }
}

/// What kind of type a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Enum,
    Object,
    Message,
}

/// A type that the rest of the model can name.
#[derive(Debug, Clone)]
struct Declared {
    kind: Kind,
    /// Its namespace and name.
    id: String,
    /// Whether it is a message that updates a cache.
    delta: bool,
    /// Whether something tells it apart in a collection.
    keyed: bool,
    /// Whether it has a list of objects.
    page: bool,
    /// Whether it names the request that it is about.
    request: bool,
    /// The values of an enumeration.
    values: Vec<String>,
}

/// The ids of what operations share.
#[derive(Debug, Default)]
struct Shared {
    parameters: Used,
    replies: Used,
}

struct Maker {
    random: Rng,
    names: Names,
    declared: Vec<Declared>,
    shared: Shared,
    /// Counts what must be different in all of the model.
    next: usize,
}

/// A file that is being written.
struct File {
    namespace: String,
    /// The names of the items in the namespace.
    items: Used,
    text: String,
}

impl File {
    /// Writes a line, indented by so many steps.
    fn line(&mut self, depth: usize, line: &str) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(line);
        self.text.push('\n');
    }
}

impl Maker {
    fn files(mut self) -> Files {
        let count = self.pick(&[1, 1, 1, 2, 2, 4]);
        let mut files: Vec<(String, String)> = Vec::new();
        let mut spaces: Vec<(String, Used)> = Vec::new();
        for number in 0..count {
            // A file may go on with a namespace, or be of one in it.
            let earlier = self.within(0..spaces.len().max(1));
            let (namespace, items) = match spaces.get(earlier) {
                Some(_) if self.one_in(4) => spaces.swap_remove(earlier),
                Some((around, _)) if self.one_in(2) => {
                    let namespace = match around.rsplit_once('.') {
                        // One that meets it in Rust alone.
                        Some((outer, last)) if self.one_in(2) => {
                            format!("{outer}.{}", names::respelt(last))
                        }
                        _ => format!("{around}.{}", self.name(&mut Used::default())),
                    };
                    (namespace, Used::default())
                }
                _ => (self.name(&mut Used::default()), Used::default()),
            };
            let mut file = File {
                namespace,
                items,
                text: String::new(),
            };
            self.file(&mut file);
            let path = if number == 0 {
                "icws.yaml".to_owned()
            } else {
                format!("{number}.yaml")
            };
            files.push((path, file.text));
            spaces.push((file.namespace, file.items));
        }
        let includes = files.iter().skip(1).map(|(path, _)| format!("- {path}\n"));
        let includes: String = includes.collect();
        if let (Some((_, root)), false) = (files.first_mut(), includes.is_empty()) {
            root.push_str(&format!("include:\n{includes}"));
        }
        Files(files)
    }

    fn file(&mut self, file: &mut File) {
        file.line(0, "icws: 1");
        file.line(0, &format!("namespace: \"{}\"", file.namespace));
        self.section(file, "enums", 2, Maker::enumeration);
        self.section(file, "objects", 5, Maker::object);
        self.section(file, "messages", 3, Maker::message);
        if self.one_in(3) {
            self.section(file, "parameters", 1, Maker::shared_parameter);
            self.section(file, "replies", 1, Maker::shared_reply);
        }
        self.section(file, "resources", 3, Maker::resource);
    }

    /// A section of a file with up to so many items.
    fn section(
        &mut self,
        file: &mut File,
        key: &str,
        most: usize,
        item: fn(&mut Maker, &mut File),
    ) {
        let count = self.up_to(most);
        if count > 0 {
            file.line(0, &format!("{key}:"));
        }
        for _ in 0..count {
            item(self, file);
        }
    }

    fn one_in(&mut self, count: u32) -> bool {
        self.random.u32(..count) == 0
    }

    /// A number up to `most`, more often a small one.
    fn up_to(&mut self, most: usize) -> usize {
        self.random.usize(..=most).min(self.random.usize(..=most))
    }

    fn within(&mut self, range: Range<usize>) -> usize {
        self.random.usize(range)
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.random.usize(..from.len())].clone()
    }

    /// A number that nothing else in the model has.
    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    /// A name that is new in its scope.
    fn name(&mut self, used: &mut Used) -> String {
        self.names.fresh(&mut self.random, used)
    }

    /// Now and then `, rust_name: …`.
    fn rust_name(&mut self) -> String {
        match self.one_in(10) {
            true => format!(", rust_name: \"{}\"", self.names.rust(&mut self.random)),
            false => String::new(),
        }
    }

    /// A type of this kind that is declared already.
    fn known(&mut self, kind: Kind) -> Option<Declared> {
        let known: Vec<&Declared> = self.declared.iter().filter(|d| d.kind == kind).collect();
        let count = known.len().max(1);
        known
            .get(self.random.usize(..count))
            .map(|one| (*one).clone())
    }

    /// A type that fits into a piece of text.
    fn scalar(&mut self) -> String {
        let basic = [
            "string", "string", "string", "int", "int", "boolean", "boolean", "long", "dateTime",
            "duration", "double", "secret",
        ];
        let enumeration = self.known(Kind::Enum).filter(|_| self.one_in(3));
        match enumeration {
            Some(found) => found.id,
            None => self.pick(&basic).to_owned(),
        }
    }

    /// Any type.
    fn value_type(&mut self) -> String {
        let object = self.known(Kind::Object).filter(|_| self.one_in(3));
        let inner = match object {
            Some(found) => found.id,
            None => self.scalar(),
        };
        let null = if self.one_in(6) { "?" } else { "" };
        match self.random.u8(..8) {
            0 => format!("list {inner}{null}"),
            1 => format!("map {inner}{null}"),
            _ => inner,
        }
    }
}
