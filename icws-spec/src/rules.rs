//! The rules that a model is held against: one table for the checks, the
//! `explain` command and the tests.

/// How bad it is to break a rule: a model with a finding cannot be trusted.
pub const SEVERITY: &str = "error";

/// A rule.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The name in findings, `unknown-key`.
    pub id: &'static str,
    /// The rule in a line.
    pub title: &'static str,
    /// Why there is such a rule, and what to do.
    pub explain: &'static str,
}

macro_rules! rules {
    ($($name:ident $id:literal $title:literal $explain:literal)*) => {
        $(
            #[doc = $title]
            pub static $name: Rule = Rule {
                id: $id,
                title: $title,
                explain: $explain,
            };
        )*

        /// All rules.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

/// A rule by its id.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.id == id).copied()
}

rules! {
    YAML_SYNTAX "yaml-syntax"
    "The file is YAML in UTF-8, one document."
    "The parser stopped here, and nothing after it was read. Usual reasons: a tab in the indentation, an unclosed quote or bracket, or a text with `: ` or ` #` in it that needs quotes. Tags (`!x`) and merge keys have no meaning in a model."

    UNKNOWN_KEY "unknown-key"
    "Every key is one that the language knows."
    "A key that nothing reads would be a fact that is silently lost. `icws-spec schema` prints all keys for editors, and the README of icws-spec lists them with examples."

    DUPLICATE_KEY "duplicate-key"
    "A key stands once in its map."
    "Of two values for one key only one could count. Remove one, or rename it when two items were meant."

    MISSING_KEY "missing-key"
    "What an item cannot do without is there."
    "Add the key that the message names. The item is left out of the bindings until then; references to it are not reported again."

    WRONG_TYPE "wrong-type"
    "A value has the type that its key asks for."
    "YAML reads `2015` as a number, `no` and `yes` as texts and `true` as a boolean; put quotes around a text that looks like something else."

    INVALID_VALUE "invalid-value"
    "A value has the form that its key asks for."
    "The type is right, but the text cannot be a path, a status, a namespace, a version or whatever the key holds. The message says which form is expected."

    UNKNOWN_REFERENCE "unknown-reference"
    "What is named is declared somewhere."
    "A type is looked up in the namespace of the file first, then by its whole name, `common.error`. Shared parameters and replies are declared at the top of any file, features in `features`."

    DUPLICATE_NAME "duplicate-name"
    "A name is declared once in the model."
    "Two objects or messages of one namespace, or two shared items, have the same name. If the reference has two different things under it, rename one and keep its wire name in `urn`."

    DUPLICATE_PARAMETER "duplicate-parameter"
    "An operation has a parameter once."
    "The parameters of a resource hold for each of its operations, so an operation need not list them again. Header names are the same whatever their case."

    PATH_PARAMETER_UNDECLARED "path-parameter-undeclared"
    "Each name in braces in a path is a declared parameter."
    "Without a declaration nobody would know the parameter's type and meaning. Add it to the `parameters` of the resource with `in: path`."

    PATH_PARAMETER_UNUSED "path-parameter-unused"
    "Each path parameter stands in the path."
    "A value that has no place in the path could not be sent. Either the name differs from the one in braces, or the parameter travels in the query or a header."

    DUPLICATE_STATUS "duplicate-status"
    "An operation has one reply for each status."
    "A client decides by the status alone. When a page lists a status twice, put what both say into one reply."

    NO_SUCCESS_STATUS "no-success-status"
    "An operation has a reply for the case that it works."
    "One status from 200 to 299 must be listed, or a request could never succeed."

    DUPLICATE_URN "duplicate-urn"
    "A `__type` belongs to one object or message."
    "Receivers choose the type of a message by its URN."

    DUPLICATE_ROUTE "duplicate-route"
    "A method and path belong to one operation."
    "A server could not tell the two apart. Paths that differ only in the names of their parameters are the same path."

    DELTA_FLAG "delta-flag"
    "The flag of a delta is a required boolean, its key a string."
    "A cache asks each message whether it replaces or merges, and which entry it is about. A message without a key that it may leave out is about all entries."

    DELTA_UNSAID "delta-unsaid"
    "A delta says what it does to lists and maps."
    "A list in a delta can be all that there is, what came in addition, or what has changed. Nothing but the reference tells which. Write `delta: added`, `changed`, `removed`, `append`, `merge`, `replace` or `tell` beside its type."

    DELTA_RULE "delta-rule"
    "What a delta does to a value fits the value."
    "Items join, change and leave by what tells them apart: they are texts, objects with an `id`, or the entries of a map without `ignore_case`; what is changed has nothing that what is added lacks. Objects and maps are merged, lists are appended to. Within an object, only maps are merged and only lists of texts are sets."

    UNKNOWN_ID "unknown-id"
    "The id of an object is among its properties."
    "Items of lists are told apart by these properties. Each is a text, a number or an object of the object itself, or of an object within."

    SINCE_OLDER_THAN_PARENT "since-older-than-parent"
    "Nothing is older than what it belongs to."
    "A property of a message of version 8 cannot have come with version 7 of the same feature. One of the two was copied wrongly."

    DUPLICATE_ENUM_VALUE "duplicate-enum-value"
    "A number has one name in an enumeration."
    "A number that arrives could not be told apart. When a page lists two names for it, keep one and mention the other in its `doc`."

    BASE_CYCLE "base-cycle"
    "No object derives from itself."
    "A base has what its derived objects share; following the bases must come to an end."

    ENDLESS_OBJECT "endless-object"
    "An object can end."
    "If each value of an object must hold another one of it, no value could ever be written. On the pages such a property is optional, may be null, or is a list."

    NAME_COLLISION "name-collision"
    "Two things that meet have different Rust names."
    "`maxAttempts` and `max_attempts` differ on the wire and are alike in Rust. Give one of them a `rust_name`; the wire name does not change."

    RESERVED_NAME "reserved-name"
    "A Rust name can be used."
    "The name is no identifier in Rust, not even a raw one, or the bindings need it themselves. Give the item a `rust_name`; the wire name does not change."

    INCLUDE_MISSING "include-missing"
    "An included file is there."
    "Paths are relative to the file that includes. A model given as text in a macro cannot include files, and a pipe or a device is no file of a model."

    INCLUDE_CYCLE "include-cycle"
    "Files do not include each other in turn."
    "Includes only collect files; declarations of all files see each other, whichever includes which. Let the root file list them all."

    INCLUDE_OUTSIDE "include-outside"
    "Included files are below the folder of the root file."
    "A package carries the folder of its model. What lies outside, also through a link, would be missing wherever the package is used."

    MISPLACED_EXTENDS "misplaced-extends"
    "Only the root file extends another model."
    "All files of the extended model belong to this model, whichever of its files needs them. The root file says so once."

    CHANGES_WITHOUT_EXTENDS "changes-without-extends"
    "Changes are of a model that this one extends."
    "`changes` says what is otherwise here than in the extended model. What a model declares itself is changed where it is declared. `extends: shipped` in the root file makes the shipped model part of this one."

    UNKNOWN_TARGET "unknown-target"
    "What is changed is in the extended model."
    "A change names an object, a message or an enumeration by its whole id, a resource by its path, and other things by their ids. What the extended model does not have cannot be changed or taken away. Perhaps it is gone from there, or has another name now; what is new is declared outside of `changes`."

    IDLE_CHANGE "idle-change"
    "A change says something else than the extended model."
    "A change that changes nothing hides what a model has of its own. When the extended model has learnt the fact, take the change away."

    DUPLICATE_CHANGE "duplicate-change"
    "A fact is changed once."
    "Two files change the same fact of the extended model, or one takes away what the other changes. Which of them counts should not depend on the order of the files: keep one."

    OPEN_TODO "open-todo"
    "Nothing that an import left open is still open."
    "The text of a reference page lacks some facts, and may have lines that `icws-spec import` does not understand. It writes what it knows, with a comment `# TODO (page line N): …` where something is missing, and names such as `TODO1` in place of those that are not known. `icws-spec traffic --into` asks in the same way what the wire does not tell: `# TODO (traffic): …`. Write what is missing, from the page in a browser or from elsewhere, and take the comment away."

    EXAMPLE_CONTRADICTS_MODEL "example-contradicts-model"
    "An example agrees with the model."
    "Examples become tests of the bindings. One that lacks a required property, names an unknown one or has the wrong type shows that the example or the model is wrong."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_found() {
        for rule in ALL {
            assert_eq!(by_id(rule.id), Some(*rule));
            assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
        }
    }
}
