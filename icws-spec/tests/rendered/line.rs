//! The lines of a page, each with the facts that it alone states.

/// A line of a page.
#[derive(Debug, Clone)]
pub struct Line {
    pub text: String,
    /// The keys of the facts that nobody can know without this line.
    pub states: Vec<String>,
    /// Whether it is running text, which states nothing.
    pub is_prose: bool,
}

/// A page under way.
#[derive(Default)]
pub struct Lines {
    lines: Vec<Line>,
}

impl Lines {
    /// A line that states nothing alone: without it, others are not understood.
    pub fn add(&mut self, text: impl Into<String>) {
        self.state(text, Vec::new());
    }

    /// A line that states something.
    pub fn state(&mut self, text: impl Into<String>, states: Vec<String>) {
        self.lines.push(Line {
            text: text.into(),
            states,
            is_prose: false,
        });
    }

    /// Running text.
    pub fn prose(&mut self, text: impl Into<String>) {
        self.add(text);
        if let Some(line) = self.lines.last_mut() {
            line.is_prose = true;
        }
    }

    /// Labels, each on a line of its own.
    pub fn labels(&mut self, labels: &[&str]) {
        labels.iter().for_each(|label| self.add(*label));
    }

    /// The same lines again.
    pub fn again(&mut self, lines: &[Line]) {
        self.lines.extend_from_slice(lines);
    }

    /// The lines from one on.
    pub fn from(&self, begin: usize) -> Vec<Line> {
        self.lines[begin..].to_vec()
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn done(self) -> Vec<Line> {
        self.lines
    }
}

/// The page as text, blank lines and indentation as they come.
pub fn text(lines: &[Line], rng: &mut fastrand::Rng) -> String {
    let mut out = String::new();
    for line in lines {
        if rng.u8(..) < 60 {
            out.push('\n');
        }
        out.push_str(&" ".repeat(rng.usize(..4) * 2));
        out.push_str(&line.text);
        out.push('\n');
    }
    out
}
