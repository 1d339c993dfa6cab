//! `icws-spec export`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use icws_spec::formats::{self, Format, Lost};

use super::{Failure, Only};

/// The arguments of `export`.
#[derive(Args)]
pub struct Export {
    /// What to write.
    #[arg(value_enum)]
    format: Name,
    /// The model.
    model: Option<PathBuf>,
    #[command(flatten)]
    only: Only,
    /// Write to a file instead of stdout; one that ends in .yaml is written as
    /// YAML.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write YAML instead of JSON; of OpenAPI and AsyncAPI only.
    #[arg(long)]
    yaml: bool,
    /// The version of OpenAPI; many generators do not read 3.1.
    #[arg(long, value_enum, value_name = "VERSION", default_value = "3.1")]
    openapi: OpenApi,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OpenApi {
    #[value(name = "3.1")]
    Newer,
    #[value(name = "3.0")]
    Older,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    /// OpenAPI: the operations and types.
    Openapi,
    /// JSON Schema 2020-12: the types, and the bodies of operations.
    JsonSchema,
    /// AsyncAPI 3.0: the messages, and what starts and stops them.
    Asyncapi,
    /// A collection of Postman 2.1.
    Postman,
}

impl Export {
    fn format(&self) -> Format {
        match (self.format, self.openapi) {
            (Name::Openapi, OpenApi::Newer) => Format::OpenApi,
            (Name::Openapi, OpenApi::Older) => Format::OpenApi30,
            (Name::JsonSchema, _) => Format::JsonSchema,
            (Name::Asyncapi, _) => Format::AsyncApi,
            (Name::Postman, _) => Format::Postman,
        }
    }

    pub fn run(self) -> Result<(), Failure> {
        let asked = self.yaml || self.out.as_deref().is_some_and(is_yaml);
        if asked && !matches!(self.format, Name::Openapi | Name::Asyncapi) {
            let message =
                "tools read this format as JSON; only openapi and asyncapi are written as YAML";
            return Err(Failure::Usage(message.to_owned()));
        }
        if self.openapi == OpenApi::Older && self.format != Name::Openapi {
            let message = "--openapi is for the format openapi alone";
            return Err(Failure::Usage(message.to_owned()));
        }
        let format = self.format();
        let model = super::load_sound(self.model.as_deref())?;
        let model = super::select(model, &self.only.selection())?;
        let document = formats::document(&model.plan(), format);
        let text = if asked {
            formats::yaml(&document.json)
        } else {
            super::json(&document.json)
        };
        match self.out {
            Some(file) => super::files::write(&file, &text, &model)?,
            None => super::print(&text)?,
        }
        tell(&document.lost);
        Ok(())
    }
}

fn is_yaml(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"))
}

/// Says what the document does not hold.
fn tell(lost: &[Lost]) {
    if lost.is_empty() {
        return;
    }
    tell!("the format does not hold all of the model:");
    for lost in lost {
        tell!("{:>7}  {}", lost.count, lost.kind);
    }
}
