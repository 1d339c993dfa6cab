//! Spoilt pages and models: each test of this file tries what fits into a second,
//! always beginning with the same, or as long as one likes from anywhere:
//!
//! ```sh
//! FUZZ_SECONDS=3600 cargo test --release -p icws-spec --test fuzz -- --test-threads 1
//! ```
//!
//! A panic, an outcome that cannot be, or an input that takes too long ends the
//! run. It tells the seed of that input, which is kept in `target/tmp`;
//! `FUZZ_SEED=…` begins with it.

mod run;

use std::fs;
use std::path::PathBuf;

use fastrand::Rng;
use icws_spec::codegen::{Options, generate};
use icws_spec::diff::Diff;
use icws_spec::import::{self, merge, read, write};
use icws_spec::texts::visible;
use icws_spec::{Model, ModelSource, export, shipped};

/// The files below a folder whose names end so.
fn texts(folder: &str, ending: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                texts.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    texts.sort();
    texts
}

fn models() -> Vec<String> {
    let mut models = texts("tests", ".yaml");
    models.extend(shipped::FILES.iter().map(|(_, text)| (*text).to_owned()));
    models.push(fs::read_to_string("../icws-generated/tests/everything.yaml").unwrap());
    // With the whole shipped model behind it, a text takes seconds.
    let small =
        |model: &String| std::env::var_os("FUZZ_SECONDS").is_some() || !model.contains("extends:");
    models.retain(small);
    models
}

/// What is put into a text: marks of YAML and Markdown, texts that nobody sees, and
/// more of them than anybody reads.
const PIECES: &[&str] = &[
    "[",
    "{a: ",
    "]",
    "}",
    "- ",
    "? ",
    ": ",
    "&a ",
    "*a",
    "|\n",
    ">-\n",
    "#",
    "\"",
    "'",
    "~",
    "!x ",
    "%",
    "---\n",
    "```\n",
    "~~~\n",
    "    ",
    "\t",
    "[a](b)",
    "<b>",
    "\u{202e}",
    "\u{200b}",
    "\u{ad}",
    "\r",
    "\u{85}",
    "\u{2028}",
    "\0",
    "\\e",
    "\\u202e",
    "\u{feff}",
    "\u{1f468}",
    "99999999999999999999",
    "1.0e+400",
    ".nan",
    "null",
    "Host",
    "Content-Length",
    "__type",
    "self",
    "r#type",
    "_",
    "",
    "list ",
    "map ",
    "?",
    "include: [a.yaml]\n",
    "changes: {}\n",
];

/// One of the texts. Of two the shorter one: more of them fit into the time.
fn pick(texts: &[String], random: &mut Rng) -> String {
    let two = [(); 2].map(|()| random.choice(texts));
    let shorter = two.into_iter().flatten().min_by_key(|text| text.len());
    shorter.cloned().unwrap_or_default()
}

/// A text with some damage: pieces gone, doubled, moved, or of another text.
fn spoil(texts: &[String], random: &mut Rng) -> String {
    let mut text = pick(texts, random);
    for _ in 0..random.usize(..6) {
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let other = pick(texts, random);
        let others: Vec<&str> = other.split_inclusive('\n').collect();
        let at = random.usize(..=lines.len());
        let few = |random: &mut Rng, most: usize| random.usize(..=most.min(8));
        match random.u8(..8) {
            0 => drop(lines.drain(at..(at + few(random, lines.len() - at)))),
            1 => {
                let end = at + few(random, lines.len() - at);
                let piece = lines[at..end].to_vec();
                let to = random.usize(..=lines.len());
                lines.splice(to..to, piece);
            }
            2 | 3 => {
                let from = random.usize(..=others.len());
                let end = from + few(random, others.len() - from);
                lines.splice(at..at, others[from..end].iter().copied());
            }
            4 if !lines.is_empty() => {
                let (one, other) = (random.usize(..lines.len()), random.usize(..lines.len()));
                lines.swap(one, other);
            }
            _ => {}
        }
        let mut spoilt: String = lines.concat();
        if random.u8(..3) == 0 {
            let piece = random.choice(PIECES).copied().unwrap_or_default();
            let times = *random.choice(&[1, 1, 1, 2, 3, 200, 2000]).unwrap_or(&1);
            let breaks: Vec<usize> = spoilt.char_indices().map(|(at, _)| at).collect();
            let at = random.choice(&breaks).copied().unwrap_or_default();
            spoilt.insert_str(at, &piece.repeat(times));
        }
        if random.bool() {
            let mut bytes = spoilt.into_bytes();
            let at = random.usize(..=bytes.len());
            match random.u8(..4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, random.u8(..)),
                2 if at < bytes.len() => {
                    bytes[at] = *random.choice(b":-[]{}'\"#&*!|>%@`\n\t 0\xff").unwrap()
                }
                _ if at < bytes.len() => drop(bytes.remove(at)),
                _ => {}
            }
            spoilt = String::from_utf8_lossy(&bytes).into_owned();
        }
        text = spoilt;
    }
    text
}

/// Runs on spoilt inputs until the time is over. Each has a seed of its own.
fn fuzz(name: &'static str, input: impl Fn(&mut Rng) -> Vec<String>, run: impl Fn(&[String])) {
    run::fuzz(name, |random, trial| {
        let texts = input(random);
        trial.note(texts.join("\n=====\n").as_bytes());
        run(&texts);
    });
}

/// Loads a model, and holds what is true of any: findings have a place in the text, and
/// nothing in them that cannot be seen.
fn load(text: &str) -> Model {
    let model = Model::load(ModelSource::Inline(text)).unwrap();
    let lines = text.split('\n').count() + 1;
    for finding in model.findings() {
        assert!(finding.line >= 1 && finding.column >= 1, "{finding}");
        let inline = finding.file == "<inline>";
        assert!(!inline || finding.line <= lines, "{finding}");
        assert_eq!(visible(&finding.to_string()), finding.to_string());
    }
    model
}

#[test]
fn loading() {
    let models = models();
    fuzz(
        "load",
        |random| vec![spoil(&models, random)],
        |texts| {
            let model = load(&texts[0]);
            let code = generate(&model, &Options::default());
            let file = syn::parse2::<syn::File>(code);
            assert!(file.is_ok(), "the bindings are not Rust");
            let _ = export::model(&model.plan());
        },
    );
}

#[test]
fn comparing() {
    let models = models();
    let two = |random: &mut Rng| {
        // Mostly two versions of one text: those have something in common.
        let one = pick(&models, random);
        let of = if random.u8(..4) == 0 {
            &models[..]
        } else {
            std::slice::from_ref(&one)
        };
        vec![spoil(of, random), spoil(of, random)]
    };
    fuzz("diff", two, |texts| {
        let [old, new] = [0, 1].map(|at| load(&texts[at]));
        let diff = Diff::between(&old, &new);
        let _ = (diff.bump(), diff.verdict());
        let same = Diff::between(&new, &new);
        assert!(same.findings.is_empty(), "{:?}", same.findings.first());
    });
}

#[test]
fn importing() {
    let pages = texts("tests/pages", ".txt");
    let models = texts("tests/pages", ".yaml");
    let shipped = Model::load(ModelSource::Shipped).unwrap();
    let input = |random: &mut Rng| vec![spoil(&pages, random), spoil(&models, random)];
    fuzz("import", input, |texts| {
        let Ok(page) = read("page.txt", &texts[0]) else {
            return;
        };
        let options = import::Options::default();
        if let Ok(written) = write(std::slice::from_ref(&page), &shipped, options) {
            let model = load(&written.yaml);
            let yaml = model
                .findings()
                .iter()
                .find(|one| one.rule == "yaml-syntax");
            assert!(yaml.is_none(), "{}", yaml.unwrap());
        }
        let model = load(&texts[1]);
        let _ = import::check(&page, &model);
        let _ = merge(&page, &model, options);
    });
}
