//! What a reference page says: its facts, each with the line it stands on.

mod ledger;
mod look_up;

use std::fmt;

use crate::api::Location;

pub use ledger::{Entry, Notice, Use};
pub(super) use look_up::is_same;

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
    /// Other paths that its methods have, which is one line or the other damaged.
    pub other_paths: Vec<String>,
    /// The line of the title.
    pub line: usize,
    /// What the resource is; most pages say nothing.
    pub doc: Text,
    /// The feature version of the resource.
    pub since: Option<Version>,
    /// The methods in the order of the page.
    pub methods: Vec<Method>,
    /// Representations that have no place, since there is another one. Others may
    /// refer to their tables.
    pub spare: Vec<Record>,
    /// What became of each line that is not blank, in the order of the page.
    pub ledger: Vec<Entry>,
    /// Lines that were not understood, and places where the text lacks something.
    pub notices: Vec<Notice>,
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
    /// The last line that is part of it.
    pub end: usize,
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
    /// The last line that is part of it.
    pub end: usize,
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
    /// The last line that is part of it.
    pub end: usize,
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
    /// The last line that is part of it.
    pub end: usize,
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
    /// The last line that is part of it.
    pub end: usize,
    /// Its name; some representations have none.
    pub name: Option<String>,
    /// What it is.
    pub doc: Text,
    /// Its feature version.
    pub since: Option<Version>,
    /// Whether there is a table; a name alone refers to one elsewhere.
    pub has_table: bool,
    /// Whether the page says `Multiple options:` before the first row.
    pub has_options: bool,
    /// The line where it says so behind a row: of a property whose row is missing.
    pub inner_options: Option<usize>,
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
    /// The last line that is part of it.
    pub end: usize,
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
