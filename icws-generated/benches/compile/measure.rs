//! Building crates and taking their time.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// What takes longer is not built three times.
const LONG: Duration = Duration::from_secs(30);

/// What a generator makes.
pub struct Source {
    /// The dependencies, as in a manifest.
    pub dependencies: String,
    /// Paths and texts.
    pub files: Vec<(String, String)>,
    /// What the command did; none where the compiler runs the generator.
    pub expansion: Option<Expansion>,
}

/// One run of a generator's command.
pub struct Expansion {
    pub took: Took,
    /// The lines of code that it wrote.
    pub lines: usize,
}

/// A crate that is written for a measurement.
pub struct Crate {
    folder: PathBuf,
    target: PathBuf,
}

/// What a build took.
pub struct Took {
    pub time: Duration,
    /// The most memory that one process had, in MiB; zero where the system does
    /// not tell.
    pub memory: u64,
}

impl Crate {
    /// Writes a crate; `target` is shared by crates with the same dependencies.
    pub fn write(folder: &Path, target: &Path, source: &Source) -> Result<Crate, Box<dyn Error>> {
        let manifest = format!(
            "[package]\nname = \"subject\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n{}",
            source.dependencies
        );
        for (path, text) in source
            .files
            .iter()
            .chain([&("Cargo.toml".to_owned(), manifest)])
        {
            write(&folder.join(path), text)?;
        }
        Ok(Crate {
            folder: folder.to_owned(),
            target: target.to_owned(),
        })
    }

    /// Builds with everything that the crate depends on.
    pub fn build(&self, command: &[&str]) -> Result<Took, Box<dyn Error>> {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(command)
            .arg("--quiet")
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target);
        run(&mut cargo)
    }

    /// The least of three builds of the crate alone, its dependencies being
    /// there; one build is enough of what takes long.
    pub fn rebuild(&self, command: &[&str]) -> Result<Took, Box<dyn Error>> {
        self.dependencies(command)?;
        let mut least: Option<Took> = None;
        for _ in 0..3 {
            self.forget(command)?;
            let took = self.build(command)?;
            if least.as_ref().is_none_or(|least| took.time < least.time) {
                least = Some(took);
            }
            if least.as_ref().is_some_and(|least| least.time > LONG) {
                break;
            }
        }
        least.ok_or_else(|| "nothing was built".into())
    }

    /// Builds what the crate depends on, with nothing in the crate itself.
    fn dependencies(&self, command: &[&str]) -> Result<(), Box<dyn Error>> {
        let library = self.folder.join("src/lib.rs");
        let text = fs::read(&library)?;
        fs::write(&library, "")?;
        let built = self.build(command);
        fs::write(&library, text)?;
        built.map(|_| ())
    }

    /// Without this cargo would take what the last build left.
    fn forget(&self, command: &[&str]) -> Result<(), Box<dyn Error>> {
        let mut clean = vec!["clean", "--package", "subject"];
        if command.contains(&"--release") {
            clean.push("--release");
        }
        self.build(&clean).map(|_| ())
    }

    /// The size of the library in KiB.
    pub fn library(&self, profile: &str) -> Result<u64, Box<dyn Error>> {
        Ok(fs::metadata(self.target.join(profile).join("libsubject.rlib"))?.len() / 1024)
    }
}

/// Writes a file, with the folders that it is in.
pub fn write(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(path.parent().ok_or("no folder")?)?;
    fs::write(path, text)?;
    Ok(())
}

/// The lines of a file, or of the files in a folder.
pub fn lines(path: &Path) -> Result<usize, Box<dyn Error>> {
    if path.is_file() {
        return Ok(fs::read_to_string(path)?.lines().count());
    }
    let mut count = 0;
    for entry in fs::read_dir(path)? {
        count += lines(&entry?.path())?;
    }
    Ok(count)
}

/// Runs a command under `time`, where there is one, for its memory.
pub fn run(command: &mut Command) -> Result<Took, Box<dyn Error>> {
    let time = Path::new("/usr/bin/time");
    let mut timed = Command::new(time);
    if time.exists() {
        timed
            .args(["-f", "%M"])
            .arg(command.get_program())
            .args(command.get_args());
        timed.envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        if let Some(folder) = command.get_current_dir() {
            timed.current_dir(folder);
        }
    }
    let command = if time.exists() { &mut timed } else { command };
    let start = Instant::now();
    let output = command.output()?;
    let time = start.elapsed();
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        // Behind its first error a compiler has much to say.
        let error = talk.find("error").unwrap_or_default();
        let lines: Vec<&str> = talk.split_at(error).1.lines().take(20).collect();
        return Err(format!("{command:?} failed:\n{}", lines.join("\n")).into());
    }
    let kib: u64 = talk
        .lines()
        .last()
        .and_then(|line| line.trim().parse().ok())
        .unwrap_or_default();
    Ok(Took {
        time,
        memory: kib / 1024,
    })
}
