//! `icws-spec init`: the files of the shipped model, or a part of it, as the start
//! of a model of one's own.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use icws_spec::diff::Diff;
use icws_spec::init::files;
use icws_spec::{Model, ModelSource, Reader, Selection, shipped};

use crate::command::{icws_spec, stderr};
use crate::select::selection;

/// Files as they would be on the disk.
#[derive(Debug)]
struct Written(Vec<(String, String)>);

impl Written {
    fn of(shipped: &Model, selection: &Selection) -> Written {
        let files = files(shipped, selection).into_iter();
        Written(files.map(|file| (file.path, file.text)).collect())
    }

    fn load(&self) -> Model {
        let source = ModelSource::Elsewhere {
            prefix: "",
            root: "icws.yaml",
            reader: self,
        };
        Model::load(source).unwrap()
    }
}

impl Reader for Written {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let found = self.0.iter().find(|(name, _)| name == path);
        let (_, text) = found.ok_or(std::io::ErrorKind::NotFound)?;
        Ok(text.as_bytes().to_vec())
    }
}

/// The ids of all items of a model.
fn ids(model: &Model) -> BTreeSet<String> {
    let api = model.api();
    let records = api.records.iter().map(|record| record.id());
    let enums = api.enums.iter().map(|enumeration| enumeration.id());
    let operations = api.operations().map(|(_, operation)| operation.id());
    records.chain(enums).chain(operations).collect()
}

/// The part is clean, says what the selection of the whole says, and has nothing
/// more than what its items derive from and what shared replies name.
fn is_the_part(whole: &Model, only: &[&str]) {
    let written = Written::of(whole, &selection(only));
    let model = written.load();
    assert!(
        model.findings().is_empty(),
        "{only:?}: {}",
        model.findings()[0]
    );
    let paths: BTreeSet<_> = written.0.iter().map(|(path, _)| path.as_str()).collect();
    let read = model.sources().files().map(|(_, file)| file.path.as_str());
    let read: BTreeSet<_> = read.chain(["icws.schema.json"]).collect();
    assert_eq!(paths, read, "{only:?}");

    let bases = model.api().records.iter();
    let bases: BTreeSet<String> = bases
        .filter_map(|record| Some(model.api()[record.base?].id()))
        .collect();
    let written = ids(&model);
    let model = model.select(&selection(only));
    let part = whole.clone().select(&selection(only));
    let diff = Diff::between(&part, &model);
    let mut others = diff.findings.iter();
    assert!(
        others.all(|finding| finding.rule.id == "feature-removed"),
        "{only:?}: {:#?}",
        diff.findings
    );
    for more in written.difference(&ids(&part)) {
        assert!(
            bases.contains(more) || more == "common.error",
            "{only:?}: {more}"
        );
    }
}

fn namespaces(whole: &Model) -> BTreeSet<String> {
    let namespaces = whole.api().namespaces_with_items();
    namespaces.into_iter().map(str::to_owned).collect()
}

#[test]
fn the_part_of_each_namespace_is_clean_and_says_what_is_selected() {
    let whole = crate::shipped();
    let namespaces = namespaces(whole);
    let tops = namespaces
        .iter()
        .map(|name| name.split('.').next().unwrap());
    let tops: BTreeSet<_> = tops.collect();
    let tops = crate::some(tops);
    // Two at a time, as it takes long.
    std::thread::scope(|scope| {
        for first in 0..2 {
            let (tops, whole) = (tops.iter().skip(first).step_by(2), whole);
            scope.spawn(move || tops.for_each(|top| is_the_part(whole, &[top])));
        }
    });
}

#[test]
fn the_part_of_some_namespaces_is_clean_and_says_what_is_selected() {
    let whole = crate::shipped();
    for only in [
        &["configuration.users"][..],
        &["configuration.users", "configuration.workgroups", "queues"],
        &["interactions.callback"],
        &["status", "connection"],
    ] {
        is_the_part(whole, only);
    }
}

#[test]
fn a_part_has_the_features_that_it_names() {
    let whole = crate::shipped();
    let model = Written::of(whole, &selection(&["interactions.callback"])).load();
    assert!(model.findings().is_empty(), "{}", model.findings()[0]);
    let features = model.api().features.iter();
    let features: Vec<&str> = features.map(|feature| feature.name.as_str()).collect();
    assert!(features.contains(&"interactions"), "{features:?}");
    assert!(!features.contains(&"directories"), "{features:?}");
}

#[test]
fn what_is_kept_of_a_file_is_as_it_was() {
    let whole = crate::shipped();
    let written = Written::of(whole, &selection(&["queues"]));
    for (path, text) in &written.0 {
        let Some((_, shipped)) = shipped::FILES.iter().find(|(name, _)| name == path) else {
            assert_eq!(path, "icws.schema.json");
            continue;
        };
        // A subsequence of the lines, with one blank line at most between them.
        let mut lines = shipped.lines();
        for line in text.lines().skip(1) {
            assert!(lines.any(|other| other == line), "{path}: {line}");
        }
        assert!(
            !text.contains("\n\n\n") && !text.contains(":\n\n"),
            "{path}"
        );
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
    }
}

/// A path of this test alone, where nothing is.
fn scratch(name: &str) -> PathBuf {
    let path = crate::scratch(module_path!(), name);
    let _ = fs::remove_dir_all(&path);
    path
}

#[test]
fn all_files_are_written_as_they_are_with_the_schema_that_they_name() {
    let folder = scratch("init-all");
    let shown = folder.to_str().unwrap();
    let output = icws_spec(&["init", shown]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains(&format!("icws-spec check {shown}")));
    for (path, text) in shipped::FILES {
        let written = fs::read_to_string(folder.join(path)).unwrap();
        let (first, rest) = written.split_once('\n').unwrap();
        assert_eq!(rest, text.split_once('\n').unwrap().1, "{path}");
        let schema = first.split_once("$schema=").unwrap().1;
        let schema = folder.join(path).parent().unwrap().join(schema);
        let schema = fs::read_to_string(schema).unwrap();
        assert_eq!(
            schema,
            fs::read_to_string("schema/icws.schema.json").unwrap()
        );
    }
    let output = icws_spec(&["diff", "shipped", shown, "--fail-on", "any"]);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_folder_with_something_in_it_stays_as_it_is() {
    let folder = scratch("init-full");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("note"), "ours").unwrap();
    let output = icws_spec(&["init", folder.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("is not an empty folder"));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    let note = folder.join("note");
    for path in [note.clone(), note.join("model"), note.join("a/model")] {
        let output = icws_spec(&["init", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
        let message = format!(
            "icws-spec: {} is a file; name a folder that is empty or not there\n",
            note.display()
        );
        assert_eq!(stderr(&output), message);
    }
}

#[test]
fn a_namespace_that_is_not_there_is_refused_before_anything_is_written() {
    let folder = scratch("init-unknown");
    let output = icws_spec(&["init", folder.to_str().unwrap(), "--only", "statu"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("did you mean `status`?"),
        "{}",
        stderr(&output)
    );
    assert!(!folder.exists());
}
