//! Replies: one for each status, shared ones by their id.

use crate::api::{HeaderType, Record, RecordId, Reply, ReplyHeader, Since};
use crate::diagnostic::{Diagnostic, suggest};
use crate::names;
use crate::rules;
use crate::source::{FileId, Place};
use crate::syntax::{Entry, Node};

use super::scope::{Scope, entries, flag, optional_text, text};
use super::{since, types};

/// The replies of an operation, in the order of the model.
pub(super) fn resolve(
    operation: &Node,
    file: FileId,
    namespace: &str,
    parent: Option<&Since>,
    records: &[Record],
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Reply> {
    let mut replies: Vec<Reply> = Vec::new();
    for entry in entries(operation, "replies") {
        let place = Place {
            file,
            node: entry.key.id,
        };
        let Some(status) = status(&entry.key.text) else {
            diagnostics.push(
                Diagnostic::new(
                    &rules::INVALID_VALUE,
                    place,
                    format!("`{}` is not an HTTP status", entry.key.text),
                )
                .help("write its number, from 200 to 599"),
            );
            continue;
        };
        if let Some(first) = replies.iter().find(|reply| reply.status == status) {
            diagnostics.push(
                Diagnostic::new(
                    &rules::DUPLICATE_STATUS,
                    place,
                    format!("the status {status} has a reply already"),
                )
                .related(first.place, "the first one"),
            );
            continue;
        }
        let context = Context {
            file,
            namespace,
            parent,
            records,
            scope,
        };
        replies.extend(context.reply(entry, status, place, diagnostics));
    }
    replies
}

struct Context<'a> {
    file: FileId,
    namespace: &'a str,
    parent: Option<&'a Since>,
    records: &'a [Record],
    scope: &'a Scope<'a>,
}

impl Context<'_> {
    fn reply(
        &self,
        entry: &Entry,
        status: u16,
        place: Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Reply> {
        let node = &entry.node;
        let used = match (node.as_str(), node.get("use")) {
            (Some(id), _) => Some((id, node.id)),
            (None, Some(used)) => Some((used.as_str().unwrap_or_default(), used.id)),
            (None, None) => None,
        };
        let mut reply = match used {
            Some((id, at)) => {
                let at = Place {
                    file: self.file,
                    node: at,
                };
                self.shared(id, status, at, diagnostics)?
            }
            None => empty(status, place),
        };
        if node.as_str().is_none() {
            self.fill(&mut reply, node, self.file, diagnostics);
        }
        reply.place = place;
        Some(reply)
    }

    fn shared(
        &self,
        id: &str,
        status: u16,
        place: Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Reply> {
        let Some(declared) = self.scope.reply(id) else {
            if !self.scope.is_broken(id) {
                diagnostics.push(
                    Diagnostic::new(
                        &rules::UNKNOWN_REFERENCE,
                        place,
                        format!("there is no shared reply `{id}`"),
                    )
                    .help(match suggest(id, self.scope.reply_ids()) {
                        Some(name) => format!("did you mean `{name}`?"),
                        None => "declare it under `replies` at the top of a file, or write it in place as a map"
                            .to_owned(),
                    }),
                );
            }
            return None;
        };
        let mut reply = empty(status, place);
        self.fill(&mut reply, declared.node, declared.file, diagnostics);
        Some(reply)
    }

    /// Lays what a node says over what is there.
    fn fill(
        &self,
        reply: &mut Reply,
        node: &Node,
        file: FileId,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if let Some(doc) = optional_text(node, "doc") {
            reply.doc = doc;
        }
        if let Some(source) = optional_text(node, "source") {
            reply.source = Some(source);
        }
        reply.since = since::resolve(
            node,
            file,
            reply.since.as_ref().or(self.parent),
            self.scope,
            diagnostics,
        );
        if let Some(body) = node.get("body") {
            let place = Place {
                file,
                node: body.id,
            };
            let text = body.as_str().unwrap_or_default();
            reply.body =
                types::body_type(text, Some(self.namespace), place, self.scope, diagnostics);
        }
        for entry in entries(node, "headers") {
            reply.headers.push(header(entry));
        }
        for message in node.get("messages").map(Node::as_list).unwrap_or_default() {
            let place = Place {
                file,
                node: message.id,
            };
            reply
                .messages
                .extend(self.message(message, place, diagnostics));
        }
    }

    fn message(
        &self,
        node: &Node,
        place: Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<RecordId> {
        let name = node.as_str().unwrap_or_default();
        let id = types::reference(name, Some(self.namespace), place, self.scope, diagnostics)?;
        let record = self.records.get(id.0)?;
        if record.message.is_none() {
            diagnostics.push(
                Diagnostic::new(
                    &rules::UNKNOWN_REFERENCE,
                    place,
                    format!("`{name}` is an object, not a message"),
                )
                .help("a representation goes under `body`")
                .related(record.place, "declared here"),
            );
            return None;
        }
        Some(id)
    }
}

fn empty(status: u16, place: Place) -> Reply {
    Reply {
        status,
        doc: String::new(),
        source: None,
        since: None,
        body: None,
        headers: Vec::new(),
        messages: Vec::new(),
        place,
    }
}

fn header(entry: &Entry) -> ReplyHeader {
    let name = entry.key.text.clone();
    ReplyHeader {
        rust_name: names::value_name(&name),
        name,
        ty: match entry.node.get("type").and_then(Node::as_str) {
            Some("challenge") => HeaderType::Challenge,
            _ => HeaderType::String,
        },
        required: flag(&entry.node, "required"),
        doc: text(&entry.node, "doc"),
    }
}

fn status(text: &str) -> Option<u16> {
    text.parse()
        .ok()
        .filter(|status| (200..600).contains(status))
}
