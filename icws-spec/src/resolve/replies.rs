//! Replies: one for each status, shared ones by their id.

use crate::api::{
    BodyType, ErrorIdentifier, HeaderType, RecordId, Reply, ReplyHeader, Since, Status,
};
use crate::diagnostic::Diagnostic;
use crate::place::{FileId, Place};
use crate::rules;
use crate::syntax::{Entry, Node};

use super::headers;
use super::scope::{Scope, entries, flag, optional_text, text};
use super::types::{self, At};
use super::{Types, since};

/// The replies of an operation, in the order of the model.
pub(super) fn resolve(
    operation: &Node,
    file: FileId,
    parent: Option<&Since>,
    types: &Types<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Reply> {
    let mut replies: Vec<Reply> = Vec::new();
    for entry in entries(operation, "replies") {
        let place = file.at(entry.key.id);
        let Ok(status) = entry.key.text.parse::<Status>() else {
            diagnostics.push(
                Diagnostic::new(
                    &rules::INVALID_VALUE,
                    place,
                    format!("`{}` is not an HTTP status", entry.key.text),
                )
                .help("write its number, from 200 to 599, or `2XX` for a success whose status is not known"),
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
        let other = |reply: &&Reply| reply.is_success() && status.is_success();
        let unknown = |one: Status| one == Status::AnySuccess;
        if let Some(first) = replies.iter().find(other)
            && (unknown(status) || unknown(first.status))
        {
            diagnostics.push(
                Diagnostic::new(
                    &rules::DUPLICATE_STATUS,
                    place,
                    "`2XX` stands for every success, and there is another one",
                )
                .help("leave out `2XX` when the statuses are known")
                .related(first.place, "the other one"),
            );
            continue;
        }
        let context = Context {
            file,
            parent,
            types,
            scope: types.scope,
        };
        replies.extend(context.reply(entry, status, place, diagnostics));
    }
    replies
}

struct Context<'a> {
    file: FileId,
    parent: Option<&'a Since>,
    types: &'a Types<'a>,
    scope: &'a Scope<'a>,
}

impl Context<'_> {
    fn reply(
        &self,
        entry: &Entry,
        status: Status,
        place: Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Reply> {
        let node = &entry.node;
        let used = match (node.as_str(), node.get("use")) {
            (Some(id), _) => Some((id, node.id)),
            (None, Some(used)) => Some((used.as_str().unwrap_or_default(), used.id)),
            (None, None) => None,
        };
        let mut reply = empty(status, place);
        if let Some((id, at)) = used {
            let shared = self.scope.reply(id, self.file.at(at), diagnostics)?;
            self.fill(&mut reply, shared.node, shared.file, diagnostics);
        }
        if node.as_str().is_none() {
            self.fill(&mut reply, node, self.file, diagnostics);
        }
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
        let at = |node: &Node| At {
            scope: self.scope,
            place: file.at(node.id),
        };
        if let Some(body) = node.get("body") {
            let text = body.as_str().unwrap_or_default();
            reply.body = types::body_type(text, at(body), diagnostics);
        }
        if let Some(media) = node.get("content") {
            reply.body = self.media(media, node, at(media), diagnostics);
        }
        for entry in entries(node, "headers") {
            let ty = entry.node.get("type").unwrap_or(&entry.node);
            let text = ty.as_str().unwrap_or_default();
            let ty = types::header_type(text, at(ty), diagnostics);
            let header = header(entry, file, ty);
            if self.is_header(&header, reply, diagnostics) {
                reply.headers.push(header);
            }
        }
        for entry in entries(node, "errors") {
            let ty = entry.node.get("type");
            let ty = ty
                .and_then(|ty| types::record(ty.as_str().unwrap_or_default(), at(ty), diagnostics));
            let error = ErrorIdentifier {
                id: entry.key.text.clone(),
                rust_name: optional_text(&entry.node, "rust_name"),
                ty,
                doc: text(&entry.node, "doc"),
                place: file.at(entry.key.id),
            };
            match reply.errors.iter_mut().find(|known| known.id == error.id) {
                Some(known) => lay_over(known, error),
                None => reply.errors.push(error),
            }
        }
        for message in node.get("messages").map(Node::as_list).unwrap_or_default() {
            let place = file.at(message.id);
            let message = self.message(message, place, diagnostics);
            let new = message.filter(|id| !reply.messages.contains(id));
            reply.messages.extend(new);
        }
    }

    /// Checks the name of a header.
    fn is_header(
        &self,
        header: &ReplyHeader,
        reply: &Reply,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        let report = |message, help| {
            Diagnostic::new(&rules::INVALID_VALUE, header.place, message).help(help)
        };
        if let Err(refused) = headers::of_reply(&header.name) {
            diagnostics.push(report(refused.message, refused.help));
            return false;
        }
        let twin = |other: &&ReplyHeader| other.name.eq_ignore_ascii_case(&header.name);
        let Some(twin) = reply.headers.iter().find(twin) else {
            return true;
        };
        let message = format!("the reply has the header `{}` already", twin.name);
        diagnostics.push(
            report(message, "header names are the same whatever their case")
                .related(twin.place, "the first one"),
        );
        false
    }

    /// The media type of a body that is not JSON.
    fn media(
        &self,
        media: &Node,
        reply: &Node,
        at: At<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<BodyType> {
        let text = media.as_str().unwrap_or_default();
        let problem = if reply.get("body").is_some() {
            Some(
                "a reply has either a `body` in JSON or a `content` of another media type"
                    .to_owned(),
            )
        } else if !headers::is_media_type(text) {
            Some(format!("`{text}` is not a media type"))
        } else {
            None
        };
        let Some(problem) = problem else {
            return Some(BodyType::Media(text.to_owned()));
        };
        diagnostics.push(
            Diagnostic::new(&rules::INVALID_VALUE, at.place, problem)
                .help("for example `content: text/html`"),
        );
        None
    }

    fn message(
        &self,
        node: &Node,
        place: Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<RecordId> {
        let name = node.as_str().unwrap_or_default();
        let id = types::record(
            name,
            At {
                scope: self.scope,
                place,
            },
            diagnostics,
        )?;
        let record = &self.types.records[id];
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

fn empty(status: Status, place: Place) -> Reply {
    Reply {
        status,
        doc: String::new(),
        source: None,
        since: None,
        body: None,
        headers: Vec::new(),
        messages: Vec::new(),
        errors: Vec::new(),
        place,
    }
}

/// Lays what a place says of an error over what the shared reply says.
fn lay_over(known: &mut ErrorIdentifier, own: ErrorIdentifier) {
    let shared = std::mem::replace(known, own);
    known.rust_name = known.rust_name.take().or(shared.rust_name);
    known.ty = known.ty.or(shared.ty);
    if known.doc.is_empty() {
        known.doc = shared.doc;
    }
}

fn header(entry: &Entry, file: FileId, ty: HeaderType) -> ReplyHeader {
    ReplyHeader {
        name: entry.key.text.clone(),
        rust_name: optional_text(&entry.node, "rust_name"),
        place: file.at(entry.key.id),
        ty,
        required: flag(&entry.node, "required"),
        doc: text(&entry.node, "doc"),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Model, ModelSource};

    const MODEL: &str = r#"
icws: 1
namespace: desk
objects: { error: { properties: {} } }
messages: { bell: { urn: "urn:example:bell", properties: {} } }
replies:
  busy: { messages: [bell], errors: { error.busy: { doc: Busy., type: error }, error.full: { doc: Full. } } }
resources:
  /icws/desks:
    GET:
      name: desks
      replies:
        200: {}
        409: { use: busy, messages: [bell], errors: { error.busy: { doc: The desk is. }, error.full: {} } }
"#;

    #[test]
    fn what_a_place_says_lies_over_what_the_shared_reply_says() {
        let model = Model::load(ModelSource::Inline(MODEL)).unwrap();
        assert!(model.findings().is_empty(), "{}", model.findings()[0]);
        let reply = &model.api().resources[0].operations[0].replies[1];
        let errors = reply.errors.iter();
        let errors = errors.map(|error| (&*error.id, &*error.doc, error.ty.is_some()));
        let expected = [
            ("error.busy", "The desk is.", true),
            ("error.full", "Full.", false),
        ];
        assert_eq!(errors.collect::<Vec<_>>(), expected);
        assert_eq!(reply.messages.len(), 1);
    }
}
