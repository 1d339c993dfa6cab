//! Holds the bindings against the examples of the model, for generated tests.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;

use crate::exchange::{Parameter, Request, Response};
use crate::json::{ReadError, Reader, Record, Union, Value, Writer, read_new};
use crate::meta::{Location, Supplier};
use crate::session::{ApiSession, SessionParts};

/// An example of an operation.
#[derive(Debug)]
pub struct Example<'a> {
    /// The parameters by name, the session's among them.
    pub parameters: &'a [(&'a str, &'a str)],
    /// Method and path.
    pub request: &'a str,
    /// The body of the request; empty when there is none.
    pub request_body: &'a str,
    /// The status of the reply.
    pub status: u16,
    /// The headers of the reply.
    pub headers: &'a [(&'a str, &'a str)],
    /// The media type of the reply.
    pub media: &'a str,
    /// The body of the reply; empty when there is none.
    pub body: &'a str,
}

/// Checks both directions of both halves: the request comes out as the example
/// has it and is read back as it was; the reply gives the variant of its
/// status, and is written as it came.
///
/// # Errors
/// A text that says what differs.
pub fn operation<E: Request + fmt::Debug + 'static>(example: &Example<'_>) -> Result<(), String> {
    let mut operation = E::blank();
    for (index, meta) in E::META.parameters.iter().enumerate() {
        if let (Some(text), Some(parameter)) =
            (value(example, meta.name), operation.parameter_mut(index))
        {
            parameter
                .read_text(text)
                .map_err(|error| format!("{}: {error}", meta.name))?;
        }
    }
    if let Some(body) = operation.body_mut() {
        let mut reader = Reader::new(example.request_body.as_bytes());
        body.read(&mut reader).map_err(|error| error.to_string())?;
    }
    let session = session::<E>(example)?;
    let request = operation
        .to_http(&session)
        .map_err(|error| error.to_string())?;
    let target = request
        .uri()
        .path_and_query()
        .map_or("", |target| target.as_str());
    same(
        "the request",
        format!("{} {target}", request.method()),
        example.request,
    )?;
    for (index, meta) in E::META.parameters.iter().enumerate() {
        let sent = request
            .headers()
            .get(meta.name)
            .map(|value| String::from_utf8_lossy(value.as_bytes()));
        let given = meta.supplier != Supplier::Caller
            || operation
                .parameter(index)
                .and_then(Parameter::to_text)
                .is_some();
        if meta.location == Location::Header && given {
            same(
                meta.name,
                sent.unwrap_or_default(),
                value(example, meta.name).unwrap_or_default(),
            )?;
        }
    }
    same_json(request.body(), example.request_body.as_bytes())?;
    let incoming = E::from_http(&request).map_err(|error| error.to_string())?;
    same(
        "the request read back",
        format!("{:?}", incoming.request),
        format!("{operation:?}"),
    )?;
    reply::<E>(example)
}

fn value<'a>(example: &Example<'a>, name: &str) -> Option<&'a str> {
    example
        .parameters
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, value)| *value)
}

fn session<E: Request>(example: &Example<'_>) -> Result<ApiSession, String> {
    let part = |supplier: Supplier| {
        let meta = E::META
            .parameters
            .iter()
            .find(|meta| meta.supplier == supplier);
        // Operations that do without a part get one that is of no account.
        meta.and_then(|meta| value(example, meta.name))
            .unwrap_or("unused")
    };
    let session = ApiSession::new(SessionParts {
        base_url: "http://localhost:8018",
        session_id: part(Supplier::SessionId),
        csrf_token: part(Supplier::CsrfToken),
        cookie: part(Supplier::Cookie),
    });
    session.map_err(|error| error.to_string())
}

fn reply<E: Request>(example: &Example<'_>) -> Result<(), String> {
    let mut response = http::Response::builder().status(example.status);
    for (name, value) in example.headers {
        response = response.header(*name, *value);
    }
    if !example.body.is_empty() {
        response = response.header(CONTENT_TYPE, example.media);
    }
    let response = response.body(Bytes::copy_from_slice(example.body.as_bytes()));
    let response = E::parse(response.map_err(|error| error.to_string())?)
        .map_err(|error| error.to_string())?;
    let written = response.to_http();
    // Of a success whose status the model does not know any is as good.
    let known = E::META.statuses.contains(&example.status);
    if known || !written.status().is_success() {
        same("the status", written.status().as_u16(), example.status)?;
    }
    for (name, value) in example.headers {
        let written = written
            .headers()
            .get(*name)
            .map(|value| String::from_utf8_lossy(value.as_bytes()));
        same(name, written.unwrap_or_default(), *value)?;
    }
    if written.body() == example.body {
        return Ok(());
    }
    same_json(written.body(), example.body.as_bytes())
}

/// Checks an example of a message: it is recognised by its `__type`, and
/// written as it came.
///
/// # Errors
/// A text that says what differs.
pub fn message<M: Union, T: Record>(urn: &str, json: &str) -> Result<(), String> {
    let message = M::from_json(json.as_bytes()).map_err(|error| error.to_string())?;
    same("the type", message.type_urn().unwrap_or_default(), urn)?;
    same_json(&message.to_json(), json.as_bytes())?;
    record::<T>(json)
}

/// Checks an example of an object: it can be read, and is written as it came.
///
/// # Errors
/// A text that says what differs.
pub fn record<T: Record>(json: &str) -> Result<(), String> {
    let value: T =
        read_new(&mut Reader::new(json.as_bytes())).map_err(|error| error.to_string())?;
    let mut writer = Writer::new();
    value.write(&mut writer);
    same_json(&writer.into_bytes(), json.as_bytes())
}

fn same<A: fmt::Display + PartialEq<B>, B: fmt::Display>(
    what: &str,
    found: A,
    expected: B,
) -> Result<(), String> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{what}: found `{found}`, expected `{expected}`"))
    }
}

/// Whether two JSON texts say the same, whatever the order of properties.
fn same_json(found: &[u8], expected: &[u8]) -> Result<(), String> {
    if found.is_empty() && expected.is_empty() {
        return Ok(());
    }
    let parse = |text| sorted(&mut Reader::new(text)).map_err(|error| error.to_string());
    if parse(found)? == parse(expected)? {
        return Ok(());
    }
    let text = String::from_utf8_lossy;
    Err(format!(
        "found {}, expected {}",
        text(found),
        text(expected)
    ))
}

/// A text in which properties stand in the order of their names.
fn sorted(reader: &mut Reader<'_>) -> Result<String, ReadError> {
    match reader.next() {
        Some(b'[') => {
            let mut items = Vec::new();
            let mut more = reader.array()?;
            while more {
                items.push(sorted(reader)?);
                more = reader.next_item()?;
            }
            Ok(format!("[{}]", items.join(",")))
        }
        Some(b'{') => {
            let mut properties = Vec::new();
            let mut key = reader.object()?;
            while let Some(name) = key {
                properties.push(format!("{name:?}:{}", sorted(reader)?));
                key = reader.next_key()?;
            }
            properties.sort();
            Ok(format!("{{{}}}", properties.join(",")))
        }
        Some(b'"') => reader.string().map(|text| format!("{text:?}")),
        // 4 and 4.0 are one number.
        Some(b'-' | b'0'..=b'9') => match reader.integer() {
            Ok(number) => Ok(number.to_string()),
            Err(_) => reader.number().map(|number| number.to_string()),
        },
        _ => {
            let start = reader.position();
            reader.skip()?;
            Ok(String::from_utf8_lossy(reader.since(start)).into_owned())
        }
    }
}
