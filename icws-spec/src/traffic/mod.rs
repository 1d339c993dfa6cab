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
mod har;
mod index;
#[cfg(feature = "cli")]
mod into;
mod mask;
mod redact;
mod report;
mod route;
pub mod rules;
mod secrets;
mod session;
mod shape;
mod survey;
mod versions;

use check::{Check, Unknown};
use coverage::Counters;
use index::Index;
use mask::Mask;
use route::Routed;
use secrets::Secrets;
use session::Sessions;

use crate::api::{Api, Resource, Segment};
use crate::plan::{Namespaces, is_of};

pub use coverage::{Coverage, SeenEnum, SeenOperation, SeenRecord};
pub use exchange::{Body, Exchange, MASKED};
pub use finding::{Finding, Part};
pub use har::ReadError;
#[cfg(feature = "cli")]
pub use into::{Learning, Learnt, learn};
pub use redact::{Redacted, redact};
pub use report::{Kind, Located, Report, Site};
pub use survey::{Survey, Surveyed};

/// Traffic, held against a model exchange by exchange.
///
/// It follows the sessions that it meets: what they subscribed to, and of which
/// subjects a message in full has come. What it keeps grows with their number and
/// with that of their subjects, up to a bound.
pub struct Traffic<'a> {
    index: Index<'a>,
    mask: Mask,
    sessions: Sessions,
    coverage: Counters,
    only: Option<Namespaces>,
    counts: Counts,
}

/// How many exchanges there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Those that were held against the model.
    pub checked: u64,
    /// Those of them that no response came to.
    pub unanswered: u64,
    /// Those of other servers and paths, and WebSockets, which were passed over.
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
            mask: Mask::new(Secrets::of(api)),
            sessions: Sessions::new(api),
            coverage: Counters::default(),
            only: None,
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

    /// Tells only what is about items of some namespaces, and of those below them.
    #[must_use]
    pub fn only(mut self, namespaces: Namespaces) -> Self {
        self.only = Some(namespaces);
        self
    }

    /// Holds an exchange against the model, and returns what differs. Exchanges of
    /// one session are given in the order in which they ended.
    pub fn exchange(&mut self, exchange: &Exchange) -> Vec<Finding> {
        self.exchange_at(&Site::default(), exchange)
            .unwrap_or_default()
    }

    /// The same with a place of the exchange; `None` when it was passed over.
    fn exchange_at(&mut self, site: &Site, exchange: &Exchange) -> Option<Vec<Finding>> {
        let (routed, target) = self.index.routes.find(&exchange.method, &exchange.url);
        if matches!(routed, Routed::Foreign) || exchange.is_socket() {
            self.counts.foreign += 1;
            return None;
        }
        if exchange.method == "OPTIONS" {
            self.counts.preflight += 1;
            return None;
        }
        if !exchange.continued {
            self.counts.checked += 1;
            self.counts.unanswered += u64::from(exchange.status.is_none());
        }
        self.mask.learn(exchange);
        let mut check = Check::new(&self.index, &self.mask, &mut self.coverage);
        match routed {
            Routed::Operation(found) => {
                let messages = check.operation(found, &target, exchange);
                let sessions = &mut self.sessions;
                let broken = sessions.follow(found, &target, exchange, &messages, site);
                check.findings.extend(broken);
            }
            Routed::NoMethod(resource) => {
                let path = resource.segments.iter().map(Segment::literal);
                let unknown = Unknown {
                    rule: &rules::UNKNOWN_METHOD,
                    path: path.map(|piece| piece.map(str::to_owned)).collect(),
                    namespace: namespace(resource),
                    place: Some(resource.place),
                };
                check.unknown(unknown, &target, exchange);
            }
            Routed::NoPath => {
                let routes = &self.index.routes;
                let path = routes.template(&target.pieces).into_iter();
                let shown = |piece: &&str| !self.mask.texts || routes.is_known(piece);
                let path = path.map(|piece| Some(piece.filter(shown)?.to_owned()));
                let path: Vec<Option<String>> = path.collect();
                let namespace = routes.namespace(&target.pieces);
                let mut words = path.iter().skip(1);
                let namespace = namespace.or_else(|| words.find_map(Option::as_deref));
                let namespace = namespace.unwrap_or_default().to_owned();
                let unknown = Unknown {
                    rule: &rules::UNKNOWN_PATH,
                    path,
                    namespace: &namespace,
                    place: None,
                };
                check.unknown(unknown, &target, exchange);
            }
            Routed::Foreign => {}
        }
        let mut findings = check.findings;
        findings.retain(|finding| is_meant(self.only.as_ref(), finding));
        Some(findings)
    }

    /// Returns what can be told at the end of the sessions, and forgets them: the
    /// messages that no operation of their session brings.
    pub fn finish(&mut self) -> Vec<Finding> {
        let findings = self.finish_at().into_iter();
        findings.map(|(_, finding)| finding).collect()
    }

    fn finish_at(&mut self) -> Vec<(Site, Finding)> {
        let mut findings = self.sessions.finish();
        findings.retain(|(_, finding)| is_meant(self.only.as_ref(), finding));
        findings
    }

    /// Returns how many exchanges there were.
    pub fn counts(&self) -> Counts {
        self.counts
    }
}

/// The namespace of a resource: that of its operations.
fn namespace(resource: &Resource) -> &str {
    let first = resource.operations.first();
    first.map_or("", |operation| &operation.namespace)
}

fn is_meant(only: Option<&Namespaces>, finding: &Finding) -> bool {
    only.is_none_or(|only| is_of(&finding.namespace, only))
}
