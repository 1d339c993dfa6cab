//! What the macro puts in its place.

use std::path::{Path, PathBuf};

use icws_spec::codegen::{Options, generate};
use icws_spec::plan::NameKind;
use icws_spec::shipped::FOLDER;
use icws_spec::{Model, ModelSource, UnknownName};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;

use crate::input::{self, Input};

/// More findings than this are counted, not listed.
const MOST_FINDINGS: usize = 20;

/// The bindings, with the findings of the model as errors.
pub fn expand(input: &Input) -> TokenStream {
    let (span, loaded) = match &input.model {
        // By its path, so that the compiler looks at its files again, too.
        input::Model::Shipped => (
            Span::call_site(),
            Model::load(ModelSource::Path(Path::new(FOLDER))).map_err(|e| e.to_string()),
        ),
        input::Model::Inline(text) => (
            text.span(),
            Model::load(ModelSource::Inline(&text.value())).map_err(|e| e.to_string()),
        ),
        input::Model::Path(path) => (path.span(), load_path(path)),
    };
    let model = match loaded {
        Ok(model) => model,
        Err(message) => return error(span, &message),
    };
    let mut options = Options::default();
    options.selection.clone_from(&input.selection);
    options.tests = input.tests;
    options.cargo_features.clone_from(&input.cargo_features);
    if let Some(krate) = &input.krate {
        options.runtime.clone_from(krate);
    }
    let files = model.sources().files();
    let paths = files.filter_map(|(_, file)| file.absolute.as_deref());
    let tracked: TokenStream = paths.map(|path| tracked(path, span)).collect();
    let errors = errors(input, &model, span);
    let bindings = generate(&model, &options);
    quote! { #tracked #errors #bindings }
}

fn load_path(path: &LitStr) -> Result<Model, String> {
    let file = locate(path)?;
    Model::load(ModelSource::Path(&file)).map_err(|error| {
        let help =
            "paths are relative to the package; `./…` is relative to the file that calls the macro";
        error.help(help).to_string()
    })
}

/// The path of the model, as absolute as the compiler's notion of the caller.
fn locate(path: &LitStr) -> Result<PathBuf, String> {
    let text = path.value();
    if text.starts_with("./") || text.starts_with("../") {
        let file = path.span().unwrap().local_file();
        let file = file.ok_or(
            "the file that calls the macro is not known; write the path relative to the package",
        )?;
        let folder = file.parent().unwrap_or(Path::new(""));
        return Ok(folder.join(text.strip_prefix("./").unwrap_or(&text)));
    }
    let package = std::env::var_os("CARGO_MANIFEST_DIR");
    let package = package.ok_or("CARGO_MANIFEST_DIR is not set; is cargo the caller?")?;
    Ok(Path::new(&package).join(text))
}

/// Makes the compiler look at a file again when it changes, also after an error
/// in it. A path that cannot stand in Rust code is an error: changes to the file
/// would go unseen.
fn tracked(path: &Path, span: Span) -> TokenStream {
    match path.to_str() {
        Some(path) => quote! {
            const _: &[::core::primitive::u8] = ::core::include_bytes!(#path);
        },
        None => {
            let path = path.display();
            error(
                span,
                &format!("the compiler cannot look at {path} for changes: the path is not UTF-8"),
            )
        }
    }
}

fn errors(input: &Input, model: &Model, span: Span) -> TokenStream {
    let findings = model.findings();
    let listed = findings.iter().take(MOST_FINDINGS);
    let mut errors: TokenStream = listed
        .map(|finding| error(span, &finding.to_string()))
        .collect();
    let more = findings.len().saturating_sub(MOST_FINDINGS);
    if more > 0 {
        let message = format!("{more} more findings; `icws-spec check` lists all");
        errors.extend(error(span, &message));
    }
    // What has a finding is not in the model, and its names are not known.
    if findings.is_empty() {
        let unknown = input.selection.unknown(model.api());
        errors.extend(unknown.iter().map(|unknown| not_there(input, unknown)));
    }
    errors
}

/// The error of a name that the model does not have, where the name stands.
fn not_there(input: &Input, unknown: &UnknownName<'_>) -> TokenStream {
    let mut names = input.only.iter();
    let namespace = match unknown.kind {
        NameKind::Namespace => names.find(|one| one.name == unknown.name),
        _ => None,
    };
    match namespace {
        Some(one) => syn::Error::new_spanned(&one.tokens, unknown).into_compile_error(),
        None => error(input.pins_span, &unknown.to_string()),
    }
}

fn error(span: Span, message: &str) -> TokenStream {
    quote_spanned!(span=> ::core::compile_error!(#message);)
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    #[test]
    fn a_path_that_is_not_utf_8_is_an_error_and_no_silence() {
        let path = Path::new(OsStr::from_bytes(b"/caf\xe9/icws.yaml"));
        let tokens = tracked(path, Span::call_site()).to_string();
        assert!(tokens.contains("compile_error"), "{tokens}");
        assert!(tokens.contains("not UTF-8"), "{tokens}");
        let tokens = tracked(Path::new("/café/icws.yaml"), Span::call_site()).to_string();
        assert!(tokens.contains("include_bytes"), "{tokens}");
    }
}
