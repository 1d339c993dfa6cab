//! The names that the bindings have of their own accord, whatever a model says.
//!
//! The scopes of the plan reserve them, `codegen` writes them and `diff` tells of
//! them: each is spelled here and nowhere else. Names that begin with
//! `names::RESERVED` need no reservation, because no scope gives one away.

use super::names::Name;

/// The enum over all messages, at the root.
pub const MESSAGE: &str = "Message";
/// The method of [`MESSAGE`] that returns the `__type`. No scope has to reserve
/// it: variants begin with a namespace in camel case.
pub const TYPE_URN: &str = "type_urn";
/// The enum over all requests, at the root.
pub const ANY_REQUEST: &str = "AnyRequest";
/// The table by which a server finds the request, at the root.
pub const ROUTES: &str = "ROUTES";

/// The module of the runtime, which `icws-generated` has at its root.
pub const RUNTIME: &str = "runtime";
/// The module of the client, which `icws-generated` has at its root.
pub const CLIENT: &str = "client";
/// The method of the client that follows a subscription.
pub const WATCH: &str = "Session::watch";
/// The method of the client that reads a list page by page.
pub const PAGES: &str = "Session::pages";
/// The method of the client that waits for the end of an operation.
pub const COMPLETE: &str = "Session::complete";
/// The module of the request structs that operations share.
pub const REQUESTS: &str = "requests";
/// The module of the response enums that operations share.
pub const RESPONSES: &str = "responses";
/// The module of the markers of required parameters.
pub const PARAMETERS: &str = "parameters";
/// The module of the lists of parameters.
pub const PARAMETER_LISTS: &str = "parameter_lists";
/// How the names of the lists of parameters begin.
pub(super) const LIST: &str = "LIST_";
/// The module of the tests that are made of examples.
pub const EXAMPLES: &str = "examples";
/// The list in [`EXAMPLES`] of all types with their sizes.
pub const SIZES: &str = "SIZES";

/// The modules that stand beside the namespaces at the root.
pub const ROOT_MODULES: &[&str] = &[
    RUNTIME,
    CLIENT,
    REQUESTS,
    RESPONSES,
    PARAMETERS,
    PARAMETER_LISTS,
    EXAMPLES,
];

/// The function of a struct that takes what is required.
pub const NEW: &str = "new";

/// The variant of every value that the model does not know: of numbers, of
/// options and of messages.
pub const UNRECOGNIZED: &str = "Unrecognized";
/// The function that makes a value of an enumeration from its number.
pub const FROM_NUMBER: &str = "from_number";
/// The method that returns the number of a value of an enumeration.
pub const NUMBER: &str = "number";
/// The method of flags that compares bits.
pub const CONTAINS: &str = "contains";
/// The method of flags that combines bits.
pub const WITH: &str = "with";

/// The function of a request that starts its builder.
pub const BUILDER: &str = "builder";
/// The method of a builder that returns the request.
pub const BUILD: &str = "build";
/// The field and the setter of a request's body.
pub const BODY: &str = "body";
/// The type parameter of a request for its operation.
pub const OPERATION_PARAMETER: &str = "O";
/// The type parameter of a request for the object in its body, and of a response
/// for what its one success carries.
pub const CONTENT_PARAMETER: &str = "T";

/// The variant of every status that the model does not know.
pub const UNEXPECTED: &str = "Unexpected";
/// The field of what a success carries, beside its headers.
pub const VALUE: &str = "value";
/// The field of what went wrong, beside the headers.
pub const FAILURE: &str = "failure";

/// How the responses of operations end, and the enums begin that they share.
const OUTCOME: &str = "Outcome";

/// The field of each struct and state for the properties that the model does not
/// know. Names that begin with `__` are given to no property.
pub const UNKNOWN_FIELD: &str = "__unknown";

/// The field of a state for the collection of items.
pub const ITEMS_FIELD: &str = "items";

/// Returns the type parameter of a response for what one of its successes
/// carries, where there are several.
pub fn content_parameter(status: impl std::fmt::Display) -> String {
    format!("{CONTENT_PARAMETER}{status}")
}

/// Returns the local variable of a header, by its position in the reply.
pub fn header(index: usize) -> String {
    format!("header_{index}")
}

/// Returns the enum over the options of a base.
pub(super) fn any(base: &Name) -> String {
    format!("Any{}", base.plain())
}

/// Returns the builder of a request.
pub(super) fn builder(request: &str) -> String {
    format!("{request}Builder")
}

/// Returns the marker of an operation, which its request has as its type
/// parameter.
pub(super) fn marker(request: &str) -> String {
    format!("{request}Operation")
}

/// Returns the response of an operation.
pub(super) fn outcome(request: &str) -> String {
    format!("{request}{OUTCOME}")
}

/// Returns the response enum that operations share, by its statuses.
pub(super) fn shared_outcome(statuses: &[String]) -> String {
    format!("{OUTCOME}{}", statuses.join("_"))
}

/// Returns the request struct that operations share, by what is in it.
pub(super) fn request(content: &str) -> String {
    format!("{content}Arguments")
}
