//! Texts of a model stay texts: in the docs of the bindings, in a changelog, in
//! JSON and on a terminal.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use icws_spec::ModelSource;
use icws_spec::codegen::{Options, generate};
use syn::visit::Visit;

use crate::command::icws_spec;

const HOSTILE: &str = "tests/texts/hostile.yaml";

/// A file of this test alone.
fn scratch(name: &str, text: &str) -> PathBuf {
    crate::written(module_path!(), name, text)
}

/// The docs of each item, as rustdoc joins them.
#[derive(Default)]
struct Docs(Vec<String>);

impl Docs {
    fn add(&mut self, attributes: &[syn::Attribute]) {
        let lines = attributes.iter().filter_map(|attribute| {
            let syn::Meta::NameValue(pair) = &attribute.meta else {
                return None;
            };
            match &pair.value {
                syn::Expr::Lit(literal) if pair.path.is_ident("doc") => match &literal.lit {
                    syn::Lit::Str(text) => Some(text.value()),
                    _ => None,
                },
                _ => None,
            }
        });
        let lines: Vec<String> = lines.collect();
        if !lines.is_empty() {
            self.0.push(lines.join("\n"));
        }
    }
}

impl<'a> Visit<'a> for Docs {
    fn visit_item(&mut self, item: &'a syn::Item) {
        match item {
            syn::Item::Struct(item) => self.add(&item.attrs),
            syn::Item::Enum(item) => self.add(&item.attrs),
            syn::Item::Type(item) => self.add(&item.attrs),
            syn::Item::Mod(item) => self.add(&item.attrs),
            syn::Item::Static(item) => self.add(&item.attrs),
            syn::Item::Const(item) => self.add(&item.attrs),
            _ => {}
        }
        syn::visit::visit_item(self, item);
    }

    fn visit_field(&mut self, field: &'a syn::Field) {
        self.add(&field.attrs);
    }

    fn visit_variant(&mut self, variant: &'a syn::Variant) {
        self.add(&variant.attrs);
        syn::visit::visit_variant(self, variant);
    }

    fn visit_impl_item(&mut self, item: &'a syn::ImplItem) {
        match item {
            syn::ImplItem::Fn(item) => self.add(&item.attrs),
            syn::ImplItem::Const(item) => self.add(&item.attrs),
            _ => {}
        }
    }
}

/// The docs of the bindings of a model.
fn docs(path: &str) -> Vec<String> {
    let model = crate::sound(ModelSource::Path(Path::new(path)));
    let code = generate(&model, &Options::default());
    let mut docs = Docs::default();
    docs.visit_file(&syn::parse2(code).unwrap());
    docs.0
}

/// The text without the links that the generator makes, which lead to items that
/// are not in this crate.
fn without_own_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`")
        && let Some((name, after)) = link.split_once("`]")
    {
        out.push_str(&format!("{before}`{name}`"));
        let target = after
            .strip_prefix('(')
            .and_then(|after| after.split_once(')'));
        rest = target.map_or(after, |(_, after)| after);
    }
    out + rest
}

/// rustdoc over a crate that consists of these docs.
fn rustdoc(docs: &[String], arguments: &[&str]) -> Output {
    let items = docs.iter().enumerate().map(|(number, text)| {
        let text = without_own_links(text);
        format!("#[doc = {text:?}]\npub struct D{number};\n")
    });
    let code: String = items.collect();
    let code = format!("//! Texts.\n#![deny(missing_docs)]\n{code}");
    let file = scratch("texts.rs", &code);
    let mut command = Command::new("rustdoc");
    command
        .args(["--edition", "2024", "-D", "warnings"])
        .args(arguments);
    command.arg(file).output().unwrap()
}

#[test]
fn no_text_of_a_model_is_a_test_or_a_link_of_the_bindings() {
    let docs = docs(HOSTILE);
    assert!(
        docs.iter().any(|text| text.contains("```text\n panic!()")),
        "{docs:#?}"
    );
    let tests = rustdoc(&docs, &["--test"]);
    let said = String::from_utf8_lossy(&tests.stdout);
    assert!(said.contains("running 0 tests"), "{said}");
    let out = crate::scratch(module_path!(), "texts-doc");
    let made = rustdoc(&docs, &["--out-dir", out.to_str().unwrap()]);
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
}

/// Characters that end lines, turn or hide text, or that a terminal obeys.
fn hidden(text: &str) -> Vec<char> {
    let hidden = |c: &char| {
        c.is_control() && !['\n', '\t'].contains(c)
            || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2028}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(hidden).collect()
}

#[test]
fn no_output_has_characters_that_cannot_be_seen() {
    let text = fs::read_to_string(HOSTILE).unwrap();
    let old = text.replace("type: string, rust_name: de", "type: int, rust_name: de");
    let old = scratch("texts-old.yaml", &old);
    let wrong = scratch(
        "texts-wrong.yaml",
        "icws: 1\nnamespace: a\nobjects: { \"a\\e[31m\": { x\u{200b}: \"\\u202e\" } }\n",
    );
    let (old, wrong) = (old.to_str().unwrap(), wrong.to_str().unwrap());
    for arguments in [
        &["expand", HOSTILE][..],
        &["show", HOSTILE],
        &["show", HOSTILE, "tmpfs"],
        &["show", HOSTILE, "--format", "json"],
        &["export", "openapi", HOSTILE],
        &["export", "openapi", HOSTILE, "--yaml"],
        &["export", "json-schema", HOSTILE],
        &["export", "asyncapi", HOSTILE, "--yaml"],
        &["export", "postman", HOSTILE],
        &["diff", old, HOSTILE],
        &["diff", old, HOSTILE, "--format", "json"],
        &["diff", old, HOSTILE, "--format", "markdown"],
        &["check", wrong],
        &["check", wrong, "--format", "json"],
        &["expand", wrong],
    ] {
        let output = icws_spec(arguments);
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert!(
            said.iter().any(|text| text.len() > 80),
            "{arguments:?}: {said:?}"
        );
        assert_eq!(hidden(&said.concat()), [] as [char; 0], "{arguments:?}");
    }
}

#[test]
fn a_changelog_has_names_as_code_and_nothing_else() {
    let text = fs::read_to_string(HOSTILE).unwrap();
    let less = text.lines().filter(|line| !line.contains("a`b[c]"));
    let less = less.collect::<Vec<_>>().join("\n");
    let old = scratch("texts-before.yaml", &less);
    let output = icws_spec(&[
        "diff",
        old.to_str().unwrap(),
        HOSTILE,
        "--format",
        "markdown",
    ]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("a`b[c]``"), "{said}");
}
