//! Exchanges of any HTTP stack, as they pass a tape.

use std::io;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use icws_generated::recording::{Entry, Recorder, Tape};
use serde_json::Value;

/// What was recorded.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<Vec<Entry>>>);

impl Kept {
    /// Keeps an entry.
    pub fn keep(&self, entry: Entry) {
        self.0.lock().unwrap().push(entry);
    }

    /// The lines as text.
    pub fn text(&self) -> String {
        let lines = self
            .0
            .lock()
            .unwrap()
            .iter()
            .flat_map(Entry::to_line)
            .collect();
        String::from_utf8(lines).unwrap()
    }

    /// The entries as JSON.
    pub fn entries(&self) -> Vec<Value> {
        let text = self.text();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

impl Recorder for Kept {
    fn record(&self, entry: Entry) -> io::Result<()> {
        self.keep(entry);
        Ok(())
    }
}

/// A tape, and what it records.
pub fn tape() -> (Tape, Kept) {
    let kept = Kept::default();
    let tape = Tape::new(kept.clone(), |error| panic!("{error}"));
    (tape, kept)
}

fn request() -> http::Request<Bytes> {
    http::Request::get("http://cic1/icws/x")
        .body(Bytes::new())
        .unwrap()
}

fn response(media: &str) -> http::Response<()> {
    let response = http::Response::builder().header("Content-Type", media);
    response.body(()).unwrap()
}

#[test]
fn a_body_is_recorded_whole_however_it_comes() {
    let (tape, kept) = tape();
    let mut taping = tape.request(&request(), Bytes::new());
    taping.answered(&response("application/json"));
    for piece in ["{\"a\"", ":", "1}"] {
        taping.data(&Bytes::from(piece));
    }
    assert!(kept.entries().is_empty(), "it has not ended");
    taping.end();
    let entries = kept.entries();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["response"]["content"]["text"], "{\"a\":1}");
}

#[test]
fn a_giant_body_is_counted_and_not_kept() {
    let (tape, kept) = tape();
    let mut taping = tape.request(&request(), Bytes::new());
    taping.answered(&response("application/json"));
    let piece = Bytes::from(vec![b' '; 1 << 20]);
    for _ in 0..40 {
        taping.data(&piece);
    }
    taping.end();
    let content = &kept.entries()[0]["response"]["content"];
    assert_eq!(content["size"], 40 << 20);
    assert_eq!(content.get("text"), None);
}

#[test]
fn a_stream_is_recorded_part_by_part_and_tells_how_it_ended() {
    let (tape, kept) = tape();
    for stream in 0..2 {
        let mut taping = tape.request(&request(), Bytes::new());
        taping.answered(&response("Text/Event-Stream; charset=utf-8"));
        for piece in ["data: 1\n\ndata", ": 2\n", "\n"] {
            taping.data(&Bytes::from(piece));
        }
        match stream {
            0 => taping.end(),
            _ => taping.failed("the connection broke"),
        }
    }
    let entries = kept.entries();
    let part = |entry: &Value| {
        (
            entry["_icws"]["stream"].to_string(),
            entry["_icws"]["part"].as_u64(),
        )
    };
    let (first, second) = (part(&entries[0]).0, part(&entries[3]).0);
    assert_ne!(first, second);
    let expected = [&first, &first, &first, &second, &second, &second];
    let expected: Vec<_> = expected.iter().zip([0, 1, 2, 0, 1, 2]).collect();
    for (entry, (stream, number)) in entries.iter().zip(expected) {
        assert_eq!(part(entry), ((*stream).clone(), Some(number)));
    }
    let comments: Vec<_> = entries
        .iter()
        .map(|entry| entry["comment"].as_str())
        .collect();
    let (ended, broke) = (Some("the stream ended"), Some("the connection broke"));
    assert_eq!(comments, [None, None, ended, None, None, broke]);
}

#[test]
fn what_was_given_up_is_recorded_as_that() {
    let (tape, kept) = tape();
    drop(tape.request(&request(), Bytes::new()));
    let mut taping = tape.request(&request(), Bytes::new());
    taping.answered(&response("application/json"));
    taping.data(&Bytes::from("{\"a\":1}"));
    drop(taping);
    let entries = kept.entries();
    assert_eq!(entries[0]["response"]["status"], 0);
    assert_eq!(
        entries[0]["comment"],
        "given up before there was a response"
    );
    assert_eq!(entries[1]["response"]["status"], 200);
    assert_eq!(entries[1]["comment"], "nobody read the response to its end");
    assert_eq!(entries[1]["response"]["content"].get("text"), None);
}

/// A recorder that keeps nothing.
struct Full;

impl Recorder for Full {
    fn record(&self, _: Entry) -> io::Result<()> {
        Err(io::ErrorKind::StorageFull.into())
    }
}

#[test]
fn the_first_error_of_a_recorder_is_told_and_no_other() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let tape = Tape::new(Full, {
        let told = Arc::clone(&told);
        move |error| told.lock().unwrap().push(error.kind())
    });
    for _ in 0..10 {
        tape.request(&request(), Bytes::new()).end();
    }
    assert_eq!(*told.lock().unwrap(), [io::ErrorKind::StorageFull]);
}
