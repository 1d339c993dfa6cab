//! A thousand sessions in one process.

pub fn run() -> Result<(), Box<dyn std::error::Error>> {
    Ok(())
}
