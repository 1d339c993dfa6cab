//! The traffic, over HTTP.

use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::control::Control;
use crate::traffic::{self, Filter};

use super::{Problem, asks_for, found, only, unknown};

/// So many entries are listed where no other limit is given.
const LIMIT: usize = 1_000;

pub(super) fn act(
    control: &Control,
    pieces: &[&str],
    request: &Request<Bytes>,
) -> Result<Option<Value>, Problem> {
    let method = request.method();
    match *pieces {
        [] if *method == Method::DELETE => {
            control.traffic().clear();
            Ok(None)
        }
        [] => only(method, &Method::GET).and_then(|()| list(control, request)),
        ["live" | "har"] => Err(Problem::MethodNotAllowed),
        [number] => {
            only(method, &Method::GET)?;
            let secrets = asks_for(request, "secrets")?;
            let entry = number.parse().ok();
            match entry.and_then(|number| control.traffic().get(number)) {
                Some(entry) => {
                    let mut shown = traffic::details(&entry, secrets);
                    shown["remarks"] = control.remarks(&entry).into();
                    Ok(Some(shown))
                }
                None => found(false, "entry that is kept,", number),
            }
        }
        _ => Err(unknown()),
    }
}

/// All of it as a file, if that is asked for.
pub(super) fn file(control: &Control, pieces: &[&str]) -> Option<Response<Bytes>> {
    if !matches!(pieces, ["traffic", "har"]) {
        return None;
    }
    let entries = control.traffic().all();
    let document = traffic::document(entries.iter().map(|entry| &**entry));
    let mut response = Response::new(Bytes::from(document));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let name = HeaderValue::from_static("attachment; filename=\"icws-mock.har\"");
    headers.insert(CONTENT_DISPOSITION, name);
    Some(response)
}

fn list(control: &Control, request: &Request<Bytes>) -> Result<Option<Value>, Problem> {
    let mut filter = Filter::default();
    let (mut after, mut limit): (u64, usize) = (0, LIMIT);
    for pair in request.uri().query().unwrap_or_default().split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = value.replace('+', " ");
        let value = percent_decode_str(&value).decode_utf8_lossy().into_owned();
        let number = || {
            let problem = format!("`{name}`: expected a whole number, found {value}.");
            value.parse().map_err(|_| Problem::BadRequest(problem))
        };
        match name {
            "" => {}
            "after" => after = number()?,
            "limit" => limit = usize::try_from(number()?).unwrap_or(usize::MAX),
            "session" => filter.session = Some(value),
            "operation" => filter.operation = Some(value),
            "status" => filter.status = Some(value),
            "text" => filter.text = Some(value),
            "secrets" => filter.secrets = true,
            other => {
                let message = format!(
                    "`{other}` is no query here; after, limit, session, operation, status, \
                     text and secrets are."
                );
                return Err(Problem::BadRequest(message));
            }
        }
    }
    let batch = control.traffic().from(after.saturating_add(1), usize::MAX);
    let entries = batch.entries.iter().filter(|entry| filter.fits(entry));
    Ok(Some(
        entries
            .take(limit)
            .map(|entry| traffic::summary(entry))
            .collect(),
    ))
}
