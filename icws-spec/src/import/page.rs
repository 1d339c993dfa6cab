//! What a reference page says: its facts, each with the line it stands on.

use std::collections::HashMap;
use std::fmt;

use crate::api::Location;

/// A text in paragraphs.
pub type Text = Vec<String>;

/// A page as read. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page {
    /// The file as shown in notices.
    pub file: String,
    /// The path of the resource, the title of the page.
    pub path: String,
    /// The line of the title.
    pub line: usize,
    /// What the resource is; most pages say nothing.
    pub doc: Text,
    /// The feature version of the resource.
    pub since: Option<Version>,
    /// The methods in the order of the page.
    pub methods: Vec<Method>,
    /// What became of each line that is not blank, in the order of the page.
    pub ledger: Vec<Entry>,
    /// Lines that were not understood, and places where the text lacks something.
    pub notices: Vec<Notice>,
}

/// What a line was used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Use {
    /// The path of the resource or of a method.
    Path,
    /// A verb.
    Method,
    /// A word that opens a section, or names the columns of a table.
    Label,
    /// A feature version.
    Version,
    /// The kind or name of a parameter or header.
    Parameter,
    /// `Required` or `Conditionally Required`.
    Required,
    /// The default of a parameter.
    Default,
    /// A value that a parameter can have.
    Choice,
    /// `This request has no parameters.`
    NoParameters,
    /// A status.
    Status,
    /// A media type.
    Content,
    /// An error identifier, or its type.
    Error,
    /// The name of a representation or message.
    Record,
    /// The name or value of a property.
    Property,
    /// `This property can be null.`
    Nullable,
    /// The value is to be treated as case-insensitive.
    IgnoreCase,
    /// The name or number of a value of an enumeration.
    Value,
    /// Key or value of a dictionary.
    Dictionary,
    /// Running text.
    Doc,
    /// A leftover of the browser's user interface.
    Leftover,
    /// Nothing: it was reported.
    Reported,
}

/// A line of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The line.
    pub line: usize,
    /// What it was used for.
    pub used: Use,
}

/// Something about a page that a person has to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// The line.
    pub line: usize,
    /// What is the matter.
    pub message: String,
    /// Whether the line was not used at all; otherwise the page lacks or
    /// contradicts something here.
    pub unknown: bool,
}

/// A feature version, `interactions 8`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Version {
    /// The line.
    pub line: usize,
    /// The feature.
    pub feature: String,
    /// Its version, from 1.
    pub number: u32,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.feature, self.number)
    }
}

/// A method of the resource.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Method {
    /// The line of the verb.
    pub line: usize,
    /// `GET`, `PUT` and so on.
    pub verb: String,
    /// What it does.
    pub doc: Text,
    /// Its feature version.
    pub since: Option<Version>,
    /// Its parameters in the order of the page.
    pub parameters: Vec<Parameter>,
    /// The representation in the body of the request.
    pub body: Option<Record>,
    /// The statuses in the order of the page.
    pub statuses: Vec<Status>,
}

/// A parameter of a request, or a header of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// The line of its kind.
    pub line: usize,
    /// Where it travels.
    pub location: Location,
    /// Its name on the wire.
    pub name: String,
    /// Whether the page says `Required`.
    pub required: bool,
    /// What the server takes when it is left out.
    pub default: Option<String>,
    /// The words that it can have.
    pub choices: Vec<Choice>,
    /// What it is for.
    pub doc: Text,
    /// Its feature version.
    pub since: Option<Version>,
}

/// A word that a parameter can have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choice {
    /// The line.
    pub line: usize,
    /// The text of the bullet.
    pub text: String,
    /// Its feature version.
    pub since: Option<Version>,
}

/// A status of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The line.
    pub line: usize,
    /// The code.
    pub code: u16,
    /// The phrase behind it.
    pub reason: String,
    /// What it means here.
    pub doc: Text,
    /// Its feature version.
    pub since: Option<Version>,
    /// Its headers.
    pub headers: Vec<Parameter>,
    /// The media type of a body that is described no further.
    pub content: Option<String>,
    /// The representation in its body.
    pub body: Option<Record>,
    /// The messages that follow.
    pub messages: Vec<Record>,
    /// The error identifiers that it can come with.
    pub errors: Vec<ErrorId>,
}

/// An error identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorId {
    /// The line.
    pub line: usize,
    /// The identifier.
    pub id: String,
    /// The URN of the type that comes with it.
    pub urn: Option<String>,
    /// When it comes.
    pub doc: Text,
}

/// A representation or message with its table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// The line of its name, or of its table when it has none.
    pub line: usize,
    /// Its name; some representations have none.
    pub name: Option<String>,
    /// What it is.
    pub doc: Text,
    /// Its feature version.
    pub since: Option<Version>,
    /// Whether there is a table; a name alone refers to one elsewhere.
    pub has_table: bool,
    /// Whether the page says `Multiple options:`.
    pub has_options: bool,
    /// The rows; each `__type` begins a new group.
    pub groups: Vec<Group>,
}

/// Rows up to the next `__type`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group {
    /// The line of its `__type`, or of its first row.
    pub line: usize,
    /// The value of `__type`.
    pub urn: Option<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table, without `__type`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The line of its name.
    pub line: usize,
    /// What it says.
    pub what: What,
    /// The comment.
    pub doc: Text,
    /// Its feature version.
    pub since: Option<Version>,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// A property with a basic type or a list of one.
    Property(Property),
    /// A value of an enumeration. The row of the property that has the
    /// enumeration is missing from the text of a page.
    Value {
        /// Its name.
        name: String,
        /// Its number.
        number: i64,
    },
    /// A dictionary. The row of the property is missing from the text.
    Dictionary {
        /// The type of its values in the words of the model; `None` when the
        /// text does not show it.
        value: Option<String>,
    },
}

/// A property of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Property {
    /// Its name on the wire.
    pub name: String,
    /// Its type in the words of the model, `list[1..*] string`.
    pub ty: String,
    /// Whether the page says `Required`.
    pub required: bool,
    /// Whether the page says `Conditionally Required`.
    pub conditional: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// Whether values that differ only in case are the same.
    pub ignore_case: bool,
}

impl Page {
    /// A page with nothing but a representation.
    pub(super) fn of(record: Record) -> Page {
        let method = Method {
            line: record.line,
            verb: String::new(),
            doc: Text::new(),
            since: None,
            parameters: Vec::new(),
            body: Some(record),
            statuses: Vec::new(),
        };
        Page {
            file: String::new(),
            path: String::new(),
            line: method.line,
            doc: Text::new(),
            since: None,
            methods: vec![method],
            ledger: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// All representations and messages, each with whether it is a message.
    pub(super) fn records(&self) -> impl Iterator<Item = (&Record, bool)> {
        self.methods.iter().flat_map(|method| {
            let statuses = method.statuses.iter().flat_map(|status| {
                let body = status.body.iter().map(|record| (record, false));
                body.chain(status.messages.iter().map(|record| (record, true)))
            });
            method
                .body
                .iter()
                .map(|record| (record, false))
                .chain(statuses)
        })
    }

    /// The first table of each name; a page may show its copies without one.
    pub(super) fn tables(&self) -> HashMap<&str, &Record> {
        let mut tables = HashMap::new();
        for (record, _) in self.records().filter(|(record, _)| record.has_table) {
            if let Some(name) = &record.name {
                tables.entry(name.as_str()).or_insert(record);
            }
        }
        tables
    }
}

impl Record {
    /// Whether the tables say the same, whatever their texts.
    pub(super) fn is_copy_of(&self, other: &Record) -> bool {
        self.has_options == other.has_options
            && is_same(self.since.as_ref(), other.since.as_ref())
            && all(&self.groups, &other.groups, |one, other| {
                one.urn == other.urn && all(&one.rows, &other.rows, Row::says)
            })
    }

    /// The rows that are its own, rather than of one of its options.
    pub(super) fn own(&self) -> Option<&Group> {
        let first = self.groups.first();
        first.filter(|group| !self.has_options || group.urn.is_none())
    }

    /// The groups that begin with a `__type` of an option.
    pub(super) fn options(&self) -> impl Iterator<Item = &Group> {
        let options = self.groups.iter().filter(|group| group.urn.is_some());
        options.filter(|_| self.has_options)
    }

    /// Groups of a property whose row is missing.
    pub(super) fn strays(&self) -> impl Iterator<Item = &Group> {
        let strays = self.groups.iter().skip(1);
        strays.filter(|_| !self.has_options)
    }
}

impl Parameter {
    /// Whether two methods have the parameter alike, whatever its texts.
    pub(super) fn says(&self, other: &Parameter) -> bool {
        self.location == other.location
            && self.name == other.name
            && self.required == other.required
            && self.default == other.default
            && is_same(self.since.as_ref(), other.since.as_ref())
            && all(&self.choices, &other.choices, |one, other| {
                one.text == other.text && is_same(one.since.as_ref(), other.since.as_ref())
            })
    }
}

impl Row {
    /// Whether the rows say the same, whatever their comments.
    pub(super) fn says(&self, other: &Row) -> bool {
        self.what == other.what && is_same(self.since.as_ref(), other.since.as_ref())
    }
}

/// Whether two versions are the same, wherever they stand.
pub(super) fn is_same(one: Option<&Version>, other: Option<&Version>) -> bool {
    let facts = |version: &Version| (version.feature.clone(), version.number);
    one.map(facts) == other.map(facts)
}

fn all<T>(some: &[T], others: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    some.len() == others.len() && some.iter().zip(others).all(|(one, other)| same(one, other))
}
