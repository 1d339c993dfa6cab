//! Which operation of a model a request is of.

use std::collections::HashSet;

use icws_secrets::has_port;

use crate::api::{Api, Operation, Resource, Segment};

/// Where all paths of the API begin.
const ROOT: &str = "icws";

/// The operation of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    pub resource: &'a Resource,
    pub operation: &'a Operation,
    /// The position of the operation among all of the model.
    pub number: usize,
}

/// What a request is for.
pub(super) enum Routed<'a> {
    /// An operation of the model.
    Operation(Found<'a>),
    /// A resource without such a method.
    NoMethod(&'a Resource),
    /// A path of ICWS that the model does not have.
    NoPath,
    /// Not of ICWS.
    Foreign,
}

/// The address of a request, taken apart.
#[derive(Debug, Clone)]
pub(super) struct Target<'e> {
    /// Scheme, host and what a proxy puts before the path.
    pub before: String,
    /// The pieces of the path: those of the resource, or from `icws` on.
    pub pieces: Vec<&'e str>,
    /// The query, without its mark.
    pub query: &'e str,
}

/// The paths of a model.
pub(super) struct Routes<'a> {
    resources: Vec<(&'a Resource, usize)>,
    /// All literal pieces of all paths.
    words: HashSet<&'a str>,
}

impl<'a> Routes<'a> {
    pub fn new(api: &'a Api) -> Self {
        let mut next = 0;
        let mut resources = Vec::new();
        for resource in &api.resources {
            resources.push((resource, next));
            next += resource.operations.len();
        }
        let segments = api.resources.iter().flat_map(|resource| &resource.segments);
        Routes {
            words: segments.filter_map(Segment::literal).collect(),
            resources,
        }
    }

    /// Returns what a request is for. Lenient as real servers are: double slashes,
    /// a slash at the end and the path of a proxy before the resource do no harm.
    pub fn find<'e>(&self, method: &str, url: &'e str) -> (Routed<'a>, Target<'e>) {
        let (origin, path, query) = split(url);
        let mut pieces: Vec<&str> = path.split('/').filter(|piece| !piece.is_empty()).collect();
        let ranked = self.resources.iter().filter_map(|(resource, first)| {
            Some((rank(&resource.segments, &pieces)?, *resource, *first))
        });
        let best = ranked.max_by(|(one, ..), (other, ..)| one.cmp(other));
        let start = match &best {
            Some((_, resource, _)) => Some(pieces.len() - resource.segments.len()),
            None => pieces.iter().rposition(|piece| is_root(piece)),
        };
        let own = pieces.split_off(start.unwrap_or_default());
        let target = Target {
            before: format!("{origin}/{}", pieces.join("/")),
            pieces: own,
            query,
        };
        let routed = match best {
            Some((_, resource, first)) => {
                let mut operations = resource.operations.iter().enumerate();
                let own = operations.find(|(_, operation)| operation.method == method);
                match own {
                    Some((index, operation)) => Routed::Operation(Found {
                        resource,
                        operation,
                        number: first + index,
                    }),
                    None => Routed::NoMethod(resource),
                }
            }
            None if start.is_some() => Routed::NoPath,
            None => Routed::Foreign,
        };
        (routed, target)
    }

    /// Returns the path that a resource would have, by what the resources of the
    /// model have in its place and by the form of its pieces: `None` for a piece
    /// that looks like an id.
    pub fn template<'e>(&self, pieces: &[&'e str]) -> Vec<Option<&'e str>>
    where
        'a: 'e,
    {
        let known = self.like(pieces);
        let known = known.map_or(&[][..], |(resource, length)| {
            resource.segments.get(..length).unwrap_or_default()
        });
        let of = |(index, piece): (usize, &&'e str)| match known.get(index) {
            Some(segment) => segment.literal(),
            None if self.words.contains(piece) || is_word(piece) => Some(*piece),
            None => None,
        };
        pieces.iter().enumerate().map(of).collect()
    }

    /// Returns the resource that has the most pieces of a path in common with it
    /// from the start, and how many these are. The last of them is literal, or the
    /// parameter behind one: what follows would be in common with anything. A literal
    /// piece counts before any number behind a parameter.
    pub fn like(&self, pieces: &[&str]) -> Option<(&'a Resource, usize)> {
        let common = |resource: &Resource| {
            let pairs = resource.segments.iter().zip(pieces).enumerate();
            // Sessions have no words for their ids.
            let fits = |at: usize, segment: &Segment, piece: &str| {
                fits(segment, piece) && (is_literal(segment) || at != 1 || !is_word(piece))
            };
            let common = pairs.take_while(|(at, (segment, piece))| fits(*at, segment, piece));
            let mut common: Vec<bool> = common
                .map(|(_, (segment, _))| is_literal(segment))
                .collect();
            let literal = common.iter().rposition(|literal| *literal);
            common.truncate(literal.map_or(0, |last| last + 2));
            common
        };
        let all = self.resources.iter().rev();
        let all = all.map(|(resource, _)| (common(resource), *resource));
        // Of several, the first of the model.
        let (common, resource) = all.max_by(|(one, _), (other, _)| one.cmp(other))?;
        (!common.is_empty()).then_some((resource, common.len()))
    }

    /// Returns the namespace of the resource that is most like a path, if they have more
    /// in common than all resources have: a word behind the root.
    pub fn namespace(&self, pieces: &[&str]) -> Option<&'a str> {
        let (resource, length) = self.like(pieces)?;
        let common = resource.segments.get(..length)?;
        let mut words = common.iter().filter_map(Segment::literal);
        let is_kin = words.any(|word| word != ROOT);
        let first = resource.operations.first().filter(|_| is_kin)?;
        Some(first.namespace.as_str())
    }

    /// Returns true if a piece stands literally in a path of the model.
    pub fn is_known(&self, piece: &str) -> bool {
        self.words.contains(piece)
    }
}

/// How well a path fits: the length of the template, then which of its pieces are
/// literal. `None` when it does not fit.
fn rank(segments: &[Segment], path: &[&str]) -> Option<(usize, Vec<bool>)> {
    let skipped = path.len().checked_sub(segments.len())?;
    // A template that starts with a parameter would take any prefix for it.
    if skipped > 0 && !segments.first().is_some_and(is_literal) {
        return None;
    }
    let mut pairs = segments.iter().zip(path.get(skipped..)?);
    let all = pairs.all(|(segment, piece)| fits(segment, piece));
    all.then(|| (segments.len(), segments.iter().map(is_literal).collect()))
}

fn is_literal(segment: &Segment) -> bool {
    segment.literal().is_some()
}

fn fits(segment: &Segment, piece: &str) -> bool {
    match segment {
        Segment::Literal(text) => text == piece || text == ROOT && is_root(piece),
        Segment::Parameter(_) => true,
    }
}

/// The challenge of a 401 has its path in capitals: `/ICWS/connection`.
fn is_root(piece: &str) -> bool {
    piece.eq_ignore_ascii_case(ROOT)
}

/// Returns true for a piece that names something of the API, such as
/// `user-statuses`, and is no id.
fn is_word(piece: &str) -> bool {
    let letters = |c: char| c.is_ascii_lowercase() || c == '-';
    piece.starts_with(|c: char| c.is_ascii_lowercase()) && piece.chars().all(letters)
}

/// Scheme with host, path and query of an address.
pub(super) fn split(url: &str) -> (&str, &str, &str) {
    let url = url.split('#').next().unwrap_or_default();
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let after = address.find("://").map_or(0, |at| at + 3);
    let host = address.get(after..).unwrap_or_default();
    // Without a scheme it begins with its path.
    let start = if after == 0 { Some(0) } else { host.find('/') };
    let at = start.map_or(address.len(), |start| after + start);
    let (origin, path) = address.split_at_checked(at).unwrap_or((address, ""));
    (origin, path, query)
}

/// Splits an address at a user before its host. A password may have a `/` in it, and the
/// address no scheme.
pub(super) fn split_user(url: &str) -> Option<(&str, &str, &str)> {
    let scheme = url.find("://").map(|at| at + 3);
    let start = scheme.unwrap_or(if url.starts_with("//") { 2 } else { 0 });
    let (scheme, rest) = url.split_at_checked(start)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let end = match has_port(authority) {
        true => authority.rfind('@'),
        false => rest.rfind('@'),
    };
    let (user, host) = rest.split_at_checked(end?)?;
    Some((scheme, user, host.strip_prefix('@').unwrap_or(host)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Model, ModelSource};

    fn shipped() -> Model {
        Model::load(ModelSource::Shipped).unwrap()
    }

    #[test]
    fn a_request_is_of_the_operation_whatever_stands_before_its_path() {
        let model = shipped();
        let routes = Routes::new(model.api());
        for url in [
            "https://cic.example:8019/icws/17/messaging/messages?a=b#c",
            "/icws/17/messaging/messages/",
            "https://web.example/app/api/cic/icws//17/messaging/messages",
            "http://cic:8018/ICWS/17/messaging/messages",
        ] {
            let (Routed::Operation(found), target) = routes.find("GET", url) else {
                panic!("{url}");
            };
            assert_eq!(found.operation.id(), "messaging.poll");
            assert_eq!(target.pieces[1..], ["17", "messaging", "messages"]);
        }
        let (routed, target) = routes.find("GET", "https://a.example/x/icws/1/messaging/messages");
        assert!(matches!(routed, Routed::Operation(_)));
        assert_eq!(target.before, "https://a.example/x");
    }

    #[test]
    fn what_is_not_in_the_model_is_told_apart_from_what_is_not_of_icws() {
        let model = shipped();
        let routes = Routes::new(model.api());
        let find = |method: &str, url: &'static str| routes.find(method, url);
        let (routed, _) = find("PATCH", "/icws/17/messaging/messages");
        assert!(matches!(routed, Routed::NoMethod(_)));
        let (routed, target) = find("GET", "https://h/p/icws/17/status/moods/2001");
        assert!(matches!(routed, Routed::NoPath));
        let template = routes.template(&target.pieces);
        assert_eq!(
            template,
            [Some("icws"), None, Some("status"), Some("moods"), None]
        );
        for url in ["https://h/icws-client/index.html", "https://h", "", "x:y"] {
            assert!(matches!(find("GET", url).0, Routed::Foreign), "{url}");
        }
    }

    #[test]
    fn a_path_is_like_those_that_begin_with_its_words() {
        let model = shipped();
        let routes = Routes::new(model.api());
        for (pieces, template, namespace) in [
            (
                ["icws", "connection", "health"].as_slice(),
                [Some("icws"), Some("connection"), Some("health")].as_slice(),
                Some("connection"),
            ),
            (&["icws", "health"], &[Some("icws"), Some("health")], None),
            (
                &["icws", "17", "parking", "lots", "7"],
                &[Some("icws"), None, Some("parking"), Some("lots"), None],
                None,
            ),
            (
                &["icws", "17", "status", "moods"],
                &[Some("icws"), None, Some("status"), Some("moods")],
                Some("status"),
            ),
        ] {
            assert_eq!(routes.template(pieces), template);
            assert_eq!(routes.namespace(pieces), namespace, "{pieces:?}");
        }
    }
}
