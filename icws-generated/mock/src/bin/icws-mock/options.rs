//! The command line.

use std::ffi::OsString;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use icws_mock::{MockBuilder, MockServer, Scenario};
use lexopt::{Arg, Error, Parser, ValueExt};

#[cfg(feature = "forward")]
use super::forward;
use super::record;

pub const HELP: &str = "\
A server of ICWS to develop against: sessions, a world of users, workgroups, queues
and interactions, messages by poll and by server-sent events, and any operation of
any model.

Usage: icws-mock [OPTIONS]

Options:
  --host ADDRESS          where to listen [127.0.0.1]
  --port PORT             the port; 0 is a free one [8018]
  --user NAME:PASSWORD    a user; may be given several times [agent:secret]
  --world FILE            what there is to begin with: users, workgroups, interactions;
                          contact-center is one that is built in: 50 users, 8 workgroups,
                          200 interactions; so is contact-center.yaml where no such file is
  --callbacks COUNT       callbacks to begin with [0]
  --tick DURATION         lets something happen each time this much has passed (2s, 500ms, 1m):
                          calls come and end, users change their statuses; without --world
                          a callback changes
  --features LIST         versions of features, others keep theirs; 0 takes one away
                          [connection=11,interactions=8,messaging=2]
  --model FILE            serves the operations of this model as well
  --record FILE           appends what comes and what is answered to a file, an entry of HAR on
                          each line, without secrets
  --forward URL           is a proxy before a real server instead: https://cic1.example:8019, or
                          with the path before /icws; with --record any client gives evidence
  --root FILE             with --forward: trusts the certificates in this file, too, in PEM
  --log                   a line for each request to stderr, without secrets
  --help                  this text
  --version               the version

The address goes to stdout. The server is changed and looked at under /mock, from
this machine only: by a browser at http://127.0.0.1:8018/mock/, or by curl, to which
`curl http://127.0.0.1:8018/mock` lists how:

  curl http://127.0.0.1:8018/mock/callbacks --json '{\"target\": \"+1317\", \"subject\": \"Invoice\"}'
  curl -X PATCH http://127.0.0.1:8018/mock/callbacks/2001234567 --json '{\"snoozed\": true}'
  curl http://127.0.0.1:8018/mock/faults --json '{\"fault\": \"dropMidAnswer\", \"operation\": \"messaging.poll\"}'

Exit codes: 1 the model or the world has findings, 2 usage or I/O.
";

/// What to do.
pub enum Command {
    Help,
    Version,
    Run(Box<Options>),
    #[cfg(feature = "forward")]
    Forward(Box<forward::Options>),
}

/// How to serve.
pub struct Options {
    pub address: SocketAddr,
    users: Vec<(String, String)>,
    callbacks: usize,
    tick: Option<Duration>,
    features: Vec<(String, u32)>,
    model: Option<PathBuf>,
    world: Option<PathBuf>,
    record: Option<PathBuf>,
    log: bool,
}

/// What a proxy has and a server has not.
#[derive(Default)]
struct Proxy {
    upstream: Option<String>,
    root: Option<PathBuf>,
}

impl Options {
    /// Sets a server up.
    ///
    /// # Errors
    /// When the file of the world cannot be read, or that of the recording cannot be
    /// written.
    pub fn into_builder(self) -> io::Result<MockBuilder> {
        let mut builder = MockServer::builder()
            .address(self.address)
            .features(self.features)
            .callbacks(self.callbacks)
            // Who opens the console later wants to see what was before.
            .keep_traffic();
        for (name, password) in self.users {
            builder = builder.user(name, password);
        }
        if let Some(period) = self.tick {
            builder = builder.tick(period);
        }
        if let Some(model) = self.model {
            builder = builder.model(model);
        }
        if let Some(world) = self.world {
            let is_built_in = match world.to_str() {
                Some(CONTACT_CENTER) => true,
                // The name of its file is tried where people have read of that.
                Some(CONTACT_CENTER_FILE) => !world.exists(),
                _ => false,
            };
            builder = builder.world(match is_built_in {
                true => Scenario::contact_center().map_err(io::Error::other)?,
                false => Scenario::load(&world)?,
            });
        }
        if let Some(file) = self.record {
            builder = builder.record(record::to_file(&file)?);
        }
        if self.log {
            builder = builder.on_request(|request| eprintln!("{request}"));
        }
        Ok(builder)
    }
}

/// Reads the arguments.
///
/// # Errors
/// When one is unknown, has no value, or one that it cannot have.
pub fn parse(mut parser: Parser) -> Result<Command, Error> {
    let mut host = IpAddr::from(Ipv4Addr::LOCALHOST);
    let mut port = 8018;
    let mut options = Options {
        address: SocketAddr::new(host, port),
        users: Vec::new(),
        callbacks: 0,
        tick: None,
        features: Vec::new(),
        model: None,
        world: None,
        record: None,
        log: false,
    };
    let mut proxy = Proxy::default();
    // One that says what is served.
    let mut of_server = None;
    while let Some(argument) = parser.next()? {
        if let Arg::Long(name) = argument
            && OF_SERVER.contains(&name)
        {
            of_server = Some(name.to_owned());
        }
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
            Arg::Long("version") | Arg::Short('V') => return Ok(Command::Version),
            Arg::Long("host") => {
                host = read(&mut parser, "host", parsed, "an address such as 127.0.0.1")?
            }
            Arg::Long("port") => port = read(&mut parser, "port", parsed, "a port")?,
            Arg::Long("user") => options.users.push(user(parser.value()?)?),
            Arg::Long("callbacks") => {
                options.callbacks = read(&mut parser, "callbacks", parsed, "a count")?
            }
            Arg::Long("tick") => {
                options.tick = Some(read(&mut parser, "tick", duration, DURATION)?)
            }
            Arg::Long("features") => {
                options
                    .features
                    .extend(read(&mut parser, "features", features, FEATURES)?);
            }
            Arg::Long("world") => options.world = Some(parser.value()?.into()),
            Arg::Long("model") => options.model = Some(parser.value()?.into()),
            Arg::Long("record") => options.record = Some(parser.value()?.into()),
            Arg::Long("forward") => proxy.upstream = Some(parser.value()?.string()?),
            Arg::Long("root") => proxy.root = Some(parser.value()?.into()),
            Arg::Long("log") => options.log = true,
            other => return Err(other.unexpected()),
        }
    }
    options.address = SocketAddr::new(host, port);
    match (proxy.upstream, proxy.root, of_server) {
        (None, None, _) => Ok(Command::Run(Box::new(options))),
        (None, Some(_), _) => Err("--root is for --forward".into()),
        (Some(_), _, Some(name)) => {
            Err(format!("--{name} cannot be with --forward: the real server answers").into())
        }
        (Some(upstream), root, None) => proxied(options, &upstream, root),
    }
}

/// Options that say what is served.
const OF_SERVER: &[&str] = &["callbacks", "features", "model", "tick", "user", "world"];

#[cfg(feature = "forward")]
fn proxied(options: Options, upstream: &str, root: Option<PathBuf>) -> Result<Command, Error> {
    let expected = forward::EXPECTED;
    // It may have a password in it, which is not shown.
    let problem = |()| format!("--forward expects {expected}, without user and query");
    Ok(Command::Forward(Box::new(forward::Options {
        address: options.address,
        upstream: upstream.parse().map_err(problem)?,
        root,
        record: options.record,
        log: options.log,
    })))
}

#[cfg(not(feature = "forward"))]
fn proxied(_: Options, _: &str, _: Option<PathBuf>) -> Result<Command, Error> {
    let problem = "--forward is not in this icws-mock, which was built without it: \
                   cargo install icws-mock --features forward";
    Err(problem.into())
}

/// The value of an option; if it cannot be one, what was expected.
fn read<T>(
    parser: &mut Parser,
    option: &str,
    read: impl FnOnce(&str) -> Option<T>,
    expected: &str,
) -> Result<T, Error> {
    let text = parser.value()?.string()?;
    let problem = || format!("--{option} {text}: expected {expected}").into();
    read(&text).ok_or_else(problem)
}

/// The value is a secret, so that it is not in the error.
fn user(value: OsString) -> Result<(String, String), Error> {
    let text = value.into_string().unwrap_or_default();
    match text.split_once(':') {
        Some((name, password)) if !name.is_empty() => Ok((name.to_owned(), password.to_owned())),
        _ => Err("--user takes NAME:PASSWORD".into()),
    }
}

/// The world that is built in.
const CONTACT_CENTER: &str = "contact-center";
const CONTACT_CENTER_FILE: &str = "contact-center.yaml";

const DURATION: &str = "a number above 0 with its unit, such as 500ms, 2s or 1m";
const FEATURES: &str = "versions such as interactions=8,messaging=2";

fn parsed<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

fn duration(text: &str) -> Option<Duration> {
    let unit = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(unit);
    let seconds = match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        _ => return None,
    };
    let number: f64 = number.parse().ok()?;
    let duration = Duration::try_from_secs_f64(number * seconds).ok()?;
    (!duration.is_zero()).then_some(duration)
}

fn features(text: &str) -> Option<Vec<(String, u32)>> {
    let pairs = text.split(',').map(|pair| {
        let (name, version) = pair.split_once('=')?;
        Some((name.trim().to_owned(), version.trim().parse().ok()?))
    });
    pairs.collect()
}
