//! Operations that a model lacks, as far as one request and one response tell them.

use super::super::facts::{Came, Fact, is_success};
use super::super::route::Routes;
use super::super::shape::Shape;
use super::edits::{Draft, Question, is_at, parts};
use crate::api::{METHODS, Segment};
use crate::import::changes::{Field, Yaml, field, free_name, path_namespace, text, word};
use crate::place::FileId;
use crate::todo::Asker;

impl Draft<'_> {
    /// An operation, in its resource if the model has that.
    pub fn operation(&mut self, fact: &Fact, count: u64) -> Result<(), Question> {
        let Fact::Operation {
            path,
            method,
            query,
            request,
            status,
            reply,
        } = fact
        else {
            return Ok(());
        };
        if !METHODS.contains(&method.as_str()) {
            return Err(format!("the language has no {method}"));
        }
        let api = self.model.api();
        let known = api.resources.iter().find(|own| is_at(own, path));
        let mut operations = known.iter().flat_map(|own| &own.operations);
        if let Some(own) = operations.find(|own| own.method == *method) {
            // It is there since another status of it was written.
            return self.add_reply(own, *status, reply.as_ref(), count);
        }
        if !is_success(*status) {
            return Err("no success of this operation is there".to_owned());
        }
        let (file, namespace, shown) = match known {
            Some(resource) => {
                let first = resource.operations.first();
                let namespace = first.map_or_else(String::new, |own| own.namespace.clone());
                (resource.place.file, namespace, resource.path.clone())
            }
            None => {
                let shown = self.path(path);
                let (file, namespace) = self.file_of(&self.namespace(path, &shown))?;
                (file, namespace, shown)
            }
        };
        // Of a method with several statuses one is written, and the others wait for the
        // next round.
        let key = (shown.clone(), method.clone());
        if self.methods.contains(&key) {
            return Ok(());
        }
        self.methods.push(key);
        let place = Operation {
            file,
            namespace: &namespace,
            path: &shown,
            method,
        };
        let shapes = (request.as_ref(), *status, reply.as_ref());
        let operation = self.skeleton(&place, query, shapes, count)?;
        match known {
            Some(resource) => self.set(resource.place, &[], operation, None),
            None => {
                let parameters = self.parameters(&shown);
                let (_, fields) = self.resources.entry(shown).or_insert((file, parameters));
                fields.push(operation);
            }
        }
        Ok(())
    }

    fn skeleton(
        &mut self,
        place: &Operation<'_>,
        query: &[String],
        (request, status, reply): (Option<&Shape>, u16, Option<&Came>),
        count: u64,
    ) -> Result<Field, Question> {
        let Operation {
            file,
            namespace,
            path,
            method,
        } = *place;
        let name = free_name(path, method, |name| self.is_taken(namespace, name));
        self.names.push((namespace.to_owned(), name.clone()));
        let mut fields = vec![word("name", &name), text("source", self.source(count))];
        let query: Vec<Yaml> = query
            .iter()
            .map(|name| {
                Yaml::Line(vec![
                    word("name", name),
                    word("in", "query"),
                    word("type", "string"),
                ])
            })
            .collect();
        if !query.is_empty() {
            fields.push(field("parameters", Yaml::List(query)));
        }
        let mut body = |shape: Option<&Shape>, end: &str| {
            let shape = shape.filter(|shape| !shape.is_nothing());
            let Some(shape) = shape else {
                return Ok(None);
            };
            let ty = self.type_of(file, namespace, &format!("{name}{end}"), shape)?;
            Ok::<_, Question>(Some(ty.body()))
        };
        fields.extend(body(request, "Request")?);
        let (json, media) = parts(reply);
        let mut reply: Vec<Field> = body(json, "Reply")?.into_iter().collect();
        reply.extend(media.map(|media| word("content", media)));
        let replies = vec![field(status.to_string(), Yaml::Line(reply))];
        fields.push(field("replies", Yaml::Block(replies)));
        let open = "its other replies and parameters, and what is required";
        let mut operation = field(method, Yaml::Block(fields)).todo(Asker::Traffic, open);
        operation.spaced = true;
        Ok(operation)
    }

    /// The path of a new resource. Its parameters are called as those of the resource
    /// that is most like it, as far as they go.
    fn path(&self, pieces: &[Option<String>]) -> String {
        let like = Routes::new(self.model.api()).like(&plain(pieces));
        let mut ids = 0;
        let pieces = pieces.iter().enumerate().map(|(index, piece)| match piece {
            Some(piece) => format!("/{piece}"),
            None => {
                let own = like.filter(|(_, length)| index < *length);
                let segment = own.and_then(|(resource, _)| resource.segments.get(index));
                if let Some(Segment::Parameter(name)) = segment {
                    return format!("/{{{name}}}");
                }
                ids += 1;
                let number = if ids == 1 {
                    String::new()
                } else {
                    ids.to_string()
                };
                format!("/{{id{number}}}")
            }
        });
        pieces.collect()
    }

    /// The namespace of a new resource: that of the one that is most like it, if they
    /// have a word in common, else the words of its path.
    fn namespace(&self, pieces: &[Option<String>], shown: &str) -> String {
        let by_path = path_namespace(shown);
        let namespaces = self.model.api().namespaces_with_items();
        if namespaces.contains(by_path.as_str()) {
            return by_path;
        }
        let routes = Routes::new(self.model.api());
        routes
            .namespace(&plain(pieces))
            .map_or(by_path, str::to_owned)
    }

    /// What stands before the methods of a new resource: where it comes from, and the
    /// parameters of its path.
    fn parameters(&self, path: &str) -> Vec<Field> {
        let session: Vec<&str> = self.shared.of_session();
        let id = session.iter().find_map(|id| {
            let own = self.shared.name_of(id)?;
            path.contains(&format!("{{{own}}}")).then_some(own)
        });
        let mut items: Vec<Yaml> = Vec::new();
        if id.is_some() {
            items.extend(session.iter().map(|id| Yaml::Word((*id).to_owned())));
        }
        let names = path
            .split('/')
            .filter_map(|piece| piece.strip_prefix('{')?.strip_suffix('}'));
        for name in names.filter(|name| Some(*name) != id) {
            items.push(Yaml::Line(vec![
                word("name", name),
                word("in", "path"),
                word("type", "string"),
                field("required", Yaml::Raw("true".to_owned())),
            ]));
        }
        if items.is_empty() {
            return Vec::new();
        }
        vec![field("parameters", Yaml::List(items))]
    }
}

/// Where an operation is written.
struct Operation<'o> {
    file: FileId,
    namespace: &'o str,
    path: &'o str,
    method: &'o str,
}

/// A path as routes have it.
fn plain(pieces: &[Option<String>]) -> Vec<&str> {
    let pieces = pieces.iter();
    pieces
        .map(|piece| piece.as_deref().unwrap_or("{}"))
        .collect()
}
