//! Operations of a model: a request is held against the model, and what nothing else
//! knows of the response is made up from it.

mod check;
mod parameters;
mod synthesize;
pub(crate) mod times;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use icws_spec::api::{
    BodyType, HeaderType, Operation, RecordId, Reply as Documented, Resource, Since, Type,
};
use icws_spec::plan::Plan;
use icws_spec::{Api, Model};
use serde_json::Value;

use super::refusal::{Json, Refusal};
use super::world::Tables;
use icws_generated::runtime::RawReply;
pub(super) use parameters::Given;
use synthesize::Synthesis;

/// Where a model comes from.
#[derive(Debug)]
#[non_exhaustive]
pub enum ModelSource {
    /// A YAML file, or a folder with an `icws.yaml`.
    Path(PathBuf),
    /// One that is there already.
    Loaded(Box<Model>),
}

impl From<PathBuf> for ModelSource {
    fn from(path: PathBuf) -> Self {
        ModelSource::Path(path)
    }
}

impl From<&Path> for ModelSource {
    fn from(path: &Path) -> Self {
        ModelSource::Path(path.to_owned())
    }
}

impl From<&str> for ModelSource {
    fn from(path: &str) -> Self {
        ModelSource::Path(path.into())
    }
}

impl From<Model> for ModelSource {
    fn from(model: Model) -> Self {
        ModelSource::Loaded(Box::new(model))
    }
}

/// A model whose operations are served.
pub(super) struct Modelled {
    model: Model,
}

/// An operation of the model: its resource, and its place in that.
#[derive(Debug, Clone, Copy)]
pub(super) struct Index {
    resource: usize,
    operation: usize,
}

/// What a response is.
pub(super) enum Outcome {
    /// A made-up response.
    Reply(Response<Bytes>),
    /// The messages of the session.
    Messages,
}

/// What is answered beyond what the model says.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// The status, where the model knows none.
    pub status: Option<u16>,
    /// The body; of an operation that has one, `None` is one that is made up.
    pub body: Option<Value>,
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl Answer {
    /// The first documented success, without anything else.
    pub fn done() -> Self {
        Answer::default()
    }

    /// The first documented success with a body.
    pub fn body(body: Value) -> Self {
        Answer {
            body: Some(body),
            ..Answer::default()
        }
    }

    /// The same with this status, if the model knows none.
    pub fn status(status: u16) -> Self {
        Answer {
            status: Some(status),
            ..Answer::default()
        }
    }

    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        let value = HeaderValue::try_from(value).ok();
        self.headers.extend(value.map(|value| (name, value)));
        self
    }
}

impl Modelled {
    /// Reads a model.
    ///
    /// # Errors
    /// When it cannot be read, or is not sound: the findings are in the text.
    pub fn load(source: ModelSource) -> io::Result<Self> {
        let model = match source {
            ModelSource::Loaded(model) => *model,
            ModelSource::Path(path) => Model::load(icws_spec::ModelSource::Path(&path))
                .map_err(|error| io::Error::new(error.error.kind(), error.to_string()))?,
        };
        Modelled::sound(model)
    }

    fn sound(model: Model) -> io::Result<Self> {
        if model.findings().is_empty() {
            return Ok(Modelled { model });
        }
        let findings = model.findings().iter().map(ToString::to_string);
        let findings: Vec<String> = findings.collect();
        let text = format!("the model is not sound:\n{}", findings.join("\n\n"));
        Err(io::Error::new(io::ErrorKind::InvalidData, text))
    }

    /// The shipped model, which is read once.
    ///
    /// # Errors
    /// As [`Modelled::load`].
    pub fn shipped() -> io::Result<&'static Self> {
        static SHIPPED: OnceLock<io::Result<Modelled>> = OnceLock::new();
        let shipped = SHIPPED.get_or_init(|| {
            let model = Model::load(icws_spec::ModelSource::Shipped);
            Modelled::sound(model.map_err(|error| io::Error::other(error.to_string()))?)
        });
        let problem = |error: &io::Error| io::Error::new(error.kind(), error.to_string());
        shipped.as_ref().map_err(problem)
    }

    pub fn api(&self) -> &Api {
        self.model.api()
    }

    pub fn plan(&self) -> Plan<'_> {
        self.model.plan()
    }

    /// The operations with their resources.
    pub fn operations(&self) -> impl Iterator<Item = (Index, &Resource, &Operation)> {
        let resources = self.api().resources.iter().enumerate();
        resources.flat_map(|(number, resource)| {
            let operations = resource.operations.iter().enumerate();
            operations.map(move |(operation, found)| {
                let index = Index {
                    resource: number,
                    operation,
                };
                (index, resource, found)
            })
        })
    }

    /// The features of the model, each in the newest version that an operation,
    /// a parameter or a property came with.
    pub fn features(&self) -> BTreeMap<String, u32> {
        let api = self.api();
        let operations = || {
            api.resources
                .iter()
                .flat_map(|resource| &resource.operations)
        };
        let parameters = operations().flat_map(|operation| &operation.parameters);
        let replies = operations().flat_map(|operation| &operation.replies);
        let properties = api.records.iter().flat_map(|record| &record.properties);
        let values = api.enums.iter().flat_map(|enumeration| &enumeration.values);
        let all = operations()
            .map(|operation| &operation.since)
            .chain(parameters.map(|parameter| &parameter.since))
            .chain(replies.map(|reply| &reply.since))
            .chain(api.records.iter().map(|record| &record.since))
            .chain(properties.map(|property| &property.since))
            .chain(values.map(|value| &value.since));
        let mut features = BTreeMap::new();
        for Since {
            feature, version, ..
        } in all.flatten()
        {
            let newest: &mut u32 = features.entry(feature.clone()).or_default();
            *newest = (*newest).max(version.unwrap_or(1));
        }
        features
    }

    /// The operation of an index, with its resource.
    fn found(&self, index: Index) -> Result<(&Resource, &Operation), Refusal> {
        let resource = self.api().resources.get(index.resource);
        let found = resource.and_then(|r| Some((r, r.operations.get(index.operation)?)));
        found.ok_or_else(|| Refusal::not_found("There is no such resource."))
    }

    /// Holds a request against the model; its parameters and its body.
    pub fn read(
        &self,
        index: Index,
        pieces: &[&str],
        request: &http::Request<Bytes>,
    ) -> Result<(Vec<Given>, Value), Refusal> {
        let (resource, operation) = self.found(index)?;
        let given = parameters::read(resource, operation, pieces, request)?;
        let body = match &operation.body {
            Some(ty) => check::body(self.api(), ty, request.body())?,
            None => Value::Null,
        };
        Ok((given, body))
    }

    /// A refusal with a status that the operation has: a 404 is a 400 where the model has
    /// that one alone.
    pub fn documented(&self, index: Index, mut refusal: Refusal) -> Refusal {
        let has = |status: u16| {
            let operation = self.found(index).ok().map(|(_, operation)| operation);
            let mut replies = operation.into_iter().flat_map(|o| &o.replies);
            replies.any(|reply| reply.status.is(status))
        };
        if refusal.status == StatusCode::NOT_FOUND && !has(404) && has(400) {
            refusal.status = StatusCode::BAD_REQUEST;
        }
        refusal
    }

    /// Makes a response of what is answered; what is not said is made up.
    pub fn answer(
        &self,
        index: Index,
        given: &[Given],
        answer: Answer,
        tables: &Tables,
        path: &str,
    ) -> Result<Outcome, Refusal> {
        let (_, operation) = self.found(index)?;
        let synthesis = Synthesis::new(self.api(), given, tables);
        let mut successes = operation.successes();
        match successes.next().or(operation.replies.first()) {
            Some(Documented {
                body: Some(BodyType::Messages),
                ..
            }) => Ok(Outcome::Messages),
            Some(reply) => {
                let made = make_up(synthesis, operation, reply, answer, path);
                Ok(Outcome::Reply(made))
            }
            None => Ok(Outcome::Reply(Response::new(Bytes::new()))),
        }
    }

    /// A made-up message or object, whose properties have the values that are given by
    /// their names.
    pub fn made_up(&self, record: RecordId, given: &[Given], tables: &Tables) -> Value {
        Synthesis::new(self.api(), given, tables).value("", &Type::Record(record))
    }
}

fn make_up(
    mut synthesis: Synthesis<'_>,
    operation: &Operation,
    reply: &Documented,
    answer: Answer,
    path: &str,
) -> Response<Bytes> {
    // No source says which success it is. What ends something tells nothing.
    let status = reply.status.code().or(answer.status);
    let status = status.unwrap_or(match &*operation.method {
        "DELETE" => 204,
        _ => 200,
    });
    let mut response = match &reply.body {
        Some(BodyType::Value(ty)) => {
            let body = match answer.body {
                Some(mut body) => {
                    synthesis.complete(&mut body, ty);
                    body
                }
                None => synthesis.value("value", ty),
            };
            RawReply::encode(status, &Json(body.to_string().into())).into_http()
        }
        Some(BodyType::Media(media)) => {
            let mut response = Response::new(Bytes::from_static(b"made up"));
            let media = HeaderValue::try_from(media).ok();
            response
                .headers_mut()
                .extend(media.map(|media| (CONTENT_TYPE, media)));
            response
        }
        _ => Response::new(Bytes::new()),
    };
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    for header in &reply.headers {
        let text = match &header.ty {
            _ if LOCATION == *header.name => path.to_owned(),
            HeaderType::Value(ty) => parameters::text(&synthesis.value(&header.name, ty)),
            _ => continue,
        };
        let pair = (
            HeaderName::try_from(&header.name),
            HeaderValue::try_from(text),
        );
        if let (Ok(name), Ok(value)) = pair {
            response.headers_mut().insert(name, value);
        }
    }
    // In place of those that were made up: a header that comes twice has two values.
    for (name, value) in answer.headers {
        response.headers_mut().insert(name, value);
    }
    response
}
