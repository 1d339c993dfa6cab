//! What an import leaves to a person, and what it changes because a page makes
//! it known.

use crate::pages::{merged, page, text, texts};
use icws_spec::import::{Deviation, Page, check, read};
use icws_spec::{Model, ModelSource};

fn model(text: &str) -> Model {
    crate::sound(ModelSource::Inline(text))
}

const CHAIRS: &str = include_str!("pages/careful/chairs.yaml");

fn chairs(changes: &[(&str, &str)]) -> Page {
    page("careful/chairs", changes)
}

/// The model with all that the page of chairs makes known.
fn known() -> Model {
    let merged = merged(&chairs(&[]), &model(CHAIRS));
    assert_eq!(merged.left.iter().map(said).collect::<Vec<_>>(), [""; 0]);
    model(&texts(&merged.model))
}

fn said(deviation: &Deviation) -> String {
    let Deviation {
        message, question, ..
    } = deviation;
    match question {
        Some(question) => format!("{message} ({question})"),
        None => message.clone(),
    }
}

/// Holds that pages change nothing of the model of chairs, and what they leave.
#[track_caller]
fn assert_left(changes: &[(&str, &str)], left: &[&str]) {
    let model = known();
    let page = chairs(changes);
    let merged = merged(&page, &model);
    let found: Vec<String> = merged.left.iter().map(said).collect();
    assert_eq!(found, left);
    assert_eq!(merged.changes, []);
    assert_eq!(texts(&merged.model), texts(&model));
    assert_eq!(check(&page, &model).unwrap(), merged.left);
}

#[test]
fn a_page_makes_known_what_the_model_does_not_know() {
    let before = model(CHAIRS);
    let found = check(&chairs(&[]), &before).unwrap();
    let found: Vec<String> = found.iter().map(said).collect();
    assert_eq!(
        found,
        [
            "`legs` is `int` on the page, known now: `int|long` in the model",
            "`widths` is `list double` on the page, known now: `list float|double` in the model",
            "`built` is `date` on the page, known now: `dateTime|date|time` in the model",
            "the values of `places` are `long` on the page, known now: `int|long` in the model",
            "DELETE has 204 on the page, known now: `2XX` in the model",
        ]
    );
    let merged = merged(&chairs(&[]), &before);
    assert_eq!(merged.changes.len(), 5);
    let expected = CHAIRS
        .replace("legs: { type: int|long", "legs: { type: int")
        .replace("list float|double?", "list double?")
        .replace("dateTime|date|time", "date")
        .replace("map int|long", "map long")
        .replace("2XX: done", "204: done");
    // A type with a question mark stands in quotes.
    let expected = expected.replace("list double?", "\"list double?\"");
    assert_eq!(texts(&merged.model), expected);
    assert_eq!(check(&chairs(&[]), &merged.model).unwrap(), []);
}

#[test]
fn a_version_becomes_known_where_the_page_says_it() {
    let title = "/icws/{sessionId}/chairs/{id}\n\nGET\n";
    let with = "/icws/{sessionId}/chairs/{id}\nFeature Version\nchairs 2\n\nGET\n";
    let built = ("The day.\n", "The day.\nFeature Version\nchairs 3\n");
    let get = (
        "Reads a chair.\n",
        "Reads a chair.\nFeature Version\nchairs 2\n",
    );
    let page = chairs(&[(title, with), built, get]);
    let merged = merged(&page, &known());
    let found: Vec<String> = merged.changes.iter().map(said).collect();
    // The method has what the resource has.
    assert_eq!(
        found,
        [
            "the resource has `chairs 2` on the page, known now: `chairs` in the model",
            "`built` has `chairs 3` on the page, known now: `chairs` in the model",
        ]
    );
    assert_eq!(merged.left, []);
    assert!(texts(&merged.model).contains("built: { type: date, since: chairs 3 }"));
}

#[test]
fn a_success_whose_status_becomes_known_keeps_all_that_it_has() {
    let whole = CHAIRS.replace(
        "{ 2XX: done,",
        "{ 2XX: { doc: It is gone., body: chair, source: Ours. }, # still\n        ",
    );
    let page = chairs(&[(
        "204 - No Content\nIt is removed.\n",
        "202 - Accepted\nLater.\n200 - OK\nIt is removed.\nchair\n",
    )]);
    let merged = merged(&page, &model(&whole));
    let text = texts(&merged.model);
    assert!(
        text.contains("200: { doc: It is gone., body: chair, source: Ours. }, # still"),
        "{text}"
    );
    // The other success is new.
    assert!(text.contains("202: { doc: \"Accepted.\" }"), "{text}");
    assert_eq!(check(&page, &merged.model).unwrap(), []);
}

#[test]
fn options_of_a_property_whose_row_is_missing_are_no_difference() {
    let text = include_str!("pages/careful/desks.yaml");
    let page = page("careful/nested-options", &[]);
    assert_eq!(check(&page, &model(text)).unwrap(), []);
    assert!(page.notices.iter().all(|notice| !notice.unknown));
    assert!(merged(&page, &model(text)).files.is_empty());
}

#[test]
fn what_was_not_understood_is_not_taken_away() {
    assert_left(&[("legs\nInt\n", "legs\nInteger\n")], &[]);
    assert_left(
        &[("legs\nInt\n", "lges\nInteger\n")],
        &[
            "`chair` has no `legs` on the page (lines of the page were not understood, and it may stand there)",
        ],
    );
    // Nor is what stands behind it.
    assert_left(
        &[
            ("legs\nInt\n", "legs\nInteger\n"),
            ("built\nDate\n", "built\nTime\n"),
            ("Where.\n", "Where.\n¤\n"),
        ],
        &[
            "`built` is `time` on the page, `date` in the model (it stands behind a line that was not understood, and may be about something else)",
        ],
    );
}

#[test]
fn what_a_page_did_not_reach_is_not_taken_away() {
    let text = text("careful/chairs");
    let model = known();
    for (end, left) in [
        (
            "204 - No Content\nIt is removed.\n",
            &["DELETE has no status 410 on the page (the page may have been cut here)"][..],
        ),
        (
            "404 - Not Found\nThere is none.\n",
            &[
                "the page has no DELETE (a page that lacks a method does not say that it is gone)",
                "GET has no status 410 on the page (the page may have been cut here)",
                "404 has no representation on the page (the page may have been cut here)",
                "404 has no header `Retry-After` on the page (the page may have been cut here)",
                "404 has no header `Location` on the page (the page may have been cut here)",
            ],
        ),
        (
            "built\nDate",
            &[
                "the page has no DELETE (a page that lacks a method does not say that it is gone)",
                "GET has no status 404 on the page (the page may have been cut here)",
                "GET has no status 410 on the page (the page may have been cut here)",
                "`chair` has no `comment` on the page (the page may have been cut here)",
            ],
        ),
    ] {
        let at = text.find(end).unwrap() + end.len();
        let page = read("page.txt", &text[..at]).unwrap();
        let merged = merged(&page, &model);
        assert!(merged.files.is_empty() && merged.changes.is_empty());
        let found: Vec<String> = merged.left.iter().map(said).collect();
        assert_eq!(found, left, "{end}");
    }
}

#[test]
fn what_stands_behind_a_lost_row_changes_nothing() {
    assert_left(
        &[
            ("comment\nString\n", "comment\nString\n\nRequired\n"),
            ("Whatever.\n", "Whatever.\nweight\nDouble\n"),
        ],
        &[
            "`comment` is required on the page, optional in the model (it stands behind the row of `owner` that the text of the page lacks, and may be part of its value)",
            "`chair` has no property `weight` in the model (it stands behind the row of `owner` that the text of the page lacks, and may be part of its value)",
        ],
    );
    // An enumeration that nobody knows has no name.
    assert_left(
        &[("built\nDate\n", "old\n0\nnew\n1\nbuilt\nTime\n")],
        &[
            "`chair` has no enumeration with the value `old` 0 in the model (the text of the page lacks the row of the property that has it)",
            "`built` is `time` on the page, `date` in the model (it stands behind a row that the text of the page lacks, and may be part of its value)",
        ],
    );
}

#[test]
fn another_name_in_the_place_of_one_is_a_question() {
    assert_left(
        &[("legs\nInt\n", "feet\nInt\n")],
        &[
            "`chair` has no `legs` on the page (its row may be one that the text of the page lacks, or it has another name now)",
            "`chair` has no property `feet` in the model (the page lacks `legs` in this place: it may be another name of that, or part of its value)",
        ],
    );
}

#[test]
fn what_other_resources_use_is_named_and_left() {
    assert_left(
        &[(
            "message\nString\n\nRequired\n\nThe text.\n",
            "message\nString\n\nThe text.\n",
        )],
        &[
            "`message` is optional on the page, required in the model (`chairs.error` is also of `/icws/{sessionId}/chairs/owners`)",
        ],
    );
}

#[test]
fn nothing_is_taken_from_a_base_that_one_of_its_users_does_not_show() {
    let own = known();
    let own = texts(&own)
        .replace("  chair:\n    doc: A chair.\n    properties:\n      id: { type: string, required: true, doc: Which one. }", "  thing:\n    abstract: true\n    properties: { id: { type: string, required: true } }\n  chair:\n    urn: urn:inin.com:chairs:chair\n    base: thing\n    properties:")
        .replace("  owner:\n", "  owner:\n    urn: urn:inin.com:chairs:owner\n    base: thing\n");
    let page = chairs(&[("id\nString\n\nRequired\n\nThe id.\n", "")]);
    let merged = merged(&page, &model(&own));
    let left: Vec<String> = merged.left.iter().map(said).collect();
    assert!(merged.files.is_empty());
    assert_eq!(
        left,
        [
            "`chair` has no `id` on the page (it is of the base `chairs.thing`, which others have as well)"
        ]
    );
}

#[test]
fn texts_of_ours_survive_a_reply_that_is_written_in_place() {
    let page = chairs(&[("Header\nRetry-After\n\nRequired\n", "Header\nRetry-After\n")]);
    let merged = merged(&page, &known());
    let text = texts(&merged.model);
    let expected = "404: { doc: \"It is not done.\", body: error, headers: { Retry-After: { type: duration, doc: \"When to ask again.\" }, Location: { type: uri, doc: \"Whom to ask.\" } }, errors: { error.chair.taken: { type: takenError, doc: \"Somebody sits on it.\" } } }";
    assert!(text.contains(expected), "{text}");
    // What is new is added beside what is shared.
    let page = chairs(&[(
        "Header\nLocation\n",
        "Header\nETag\nWhich.\nHeader\nLocation\n",
    )]);
    let merged = self::merged(&page, &known());
    let text = texts(&merged.model);
    let expected =
        "404: { use: refused, headers: { ETag: { type: string, doc: \"To be described.\" } } }";
    assert!(text.contains(expected), "{text}");
    assert_eq!(check(&page, &merged.model).unwrap(), []);
}

#[test]
fn an_error_identifier_that_a_page_does_not_list_is_left() {
    assert_left(
        &[(
            "404 - Not Found\nThere is none.\n",
            "404 - Not Found\nThere is none.\nError Responses\nError Identifier\nError Type\nError Description\n",
        )],
        &[],
    );
    let page = chairs(&[(
        "404 - Not Found\nThere is none.\n",
        "404 - Not Found\nThere is none.\nError Responses\nError Identifier\nError Type\nError Description\nerror.chair.gone\nNot here.\n",
    )]);
    let merged = merged(&page, &known());
    let left: Vec<String> = merged.left.iter().map(said).collect();
    assert_eq!(
        left,
        [
            "404 has no error `error.chair.taken` on the page (pages do not list all of them: take it out by hand if it is gone)"
        ]
    );
    assert_eq!(merged.changes.len(), 1);
}

#[test]
fn what_may_be_of_a_status_whose_line_is_missing_is_left() {
    assert_left(
        &[("404 - Not Found\nThere is none.\n", "")],
        &[
            "GET has no status 404 on the page (lines of the page were not understood, and it may stand there)",
            "200 has no header `Retry-After` in the model (the page lacks 404, which stands behind it in the model: it may be of that)",
            "200 has no header `Location` in the model (the page lacks 404, which stands behind it in the model: it may be of that)",
        ],
    );
}

#[test]
fn a_message_whose_label_is_missing_is_no_body() {
    let text = include_str!("pages/careful/desks.yaml");
    let page = page(
        "careful/nested-options",
        &[(
            "          Associated Message\n          The watch changed state.\n",
            "",
        )],
    );
    let merged = merged(&page, &model(text));
    let left: Vec<String> = merged.left.iter().map(said).collect();
    assert!(merged.files.is_empty());
    assert_eq!(
        left,
        [
            "204 has no message `deskStateMessage` on the page (the page may have been cut here)",
            "204 has `deskStateMessage` on the page, nothing in the model (it is a message in the model, and the words for that may be missing)",
        ]
    );
}

#[test]
fn a_page_with_two_paths_is_no_new_resource() {
    let page = chairs(&[(
        "/icws/{sessionId}/chairs/{id}\n\nGET",
        "/icws/{sessionId}/cha#rs/{id}\n\nGET",
    )]);
    let merged = merged(&page, &known());
    let left: Vec<String> = merged.left.iter().map(said).collect();
    assert!(merged.files.is_empty());
    assert_eq!(
        left,
        [
            "the model has no `/icws/{sessionId}/cha#rs/{id}` (one of its methods has the path `/icws/{sessionId}/chairs/{id}`)"
        ]
    );
}

#[test]
fn a_parameter_of_a_method_that_the_page_lacks_stays_one() {
    let text = text("careful/chairs");
    let (get, _) = text.split_once("\nDELETE\n").unwrap();
    let get = get.replace(
        "Template\nid\n\nRequired\n\nThe chair.\n",
        "Query\nfull\nAll of it.\n",
    );
    let page = read("page.txt", &get).unwrap();
    let merged = merged(&page, &known());
    let api = merged.model.api();
    let delete = api
        .operations()
        .find(|(_, operation)| operation.name == "deleteChair");
    let parameters = delete.unwrap().1.parameters.iter();
    let names: Vec<&str> = parameters
        .map(|parameter| parameter.name.as_str())
        .collect();
    assert_eq!(names, ["sessionId", "id"]);
}
