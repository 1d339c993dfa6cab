//! The command line.

use std::ffi::OsString;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use icws_mock::{MockBuilder, MockServer, Scenario};
use lexopt::{Arg, Error, Parser, ValueExt};

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
                          200 interactions
  --callbacks COUNT       callbacks to begin with [0]
  --tick DURATION         lets something happen each time this much has passed (2s, 500ms, 1m):
                          calls come and end, users change their statuses; without --world
                          a callback changes
  --features LIST         versions of features, others keep theirs; 0 takes one away
                          [connection=11,interactions=8,messaging=2]
  --model FILE            serves the operations of this model as well
  --log                   a line for each request to stderr, without secrets
  --help                  this text
  --version               the version

The address goes to stdout. The server is changed and looked at under /mock, from
this machine only: by a browser at http://127.0.0.1:8018/mock/, or by curl, to which
`curl http://127.0.0.1:8018/mock` lists how:

  curl http://127.0.0.1:8018/mock/callbacks -d '{\"target\": \"+1317\", \"subject\": \"Invoice\"}'
  curl -X PATCH http://127.0.0.1:8018/mock/callbacks/2001234567 -d '{\"snoozed\": true}'
  curl http://127.0.0.1:8018/mock/faults -d '{\"fault\": \"dropMidAnswer\", \"operation\": \"messaging.poll\"}'

Exit codes: 1 the model or the world has findings, 2 usage or I/O.
";

/// What to do.
pub enum Command {
    Help,
    Version,
    Run(Box<Options>),
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
    log: bool,
}

impl Options {
    /// Sets a server up.
    ///
    /// # Errors
    /// When the file of the world cannot be read.
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
            builder = builder.world(match world.to_str() {
                Some(CONTACT_CENTER) => Scenario::contact_center().map_err(io::Error::other)?,
                _ => Scenario::load(&world)?,
            });
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
        log: false,
    };
    while let Some(argument) = parser.next()? {
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
            Arg::Long("log") => options.log = true,
            other => return Err(other.unexpected()),
        }
    }
    options.address = SocketAddr::new(host, port);
    Ok(Command::Run(Box::new(options)))
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
