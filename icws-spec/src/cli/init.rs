//! `icws-spec init`.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use icws_spec::init::files;

use super::files::failed;
use super::{Failure, Only, plural};

/// The arguments of `init`.
#[derive(Args)]
pub struct Init {
    /// The folder to write to; it must be empty, or not be there.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    only: Only,
}

impl Init {
    pub fn run(self) -> Result<(), Failure> {
        let folder = self.folder.as_path();
        if let Some(file) = folder.ancestors().find(|path| path.is_file()) {
            return Err(Failure::Usage(format!(
                "{} is a file; name a folder that is empty or not there",
                file.display()
            )));
        }
        if !is_free(folder).map_err(|error| failed(folder, &error))? {
            return Err(Failure::Usage(format!(
                "{} is not an empty folder; name another one, and nothing is overwritten",
                folder.display()
            )));
        }
        let shipped = super::load_sound(None)?;
        let selection = self.only.selection();
        super::known(&selection, &shipped)?;
        let files = files(&shipped, &selection);
        for file in &files {
            let path = folder.join(&file.path);
            let around = path.parent().unwrap_or(folder);
            let written = fs::create_dir_all(around).and_then(|()| fs::write(&path, &file.text));
            written.map_err(|error| failed(&path, &error))?;
        }
        let model = files.len() - 1;
        let folder = folder.display();
        let s = plural(model == 1);
        tell!("{folder}: {model} file{s} of the shipped model, and the schema for editors");
        tell!("next: change them, run `icws-spec check {folder}`, and write");
        tell!("`bindings!(\"{folder}/icws.yaml\")` in a program");
        Ok(())
    }
}

/// Returns true if a folder is empty or not there.
fn is_free(folder: &Path) -> std::io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}
