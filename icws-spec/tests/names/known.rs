//! Models whose names met once, or could not be written. Each must give code
//! that compiles, except those for which `check` asks for another name.

use super::models::Files;

/// A parameter that is called like the type parameter of another.
pub const O2_BESIDE_O: &str = "resources:
  /icws/x/{o2}/{o}:
    parameters:
      - { name: o2, in: path, type: string, required: true }
      - { name: o, in: path, type: string, required: true }
    GET: { name: get, replies: { 200: {} } }
";

/// A header that is called like the variable of what a reply holds.
pub const HEADER_CONTENT: &str = "resources:
  /icws/x:
    GET: { name: get, replies: { 200: { headers: { Content: { type: string } } } } }
";

/// A property with a raw name beside one of the same name.
pub const RAW_BESIDE_PLAIN: &str = "objects:
  x:
    properties:
      state: { type: string }
      status: { type: string, rust_name: \"r#state\" }
";

/// A message that is called like the variant for all that is not known.
pub const MESSAGE_UNKNOWN: &str = "messages:
  unknown:
    urn: urn:x:unknown
    properties: { isDelta: { type: boolean, required: true } }
";

/// A parameter that is called like the second struct of another.
pub const KIND2: &str = "resources:
  /icws/x/{foo}:
    GET: { name: g1, parameters: [{ name: foo, in: path, type: string, required: true }], replies: { 200: {} } }
  /icws/y/{foo}:
    GET: { name: g2, parameters: [{ name: foo, in: path, type: int, required: true }], replies: { 200: {} } }
  /icws/z/{fooKind2}:
    GET: { name: g3, parameters: [{ name: fooKind2, in: path, type: string, required: true }], replies: { 200: {} } }
";

/// Examples whose names are alike in Rust.
pub const EXAMPLES_ALIKE: &str = "objects:
  x:
    properties: { s: { type: string } }
    examples:
      one-a: { value: { s: \"1\" } }
      one_a: { value: { s: \"2\" } }
";

/// A parameter with an underscore behind a word that cannot be raw.
pub const PARAMETER_SELF: &str = "resources:
  /icws/x:
    GET: { name: get, parameters: [{ name: q, in: query, type: string, required: true, rust_name: self_ }], replies: { 200: {} } }
";

/// A required parameter that begins with a digit behind its underscore.
pub const REQUIRED_1ST: &str = "resources:
  /icws/x:
    GET: { name: get, parameters: [{ name: q, in: query, type: string, required: true, rust_name: _1st }], replies: { 200: {} } }
";

/// An optional one.
pub const OPTIONAL_1ST: &str = "resources:
  /icws/x:
    GET: { name: get, parameters: [{ name: 1st, in: query, type: string, rust_name: _1st }], replies: { 200: {} } }
";

/// Objects that derive from each other.
pub const BASE_CIRCLE: &str = "objects:
  x: { base: y, urn: \"urn:x\", properties: {} }
  y: { base: x, urn: \"urn:y\", properties: {} }
";

/// A text with a carriage return that ends no line.
pub const LONE_RETURN: &str = "objects:
  x: { properties: { s: { type: string, doc: \"One line\\rand another\" } } }
";

/// A text that turns the direction of writing.
pub const BIDI: &str = "objects:
  x: { properties: { u: { type: string, doc: \"one \\u202e two\" } } }
";

/// A parameter whose first letter is none of English.
pub const PARAMETER_ACUTE: &str = "resources:
  /icws/x:
    GET: { name: get, parameters: [{ name: É, in: query, type: string, required: true }], replies: { 200: {} } }
";

/// A required parameter with a raw name beside one of the same name.
pub const RAW_PARAMETER: &str = "resources:
  /icws/x:
    GET: { name: g1, parameters: [{ name: a, in: query, type: string, required: true }], replies: { 200: {} } }
  /icws/y:
    GET: { name: g2, parameters: [{ name: b, in: query, type: string, required: true, rust_name: r#a }], replies: { 200: {} } }
";

/// An option that is called like the variant for all that is not known.
pub const OPTION_UNKNOWN: &str = "objects:
  unknown: { properties: {} }
  x: { base: unknown, urn: \"urn:x\", properties: {} }
";

/// A value that is called like the function of all enumerations.
pub const VALUE_FROM_NUMBER: &str =
    "enums: { e: { values: { A: { value: 2, rust_name: from_number } } } }\n";

/// Flags that are called like a variable.
pub const FLAGS_READER: &str =
    "enums: { e: { rust_name: reader, flags: true, values: { A: 1 } } }\n";

/// An identifier of errors that is called like the function of all requests.
pub const ERROR_BUILDER: &str = "resources:
  /icws/x:
    GET: { name: get, replies: { 200: {}, 404: { errors: { e: { rust_name: builder } } } } }
";

/// A required enumeration that is called like one of its values.
pub const PROPERTY_LIKE_VALUE: &str = "enums: { e: { values: { fmt: 1 } } }
objects: { x: { properties: { p: { type: e, required: true, rust_name: Fmt } } } }
";

/// Parameters of two operations whose types have one digest.
pub const ARGUMENTS_ALIKE: &str = "resources:
  /icws/x1/{a}/{b}/{c}/{p8428}:
    parameters: [{ name: a, in: path, type: string, required: true }, { name: b, in: path, type: string, required: true }, { name: c, in: path, type: string, required: true }, { name: p8428, in: path, type: string, required: true }]
    GET: { name: g1, replies: { 200: {} } }
  /icws/x2/{a}/{b}/{c}/{p11757}:
    parameters: [{ name: a, in: path, type: string, required: true }, { name: b, in: path, type: string, required: true }, { name: c, in: path, type: string, required: true }, { name: p11757, in: path, type: string, required: true }]
    GET: { name: g2, replies: { 200: {} } }
";

/// Parameters of two operations whose facts have one digest.
pub const LISTS_ALIKE: &str = "resources:
  /icws/y1:
    GET: { name: g1, parameters: [{ name: p54507, in: query, type: string }], replies: { 200: {} } }
  /icws/y2:
    GET: { name: g2, parameters: [{ name: p56332, in: query, type: string }], replies: { 200: {} } }
";

/// Required parameters with a letter that counts as alphanumeric, and is in no name.
pub const SUPERSCRIPT: &str = "objects:
  x: { properties: {}, examples: { \"a\u{b2}\": { value: {} } } }
resources:
  /icws/x:
    GET: { name: get, parameters: [{ name: \"a\u{b2}\", in: query, type: string, required: true }], replies: { 200: {} } }
";

/// Any success beside failures of two kinds.
pub const ANY_SUCCESS: &str = "objects:
  error: { properties: { message: { type: string } } }
resources:
  /icws/x:
    GET: { name: get, replies: { 2XX: {}, 404: { body: error } } }
";

/// A page whose list may be absent, and may be null.
pub const PAGE_NULL: &str = "objects:
  item: { properties: { id: { type: string } } }
  page: { properties: { items: { type: list item, nullable: true } } }
resources:
  /icws/x:
    GET: { name: get, parameters: [{ name: Range, in: header, type: string }], replies: { 200: { body: page } } }
";

/// A page in whose place others may stand.
pub const PAGE_OPTIONS: &str = "objects:
  item: { properties: { id: { type: string } } }
  pages: { abstract: true, properties: { items: { type: list item, required: true } } }
  page: { base: pages, urn: \"urn:page\", properties: {} }
resources:
  /icws/x:
    GET: { name: get, parameters: [{ name: Range, in: header, type: string }], replies: { 200: { body: pages } } }
";

/// Items that everything tells apart that can.
pub const KEYS: &str = "enums: { en: { values: { A: 1 } }, fl: { flags: true, values: { A: 1 } } }
objects:
  place: { properties: { en: { type: en, nullable: true } } }
  item:
    id: [one, two, three, four, five, six, seven, place, place.en]
    properties:
      one: { type: boolean, required: true }
      two: { type: en, required: true }
      three: { type: fl }
      four: { type: en, nullable: true }
      five: { type: int }
      six: { type: int|long, nullable: true }
      seven: { type: date }
      place: { type: place, required: true }
messages:
  m: { urn: \"urn:m\", delta: { flag: isDelta }, properties: { isDelta: { type: boolean, required: true }, added: { type: list item, delta: added }, removed: { type: list item, delta: removed } } }
";

/// A value that is called as setters call their argument.
pub const VALUE_LIKE_ARGUMENT: &str = "enums: { kind: { values: { A: 1, B: { value: 2, rust_name: value } } } }
resources:
  /icws/x:
    GET: { name: get, parameters: [{ name: kind, in: query, type: kind, required: true }], replies: { 200: {} } }
    PUT: { name: put, body: kind, replies: { 200: {} } }
";

/// What looks like a page, and has a list of parts of items.
pub const PAGE_OF_PARTS: &str = "objects:
  item: { id: [id], properties: { id: { type: string, required: true } } }
messages:
  page:
    urn: \"urn:page\"
    delta: { flag: isDelta }
    properties: { isDelta: { type: boolean, required: true }, items: { type: list item, delta: changed } }
resources:
  /icws/x:
    GET: { name: get, parameters: [{ name: Range, in: header, type: string }], replies: { 200: { body: page } } }
";

/// What would tell items apart comes as a part.
pub const KEY_IN_A_PART: &str = "objects:
  inner: { properties: { s: { type: string, required: true } } }
  item: { id: [m.inner], properties: { m: { type: m, required: true } } }
messages:
  m:
    urn: \"urn:m\"
    delta: { flag: isDelta }
    properties: { isDelta: { type: boolean, required: true }, inner: { type: inner, required: true, delta: merge } }
  all:
    urn: \"urn:all\"
    delta: { flag: isDelta }
    properties: { isDelta: { type: boolean, required: true }, items: { type: list item, delta: added } }
";

/// Parameters of two operations that have each other's names.
pub const SELECT_SWAPPED: &str = "objects: { o: { properties: { p: { type: string } } } }
resources:
  /icws/x:
    GET: { name: first, parameters: [{ name: select, in: query, type: list string, rust_name: a }, { name: b, in: query, type: list string }], replies: { 200: { body: o } } }
  /icws/y:
    GET: { name: second, parameters: [{ name: b, in: query, type: list string, rust_name: a }, { name: select, in: query, type: list string, rust_name: b }], replies: { 200: { body: o } } }
";

/// An object whose option cannot stand: without it it is the item of a page, and has
/// constants that meet.
pub const CONSTANTS_WITHOUT_OPTION: &str = "enums: { twin: { values: { A: 1 } } }
objects:
  whole:
    abstract: true
    properties: { reply: { type: string }, other: { type: string, rust_name: REPLY } }
  Twin: { base: whole, urn: \"urn:twin\", properties: {} }
resources:
  /icws/a:
    GET:
      name: list
      parameters: [{ name: select, in: query, type: list string }]
      replies: { 200: { body: whole } }
";

/// The same with an option that a later version of a feature brings.
pub fn constants_without_newer_option() -> String {
    let feature = "features: { f: { doc: \"Some feature.\" } }";
    CONSTANTS_WITHOUT_OPTION
        .replace("enums: { twin: { values: { A: 1 } } }", feature)
        .replace("Twin: {", "part: { since: f 2,")
}

/// Entries that change, of values that have no parts.
pub const CHANGED_ENTRIES: &str = "objects:
  place: { properties: { at: { type: string } } }
messages:
  one: { urn: \"urn:one\", delta: { flag: isDelta }, properties: { isDelta: { type: boolean, required: true }, m: { type: map string, delta: changed, nullable: true } } }
  two: { urn: \"urn:two\", delta: { flag: isDelta }, properties: { isDelta: { type: boolean, required: true }, a: { type: map list int?, delta: added }, m: { type: map list int?, delta: changed }, gone: { type: list string, delta: removed } } }
  three: { urn: \"urn:three\", delta: { flag: isDelta }, properties: { isDelta: { type: boolean, required: true }, m: { type: map int?, delta: changed } } }
  four: { urn: \"urn:four\", delta: { flag: isDelta }, properties: { isDelta: { type: boolean, required: true }, m: { type: map place, delta: changed } } }
";

/// A required property that is called like something that stands everywhere.
pub fn property(rust_name: &str) -> String {
    format!(
        "objects: {{ x: {{ properties: {{ p: {{ type: int, required: true, rust_name: {rust_name} }} }} }} }}\n"
    )
}

/// Flags with a value that has this name in Rust.
pub fn flag(rust_name: &str) -> String {
    format!(
        "enums: {{ f: {{ flags: true, values: {{ A: {{ value: 2, rust_name: {rust_name} }} }} }} }}\n"
    )
}

/// A model of one file.
pub fn one(text: &str) -> Files {
    let text = format!("icws: 1\nnamespace: a\n{text}");
    Files(vec![("icws.yaml".to_owned(), text)])
}

/// Messages of one name in two namespaces, and one in a third that is called
/// like one of them with its namespace in front.
pub fn prefixed() -> Files {
    let file = |path: &str, namespace: &str, message: &str, include: &str| {
        let text = format!(
            "icws: 1\nnamespace: {namespace}\n{include}messages: {{ {message}: {{ urn: \"urn:{namespace}\", properties: {{}} }} }}\n"
        );
        (path.to_owned(), text)
    };
    Files(vec![
        file(
            "icws.yaml",
            "users",
            "changed",
            "include: [1.yaml, 2.yaml]\n",
        ),
        file("1.yaml", "queues", "changed", ""),
        file("2.yaml", "other", "usersChanged", ""),
    ])
}

/// All of them.
pub fn all() -> Vec<Files> {
    let texts = [
        O2_BESIDE_O,
        HEADER_CONTENT,
        RAW_BESIDE_PLAIN,
        MESSAGE_UNKNOWN,
        KIND2,
        EXAMPLES_ALIKE,
        PARAMETER_SELF,
        REQUIRED_1ST,
        OPTIONAL_1ST,
        BASE_CIRCLE,
        LONE_RETURN,
        BIDI,
        PARAMETER_ACUTE,
        RAW_PARAMETER,
        OPTION_UNKNOWN,
        VALUE_FROM_NUMBER,
        FLAGS_READER,
        ERROR_BUILDER,
        PROPERTY_LIKE_VALUE,
        ARGUMENTS_ALIKE,
        LISTS_ALIKE,
        SUPERSCRIPT,
        ANY_SUCCESS,
        PAGE_NULL,
        PAGE_OPTIONS,
        KEYS,
        CHANGED_ENTRIES,
        CONSTANTS_WITHOUT_OPTION,
        VALUE_LIKE_ARGUMENT,
        PAGE_OF_PARTS,
        KEY_IN_A_PART,
        SELECT_SWAPPED,
    ];
    let flags = ["contains", "with", "number", "from_number"].map(flag);
    let properties = ["None", "Some", "Ok", "Err"].map(property);
    let texts = texts.map(str::to_owned).into_iter();
    let texts = texts.chain(flags).chain(properties);
    let texts = texts.chain([constants_without_newer_option()]);
    let files = texts.map(|text| one(&text));
    files.chain([prefixed()]).collect()
}
