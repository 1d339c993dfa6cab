//! How long our generator takes without its command: reading and checking a
//! model, and making the tokens that the macro gives to the compiler.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use icws_spec::{Model, ModelSource, codegen};

/// The least times of five turns: to a model that is read and checked, and from
/// there to its tokens.
pub fn measure(path: &Path) -> Result<(Duration, Duration), Box<dyn Error>> {
    let (mut read, mut generated) = (Duration::MAX, Duration::MAX);
    for _ in 0..5 {
        let start = Instant::now();
        let model = Model::load(ModelSource::Path(path))?;
        if let Some(finding) = model.findings().first() {
            return Err(finding.to_string().into());
        }
        read = read.min(start.elapsed());
        let start = Instant::now();
        let tokens = codegen::generate(&model, &codegen::Options::default());
        generated = generated.min(start.elapsed());
        if tokens.is_empty() {
            return Err("nothing was generated".into());
        }
    }
    Ok((read, generated))
}
