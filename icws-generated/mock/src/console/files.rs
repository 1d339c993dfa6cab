//! The files of the page, which are parts of the program.

use bytes::Bytes;
use http::Response;
use http::header::{CONTENT_TYPE, HeaderValue};

/// What `GET /mock` says of it.
pub(crate) const HELP: &str = "\
GET    /mock/                          the console, a page for browsers that does all of this
GET    /mock/model                     the operations and types of the model
GET    /mock/model/operations/ID       one of them in full; also types/ID
GET    /mock/openapi.json              the operations and types, for Swagger UI, Postman and others; with --model, those
                                       of the model that is named, which pages of other sites cannot read
GET    /mock/asyncapi.json             its messages, and what starts and stops them
";

const HTML: &str = "text/html; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const PICTURE: &str = "image/svg+xml";

macro_rules! files {
    ($($name:literal: $media:ident,)*) => {
        /// By their names below `/mock/console/`.
        const FILES: &[(&str, &str, &str)] = &[
            $(($name, $media, include_str!(concat!("../../console/", $name))),)*
        ];
    };
}

files! {
    "index.html": HTML,
    "icon.svg": PICTURE,
    "base.css": STYLE,
    "parts.css": STYLE,
    "main.js": SCRIPT,
    "api.js": SCRIPT,
    "dom.js": SCRIPT,
    "list.js": SCRIPT,
    "table.js": SCRIPT,
    "edit.js": SCRIPT,
    "stream.js": SCRIPT,
    "json.js": SCRIPT,
    "curl.js": SCRIPT,
    "traffic.js": SCRIPT,
    "entry.js": SCRIPT,
    "exchange.js": SCRIPT,
    "sessions.js": SCRIPT,
    "world.js": SCRIPT,
    "calls.js": SCRIPT,
    "faults.js": SCRIPT,
    "messages.js": SCRIPT,
    "form.js": SCRIPT,
    "reference.js": SCRIPT,
    "types.js": SCRIPT,
    "try.js": SCRIPT,
}

/// The file of a path behind `/mock`, which is the page where the path ends with the
/// slash.
pub(crate) fn page(path: &str, pieces: &[&str]) -> Option<Response<Bytes>> {
    let name = match *pieces {
        [] if path.ends_with('/') => "index.html",
        ["console", name] => name,
        _ => return None,
    };
    let (_, media, text) = FILES.iter().find(|(known, ..)| *known == name)?;
    let mut response = Response::new(Bytes::from_static(text.as_bytes()));
    let media = HeaderValue::from_static(media);
    response.headers_mut().insert(CONTENT_TYPE, media);
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_page_is_served_and_every_one_served_is_there() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("console");
        let found = std::fs::read_dir(folder).unwrap();
        let mut found: Vec<String> = found
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        found.sort_unstable();
        let mut served: Vec<&str> = FILES.iter().map(|(name, ..)| *name).collect();
        served.sort_unstable();
        assert_eq!(found, served);
    }

    #[test]
    fn no_file_makes_text_into_markup_or_asks_another_server() {
        for (name, _, text) in FILES {
            for way in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "new Function",
                "style=\"",
                "onclick=\"",
                "javascript:",
                "DOMParser",
                "createContextualFragment",
                "srcdoc",
                "https://",
            ] {
                assert!(!text.contains(way), "{name} has {way}");
            }
        }
    }
}
