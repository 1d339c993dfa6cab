//! Which operation a request is of, and how it is carried out.

use std::collections::{HashMap, HashSet};

use http::Method;
use icws_spec::api;
pub(super) use icws_spec::api::Needs;

use crate::answer::is_typed;
use crate::areas::{Areas, Role};
use crate::modelled::{self, Modelled};
use crate::settings::Settings;
use icws_generated::runtime::{Route, RouteError, Routed, find_route};
use icws_generated::{AnyRequest, ROUTES};

/// An operation that the server has.
pub(super) struct Served {
    /// The name with its namespace.
    pub id: String,
    pub method: Method,
    /// The path in pieces; `None` for a parameter.
    template: Vec<Option<String>>,
    pub needs: Needs,
    /// The feature version that introduced it.
    pub since: Option<(String, u32)>,
    pub kind: Kind,
}

/// How the operation is carried out.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// With the types of the shipped model.
    Shipped(&'static Route<AnyRequest>),
    /// By the shipped model or the loaded one, and what the server does besides; all
    /// is made up when it does nothing.
    Modelled(Source, modelled::Index, Option<Role>),
}

/// A model that requests are held against.
#[derive(Clone, Copy)]
pub(super) enum Source {
    Shipped,
    Loaded,
}

/// The operation of a request and the pieces of its path.
pub(super) type Found<'a> = Result<(&'a Served, Vec<&'a str>), RouteError>;

/// All operations of the server.
pub(super) struct Router {
    served: Vec<Served>,
}

impl Router {
    /// The operations that are carried out by the generated types, then those of the
    /// shipped model and of a loaded one whose method and path are not among them.
    pub fn new(settings: &Settings) -> Self {
        let typed = ROUTES.iter().filter(|route| is_typed(route.meta.id));
        let needs = settings.shipped.operations();
        let needs =
            needs.map(|(_, resource, operation)| (operation.id(), operation.needs(resource)));
        let needs: HashMap<String, Needs> = needs.collect();
        let mut served: Vec<Served> = typed.map(|route| shipped(route, &needs)).collect();
        let key = |served: &Served| (served.method.clone(), served.template.clone());
        let mut known: HashSet<_> = served.iter().map(key).collect();
        let shipped = settings.shipped.operations();
        let shipped = shipped.map(|operation| (Source::Shipped, operation));
        let loaded = settings.loaded.iter().flat_map(Modelled::operations);
        let loaded = loaded.map(|operation| (Source::Loaded, operation));
        for (source, operation) in shipped.chain(loaded) {
            let operation = modelled(settings.areas, source, operation);
            served.extend(operation.filter(|operation| known.insert(key(operation))));
        }
        Router { served }
    }

    /// The names of the operations.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.served.iter().map(|served| served.id.as_str())
    }

    /// The operation of a request, and the pieces of the path that its template
    /// stands for.
    pub fn find<'a>(&'a self, method: &Method, path: &'a str) -> Found<'a> {
        find_route(&self.served, method, path)
    }
}

impl Routed for Served {
    fn method(&self) -> &Method {
        &self.method
    }

    fn pieces(&self) -> impl ExactSizeIterator<Item = Option<&str>> + Clone {
        self.template.iter().map(Option::as_deref)
    }
}

fn shipped(route: &'static Route<AnyRequest>, needs: &HashMap<String, Needs>) -> Served {
    let meta = route.meta;
    let template = route.pieces().map(|piece| piece.map(str::to_owned));
    let since = meta.since.as_ref();
    Served {
        id: meta.id.to_owned(),
        method: meta.method.clone(),
        template: template.collect(),
        needs: needs.get(meta.id).copied().unwrap_or_default(),
        since: since.map(|since| (since.feature.to_owned(), since.version)),
        kind: Kind::Shipped(route),
    }
}

fn modelled(
    areas: &Areas,
    source: Source,
    (index, resource, operation): (modelled::Index, &api::Resource, &api::Operation),
) -> Option<Served> {
    let template = resource.segments.iter().map(|segment| match segment {
        api::Segment::Literal(text) => Some(text.clone()),
        api::Segment::Parameter(_) => None,
    });
    let method = Method::from_bytes(operation.method.as_bytes()).ok()?;
    let role = match source {
        Source::Shipped => Role::of(areas, resource, operation),
        Source::Loaded => None,
    };
    let since = operation.since.as_ref();
    Some(Served {
        id: operation.id(),
        method,
        template: template.collect(),
        needs: operation.needs(resource),
        since: since.and_then(|since| Some((since.feature.clone(), since.version?))),
        kind: Kind::Modelled(source, index, role),
    })
}
