//! `icws-mock`: a server of ICWS to develop against, without a telephony
//! system behind it. The address goes to stdout, all else to stderr; exit code
//! 1 when the model or the world has findings, 2 for usage or I/O errors.

#[cfg(feature = "forward")]
mod forward;
mod options;
mod record;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use icws_mock::MockServer;

use options::{Command, HELP, Options};

fn main() -> ExitCode {
    let outcome = match options::parse(lexopt::Parser::from_env()) {
        Ok(Command::Help) => print(HELP).map_err(usage),
        Ok(Command::Version) => {
            let version = concat!("icws-mock ", env!("CARGO_PKG_VERSION"), "\n");
            print(version).map_err(usage)
        }
        Ok(Command::Run(options)) => run(*options),
        #[cfg(feature = "forward")]
        Ok(Command::Forward(options)) => forward(*options),
        Err(error) => Err((format!("{error}; see icws-mock --help"), 2)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err((message, code)) => {
            eprintln!("icws-mock: {message}");
            ExitCode::from(code)
        }
    }
}

/// What to say, and the exit code.
type Failure = (String, u8);

fn usage(error: io::Error) -> Failure {
    (error.to_string(), 2)
}

fn run(options: Options) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.map_err(usage)?.block_on(async {
        let failure = |error: io::Error| match error.kind() {
            ErrorKind::InvalidData => (error.to_string(), 1),
            _ => usage(error),
        };
        let builder = options.into_builder().map_err(failure)?;
        let server = builder.start().await.map_err(failure)?;
        introduce(&server);
        print(&format!("{}\n", server.base_url())).map_err(usage)?;
        // Until the process is ended.
        std::future::pending::<()>().await;
        Ok(())
    })
}

#[cfg(feature = "forward")]
fn forward(options: forward::Options) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.map_err(usage)?.block_on(async {
        let upstream = options.upstream.clone();
        let is_recorded = options.record.is_some();
        let forward = forward::Forward::start(options).await.map_err(usage)?;
        let address = forward.address().map_err(usage)?;
        eprintln!("what comes to http://{address} goes to {upstream}");
        if !is_recorded {
            eprintln!("nothing is recorded without --record FILE");
        }
        if !address.ip().is_loopback() {
            eprintln!("passwords on the way to this address are in plain HTTP");
        }
        if !upstream.is_encrypted() {
            eprintln!("passwords on the way to the server are in plain HTTP");
        }
        print(&format!("http://{address}\n")).map_err(usage)?;
        forward.run().await;
        Ok(())
    })
}

/// So many callbacks are named at the start.
const SHOWN: usize = 10;

fn introduce(server: &MockServer) {
    let control = server.control();
    for callback in control.callbacks().iter().take(SHOWN) {
        eprintln!("callback {}: {}", callback.interaction_id, callback.subject);
    }
    let count = |table: &str| control.items(table).len();
    let (users, interactions) = (count("configuration/users"), count("interactions"));
    eprintln!("world: {users} users, {interactions} interactions");
    eprintln!("control: curl {}/mock", server.base_url());
    if cfg!(feature = "console") {
        eprintln!("console at {}/mock/", server.base_url());
    }
    if !server.address().ip().is_loopback() {
        eprintln!("anyone who reaches this address can log in, in plain HTTP");
    }
}

fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Whoever reads may have seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}
