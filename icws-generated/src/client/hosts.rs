//! Asks one host after the other.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::address::is_host;
use super::config::Config;
use super::connect::Connected;
use super::error::{Attempt, ClientError};
use super::transport::TransportError;
use crate::runtime::ApiError;
use crate::runtime::follow::Backoff;

/// Something that a host is asked for.
// Futures of closures that borrow are not known to be `Send`.
pub(super) trait Ask: Sync {
    /// What comes of it.
    type Done;

    /// The operation.
    const OPERATION: &'static str;

    /// Asks one host.
    fn ask(&self, host: &str) -> impl Future<Output = Result<Self::Done, Refusal>> + Send;
}

/// What a host that did not do what was asked leads to.
pub(super) enum Refusal {
    /// Others may: those it names, or those known already.
    Elsewhere(ClientError, Named),
    /// No other would answer otherwise.
    Final(ClientError),
}

/// The hosts that a server names, as far as they may be asked.
#[derive(Default)]
pub(super) struct Named {
    /// Not more than are asked in a round: servers that name ever new ones would keep it
    /// from ending.
    pub hosts: Vec<String>,
    /// How many more it names.
    pub left_out: usize,
}

/// The hosts that a server names, as far as they are ones that may be asked: its text is
/// input like any other.
pub(super) fn named(config: &Config, hosts: &[String]) -> Named {
    let may_be =
        |host: &&String| is_host(host) && (!config.only_own_hosts || holds(&config.hosts, host));
    let mut named = Named::default();
    let mut seen = HashSet::new();
    for host in hosts.iter().filter(may_be) {
        if !seen.insert(host.as_str()) || holds(&named.hosts, host) {
            continue;
        }
        // The program's own are asked in any case.
        if named.hosts.len() < config.host_limit || holds(&config.hosts, host) {
            named.hosts.push(host.clone());
        } else {
            named.left_out += 1;
        }
    }
    named
}

/// The hosts to ask for another session in the place of one that was lost: that of the
/// lost one, the program's own, and those that the server named. One's own are likelier
/// right than what a server says.
pub(super) fn instead_of(config: &Config, lost: &Connected) -> Vec<String> {
    let mut hosts = vec![lost.host.clone()];
    add(&mut hosts, &config.hosts);
    let named = named(config, &lost.alternates).hosts.into_iter();
    let new: Vec<String> = named.filter(|host| !holds(&hosts, host)).collect();
    let room = config.host_limit.saturating_sub(hosts.len());
    hosts.extend(new.into_iter().take(room));
    hosts
}

/// Asks the hosts and those that they name, each once per round, until one does
/// what is asked: the program's own first, since a server may name any. Without a deadline
/// it goes on for ever.
pub(super) async fn ask_each<A: Ask>(
    asked: &A,
    config: &Config,
    hosts: &[String],
    deadline: Option<Instant>,
) -> Result<A::Done, ClientError> {
    let waits = config.waits();
    let mut backoff = Backoff::new(waits);
    let mut known: Vec<String> = Vec::new();
    add(&mut known, hosts);
    let mut before: Vec<Attempt> = Vec::new();
    loop {
        let mut attempts = Vec::new();
        let mut waiting: VecDeque<String> = known.iter().cloned().collect();
        while let Some(host) = waiting.pop_front() {
            match in_time(asked, &host, deadline).await {
                Ok(done) => return Ok(done),
                Err(Refusal::Final(error)) => return Err(error),
                Err(Refusal::Elsewhere(error, named)) => {
                    tracing::warn!(host, %error, "the host did not do what was asked");
                    let new = named.hosts.iter().filter(|host| !holds(&known, host));
                    let mut new: Vec<String> = new.cloned().collect();
                    let room = config.host_limit.saturating_sub(known.len());
                    let left_out = named.left_out + new.len().saturating_sub(room);
                    new.truncate(room);
                    if left_out > 0 {
                        tracing::warn!(
                            left_out,
                            "hosts are not asked: `ClientBuilder::host_limit` allows more"
                        );
                    }
                    if !new.is_empty() {
                        tracing::debug!(?new, "other hosts were named");
                    }
                    known.extend(new);
                    attempts.push(Attempt {
                        host,
                        error: Box::new(error),
                        left_out,
                    });
                    // What the host names is likelier to work than others that were named.
                    let tried = |host: &String| attempts.iter().any(|a| same(&a.host, host));
                    let mut others = named.hosts;
                    others.retain(|host| holds(&known, host) && !tried(host));
                    let left = std::mem::take(&mut waiting).into_iter();
                    let left = left.filter(|host| !holds(&others, host));
                    let (own, rest): (Vec<_>, Vec<_>) =
                        left.partition(|host| holds(&config.hosts, host));
                    waiting.extend(own.into_iter().chain(others).chain(rest));
                }
            }
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                // What the others said when they were asked last.
                before.retain(|one| !attempts.iter().any(|two| same(&one.host, &two.host)));
                attempts.append(&mut before);
                return Err(ClientError::Unreachable(attempts));
            }
        }
        let wait = backoff.next_wait().max(asked_for(&attempts, waits.most));
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        if left.is_some_and(|left| left < wait) {
            return Err(ClientError::Unreachable(attempts));
        }
        tracing::debug!(wait = ?wait, round = backoff.tries(), "no host did what was asked");
        tokio::time::sleep(wait).await;
        before = attempts;
    }
}

/// Asks a host, until the deadline.
async fn in_time<A: Ask>(
    asked: &A,
    host: &str,
    deadline: Option<Instant>,
) -> Result<A::Done, Refusal> {
    let Some(deadline) = deadline else {
        return asked.ask(host).await;
    };
    let done = timeout_at(deadline, asked.ask(host)).await;
    done.unwrap_or_else(|_| {
        let error = TransportError::timeout();
        let error = ClientError::transport(A::OPERATION, host.to_owned(), error);
        Err(Refusal::Elsewhere(error, Named::default()))
    })
}

/// How long to wait, as long as all hosts ask for it: the least of what they say, and
/// not more than so long.
fn asked_for(attempts: &[Attempt], most: Duration) -> Duration {
    let waits = attempts.iter().map(|attempt| {
        let wait = attempt.error.api().and_then(ApiError::retry_after);
        wait.unwrap_or_default().min(most)
    });
    waits.min().unwrap_or_default()
}

/// Host names are the same in any case.
fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

fn holds(hosts: &[String], host: &str) -> bool {
    hosts.iter().any(|other| same(other, host))
}

/// Adds hosts that are not known yet.
fn add(known: &mut Vec<String>, hosts: &[String]) {
    for host in hosts {
        if !holds(known, host) {
            known.push(host.clone());
        }
    }
}
