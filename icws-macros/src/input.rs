//! What stands between the parentheses of the macro.

use std::collections::BTreeMap;

use icws_spec::{Pins, Selection};
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
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let option = input.call(Ident::parse_any)?;
            input.parse::<Token![:]>()?;
            match option.to_string().as_str() {
                "cargo_features" => {
                    let features = table::<LitStr>(input)?.into_iter();
                    let features = features.map(|(name, feature)| (name, feature.value()));
                    parsed.cargo_features = features.collect();
                }
                "crate" => parsed.krate = Some(path(input)?),
                "features" => {
                    parsed.selection.pins = pins(input)?;
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

/// `{ interactions: 8 }`.
fn pins(input: ParseStream<'_>) -> Result<Pins> {
    let pins = table::<LitInt>(input)?.into_iter();
    pins.map(|(name, version)| Ok((name, version.base10_parse()?)))
        .collect()
}

/// Names in braces, each with a value.
fn table<V: Parse>(input: ParseStream<'_>) -> Result<Vec<(String, V)>> {
    let content;
    braced!(content in input);
    let rows = Punctuated::<(String, V), Token![,]>::parse_terminated_with(&content, row)?;
    Ok(rows.into_iter().collect())
}

/// `interactions: 8`; a name that is no identifier stands in quotes.
fn row<V: Parse>(input: ParseStream<'_>) -> Result<(String, V)> {
    let name = if input.peek(LitStr) {
        input.parse::<LitStr>()?.value()
    } else {
        input.parse::<Ident>()?.to_string()
    };
    input.parse::<Token![:]>()?;
    Ok((name, input.parse()?))
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
