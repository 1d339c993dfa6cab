//! The files of the shipped model as somebody's own: all of them, or a part with
//! all that it needs.

mod cut;
mod needs;

use std::path::Path;

use crate::files::SHIPPED;
use crate::model::Model;
use crate::plan::Selection;
use crate::schema::schema;

/// The name of the schema beside the files.
const SCHEMA: &str = "icws.schema.json";

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// Its path below the folder of the model, with `/` between the steps.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Returns the files of the shipped model with what is selected of it, and the
/// schema that they name for editors. Of a part, the files have the items that
/// it needs, each as it is in the whole.
pub fn files(shipped: &Model, selection: &Selection) -> Vec<File> {
    let part = selection.only.is_some();
    let needed = part.then(|| needs::of(shipped, selection));
    let mut files: Vec<File> = Vec::new();
    let mut dropped: Vec<&str> = Vec::new();
    // The root file includes the others, which have to be known before.
    let mut sources: Vec<_> = shipped.sources().files().collect();
    sources.reverse();
    for (id, source) in sources {
        let path = source.path.strip_prefix(SHIPPED).unwrap_or(&source.path);
        let text = match &needed {
            None => Some(source.text.clone()),
            Some(needed) => cut::cut(id, source, needed, &dropped),
        };
        match text {
            None => dropped.push(path),
            Some(text) => files.push(File {
                path: path.to_owned(),
                text: with_schema(path, &text),
            }),
        }
    }
    files.push(File {
        path: SCHEMA.to_owned(),
        text: format!("{:#}\n", schema()),
    });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The text with the way from the file to the schema in its first line.
fn with_schema(path: &str, text: &str) -> String {
    const MARK: &str = "$schema=";
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let Some((before, _)) = first.split_once(MARK) else {
        return text.to_owned();
    };
    let folders = Path::new(path).iter().count().saturating_sub(1);
    let up = "../".repeat(folders);
    format!("{before}{MARK}{up}{SCHEMA}\n{rest}")
}
