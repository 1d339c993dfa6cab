//! The table of the rules.

use super::{Bump, Rule, RustVerdict, Section, Verdict, Wire};

macro_rules! verdict {
    (F) => {
        Verdict::Fine
    };
    (W) => {
        Verdict::Warning
    };
    (B) => {
        Verdict::Breaking
    };
}

/// `request (F B)` reads: an old client with a new server is fine, a new client
/// with an old server breaks.
macro_rules! rules {
    ($($name:ident $id:literal $section:ident $versioned:literal
        request($ro:tt $rn:tt) reply($po:tt $pn:tt) rust $rust:ident, $bump:ident
        $summary:literal $explain:literal)*) => {
        $(
            #[doc = $summary]
            pub static $name: Rule = Rule {
                id: $id,
                summary: $summary,
                section: Section::$section,
                versioned: $versioned,
                request: Wire { old_client: verdict!($ro), new_client: verdict!($rn) },
                reply: Wire { old_client: verdict!($po), new_client: verdict!($pn) },
                rust: RustVerdict::$rust,
                bump: Bump::$bump,
                explain: $explain,
            };
        )*

        /// All rules.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    FEATURE_ADDED "feature-added" Added false
    request(F F) reply(F F) rust Fine, Minor
    "A feature is declared that was not."
    "Versions may now name it, and bindings may be pinned to one of its versions."

    FEATURE_REMOVED "feature-removed" Removed false
    request(F F) reply(F F) rust Breaking, Minor
    "A feature is no longer declared."
    "Bindings that pin one of its versions are refused by the macro; take the pin out."

    OPERATION_ADDED "operation-added" Added true
    request(F F) reply(F F) rust Fine, Minor
    "A method of a resource is new."
    "Nobody called it before. A session that knows its server's features refuses the call when the server is older."

    OPERATION_REMOVED "operation-removed" Removed true
    request(B F) reply(B F) rust Breaking, Minor
    "A method of a resource is gone."
    "Old clients get a 404 or 405. The request's type, its builder and its response are gone from the bindings."

    OPERATION_MOVED "operation-moved" Changed true
    request(B B) reply(B B) rust Fine, Minor
    "An operation has another method or path."
    "Each side sends to, or listens at, an address that the other does not know. The names of path parameters are not part of the address."

    SUBSCRIPTION_CHANGED "subscription-changed" Changed false
    request(F F) reply(F F) rust Breaking, Minor
    "What an operation starts can no longer be followed, or is made of other messages."
    "A `PUT` whose success is followed by messages, and whose `DELETE` needs no more than its path, is a `Subscription` that a client can follow. What changed about it has findings of its own."

    HANDLING_CHANGED "handling-changed" Changed false
    request(F F) reply(F F) rust Breaking, Minor
    "What a client did with an operation beyond calling it is gone, or gives another type: reading pages, waiting for the end, selecting properties."
    "An operation with a `Range` header whose only success has one list of objects is read page by page; one that is followed by one message with its `requestId` is awaited; one with `select` has typed properties. What changed about it has findings of its own."

    PATH_PARAMETER_RENAMED "path-parameter-renamed" Changed false
    request(F F) reply(F F) rust Computed, Patch
    "A path parameter has another name."
    "The name does not travel, only the value. The field and the setter in Rust are named after it."

    OPTIONAL_PARAMETER_ADDED "optional-parameter-added" Added true
    request(F F) reply(F F) rust Fine, Minor
    "A request takes one more parameter, which may be left out."
    "Requests without it stay as they were; the builder has one more setter."

    REQUIRED_PARAMETER_ADDED "required-parameter-added" Added true
    request(B W) reply(F F) rust Computed, Minor
    "A request needs one more parameter."
    "Old clients do not send it. A builder without it does not build, unless the session supplies it."

    OPTIONAL_PARAMETER_REMOVED "optional-parameter-removed" Removed true
    request(W F) reply(F F) rust Computed, Minor
    "A parameter that could be left out is gone."
    "A server ignores what it does not know, or refuses it; the pages do not say which. The setter is gone."

    REQUIRED_PARAMETER_REMOVED "required-parameter-removed" Removed true
    request(W B) reply(F F) rust Computed, Minor
    "A parameter that every request had is gone."
    "Old servers still need it, and new clients no longer send it."

    PARAMETER_MOVED "parameter-moved" Changed true
    request(B B) reply(F F) rust Fine, Minor
    "A parameter travels elsewhere: in the path, the query or a header."
    "Each side looks for it where the other does not put it. The setter stays as it is."

    PARAMETER_BECAME_REQUIRED "parameter-became-required" Changed true
    request(B F) reply(F F) rust Computed, Minor
    "A parameter can no longer be left out."
    "Old clients may leave it out. A builder without it does not build any more."

    PARAMETER_BECAME_OPTIONAL "parameter-became-optional" Changed true
    request(F W) reply(F F) rust Computed, Minor
    "A parameter may be left out."
    "An old server refuses a request without it, and no version tells a client so. The field of the request becomes an `Option`."

    PARAMETER_ORIGIN_CHANGED "parameter-origin-changed" Changed false
    request(F F) reply(F F) rust Computed, Patch
    "Another party supplies a parameter: the caller or the session."
    "The same is sent; the setter appears or goes."

    DEFAULT_CHANGED "default-changed" Changed true
    request(W W) reply(F F) rust Fine, Patch
    "The server takes another value for a parameter that is left out."
    "The same request means something else. Programs that rely on the default should send the value."

    REQUEST_BODY_ADDED "request-body-added" Changed true
    request(B W) reply(F F) rust Breaking, Minor
    "A request has a body where it had none."
    "Old clients send none. A builder without it does not build."

    REQUEST_BODY_REMOVED "request-body-removed" Removed true
    request(W B) reply(F F) rust Breaking, Minor
    "A request has no body any more."
    "Old servers wait for one. The setter is gone."

    TYPE_WIDENED "type-widened" Changed true
    request(F W) reply(B F) rust Computed, Minor
    "A value may be more than it was: `int` becomes `long`, `guid` becomes `string`, an object becomes its base."
    "Who receives it may get what the old type cannot hold."

    TYPE_NARROWED "type-narrowed" Changed true
    request(B F) reply(F B) rust Computed, Minor
    "A value may be less than it was: `long` becomes `int`, `string` becomes `guid`, a base becomes one of its options."
    "Who still sends the wider values is refused, or not understood."

    TYPE_CHANGED "type-changed" Changed true
    request(B B) reply(B B) rust Computed, Minor
    "A value has a type of another kind."
    "Neither side understands the other."

    BOUNDS_WIDENED "bounds-widened" Changed true
    request(F W) reply(W F) rust Fine, Minor
    "A list may have fewer or more items than it could."
    "The Rust type of a list has no bounds; programs may have relied on them all the same."

    BOUNDS_NARROWED "bounds-narrowed" Changed true
    request(B F) reply(F W) rust Fine, Minor
    "A list may no longer have as few or as many items."
    "A server refuses lists that it took before."

    SUCCESS_REPLY_ADDED "success-reply-added" Added true
    request(F F) reply(B F) rust Computed, Minor
    "A request can succeed with another status."
    "Old clients take a status that they do not know for a failure. With two successes `into_result` gives the response instead of the value of the one."

    FAILURE_REPLY_ADDED "failure-reply-added" Added true
    request(F F) reply(F F) rust Fine, Minor
    "A request can fail with another status."
    "To old clients it is `Unexpected`, and an `ApiError` like the others."

    SUCCESS_REPLY_REMOVED "success-reply-removed" Removed true
    request(F F) reply(F B) rust Breaking, Minor
    "A request no longer succeeds with a status."
    "Old servers still answer so, and new clients take it for a failure. The variant is gone."

    FAILURE_REPLY_REMOVED "failure-reply-removed" Removed true
    request(F F) reply(F F) rust Breaking, Minor
    "A request no longer fails with a status."
    "Should an old server answer so, it is `Unexpected`, and an `ApiError` like the others. The variant is gone."

    REPLY_BODY_ADDED "reply-body-added" Changed true
    request(F F) reply(F B) rust Breaking, Minor
    "A success has a body where it had none."
    "New clients find nothing to read in the answers of old servers. The variant holds a value instead of `()`."

    REPLY_BODY_REMOVED "reply-body-removed" Removed true
    request(F F) reply(B F) rust Breaking, Minor
    "A success has no body any more."
    "Old clients find nothing to read. The variant holds `()`."

    FAILURE_BODY_CHANGED "failure-body-changed" Changed true
    request(F F) reply(W W) rust Breaking, Minor
    "A failure has another representation, or none."
    "The status is read all the same; what the body says is not. The variant holds another type."

    HEADER_ADDED "header-added" Changed true
    request(F F) reply(F F) rust Breaking, Minor
    "A reply has one more header."
    "A reply is read with or without it. Patterns over the variant that name all of its fields, and servers that make one, do not compile."

    HEADER_REMOVED "header-removed" Removed true
    request(F F) reply(W F) rust Breaking, Minor
    "A reply lacks a header."
    "Old clients read `None`. The field is gone from the variant."

    HEADER_BECAME_REQUIRED "header-became-required" Changed true
    request(F F) reply(F W) rust Fine, Minor
    "A reply always has a header."
    "Clients read an `Option` in either case; a reply of an old server may lack it."

    HEADER_BECAME_OPTIONAL "header-became-optional" Changed true
    request(F F) reply(W F) rust Fine, Minor
    "A reply may lack a header."
    "Clients read an `Option` in either case; old ones may have counted on it."

    ASSOCIATED_MESSAGE_ADDED "associated-message-added" Changed true
    request(F F) reply(F F) rust Fine, Minor
    "One more message follows a reply."
    "A client that does not know it keeps it as `Message::Unrecognized`."

    ASSOCIATED_MESSAGE_REMOVED "associated-message-removed" Removed true
    request(F F) reply(B F) rust Fine, Minor
    "A message no longer follows a reply."
    "A client that waits for it waits in vain."

    ERROR_IDENTIFIER_ADDED "error-identifier-added" Changed true
    request(F F) reply(F F) rust Fine, Minor
    "A failure has one more identifier."
    "Identifiers are text; a client passes on those that it does not know."

    ERROR_IDENTIFIER_REMOVED "error-identifier-removed" Removed true
    request(F F) reply(W F) rust Computed, Minor
    "A failure no longer has an identifier."
    "A client that looks for it does not find it. The constant is gone, unless another reply of the operation has it."

    ERROR_TYPE_CHANGED "error-type-changed" Changed true
    request(F F) reply(W W) rust Fine, Patch
    "Another representation comes with an error identifier."
    "The bindings read the representation of the reply; what the identifier says beyond it is for people."

    OBJECT_ADDED "object-added" Added true
    request(F F) reply(F F) rust Fine, Minor
    "An object is new."
    "What uses it has findings of its own."

    OBJECT_REMOVED "object-removed" Removed true
    request(F F) reply(F F) rust Breaking, Minor
    "An object is gone."
    "What used it has findings of its own. The struct is gone."

    MESSAGE_ADDED "message-added" Added true
    request(F F) reply(F F) rust Fine, Minor
    "A message is new."
    "Old clients keep it as `Message::Unrecognized`, with its text."

    MESSAGE_REMOVED "message-removed" Removed true
    request(B F) reply(B F) rust Breaking, Minor
    "A message is gone."
    "A client that waits for it waits in vain. The struct and the variant of `Message` are gone."

    KIND_CHANGED "kind-changed" Changed true
    request(B B) reply(B B) rust Computed, Minor
    "An object became a message, or a message an object."
    "Messages travel with their `__type` and in the queue; objects stand in bodies."

    RENAMED "renamed" Changed false
    request(F F) reply(F F) rust Computed, Patch
    "A thing has another name in the model."
    "It is the same by its route, its `__type` or the place where it is used, so that nothing changes on the wire. Rust names follow, unless `rust_name` holds them; add one to keep the old name."

    URN_CHANGED "urn-changed" Changed true
    request(B B) reply(B B) rust Fine, Minor
    "A thing says what it is by another `__type`."
    "The other side does not know it by that name: a message becomes `Message::Unrecognized`, an option of a base an unknown one."

    UNSENT_URN_CHANGED "unsent-urn-changed" Changed false
    request(F F) reply(F F) rust Fine, Patch
    "The `__type` of an object that travels without one is different."
    "Plain objects do not carry a `__type`, and it is not read where they stand."

    BASE_CHANGED "base-changed" Changed true
    request(W W) reply(W W) rust Fine, Patch
    "An object derives from another one, or from none."
    "What derives travels with its `__type`. What follows for the bases and properties has findings of its own."

    ABSTRACT_CHANGED "abstract-changed" Changed true
    request(F F) reply(F F) rust Fine, Patch
    "An object that nothing derives from became abstract, or concrete."
    "Only where something derives from it does that decide what may travel."

    OPTION_ADDED "option-added" Added true
    request(F F) reply(W F) rust Fine, Minor
    "One more object may stand where a base is asked for."
    "Old clients keep it as `Unrecognized`. Where it is the first option, the type of what holds the base changes; that is a finding of its own."

    OPTION_REMOVED "option-removed" Removed true
    request(B F) reply(F W) rust Breaking, Minor
    "An object may no longer stand where a base is asked for."
    "A server refuses it; from an old server it comes as `Unrecognized`. The variant is gone."

    DELTA_CHANGED "delta-changed" Changed true
    request(W W) reply(W W) rust Computed, Patch
    "A message updates a cache in another way."
    "The same bytes add up to another state. The key tells the entries apart, the flag whether a message replaces or merges; a message that has no delta has no state."

    STANDING_CHANGED "standing-changed" Changed true
    request(W W) reply(W W) rust Fine, Patch
    "A message tells in another way how its subscription stands."
    "A client that follows the subscription takes another property or another value for its failure. Without the fact it waits for messages that do not come."

    ENDS_CHANGED "ends-changed" Changed true
    request(W W) reply(W W) rust Fine, Patch
    "A message ends its subscription, or no longer does."
    "A client that takes it for one of many waits for messages that do not come; one that ends with it misses those that do."

    PROPERTY_ADDED "property-added" Added true
    request(F F) reply(F F) rust Fine, Minor
    "An object has one more property, which may be left out."
    "Readers keep what they do not know, and send it again. Structs are `non_exhaustive`, and `new` does not take it."

    CONDITIONAL_PROPERTY_ADDED "conditional-property-added" Added true
    request(W F) reply(F F) rust Fine, Minor
    "An object has one more property, required under a condition."
    "An old client does not send it, whatever the condition says."

    REQUIRED_PROPERTY_ADDED "required-property-added" Added true
    request(B W) reply(F B) rust Breaking, Minor
    "An object has one more property, which is always there."
    "In a request old clients do not send it; in a reply new clients miss it in the answers of old servers. `new` takes one more argument."

    PROPERTY_REMOVED "property-removed" Removed true
    request(W F) reply(B F) rust Breaking, Minor
    "A property that could be left out is gone."
    "Code that reads this property no longer finds it. The field is gone."

    REQUIRED_PROPERTY_REMOVED "required-property-removed" Removed true
    request(W B) reply(B F) rust Breaking, Minor
    "A property that was always there is gone."
    "Old clients cannot read an object without it; old servers need it in requests. The field is gone, and `new` takes one argument less."

    PROPERTY_BECAME_REQUIRED "property-became-required" Changed true
    request(B F) reply(F B) rust Breaking, Minor
    "A property is always there."
    "Old clients may leave it out in requests; old servers may leave it out in replies, which new clients then cannot read. `new` takes one more argument."

    PROPERTY_BECAME_OPTIONAL "property-became-optional" Changed true
    request(F W) reply(B F) rust Breaking, Minor
    "A property may be left out."
    "Old clients cannot read an object without it. The field may be nothing, and `new` takes one argument less."

    CONDITION_CHANGED "condition-changed" Changed true
    request(W W) reply(F F) rust Fine, Patch
    "Whether a property is needed depends on others, or no longer does."
    "The text says on which. Rust takes it for optional in either case."

    PROPERTY_BECAME_NULLABLE "property-became-nullable" Changed true
    request(F W) reply(B F) rust Computed, Minor
    "A property may be null."
    "Old clients may not be able to read a null; an old server may refuse one."

    PROPERTY_NO_LONGER_NULLABLE "property-no-longer-nullable" Changed true
    request(B F) reply(F B) rust Computed, Minor
    "A property is never null any more."
    "Old clients may send a null that is refused; old servers may send one that cannot be read."

    CASE_RULE_CHANGED "case-rule-changed" Changed true
    request(W W) reply(W W) rust Fine, Patch
    "Whether the case of a value matters is different."
    "Values that were the same are not, or the reverse. Programs compare for themselves."

    PROPERTIES_REORDERED "properties-reordered" Changed false
    request(F F) reply(F F) rust Breaking, Minor
    "Required properties stand in another order."
    "JSON has no order, but `new` takes its arguments in that of the model: with arguments of one type the source would compile and mean something else."

    ENUM_ADDED "enum-added" Added true
    request(F F) reply(F F) rust Fine, Minor
    "An enumeration is new."
    "What uses it has findings of its own."

    ENUM_REMOVED "enum-removed" Removed true
    request(F F) reply(F F) rust Breaking, Minor
    "An enumeration is gone."
    "What used it has findings of its own. The type is gone."

    ENUM_VALUE_ADDED "enum-value-added" Added true
    request(F F) reply(W F) rust Fine, Minor
    "An enumeration has one more value."
    "Old clients keep the number as `Unrecognized`; enums are `non_exhaustive`."

    ENUM_VALUE_REMOVED "enum-value-removed" Removed true
    request(B F) reply(F W) rust Breaking, Minor
    "A value of an enumeration is gone."
    "A server refuses it; from an old server it comes as `Unrecognized`. The variant is gone."

    ENUM_VALUE_RENUMBERED "enum-value-renumbered" Changed true
    request(B B) reply(B B) rust Fine, Minor
    "A value of an enumeration has another number."
    "The source compiles and each side takes the value for another one: the worst kind of change."

    ENUM_VALUE_RENAMED "enum-value-renamed" Changed false
    request(F F) reply(F F) rust Computed, Patch
    "A number of an enumeration has another name."
    "Numbers travel, names do not. The variant is named after it."

    FLAGS_CHANGED "flags-changed" Changed true
    request(W W) reply(W W) rust Breaking, Minor
    "The numbers of an enumeration can be added up, or no longer can."
    "Sums are new to one side. The enum becomes a struct with constants, or the reverse."

    RUST_NAME_CHANGED "rust-name-changed" Changed false
    request(F F) reply(F F) rust Breaking, Minor
    "A thing has another name in Rust, and the same on the wire."
    "A `rust_name` came or went, or a naming rule gives another name: two messages of one name, for example, have their namespaces in front in `Message`. A `rust_name` keeps the old one where the thing itself is named."

    RUST_TYPE_CHANGED "rust-type-changed" Changed false
    request(F F) reply(F F) rust Breaking, Minor
    "A value has another type in Rust, and the same form on the wire."
    "The first object that derives from a base makes the base an enum over its options wherever it is used; a type that comes to hold itself is boxed; a point in time has another type than a text."

    SINCE_CHANGED "since-changed" Changed false
    request(F W) reply(F W) rust Fine, Patch
    "Another feature version is said to have brought a thing."
    "Sessions send or refuse it on other servers than before, and bindings that pin a version may gain or lose it."

    VERSION_NOT_RAISED "version-not-raised" Changed false
    request(F W) reply(F W) rust Fine, Patch
    "Something changed and no feature version tells."
    "The vendor promises to raise a feature's version with each change, and has broken that before. A client cannot tell the two kinds of server apart. Or the thing is as old as it says, and only the model did not have it yet."

    TEXT_CHANGED "text-changed" Changed false
    request(F F) reply(F F) rust Fine, Patch
    "A text or source of the documentation is different."
    "Only doc comments change."

    EXAMPLES_CHANGED "examples-changed" Changed false
    request(F F) reply(F F) rust Fine, Patch
    "The examples of a thing are different."
    "Examples are tests of the bindings, and nothing that programs see."
}
