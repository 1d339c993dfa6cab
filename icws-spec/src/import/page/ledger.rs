//! What became of each line of a page.

/// What a line was used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Use {
    /// The address of the page.
    Address,
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
    /// Nothing: it stands behind a line that was reported with all that follow.
    Skipped,
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
    /// The whole line, if it was not understood.
    pub text: Option<String>,
    /// Whether the line was not used at all; otherwise the page lacks or
    /// contradicts something here.
    pub unknown: bool,
    /// Whether lines may be missing here, so that what the page does not show
    /// may be there all the same.
    pub doubtful: bool,
}
