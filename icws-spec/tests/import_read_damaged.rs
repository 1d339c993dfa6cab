//! Pages that were copied badly: what is still read of them, and what is not.

use crate::import_read::method;
use crate::pages::{self, text};
use icws_spec::import::{Page, Use, read};

/// The callback page with some of its text replaced, each piece once.
fn page(changes: &[(&str, &str)]) -> Page {
    pages::page("callback", changes)
}

fn unread(page: &Page) -> Vec<&str> {
    let texts = page.notices.iter().filter(|notice| notice.unknown);
    texts
        .map(|notice| notice.text.as_deref().unwrap())
        .collect()
}

#[test]
fn characters_that_nobody_sees_change_no_fact() {
    let whole = text("callback");
    let plain = read("page.txt", &whole).unwrap();
    for odd in [
        "\u{200b}", "\u{ad}", "\u{feff}", "\u{202e}", "\u{2066}", "\u{200d}", "\u{0}",
    ] {
        let letters = whole.split_inclusive(|c: char| !c.is_whitespace());
        let odd: String = letters.map(|letter| format!("{letter}{odd}")).collect();
        assert_eq!(read("page.txt", &odd).unwrap(), plain, "{odd:?}");
    }
    let blanks = whole.replace(' ', "\u{a0}\u{202f}");
    assert_eq!(read("page.txt", &blanks).unwrap(), plain);
}

#[test]
fn the_address_of_the_page_may_stand_before_it() {
    let plain = page(&[]);
    for address in [
        "https://help.example/icws/webhelp/icws/(sessionId)/messaging/callback/index.htm",
        "help.example/icws/(sessionId)/callback.htm#Resource",
    ] {
        let found = read("page.txt", &format!("{address}\n{}", text("callback"))).unwrap();
        assert_eq!(found.notices, []);
        assert_eq!((found.ledger[0].used, found.line), (Use::Address, 2));
        assert_eq!((found.path, found.methods.len()), (plain.path.clone(), 2));
    }
}

#[test]
fn a_damaged_type_or_name_takes_nothing_from_its_neighbours() {
    for (from, to) in [
        ("attempts\nInt\n", "attempts\nInteger\n"),
        ("attempts\nInt\n", "attempts\n"),
        ("attempts\nInt\n", "Int\n"),
        ("attempts\nInt\n", "att empts\nInt\n"),
    ] {
        let page = page(&[(from, to)]);
        assert!(!unread(&page).is_empty());
        let rows = &method(&page, "PUT").statuses[0].messages[0].groups[0].rows;
        assert_eq!(rows.len(), 8);
        assert!(rows.iter().all(|row| row.since.is_none()));
    }
    // `Required` of a property without a name is not that of the one before.
    let page = page(&[(
        "subject\nString\n\nRequired\n",
        "String\n\nRequired\n\nThis property can be null.\nFeature Version\nrooms 3\n",
    )]);
    assert_eq!(
        unread(&page),
        [
            "String",
            "Required",
            "This property can be null.",
            "Feature Version",
            "rooms 3"
        ]
    );
}

#[test]
fn a_damaged_parameter_takes_nothing_from_its_neighbours() {
    let page = page(&[(
        "Template\n        interactionId\n\n        Required\n",
        "Query\nquiet\nNo sound.\nTempl\n        interactionId\n\n        Required\nDefault value: 3\n",
    )]);
    assert_eq!(
        unread(&page),
        ["Templ", "interactionId", "Required", "Default value: 3"]
    );
    let quiet = method(&page, "PUT").parameters.last().unwrap();
    assert_eq!((quiet.name.as_str(), quiet.required), ("quiet", false));
    assert_eq!(quiet.default, None);
}

#[test]
fn a_status_that_is_damaged_is_no_comment_of_the_one_before() {
    for damaged in [
        "4O4 - Not Found",
        "404 Not Found",
        "404 -Not Found",
        "Not Found",
    ] {
        let page = page(&[("404 - Not Found", damaged)]);
        assert_eq!(unread(&page), [damaged]);
        assert_eq!(method(&page, "PUT").statuses.len(), 6);
        // Its body is a second one of the status before.
        assert!(
            page.notices
                .iter()
                .any(|notice| notice.doubtful && !notice.unknown)
        );
    }
}

#[test]
fn a_method_without_its_verb_or_path_is_left_out_and_is_not_another() {
    let path = "/icws/{sessionId}/messaging/subscriptions/interactions/{interactionId}/callback\n";
    let whole = text("callback");
    let put = method(&page(&[]), "PUT").clone();
    let (before, after) = whole.split_once("\nDELETE\n").unwrap();
    let (_, behind) = after.split_once(path).unwrap();
    for lost in [
        format!("{before}\nDELETE\n{behind}"),
        format!("{before}\nDEL ETE\n{after}"),
        format!("{before}\n{after}"),
        format!("{before}\n{behind}"),
    ] {
        let page = read("page.txt", &lost).unwrap();
        let found = method(&page, "PUT");
        assert_eq!(page.methods.len(), 1);
        assert_eq!(found.statuses.len(), put.statuses.len());
        assert!(found.since == put.since && found.body.is_none());
        assert!(page.ledger.iter().any(|entry| entry.used == Use::Skipped));
        assert!(page.notices.iter().any(|notice| notice.unknown));
    }
    // The same of the first one: nothing of it is taken for the resource.
    let page = page(&[
        ("PUT\n", "PUTT\n"),
        ("Feature Version\ninteractions 8\n", ""),
    ]);
    assert_eq!((page.methods.len(), page.since), (1, None));
    assert_eq!(page.methods[0].verb, "DELETE");
}

#[test]
fn a_label_that_is_damaged_is_no_comment() {
    let whole = text("body");
    for (from, to) in [
        ("Conditionally Required", "Conditionaly Required"),
        ("This property can be null.", "This property can be nul."),
        ("Required", "Requ ired"),
    ] {
        assert!(whole.contains(from), "{from}");
        let page = read("page.txt", &whole.replace(from, to)).unwrap();
        assert!(unread(&page).contains(&to), "{to}");
    }
}

#[test]
fn the_text_about_options_of_a_lost_row_is_read() {
    let page = page(&[(
        "attempts\nInt\nHow often it was tried.\n",
        "attempts\nInt\nMultiple options:\nThe value can be assigned any of the following options.\n__type\n\"urn:inin.com:rooms:chair\"\n\nRequired\n\nlegs\nInt\n",
    )]);
    assert_eq!(unread(&page), [""; 0]);
    assert_eq!(method(&page, "PUT").statuses[0].messages[0].groups.len(), 2);
}

#[test]
fn columns_that_are_damaged_make_no_messages_of_properties() {
    for column in ["Property\n", "Value\n", "Comments\n"] {
        let whole = text("callback");
        let at = whole.find("Property\nValue\nComments\n__type").unwrap();
        let (before, after) = whole.split_at(at);
        let page = read(
            "page.txt",
            &format!("{before}{}", after.replacen(column, "", 1)),
        )
        .unwrap();
        assert_eq!(method(&page, "PUT").statuses[0].messages, []);
        assert!(unread(&page).len() > 10);
    }
}

#[test]
fn a_copy_of_a_table_without_rows_says_nothing() {
    let page = page(&[(
        "404 - Not Found\nNo such interaction.\nerror\nWhat went wrong.\nProperty\nValue\nComments\nerrorId\nString\nWhich error it is.\nmessage\nString\n\nRequired\n\nThe same for a person.\n",
        "404 - Not Found\nNo such interaction.\nerror\nWhat went wrong.\nProperty\nValue\nComments\n",
    )]);
    assert_eq!(page.notices, []);
    assert!(
        !method(&page, "PUT").statuses[2]
            .body
            .as_ref()
            .unwrap()
            .has_table
    );
}
