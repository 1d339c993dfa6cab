//! The command while it runs.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

/// The command, with its recording. It ends with the test.
pub struct Running {
    child: Child,
    file: PathBuf,
    /// Where it listens: `127.0.0.1:1234`.
    pub address: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.file);
    }
}

/// A file of this test alone.
pub fn file(extension: &str) -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("icws-mock-{}-{number}.{extension}", std::process::id());
    std::env::temp_dir().join(name)
}

impl Running {
    /// Starts the command on a free port.
    pub fn start(arguments: &[&str]) -> Running {
        let file = file("jsonl");
        let mut child = Command::new(env!("CARGO_BIN_EXE_icws-mock"))
            .args(["--port", "0", "--record"])
            .arg(&file)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut address).unwrap();
        let address = address.trim().strip_prefix("http://").unwrap().to_owned();
        Running {
            child,
            file,
            address,
        }
    }

    /// A proxy before a server.
    pub fn before(server: &str) -> Running {
        Running::start(&["--forward", server])
    }

    /// The recording as text.
    pub fn text(&self) -> String {
        std::fs::read_to_string(&self.file).unwrap()
    }

    /// The recording, once what is asked for is in it.
    pub fn recording(&self, is_there: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        loop {
            let text = self.text();
            let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
            let entries: Vec<Value> = whole
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect();
            if is_there(&entries) {
                return entries;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    /// Sends bytes on a connection of their own.
    pub fn connect(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// What comes back until the connection is closed.
    pub fn raw(&self, request: &str) -> String {
        let mut answer = Vec::new();
        // A reset after the response is an end as well.
        let _ = self.connect(request).read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }
}
