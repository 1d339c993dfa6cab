//! `icws-spec import` as its users run it.

use std::fs;
use std::path::Path;

use crate::command::icws_spec;
use crate::command_files::run;
use crate::pages::{text, text_with};

fn import(arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let output = run(Path::new("."), &[&["import"], arguments].concat(), input);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn check(model: &str, name: &str) -> Option<i32> {
    let path = crate::written(module_path!(), name, model);
    icws_spec(&["check", path.to_str().unwrap()]).status.code()
}

/// A copy of the shipped model.
fn model(name: &str) -> String {
    let folder = crate::scratch(module_path!(), name);
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in icws_spec::shipped::FILES {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder.to_str().unwrap().to_owned()
}

/// The callback page with a property more and one less.
fn newer() -> String {
    let added = "snoozed\nBoolean\nWhether it rests.\nsnoozedUntil\nDateTime\nTill when.\nFeature Version\ninteractions 9\n";
    text_with(
        "callback",
        &[
            ("snoozed\nBoolean\nWhether it rests.\n", added),
            ("maxAttempts\nInt\nHow often it can be.\n", ""),
        ],
    )
}

#[test]
fn a_page_from_a_file_or_stdin_is_a_model_on_stdout() {
    let (code, model, talk) = import(&["tests/pages/callback.txt"], "");
    assert_eq!((code, talk.as_str()), (Some(0), ""));
    assert_eq!(check(&model, "from-file.yaml"), Some(0));
    assert_eq!(
        import(&["-"], &text("callback")),
        (Some(0), model, String::new())
    );
}

#[test]
fn what_is_open_is_said_with_its_line_and_fails() {
    let (code, model, talk) = import(&["tests/pages/dictionaries.txt"], "");
    assert_eq!(code, Some(1));
    assert!(
        talk.starts_with("tests/pages/dictionaries.txt:50: keys and values of a dictionary: "),
        "{talk}"
    );
    assert!(talk.ends_with("\n1 open question\n"), "{talk}");
    assert!(model.contains("# TODO (page line 50): "), "{model}");
    assert_eq!(check(&model, "open.yaml"), Some(1));
}

#[test]
fn what_cannot_be_read_gives_no_model() {
    let (code, model, talk) = import(&["tests/pages/bars.txt"], "");
    assert_eq!((code, model.as_str()), (Some(1), ""));
    assert!(talk.starts_with("tests/pages/bars.txt:3: "), "{talk}");
    assert_eq!(import(&["nowhere.txt"], "").0, Some(2));
    assert_eq!(import(&[], "").0, Some(2));
    let output = run(Path::new("."), &["import", "-"], b"/icws\n\xff");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("<stdin>:2: this is not UTF-8")
    );
    let (code, _, talk) = import(&["tests/pages/body.txt", "tests/pages/callback.txt"], "");
    assert_eq!(code, Some(2));
    assert!(
        talk.contains("`interactions.callback` and `rooms`"),
        "{talk}"
    );
}

#[test]
fn differences_are_listed_with_both_places() {
    let (code, found, talk) = import(&["tests/pages/callback.txt", "--check"], "");
    assert_eq!((code, found.as_str()), (Some(0), ""), "{talk}");
    let model = model("check");
    let (code, found, talk) = import(&["-", "--check", &model], &newer());
    assert_eq!(code, Some(1));
    let found: Vec<&str> = found.lines().collect();
    assert_eq!(found.len(), 2);
    assert!(
        found[0].contains(": `callbackMessage` has no `maxAttempts` on the page: "),
        "{found:?}"
    );
    let added = "<stdin>:106: `callbackMessage` has no property `snoozedUntil` in the model: ";
    assert!(found[1].starts_with(added), "{found:?}");
    let file = Path::new(&model).join("interactions/callback.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let line = text
        .lines()
        .position(|line| line.contains("maxAttempts:"))
        .unwrap()
        + 1;
    assert!(
        found[0].ends_with(&format!("{}:{line}:7", file.display())),
        "{found:?}"
    );
    assert!(talk.ends_with("2 differences\n"), "{talk}");
    let (code, _, talk) = import(&["tests/pages/body.txt", "--check"], "");
    assert_eq!(code, Some(1));
    assert!(
        talk.contains("the model has no `/icws/{sessionId}/rooms/{roomId}/booking`"),
        "{talk}"
    );
}

#[test]
fn a_model_is_changed_in_place_and_once() {
    let model = model("into");
    let (code, out, talk) = import(&["-", "--into", &model], &newer());
    assert_eq!(out, "");
    // The examples have the property that is gone.
    assert_eq!(code, Some(1));
    let changed: Vec<&str> = talk
        .lines()
        .filter(|line| line.starts_with("changed: "))
        .collect();
    assert_eq!(changed.len(), 2, "{talk}");
    assert!(changed[1].starts_with("changed: <stdin>:106: "), "{talk}");
    assert!(talk.contains("error[example-contradicts-model]"), "{talk}");

    let file = Path::new(&model).join("interactions/callback.yaml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("snoozedUntil: { type: dateTime") && !text.contains("maxAttempts: {"));
    fs::write(&file, text.replace("          maxAttempts: 3\n", "")).unwrap();
    let (code, _, talk) = import(&["-", "--into", &model], &newer());
    assert_eq!(
        (code, talk.as_str()),
        (Some(0), "<stdin>: nothing to change\n")
    );
    assert_eq!(import(&["-", "--check", &model], &newer()).0, Some(0));
}

#[test]
fn pages_change_together_what_they_change_one_by_one() {
    let known = "snoozed\nBoolean\nWhether it rests.\n";
    let pages = ["snoozedUntil", "restingSince"].map(|name| {
        let more = format!("{known}{name}\nDateTime\nTill when.\n");
        let text = text_with("callback", &[(known, &more)]);
        let path = crate::written(module_path!(), &format!("{name}.txt"), &text);
        path.to_str().unwrap().to_owned()
    });
    let [first, second] = pages.each_ref().map(String::as_str);
    let (together, apart) = (model("together"), model("apart"));
    let said = import(&[first, second, "--into", &together], "").2;
    let said_apart = [first, second].map(|page| import(&[page, "--into", &apart], "").2);
    assert_eq!(said, said_apart.concat().replace("/apart/", "/together/"));
    for (path, shipped) in icws_spec::shipped::FILES {
        let text = |model: &str| fs::read_to_string(Path::new(model).join(path)).unwrap();
        assert_eq!(text(&together), text(&apart));
        assert_eq!(
            text(&together) == *shipped,
            *path != "interactions/callback.yaml"
        );
    }
}

#[test]
fn a_question_that_pages_leave_open_counts_once() {
    let page = fs::read_to_string("tests/pages/callback.txt").unwrap();
    let known = "snoozed\nBoolean\nWhether it rests.\n";
    // What a delta does to a list no page says.
    let more = format!("{known}hours\nList [Unbounded]: String\nWhen.\n");
    let page = page.replacen(known, &more, 1);
    let path = crate::written(module_path!(), "hours.txt", &page);
    let path = path.to_str().unwrap();
    let (code, _, talk) = import(&[path, path, "--into", &model("hours")], "");
    assert_eq!(code, Some(1));
    assert!(talk.ends_with("\n1 finding\n"), "{talk}");
}

#[test]
fn a_model_without_a_place_for_the_page_is_left_alone() {
    let model = model("no-place");
    let (code, _, talk) = import(&["tests/pages/body.txt", "--into", &model], "");
    assert_eq!(code, Some(2));
    assert!(talk.contains("namespace `rooms`"), "{talk}");
}

#[test]
fn a_byte_order_mark_before_a_model_stays_and_moves_nothing() {
    let tickets = "../icws-generated/examples/own_page/tickets.txt";
    let text = "icws: 1\nextends: shipped\nnamespace: acme\n";
    let into = |name: &str, text: &str| {
        let path = crate::written(module_path!(), name, text);
        let (_, _, talk) = import(&[tickets, "--into", path.to_str().unwrap()], "");
        (fs::read_to_string(path).unwrap(), talk)
    };
    let (plain, _) = into("plain.yaml", text);
    let (marked, talk) = into("marked.yaml", &format!("\u{feff}{text}"));
    assert!(plain.contains("\nresources:\n"), "{plain}");
    assert_eq!(marked, format!("\u{feff}{plain}"), "{talk}");
}
