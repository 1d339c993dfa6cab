//! How the server stands as a whole, over HTTP.

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use crate::control::Control;

use super::Problem;
use super::fields::Fields;

/// Counters by which a watcher knows that something has changed.
pub(super) fn counters(control: &Control) -> Value {
    let (waiting, random) = control.faults();
    let traffic = control.traffic();
    json!({
        "run": traffic.run.to_string(),
        "changes": control.changes(),
        "sessions": control.sessions().len(),
        "traffic": traffic.next() - 1,
        "faults": control.fault_count(),
        "faultsActive": waiting.len() + usize::from(random.is_some()),
        "gone": control.gone_operations().len(),
        "tick": milliseconds(control),
    })
}

fn milliseconds(control: &Control) -> Option<f64> {
    control.tick().map(|period| period.as_secs_f64() * 1_000.0)
}

/// How often something happens by itself.
pub(super) fn tick(control: &Control, request: &Request<Bytes>) -> Result<Option<Value>, Problem> {
    match request.method().as_str() {
        "GET" => Ok(Some(json!({ "milliseconds": milliseconds(control) }))),
        "PUT" => {
            let mut fields = Fields::read(request.body())?;
            let period = fields.number("milliseconds")?;
            fields.finish()?;
            let period = period.map(|period| Duration::try_from_secs_f64(period / 1_000.0));
            let problem = |error| Problem::BadRequest(format!("`milliseconds`: {error}."));
            control.set_tick(period.transpose().map_err(problem)?);
            Ok(None)
        }
        _ => Err(Problem::MethodNotAllowed),
    }
}
