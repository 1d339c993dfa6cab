//! Operations, their parameters and replies.

use std::collections::{BTreeMap, HashSet};

use icws_spec::Api;
use icws_spec::api::{BodyType, Location, Operation, Reply, Resource, Supplier};
use icws_spec::facts::type_name;

use super::facts::{self, Facts};
use super::pairs::Pairs;

/// The resource whose whole page is known, which says more than the facts.
const PAGE: &str =
    "/icws/{sessionId}/messaging/subscriptions/interactions/{interactionId}/callback";

pub fn compare(facts: &Facts, api: &Api, pairs: &mut Pairs<'_>) {
    let key = |(resource, operation): (&Resource, &Operation)| {
        format!("{} {}", operation.method, resource.path)
    };
    let known: BTreeMap<String, &Operation> =
        api.operations().map(|both| (key(both), both.1)).collect();
    for (key, fact) in &facts.operations {
        match known.get(key) {
            Some(operation) => one(key, fact, operation, pairs),
            None => pairs.differs(format!("{key}: the model lacks it"), None),
        }
    }
    for (key, operation) in &known {
        if !facts.operations.contains_key(key) {
            let source = operation.source.as_deref();
            pairs.differs(format!("{key}: only the model has it"), source);
        }
    }
    for (path, messages) in &facts.subscriptions {
        if let Some(operation) = known.get(&format!("PUT {path}")) {
            subscription(path, messages, operation, pairs);
        }
    }
}

fn one(key: &str, fact: &facts::Operation, operation: &Operation, pairs: &mut Pairs<'_>) {
    let page = key.ends_with(PAGE).then_some("The reference page.");
    let source = operation.source.as_deref().or(page);
    let same = match (&fact.body, &operation.body) {
        (None, None) => true,
        (Some(fact), Some(model)) => pairs.is_type(fact, model),
        _ => false,
    };
    if !same {
        let model = operation.body.as_ref().map(|ty| type_name(pairs.api, ty));
        pairs.differs(
            format!("{key}: the body is {:?}, {model:?} in the model", fact.body),
            source,
        );
    }
    parameters(key, fact, operation, pairs);
    let mut met = HashSet::new();
    let (successes, failures) = (fact.successes.iter(), fact.failures.iter());
    for (status, body) in successes.chain(failures) {
        let mut replies = operation.replies.iter();
        let known = |reply: &&Reply| reply.status.to_string() == *status;
        // Where the facts have no status, each success says which it is.
        let found = replies
            .clone()
            .find(known)
            .or_else(|| replies.find(|reply| status == "2XX" && reply.is_success()));
        let Some(reply) = found else {
            pairs.differs(format!("{key}: the model has no status {status}"), source);
            continue;
        };
        met.insert(reply.status);
        let source = reply.source.as_deref().or(source);
        if reply.status.to_string() != *status {
            let what = format!(
                "{key}: the status {status} is {} in the model",
                reply.status
            );
            pairs.differs(what, source);
        }
        let same = match (body.as_deref(), &reply.body) {
            (None, None) => true,
            (Some(fact), Some(BodyType::Value(model))) => pairs.is_type(fact, model),
            // The only array of the API.
            (Some("list messaging:message"), Some(BodyType::Messages)) => true,
            _ => false,
        };
        if !same {
            pairs.differs(format!("{key}: the body of {status} is {body:?}"), source);
        }
    }
    for reply in &operation.replies {
        if !met.contains(&reply.status) {
            let source = reply.source.as_deref().or(source);
            let what = format!("{key}: only the model has the status {}", reply.status);
            pairs.differs(what, source);
        }
    }
}

fn parameters(key: &str, fact: &facts::Operation, operation: &Operation, pairs: &mut Pairs<'_>) {
    let mut source = operation.source.as_deref();
    if fact.incomplete && source.is_none() {
        let what = format!("{key}: nothing says that its optional parameters are not known");
        pairs.differs(what, None);
    }
    let word = |location: Location| match location {
        Location::Header => "header",
        Location::Path => "path",
        _ => "query",
    };
    for (name, parameter) in &fact.parameters {
        let mut known = operation.parameters.iter();
        let found = known.find(|p| p.name.eq_ignore_ascii_case(name));
        let Some(found) = found else {
            pairs.differs(format!("{key}: the model has no parameter {name}"), source);
            continue;
        };
        source = found.source.as_deref().or(source);
        if word(found.location) != parameter.location || found.required != parameter.required {
            pairs.differs(format!("{key}: {name} is another parameter"), source);
        }
    }
    for parameter in &operation.parameters {
        let given = parameter.supplier == Supplier::Caller && parameter.location != Location::Path;
        let mut known = fact.parameters.keys();
        if given && !known.any(|name| parameter.name.eq_ignore_ascii_case(name)) {
            let source = parameter.source.as_deref().or(operation.source.as_deref());
            let what = format!("{key}: only the model has the parameter {}", parameter.name);
            pairs.differs(what, source);
        }
    }
    // The token and the cookie of a session, but for polling.
    let has = |supplier| operation.parameters.iter().any(|p| p.supplier == supplier);
    let session = key.contains("{sessionId}");
    let token = session && !key.ends_with("/messaging/messages");
    if has(Supplier::Cookie) != session || has(Supplier::CsrfToken) != token {
        pairs.differs(
            format!("{key}: the session's parameters are others"),
            operation.source.as_deref(),
        );
    }
}

fn subscription(path: &str, messages: &[String], operation: &Operation, pairs: &mut Pairs<'_>) {
    let source = operation.source.as_deref();
    let replies = operation.replies.iter().filter(|reply| reply.is_success());
    let mut known: Vec<_> = replies.flat_map(|reply| reply.messages.clone()).collect();
    for message in messages {
        match known.iter().position(|id| pairs.is_record(message, *id)) {
            Some(position) => drop(known.remove(position)),
            None => pairs.differs(format!("{path}: {message} does not follow"), source),
        }
    }
    for id in known {
        let what = format!("{path}: only in the model {} follows", pairs.api[id].id());
        pairs.differs(what, source);
    }
}
