//! Pages merged into a model in place: operations with their parameters and replies.

use crate::import_merge::{HAND, assert_change, changes, hand};
use crate::pages::{changed, merged, page, said, text, texts};
use icws_spec::import::{Options, check, merge, read};
use icws_spec::{Model, ModelSource};

#[test]
fn a_new_status_and_one_that_is_gone() {
    assert_change(
        &[
            ("400 - Bad Request", "409 - Conflict"),
            (
                "410 - Gone\nNo longer there.\n",
                "503 - Service Unavailable\nNot now.\n",
            ),
        ],
        &[
            "PUT has no status 400 on the page",
            "PUT has no status 410 on the page",
            "PUT has no reply 409 in the model",
            "PUT has no reply 503 in the model",
        ],
        &[
            "- 400: { use: badRequest, doc: Not a room. }",
            "+ 409: { doc: \"Conflict.\", body: error }",
            "+ 503: { doc: \"Service Unavailable.\", body: error }",
        ],
    );
}

#[test]
fn a_message_that_is_named_twice_follows_once() {
    assert_change(
        &[(
            "204 - No Content\nNo longer watched.\n",
            "204 - No Content\nNo longer watched.\nAssociated Message\nsaidMessage\nsaidMessage\n",
        )],
        &[],
        &[],
    );
}

#[test]
fn parameters_come_go_and_change() {
    assert_change(
        &[(
            "Response\n\n200",
            "Query\nquiet\nWithout a sound.\nFeature Version\nrooms 9\nResponse\n\n200",
        )],
        &["PUT has no parameter `quiet` in the model"],
        &[
            "+ parameters: [{ name: quiet, in: query, type: string, doc: \"To be described.\", since: rooms 9 }]",
        ],
    );
    // One that all methods had: the others keep it.
    assert_change(
        &[(
            "Header\n    Cookie\n\n    Required\n\n    The cookie of the session.\n",
            "",
        )],
        &["`Cookie` is no parameter of PUT on the page"],
        &["- - cookie", "+ parameters: [cookie]"],
    );
    // One that the methods no longer have alike: each has its own.
    let (found, lines) = changes(&[("Cookie\n\n    Required\n", "Cookie\n")]);
    assert_eq!(found, ["`Cookie` is optional on the page"]);
    assert_eq!(
        lines,
        [
            "- - cookie",
            "+ parameters: [{ name: Cookie, in: header, type: string, session: cookie }]",
            "+ parameters: [cookie]",
        ]
    );
}

#[test]
fn a_shared_reply_that_no_longer_fits() {
    assert_change(
        &[(
            "401 - Unauthorized\nNo such session.\nParameters\nType\nName\nComments\nHeader\nWWW-Authenticate\n\nRequired\n",
            "401 - Unauthorized\nNo such session.\nParameters\nType\nName\nComments\nHeader\nWWW-Authenticate\n",
        )],
        &["the header `WWW-Authenticate` is optional on the page"],
        &["+ 401: { body: error, headers: { WWW-Authenticate: { type: challenge } } }"],
    );
}

#[test]
fn a_header_of_a_shared_reply_that_is_always_there() {
    let required = "WWW-Authenticate: { type: challenge, required: true }";
    assert!(HAND.contains(required));
    let hand = HAND.replace(required, "WWW-Authenticate: { type: challenge }");
    let model = Model::load(ModelSource::Inline(&hand)).unwrap();
    let merged = merged(&page("messages", &[]), &model);
    let lines = changed(&texts(&model), &texts(&merged.model));
    // What others share stays as it is.
    let gone = "- 401: unauthorized";
    let come = "+ 401: { body: error, headers: { WWW-Authenticate: { type: challenge, required: true } } }";
    assert_eq!(lines, [gone, gone, come, come]);
}

#[test]
fn headers_content_messages_errors_and_bodies() {
    assert_change(
        &[(
            "200 - OK\nWatched from now on.\n",
            "200 - OK\nWatched from now on.\nParameters\nType\nName\nComments\nHeader\nLocation\n\nRequired\n\nWhere.\nHeader\nETag\nWhich.\n",
        )],
        &[
            "200 has no header `Location` in the model",
            "200 has no header `ETag` in the model",
        ],
        &[
            "+ headers:",
            "+ Location: { type: string, required: true, doc: \"To be described.\" }",
            "+ ETag: { type: string, doc: \"To be described.\" }",
        ],
    );
    assert_change(
        &[("Associated Message\nThe last words.\nsaidMessage\n", "")],
        &["204 has no message `saidMessage` on the page"],
        &[
            "- 204: { messages: [saidMessage], doc: Over. }",
            "+ 204: { doc: Over. }",
        ],
    );
    assert_change(
        &[(
            "204 - No Content\nNo longer watched.\n",
            "204 - No Content\nNo longer watched.\nError Responses\nError Identifier\nError Type\nError Description\nerror.request.late\nIt is late.\n",
        )],
        &["204 has no error `error.request.late` in the model"],
        &[
            "- 204: { messages: [saidMessage], doc: Over. }",
            "+ 204: { messages: [saidMessage], errors: { error.request.late: { doc: \"To be described.\" } }, doc: Over. }",
        ],
    );
    assert_change(
        &[("watchResult\nHow it stands.\n", "watched\nHow it stands.\n")],
        &["200 has `watched` on the page, `watchResult` in the model"],
        &[
            "- body: watchResult",
            "+ watched:",
            "+ doc: \"To be described.\"",
            "+ clientStateIsFresh: { type: boolean, required: true, doc: \"To be described.\" }",
            "+ body: watched",
        ],
    );
}

#[test]
fn versions_at_each_level() {
    let path = "/icws/{sessionId}/messaging/subscriptions/rooms/{roomId}/visitors\n";
    let (found, lines) = changes(&[
        (path, &format!("{path}\nFeature Version\nrooms 4\n")),
        (
            "Watches the visitors.\n",
            "Watches the visitors.\nFeature Version\ndoors 7\n",
        ),
        ("rooms 4\nProperty", "rooms 5\nProperty"),
        (
            "401 - Unauthorized\nNo such session.\n",
            "401 - Unauthorized\nNo such session.\nFeature Version\nrooms 6\n",
        ),
    ]);
    assert_eq!(
        found,
        [
            "the resource has `rooms 4` on the page, no version in the model",
            "PUT has `doors 7` on the page, no version in the model",
            "`saidMessage` has `rooms 5` on the page, `rooms 4` in the model",
            "the status 401 has `rooms 6` on the page, no version in the model",
        ]
    );
    // A feature that the model does not know is declared.
    let features = "+ features: { rooms: { doc: Rooms. }, doors: { doc: \"To be described.\" } }";
    assert!(lines.contains(&features.to_owned()), "{lines:?}");
}

#[test]
fn a_method_comes_and_one_that_is_missing_is_a_question() {
    let whole = text("messages");
    let (put, delete) = whole.split_once("\nDELETE\n").unwrap();
    let get = format!("{put}\nGET\n{delete}");
    let page = read("page.txt", &get).unwrap();
    let merged = merged(&page, &hand());
    assert_eq!(said(&merged.changes), ["the model has no GET here"]);
    assert_eq!(said(&merged.left), ["the page has no DELETE"]);
    let text = texts(&merged.model);
    assert!(
        text.contains("name: getVisitors") && text.contains("unwatch"),
        "{text}"
    );
    assert!(text.contains("    # Asked for by the caretakers."));
}

#[test]
fn a_resource_goes_into_the_file_of_its_namespace() {
    let merged = merged(&page("parameters", &[]), &hand());
    assert_eq!(merged.changes.len(), 1);
    assert_eq!(check(&page("parameters", &[]), &merged.model).unwrap(), []);
    assert!(texts(&merged.model).starts_with(HAND.split("objects:").next().unwrap()));
    let none = merge(&page("callback", &[]), &hand(), Options::default()).unwrap_err();
    assert_eq!(none.namespace, "interactions.callback");
    assert!(check(&page("callback", &[]), &hand()).is_none());
}
