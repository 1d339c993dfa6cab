//! The models of the server, over HTTP.

use serde_json::Value;

use crate::control::Control;

use super::{Problem, unknown};

pub(super) fn show(control: &Control, pieces: &[&str]) -> Result<Option<Value>, Problem> {
    let reference = control.reference();
    let (kind, id, item) = match *pieces {
        [] => return Ok(Some(reference.list())),
        ["operations", id] => ("operation", id, reference.operation(id)),
        ["types", id] => ("type", id, reference.ty(id)),
        _ => return Err(unknown()),
    };
    item.cloned().map(Some).ok_or_else(|| {
        let meant = icws_spec::suggest(id, reference.ids(kind == "type"));
        let meant = meant.map(|meant| format!(" Did you mean {meant}?"));
        let meant = meant.unwrap_or_default();
        Problem::NotFound(format!("There is no {kind} {id}.{meant}"))
    })
}
