//! A model that gains an item of any kind keeps every name that it had.

use std::collections::BTreeSet;

use icws_spec::ModelSource;
use icws_spec::codegen::{Options, generate};
use syn::visit::{self, Visit};

/// The base: a little of each kind. `{…}` are the places that can grow.
const BASE: &str = r#"
icws: 1
namespace: desk
features: { desk: { doc: Desks. }{feature} }
parameters:
  sessionId: { name: sessionId, in: path, type: string, required: true, session: id }
  csrfToken: { name: ININ-ICWS-CSRF-Token, in: header, type: string, required: true, session: csrfToken }
  cookie: { name: Cookie, in: header, type: string, required: true, session: cookie }{shared parameter}
replies:
  wrong: { body: error, errors: { error.desk.broken: {} } }{shared reply}
enums:
  look: { values: { Plain: 0, Carved: 1{value} } }
  parts: { flags: true, values: { Leg: 1, Top: 2{flag} } }{enum}
objects:
  error: { urn: "urn:e:error", properties: { message: { type: string } } }
  place: { properties: { at: { type: string }, look: { type: look }{property} }, examples: { at-home: { value: { at: Home } }{example} } }
  item: { abstract: true, urn: "urn:e:item", properties: { id: { type: string, required: true } } }
  lamp: { urn: "urn:e:lamp", base: item, properties: { on: { type: boolean } } }
  mug: { urn: "urn:e:mug", base: item, properties: { full: { type: boolean } } }{object}
messages:
  deskMessage: { urn: "urn:e:deskMessage", delta: { flag: isDelta, key: deskId }, properties: { isDelta: { type: boolean, required: true }, deskId: { type: string, required: true }, at: { type: string } } }{message}
resources:
  /icws/{sessionId}/desks/{deskId}:
    parameters: [sessionId, csrfToken, cookie, { name: deskId, in: path, type: string, required: true, doc: "{text}" }]
    PUT: { name: watch, replies: { 200: { messages: [deskMessage] }, 404: { body: error{header} }{reply} }{operation example} }
    DELETE: { name: unwatch, replies: { 204: {}, 409: wrong, 410: { errors: { gone.desk: {}{error} } } } }{operation}
  /icws/{sessionId}/lamps/{deskId}:
    parameters: [sessionId, csrfToken, cookie, { name: deskId, in: path, type: int, required: true }]
    PUT: { name: light, body: item, parameters: [{ name: long, in: query, type: int }{parameter}], replies: { 200: { body: place }, 404: { body: error } } }{resource}
"#;

/// What is added, by its place in the base.
const GROWTH: &[(&str, &str)] = &[
    ("feature", ", chair: { doc: Chairs. }"),
    (
        "shared parameter",
        "\n  desk_id: { name: deskID, in: query, type: string }",
    ),
    ("shared reply", "\n  desk: { body: error }"),
    ("flag", ", Drawer: 4"),
    ("error", ", desk.gone: {}"),
    ("example", ", home-at: { value: { at: Home } }"),
    (
        "operation example",
        ", examples: { desk_place-at: { parameters: { sessionId: \"1\", ININ-ICWS-CSRF-Token: t, Cookie: c, deskId: \"2\" }, request: PUT /icws/1/desks/2, reply: { status: 200 } } }",
    ),
    ("value", ", Painted: 2"),
    ("enum", "\n  tint: { values: { Red: 0 } }"),
    ("property", ", tags: { type: list string }"),
    (
        "object",
        "\n  pen: { urn: \"urn:e:pen\", base: item, properties: { ink: { type: string } } }",
    ),
    (
        "object",
        "\n  box: { properties: { items: { type: list item } } }",
    ),
    (
        "message",
        "\n  desk: { urn: \"urn:e:desk\", properties: { isDelta: { type: boolean, required: true } } }",
    ),
    ("header", ", headers: { Retry-After: { type: int } }"),
    ("reply", ", 409: { body: error }"),
    (
        "operation",
        "\n    GET: { name: look_at, rust_name: LookAt, replies: { 200: { body: place }, 404: {} } }",
    ),
    ("parameter", ", { name: colour, in: query, type: string }"),
    ("text", "Which desk."),
    (
        "resource",
        "\n  /icws/first/{deskId}:\n    parameters: [{ name: deskId, in: path, type: long, required: true }]\n    GET: { name: first, replies: { 200: {} } }",
    ),
];

/// A file with the same short names in another namespace.
const NEIGHBOUR: &str = r#"
icws: 1
namespace: another
objects:
  place: { properties: { at: { type: string } } }
  cup: { urn: "urn:n:cup", base: desk.item, properties: { at: { type: string } } }
messages:
  deskMessage: { urn: "urn:n:deskMessage", properties: { isDelta: { type: boolean, required: true } } }
resources:
  /icws/{sessionId}/others/{deskId}:
    parameters: [sessionId, csrfToken, cookie, { name: deskId, in: path, type: string, required: true, doc: "Another text." }]
    PUT: { name: watch, replies: { 200: { messages: [deskMessage] }, 404: { body: desk.error } } }
    DELETE: { name: unwatch, replies: { 204: {} } }
"#;

fn base(with: Option<(&str, &str)>) -> String {
    let mut text = BASE.to_owned();
    for (place, _) in GROWTH {
        let added = with.filter(|(grown, _)| grown == place);
        text = text.replace(
            &format!("{{{place}}}"),
            added.map_or("", |(_, added)| added),
        );
    }
    text
}

/// Every name of the bindings with the path to it: items, variants, fields,
/// methods, constants, functions and tests.
#[derive(Default)]
struct Names {
    path: Vec<String>,
    all: BTreeSet<String>,
}

impl Names {
    fn of(source: ModelSource<'_>) -> BTreeSet<String> {
        let model = crate::sound(source);
        let mut options = Options::default();
        options.tests = true;
        let file = syn::parse2(generate(&model, &options)).unwrap();
        let mut names = Names::default();
        names.visit_file(&file);
        assert!(names.all.len() > 100, "{:?}", names.all);
        names.all
    }

    fn add(&mut self, name: &dyn ToString) {
        let path = self.path.join("::");
        self.all.insert(format!("{path}::{}", name.to_string()));
    }

    fn within(&mut self, name: String, visit: impl FnOnce(&mut Self)) {
        self.add(&name);
        self.path.push(name);
        visit(self);
        self.path.pop();
    }
}

impl Visit<'_> for Names {
    fn visit_item_mod(&mut self, module: &syn::ItemMod) {
        // Nobody but the bindings can name what is in it.
        if module.ident != "parameter_lists" {
            self.within(module.ident.to_string(), |names| {
                visit::visit_item_mod(names, module);
            });
        }
    }

    fn visit_item_struct(&mut self, item: &syn::ItemStruct) {
        self.within(item.ident.to_string(), |names| {
            let fields = item.fields.iter();
            fields
                .filter_map(|f| f.ident.as_ref())
                .for_each(|f| names.add(f));
        });
    }

    fn visit_item_enum(&mut self, item: &syn::ItemEnum) {
        self.within(item.ident.to_string(), |names| {
            item.variants
                .iter()
                .for_each(|variant| names.add(&variant.ident));
        });
    }

    fn visit_item_fn(&mut self, item: &syn::ItemFn) {
        self.add(&item.sig.ident);
    }

    fn visit_item_static(&mut self, item: &syn::ItemStatic) {
        self.add(&item.ident);
    }

    fn visit_item_const(&mut self, item: &syn::ItemConst) {
        if item.ident != "_" {
            self.add(&item.ident);
        }
    }

    fn visit_item_type(&mut self, item: &syn::ItemType) {
        self.add(&item.ident);
    }

    fn visit_item_impl(&mut self, item: &syn::ItemImpl) {
        let syn::Type::Path(of) = &*item.self_ty else {
            return;
        };
        let name = of.path.segments.last().unwrap().ident.to_string();
        self.path.push(name);
        for part in &item.items {
            match part {
                syn::ImplItem::Fn(part) => self.add(&part.sig.ident),
                syn::ImplItem::Const(part) => self.add(&part.ident),
                _ => {}
            }
        }
        self.path.pop();
    }
}

/// What one change takes away, beside what it is meant to change.
fn lost(old: &BTreeSet<String>, new: &BTreeSet<String>) -> Vec<String> {
    old.difference(new).cloned().collect()
}

#[test]
fn an_item_more_renames_nothing() {
    let old = Names::of(ModelSource::Inline(&base(None)));
    for growth in GROWTH {
        let text = base(Some(*growth));
        let new = Names::of(ModelSource::Inline(&text));
        let lost = lost(&old, &new);
        // An operation that gains a parameter, a reply or a header has another
        // shape; the name of the old one goes when nobody has it any more.
        let shared = |name: &&String| {
            let own = ["parameter", "reply", "header"].contains(&growth.0);
            let module = name.trim_start_matches("::").split("::").next();
            !(own && matches!(module, Some("requests" | "responses")))
        };
        let lost: Vec<&String> = lost.iter().filter(shared).collect();
        assert_eq!(lost, [""; 0], "{growth:?}");
    }
}

#[test]
fn a_namespace_with_the_same_names_renames_nothing() {
    let folder = crate::scratch(module_path!(), "growth");
    std::fs::create_dir_all(&folder).unwrap();
    let old = Names::of(ModelSource::Inline(&base(None)));
    let text = base(None).replace("icws: 1\n", "icws: 1\ninclude: [another.yaml]\n");
    std::fs::write(folder.join("icws.yaml"), text).unwrap();
    std::fs::write(folder.join("another.yaml"), NEIGHBOUR).unwrap();
    let new = Names::of(ModelSource::Path(&folder.join("icws.yaml")));
    assert_eq!(lost(&old, &new), [""; 0]);
}
