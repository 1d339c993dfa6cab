//! Operations that clients do more with than to send them.

use super::{Declared, Kind, Maker};

/// What an operation must have for what it is for.
#[derive(Default)]
pub struct Purpose {
    /// Its parameters, as items of a list.
    pub parameters: Vec<String>,
    /// The body of its success.
    pub body: Option<String>,
    /// The message that follows its success.
    pub message: Option<String>,
}

impl Purpose {
    /// The operation is followed by a message.
    pub fn of_message(message: &str) -> Self {
        Purpose {
            message: Some(message.to_owned()),
            ..Purpose::default()
        }
    }
}

impl Maker {
    /// An operation gives a list page by page, has properties selected, ends later,
    /// or does nothing like that.
    pub(super) fn purpose(&mut self) -> Purpose {
        match self.random.u8(..4) {
            0 => self.reading(),
            1 => self.ending_later(),
            _ => Purpose::default(),
        }
    }

    fn reading(&mut self) -> Purpose {
        let is_page = |one: &Declared| one.kind == Kind::Object && one.page;
        let body = match self.that(is_page) {
            Some(page) => Some(page),
            None => self.that(|one| one.kind == Kind::Object),
        };
        let mut parameters = Vec::new();
        if !self.one_in(4) {
            parameters.push("- { name: Range, in: header, type: string }".to_owned());
        }
        if self.one_in(2) {
            parameters.push("- { name: select, in: query, type: list string }".to_owned());
        }
        Purpose {
            parameters,
            body,
            message: None,
        }
    }

    fn ending_later(&mut self) -> Purpose {
        let accepted = self.that(|one| one.kind == Kind::Object && one.request);
        let completed = self.that(|one| one.kind == Kind::Message && one.request);
        Purpose {
            parameters: Vec::new(),
            body: accepted,
            message: completed,
        }
    }

    /// A declared type of a kind.
    fn that(&mut self, is_one: fn(&Declared) -> bool) -> Option<String> {
        let all = self.declared.iter().filter(|one| is_one(one));
        let all: Vec<String> = all.map(|one| one.id.clone()).collect();
        (!all.is_empty()).then(|| self.pick(&all))
    }
}
