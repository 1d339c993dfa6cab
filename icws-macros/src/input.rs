//! What stands between the parentheses of the macro.

use icws_spec::{Pins, Selection};
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitBool, LitInt, LitStr, Result, Token, braced};

/// The input of the macro.
pub struct Input {
    pub model: Model,
    /// What of the model is generated.
    pub selection: Selection,
    /// Where the pins stand, to report those that no feature has.
    pub pins_span: Span,
    /// The path of the runtime's crate.
    pub krate: Option<TokenStream>,
    pub tests: bool,
}

/// Where the model comes from.
pub enum Model {
    Shipped,
    Path(LitStr),
    Inline(LitStr),
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
            krate: own,
            tests: false,
        };
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let option = input.call(Ident::parse_any)?;
            input.parse::<Token![:]>()?;
            match option.to_string().as_str() {
                "crate" => parsed.krate = Some(path(input)?),
                "features" => {
                    parsed.selection.pins = pins(input)?;
                    parsed.pins_span = option.span();
                }
                "tests" => parsed.tests = input.parse::<LitBool>()?.value,
                other => {
                    let message = format!(
                        "there is no option `{other}`; there are crate, features and tests"
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

fn pins(input: ParseStream<'_>) -> Result<Pins> {
    let content;
    braced!(content in input);
    let pins = Punctuated::<(String, u32), Token![,]>::parse_terminated_with(&content, pin)?;
    Ok(pins.into_iter().collect())
}

/// `interactions: 8`; a name that is no identifier stands in quotes.
fn pin(input: ParseStream<'_>) -> Result<(String, u32)> {
    let name = if input.peek(LitStr) {
        input.parse::<LitStr>()?.value()
    } else {
        input.parse::<Ident>()?.to_string()
    };
    input.parse::<Token![:]>()?;
    Ok((name, input.parse::<LitInt>()?.base10_parse()?))
}
