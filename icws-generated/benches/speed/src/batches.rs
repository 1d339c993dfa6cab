//! The responses of polls that are read.

use std::fmt;

/// What is in a batch.
pub struct Mix {
    pub messages: usize,
    pub types: usize,
    pub type_last: bool,
    /// Of a type that nobody knows.
    pub unknown: bool,
}

impl fmt::Display for Mix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.messages, self.types)?;
        f.write_str(if self.type_last { ", type last" } else { "" })?;
        f.write_str(if self.unknown { ", unknown" } else { "" })
    }
}

/// The batch as a server sends it.
pub fn batch(mix: &Mix) -> Vec<u8> {
    let items = (0..mix.messages).map(|index| {
        let name = if mix.unknown { "new".to_owned() } else { format!("m{}", index % mix.types) };
        let kind = format!(r#""__type":"urn:example:hundred:{name}""#);
        let rest = format!(
            r#""isDelta":true,"interactionId":"2001{index:06}","target":"+13175550142","name":"Ada Example","subject":"Invoice {index}","attempts":{},"maxAttempts":3,"associatedCallId":"2001999999","snoozed":false"#,
            index % 3
        );
        if mix.type_last { format!("{{{rest},{kind}}}") } else { format!("{{{kind},{rest}}}") }
    });
    format!("[{}]", items.collect::<Vec<_>>().join(",")).into_bytes()
}
