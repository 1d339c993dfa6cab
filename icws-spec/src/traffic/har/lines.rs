//! A recording: an entry of HAR on each line.

use std::io::{self, BufRead, Read};

use serde_json::Value;

use super::{Broken, ReadError, Visitor};

/// A line may be so long, in bytes; what is longer is no entry.
const LONGEST: u64 = 1 << 30;

pub(super) fn read(reader: impl BufRead, visitor: &mut dyn Visitor) -> Result<(), ReadError> {
    let mut entries = 0;
    each(reader, visitor, &mut entries).map_err(|error| ReadError {
        entries,
        ..ReadError::from(error)
    })
}

fn each(mut reader: impl BufRead, visitor: &mut dyn Visitor, entries: &mut u64) -> io::Result<()> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let length = reader.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
        if length == 0 {
            break;
        }
        if !line.ends_with(b"\n") && length as u64 == LONGEST {
            visitor.broken(number, Broken::new("the line is longer than 1 GiB"))?;
            reader.skip_until(b'\n')?;
            continue;
        }
        let text = line.trim_ascii();
        if text.is_empty() {
            continue;
        }
        match serde_json::from_slice::<Value>(text) {
            Ok(entry) => {
                *entries += 1;
                visitor.entry(number, entry)?;
            }
            Err(error) => {
                let cut = if error.is_eof() {
                    "the line was cut"
                } else {
                    "the line is no JSON"
                };
                visitor.broken(
                    number,
                    Broken::new(format!("{cut}, in column {}", error.column())),
                )?;
            }
        }
    }
    Ok(())
}
