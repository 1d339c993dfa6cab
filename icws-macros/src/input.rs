//! What stands between the parentheses of the macro.

use std::collections::{BTreeMap, BTreeSet};

use icws_spec::Selection;
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitBool, LitInt, LitStr, Result, Token, braced, bracketed};

/// The input of the macro.
pub struct Input {
    pub model: Model,
    /// What of the model is generated.
    pub selection: Selection,
    /// Where the pins stand, to report those that no feature has.
    pub pins_span: Span,
    /// The namespaces as they stand, to report those that the model lacks.
    pub only: Vec<Namespace>,
    /// The path of the runtime's crate.
    pub krate: Option<TokenStream>,
    pub tests: bool,
    /// The Cargo feature that turns each namespace on.
    pub cargo_features: BTreeMap<String, String>,
}

/// Where the model comes from.
pub enum Model {
    Shipped,
    Path(LitStr),
    Inline(LitStr),
}

/// The name of a namespace, as it stands in the input.
pub struct Namespace {
    pub name: String,
    pub tokens: TokenStream,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        // `bindings!` of the runtime puts its own path before all that was
        // written.
        let mut own = None;
        if input.peek(Token![crate]) {
            input.parse::<Token![crate]>()?;
            input.parse::<Token![:]>()?;
            own = Some(path(input)?);
            input.parse::<Token![,]>()?;
        }
        let mut parsed = Input {
            model: model(input)?,
            selection: Selection::default(),
            pins_span: Span::call_site(),
            only: Vec::new(),
            krate: own,
            tests: false,
            cargo_features: BTreeMap::new(),
        };
        let mut known = BTreeSet::new();
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let option = input.call(Ident::parse_any)?;
            if !known.insert(option.to_string()) {
                return Err(twice(option.span(), &option));
            }
            input.parse::<Token![:]>()?;
            match option.to_string().as_str() {
                "cargo_features" => {
                    parsed.cargo_features = table(input, |feature: LitStr| Ok(feature.value()))?;
                }
                "crate" => parsed.krate = Some(path(input)?),
                "features" => {
                    parsed.selection.pins = table(input, |version: LitInt| version.base10_parse())?;
                    parsed.pins_span = option.span();
                }
                "only" => {
                    parsed.only = namespaces(input)?;
                    let names = parsed.only.iter().map(|one| one.name.clone());
                    parsed.selection.only = Some(names.collect());
                }
                "tests" => parsed.tests = input.parse::<LitBool>()?.value,
                other => {
                    let message = format!(
                        "there is no option `{other}`; there are cargo_features, crate, features, only and tests"
                    );
                    return Err(Error::new(option.span(), message));
                }
            }
        }
        Ok(parsed)
    }
}

fn model(input: ParseStream<'_>) -> Result<Model> {
    if input.peek(LitStr) {
        return Ok(Model::Path(input.parse()?));
    }
    let expected = "expected a path to a model, `inline: \"…\"` or `shipped`";
    let word: Ident = input
        .parse()
        .map_err(|error| Error::new(error.span(), expected))?;
    if word == "shipped" {
        return Ok(Model::Shipped);
    }
    if word != "inline" {
        return Err(Error::new(word.span(), expected));
    }
    input.parse::<Token![:]>()?;
    Ok(Model::Inline(input.parse()?))
}

/// A path, `facade::icws_runtime`. The compiler says what is wrong with one.
fn path(input: ParseStream<'_>) -> Result<TokenStream> {
    let mut path = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        path.extend([input.parse::<TokenTree>()?]);
    }
    if path.is_empty() {
        return Err(input.error("expected a path such as `facade::icws_runtime`"));
    }
    Ok(path)
}

/// Names in braces, each with a value: `{ interactions: 8 }`.
fn table<V: Parse, T>(
    input: ParseStream<'_>,
    read: impl Fn(V) -> Result<T>,
) -> Result<BTreeMap<String, T>> {
    let content;
    braced!(content in input);
    let rows = Punctuated::<_, Token![,]>::parse_terminated_with(&content, row::<V>)?;
    let mut table = BTreeMap::new();
    for (span, name, value) in rows {
        if table.contains_key(&name) {
            return Err(twice(span, &name));
        }
        table.insert(name, read(value)?);
    }
    Ok(table)
}

/// `interactions: 8`; a name that is no identifier stands in quotes.
fn row<V: Parse>(input: ParseStream<'_>) -> Result<(Span, String, V)> {
    let span = input.span();
    let name = if input.peek(LitStr) {
        input.parse::<LitStr>()?.value()
    } else {
        input.parse::<Ident>()?.unraw().to_string()
    };
    input.parse::<Token![:]>()?;
    Ok((span, name, input.parse()?))
}

fn twice(span: Span, name: impl std::fmt::Display) -> Error {
    Error::new(
        span,
        format!("`{name}` stands twice; one of both would be lost"),
    )
}

fn namespaces(input: ParseStream<'_>) -> Result<Vec<Namespace>> {
    let content;
    bracketed!(content in input);
    let names = Punctuated::<Namespace, Token![,]>::parse_terminated_with(&content, namespace)?;
    Ok(names.into_iter().collect())
}

/// `configuration.users`; a name with a word that is no identifier stands in
/// quotes.
fn namespace(input: ParseStream<'_>) -> Result<Namespace> {
    if input.peek(LitStr) {
        let name: LitStr = input.parse()?;
        return Ok(Namespace {
            name: name.value(),
            tokens: name.into_token_stream(),
        });
    }
    let words = Punctuated::<Ident, Token![.]>::parse_separated_nonempty_with(input, word)?;
    let names: Vec<String> = words.iter().map(|word| word.unraw().to_string()).collect();
    Ok(Namespace {
        name: names.join("."),
        tokens: words.into_token_stream(),
    })
}

/// A word of a namespace; it may be a keyword.
fn word(input: ParseStream<'_>) -> Result<Ident> {
    let expected = "expected a namespace, as in `only: [status, configuration.users]`";
    let word = input.call(Ident::parse_any);
    word.map_err(|error| Error::new(error.span(), expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_twice_is_an_error_and_no_choice() {
        for text in [
            "shipped, tests: true, tests: false",
            "shipped, features: { a: 1, b: 1, a: 2 }",
            "shipped, cargo_features: { a: \"a\", \"a\": \"b\" }",
        ] {
            let error = syn::parse_str::<Input>(text).err().unwrap();
            assert!(error.to_string().contains("stands twice"), "{error}");
        }
        let own = syn::parse_str::<Input>("crate: a, shipped, crate: b, features: { r#type: 1 }");
        let own = own.unwrap();
        assert_eq!(own.krate.unwrap().to_string(), "b");
        assert_eq!(own.selection.pins.get("type"), Some(&1));
    }
}
