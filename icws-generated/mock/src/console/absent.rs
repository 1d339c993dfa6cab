//! What there is instead of the console in a server that is built without it: nothing.

use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value;

use crate::record::Entry;
use crate::settings::Settings;

pub(crate) const HELP: &str = "\
The console and the model are not here: icws-mock was built without its feature `console`.
";

pub(crate) fn document(_: &Settings, _: &[&str], _: &Request<Bytes>) -> Option<Response<Bytes>> {
    None
}

pub(crate) fn page(_: &str, _: &[&str]) -> Option<Response<Bytes>> {
    None
}

pub(crate) fn remarks(_: &Settings, _: &Entry) -> Vec<Value> {
    Vec::new()
}

pub(crate) struct Reference;

impl Reference {
    pub fn new(_: &Settings) -> Self {
        Reference
    }

    pub fn show(&self, _: &[&str]) -> Option<Result<Value, String>> {
        None
    }
}
