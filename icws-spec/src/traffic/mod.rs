//! Traffic held against a model: what servers and clients really send, and what the
//! model says that they do.
//!
//! ```
//! use icws_spec::traffic::{Exchange, Traffic};
//! use icws_spec::{Model, ModelSource};
//!
//! let model = Model::load(ModelSource::Shipped)?;
//! let mut traffic = Traffic::new(model.api());
//! let findings = traffic.exchange(&Exchange {
//!     method: "GET".to_owned(),
//!     url: "https://cic.example:8019/icws/connection/version".to_owned(),
//!     status: Some(418),
//!     ..Exchange::default()
//! });
//! assert_eq!(findings[0].rule.id, "undocumented-status");
//! # Ok::<(), icws_spec::LoadError>(())
//! ```

mod check;
mod coverage;
mod events;
mod exchange;
mod facts;
mod finding;
mod index;
mod mask;
mod report;
mod route;
pub mod rules;
mod session;
mod shape;

use check::Check;
use coverage::Coverage;
use index::Index;
use mask::{Mask, Secrets};
use route::Routed;
use session::Sessions;

use crate::api::Api;

pub use exchange::{Body, Exchange, MASKED};
pub use finding::{Finding, Part};
pub use report::{Kind, Report, Site};

/// Traffic, held against a model exchange by exchange.
///
/// It follows the sessions that it meets: what they subscribed to, and of which
/// subjects a message in full has come. What it keeps grows with their number and
/// with that of their subjects, up to a bound.
pub struct Traffic<'a> {
    index: Index<'a>,
    mask: Mask,
    sessions: Sessions,
    coverage: Coverage,
    counts: Counts,
}

/// How many exchanges there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Those that were held against the model.
    pub checked: u64,
    /// Those of them that no answer came to.
    pub unanswered: u64,
    /// Those of other servers and paths, which were passed over.
    pub foreign: u64,
    /// Those by which browsers ask whether they may send another (`OPTIONS`), which
    /// were passed over.
    pub preflight: u64,
}

impl<'a> Traffic<'a> {
    /// Makes ready to hold traffic against a model.
    pub fn new(api: &'a Api) -> Self {
        Traffic {
            index: Index::new(api),
            mask: Mask {
                secrets: Secrets::of(api),
                texts: false,
            },
            sessions: Sessions::new(api),
            coverage: Coverage::default(),
            counts: Counts::default(),
        }
    }

    /// Shows no text of the traffic in examples, since texts may be personal data.
    /// Secrets are never shown.
    #[must_use]
    pub fn without_texts(mut self) -> Self {
        self.mask.texts = true;
        self
    }

    /// Holds an exchange against the model, and returns what differs. Exchanges of
    /// one session are given in the order in which they ended.
    pub fn exchange(&mut self, exchange: &Exchange) -> Vec<Finding> {
        let (routed, target) = self.index.routes.find(&exchange.method, &exchange.url);
        match routed {
            Routed::Foreign => self.counts.foreign += 1,
            _ if exchange.method == "OPTIONS" => self.counts.preflight += 1,
            _ if exchange.continued => {}
            _ => {
                self.counts.checked += 1;
                self.counts.unanswered += u64::from(exchange.status.is_none());
            }
        }
        if matches!(routed, Routed::Foreign) || exchange.method == "OPTIONS" {
            return Vec::new();
        }
        let mut check = Check::new(&self.index, &self.mask, &mut self.coverage);
        match routed {
            Routed::Operation(found) => {
                let messages = check.operation(found, &target, exchange);
                let has_lost = check::has_lost_messages(found, exchange);
                let sessions = &mut self.sessions;
                let broken = sessions.follow(found, &target, exchange, &messages, has_lost);
                check.findings.extend(broken);
            }
            Routed::NoMethod(resource) => {
                let path = resource.segments.iter().map(|segment| match segment {
                    crate::api::Segment::Literal(text) => Some(text.clone()),
                    crate::api::Segment::Parameter(_) => None,
                });
                let place = Some(resource.place);
                check.unknown(
                    &rules::UNKNOWN_METHOD,
                    path.collect(),
                    place,
                    &target,
                    exchange,
                );
            }
            Routed::NoPath => {
                let path = self.index.routes.template(&target.pieces);
                let known = |piece: &&str| !self.mask.texts || self.index.routes.is_known(piece);
                let path = path.into_iter().map(|piece| piece.filter(known));
                let path = path.map(|piece| piece.map(str::to_owned)).collect();
                check.unknown(&rules::UNKNOWN_PATH, path, None, &target, exchange);
            }
            Routed::Foreign => {}
        }
        check.findings
    }

    /// Returns what can be told at the end of the sessions, and forgets them: the
    /// messages that no operation of their session brings.
    pub fn finish(&mut self) -> Vec<Finding> {
        self.sessions.finish()
    }

    /// Returns how many exchanges there were.
    pub fn counts(&self) -> Counts {
        self.counts
    }
}
