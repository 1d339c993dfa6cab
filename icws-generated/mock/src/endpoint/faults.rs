//! Faults, over HTTP.

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use crate::control::Control;
use crate::fault::Fault;
use crate::traffic;

use super::fields::Fields;
use super::{Problem, found, unknown};

pub(super) fn act(
    control: &Control,
    pieces: &[&str],
    request: &Request<Bytes>,
) -> Result<Option<Value>, Problem> {
    match (request.method().as_str(), pieces) {
        ("GET", []) => Ok(Some(active(control))),
        ("POST", []) => {
            let mut fields = Fields::read(request.body())?;
            let operation = fields.text("operation")?;
            let fault = fault(fields)?;
            match operation {
                Some(operation) => control.inject_fault_at(&operation, fault)?,
                None => control.inject_fault(fault),
            }
            Ok(None)
        }
        ("POST", ["random"]) => {
            let mut fields = Fields::read(request.body())?;
            let seed = fields.natural("seed")?.unwrap_or_default();
            let rate = fields.required_number("rate")?;
            let operation = fields.text("operation")?;
            let faults = fields.list("faults")?;
            fields.finish()?;
            let faults = faults.into_iter().map(|value| fault(Fields::of(value)?));
            let faults = faults.collect::<Result<Vec<_>, _>>()?;
            if !(0.0..=1.0).contains(&rate) {
                let message = format!("`rate`: expected 0 to 1, found {rate}.");
                return Err(Problem::BadRequest(message));
            }
            if faults.is_empty() {
                let message = "`faults` has none to choose from.";
                return Err(Problem::BadRequest(message.to_owned()));
            }
            control.random_faults(seed, rate, faults, operation.as_deref())?;
            Ok(None)
        }
        ("DELETE", []) => {
            control.clear_faults();
            Ok(None)
        }
        ("DELETE", ["random"]) => found(control.stop_random_faults(), "fault at a", "rate"),
        ("DELETE", [number]) => {
            let known = number
                .parse()
                .is_ok_and(|number| control.take_fault_back(number));
            found(known, "fault that waits,", number)
        }
        (_, [] | [_]) => Err(Problem::MethodNotAllowed),
        _ => Err(unknown()),
    }
}

/// What went wrong, and what will.
fn active(control: &Control) -> Value {
    let (waiting, random) = control.faults();
    let waiting = waiting.iter().map(|waiting| {
        json!({
            "number": waiting.number,
            "operation": waiting.operation,
            "fault": traffic::fault(&waiting.fault),
        })
    });
    let random = random.map(|random| {
        json!({
            "rate": random.rate,
            "operation": random.operation,
            "faults": random.faults.iter().map(traffic::fault).collect::<Vec<_>>(),
        })
    });
    json!({
        "count": control.fault_count(),
        "waiting": waiting.collect::<Vec<_>>(),
        "random": random,
    })
}

fn fault(mut fields: Fields) -> Result<Fault, Problem> {
    let name = fields.required_text("fault")?;
    let fault = match name.as_str() {
        "answer" => {
            let status = fields
                .natural("status")?
                .and_then(|status| u16::try_from(status).ok());
            let fits = status.filter(|status| (200..1000).contains(status));
            let problem = || Problem::BadRequest("`status`: expected 200 to 999.".to_owned());
            Fault::Answer {
                status: fits.ok_or_else(problem)?,
                error_id: fields.text("errorId")?,
                error_code: fields.integer("errorCode")?,
                message: fields.text("message")?,
            }
        }
        "unavailable" => {
            let alternates = fields.strings("alternates")?;
            Fault::Unavailable { alternates }
        }
        "delay" => {
            let seconds = fields.required_number("seconds")?;
            let delay = Duration::try_from_secs_f64(seconds);
            let problem = |error| Problem::BadRequest(format!("`seconds`: {error}."));
            Fault::Delay(delay.map_err(problem)?)
        }
        "dropBeforeRequest" => Fault::DropBeforeRequest,
        "dropBeforeAnswer" => Fault::DropBeforeAnswer,
        "dropMidAnswer" => Fault::DropMidAnswer,
        "truncateJson" => Fault::TruncateJson,
        "expireSession" => Fault::ExpireSession,
        other => {
            let message = format!("There is no fault `{other}`; GET /mock lists all of them.");
            return Err(Problem::BadRequest(message));
        }
    };
    fields.finish()?;
    Ok(fault)
}
