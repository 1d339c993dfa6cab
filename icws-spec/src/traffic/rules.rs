//! The ways in which traffic can differ from a model: one table for the check,
//! `explain`, the README and the tests.

/// A way in which traffic can differ from a model.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The name in findings, `unknown-property`.
    pub id: &'static str,
    /// The difference in a line.
    pub title: &'static str,
    /// Whether the traffic proves a fact that the model lacks, and `--into` writes
    /// it, as far as the server sent it.
    pub written: bool,
    /// What may be behind it, and what to do.
    pub explain: &'static str,
}

macro_rules! rules {
    ($($name:ident $id:literal $written:literal $title:literal $explain:literal)*) => {
        $(
            #[doc = $title]
            pub static $name: Rule = Rule {
                id: $id,
                title: $title,
                written: $written,
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
    UNKNOWN_PATH "unknown-path" true
    "A path of ICWS is one that no resource of the model has."
    "Pieces that look like ids are shown as `{}`. Either the model lacks the resource, or the client has a path wrong; the status tells which. A resource is written only when the server answered with a success."

    UNKNOWN_METHOD "unknown-method" true
    "A resource of the model has no such method."
    "Either the model lacks the operation, or the client has the method wrong; the status tells which. An operation is written only when the server answered with a success."

    UNDOCUMENTED_STATUS "undocumented-status" true
    "A status came that the operation does not document."
    "A proxy may have answered instead of the server. Otherwise the model lacks the reply."

    MISSING_PROPERTY "missing-property" false
    "A required property is not there."
    "Older servers leave out what newer ones always send, and clients forget what they must send. In a delta the required properties are there, too; of an object that is merged, and of an item that has changed, only those that tell it apart."

    UNKNOWN_PROPERTY "unknown-property" true
    "An object has a property that its type does not have."
    "Servers are newer than the model, or say more than their pages. What a client sends proves nothing and is not written."

    TYPE_MISMATCH "type-mismatch" false
    "A value does not fit its type."
    "The message says what the type asks for and what came. The model and the traffic contradict each other, so that a person has to decide."

    QUOTED_VALUE "quoted-value" false
    "A number or boolean is in quotes."
    "Real clients send them, and servers take them; the bindings read them. The type of the model is right all the same."

    UNKNOWN_NUMBER "unknown-number" true
    "A number came that no value of the enumeration has."
    "Servers are newer than the model. The bindings keep the number. What a client sends proves nothing and is not written; nor is a bit of flags, since a number may hold several that are new."

    UNKNOWN_TYPE "unknown-type" true
    "No type of the model has this `__type`."
    "Servers are newer than the model. A message or object of the type is written with the properties that came."

    OTHER_BASE "other-base" false
    "The `__type` is that of a type that does not fit here."
    "The type is in the model, but does not derive from the one that is asked for, or is no message."

    MISSING_TYPE "missing-type" false
    "An object that says by its `__type` what it is has none."
    "A receiver cannot tell which object it is."

    UNEXPECTED_NULL "unexpected-null" false
    "A value is null where none is allowed."
    "The model does not say `nullable`. Whether the server always may send null, or does so by mistake, has to be decided by a person."

    LIST_BOUNDS "list-bounds" false
    "A list has fewer or more items than its bounds allow."
    "The bounds are those of the reference page."

    MISSING_PARAMETER "missing-parameter" false
    "A required parameter is not in the request."
    "Tools that write traffic down may leave cookies out; when no request of a file has one, none is missed."

    UNKNOWN_PARAMETER "unknown-parameter" false
    "The query has a parameter that the operation does not have."
    "Servers pass over what they do not know, so that traffic does not prove a parameter. Headers are not looked at: proxies and clients add their own."

    MISSING_HEADER "missing-header" false
    "A header that a reply always has is not there."
    "Proxies drop headers. Tools that write traffic down may leave cookies out; when no response of a file has one, none is missed."

    MISSING_BODY "missing-body" false
    "There is no body where the model has one."
    "A body that was not written down is not missed, only one that is known to be empty."

    UNEXPECTED_BODY "unexpected-body" false
    "There is a body where the model has none."
    "`{}` and `null` are passed over: clients and servers send them for nothing."

    UNREADABLE_BODY "unreadable-body" false
    "A body is not the JSON, or not the event stream, that the model asks for."
    "A proxy may have answered, or the body was cut when it was written down. Nothing of the body is shown, since it may hold secrets."

    OTHER_MEDIA "other-media" false
    "The body has another media type than the reply documents."
    "A proxy may have answered. Parameters of the media type are not compared."

    UNSUBSCRIBED_MESSAGE "unsubscribed-message" false
    "A message came that nothing in its session brings."
    "No operation that answered with a success in the session documents the message. Only sessions whose start is in the traffic are judged, at their end, and only messages that belong to a subscription."

    DELTA_FIRST "delta-first" false
    "The first message of a subject is a delta."
    "There is no state that it could be merged into. Only sessions whose start is in the traffic are judged, as long as no response with messages is missing from it."

    UNREADABLE_ENTRY "unreadable-entry" false
    "A part of the file is no exchange."
    "A file that was cut, or that holds something else. The rest of the file is read."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_among_all_rules() {
        for rule in ALL {
            assert_eq!(by_id(rule.id), Some(*rule));
            assert_eq!(crate::rules::by_id(rule.id), None);
            assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
        }
    }
}
