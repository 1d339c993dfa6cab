//! Sessions: their secrets, their queues, and how they end.

use std::collections::VecDeque;
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;

/// So many bytes of messages wait for a session at most.
const WAITING_BYTES: usize = 64 << 20;

/// A session, for as long as the server runs: one that has ended still answers
/// how it stands.
pub(crate) struct Session {
    pub id: String,
    pub csrf_token: String,
    /// The value of the cookie, as it travels.
    pub cookie: String,
    pub user: String,
    /// The name of the application that it was asked for.
    pub application: String,
    /// The host that it was asked of.
    pub host: Option<String>,
    /// How it ended; `None` while it is up.
    pub ended: Option<Ended>,
    pub made: Instant,
    /// When it was last heard of, or ended.
    pub used: Instant,
    queue: VecDeque<Bytes>,
    /// How many messages may be in the queue.
    most: usize,
    /// The bytes of the messages in the queue.
    bytes: usize,
    channel: Channel,
}

/// How a session ended.
#[derive(Debug, Clone)]
pub(crate) struct Ended {
    pub reason: String,
    pub should_reconnect: bool,
}

/// Who reads the queue: the last poll or stream that came.
#[derive(Default)]
struct Channel {
    reader: u64,
    streaming: bool,
    /// The stream is to break within its next event.
    breaks: bool,
    /// Its connection is to be closed at once.
    cuts: bool,
    waker: Option<Waker>,
}

/// What a stream of a session has to do next.
pub(crate) enum Next {
    /// Send these messages.
    Messages(VecDeque<Bytes>),
    /// Break within the first of these messages.
    Break(VecDeque<Bytes>),
    /// Close the connection; what waits stays for the next reader.
    Cut,
    /// Wait; the waker is kept.
    Wait,
    /// End: the session has ended, or another reader has come.
    End,
}

impl Session {
    pub fn new(id: String, csrf_token: String, cookie: String, user: String, most: usize) -> Self {
        Session {
            id,
            csrf_token,
            cookie,
            user,
            application: String::new(),
            host: None,
            ended: None,
            made: Instant::now(),
            used: Instant::now(),
            queue: VecDeque::new(),
            most,
            bytes: 0,
            channel: Channel::default(),
        }
    }

    pub fn is_up(&self) -> bool {
        self.ended.is_none()
    }

    /// The `Set-Cookie` line.
    pub fn set_cookie(&self) -> String {
        let Session { id, cookie, .. } = self;
        format!("icws_{id}={cookie}; Path=/icws/{id}; HttpOnly")
    }

    /// Puts a message, or a text that may be anything, into the queue of a session that is
    /// up. Of too many it ends.
    pub(super) fn push(&mut self, json: Bytes) {
        // One message alone may be of any length.
        let is_long = !self.queue.is_empty() && self.bytes + json.len() > WAITING_BYTES;
        if self.queue.len() >= self.most || is_long {
            let reason = "Too many messages wait for the session.".to_owned();
            let should_reconnect = true;
            let ended = Ended {
                reason,
                should_reconnect,
            };
            return self.end(ended, false);
        }
        self.bytes += json.len();
        self.queue.push_back(json);
        self.wake();
    }

    /// It was heard of.
    pub fn touch(&mut self) {
        if self.is_up() {
            self.used = Instant::now();
        }
    }

    /// Ends the session. Messages that wait can still be read if `readable`.
    pub(super) fn end(&mut self, ended: Ended, readable: bool) {
        self.ended = Some(ended);
        self.used = Instant::now();
        if !readable {
            self.take_queue();
        }
        self.wake();
    }

    /// Returns true if there is something to read. What waits when the server
    /// ends a session can still be fetched.
    pub fn is_readable(&self) -> bool {
        self.is_up() || !self.queue.is_empty()
    }

    /// Returns true if a stream is open.
    pub fn is_streaming(&self) -> bool {
        self.channel.streaming
    }

    /// All messages that wait, for a poll. A stream that is open ends.
    pub fn take(&mut self) -> VecDeque<Bytes> {
        self.replace_reader(false);
        self.take_queue()
    }

    fn take_queue(&mut self) -> VecDeque<Bytes> {
        self.bytes = 0;
        std::mem::take(&mut self.queue)
    }

    /// Makes a stream the reader; what it is told apart by.
    pub fn open_stream(&mut self) -> u64 {
        self.replace_reader(true)
    }

    fn replace_reader(&mut self, streaming: bool) -> u64 {
        self.channel.reader += 1;
        self.channel.streaming = streaming;
        self.channel.breaks = false;
        self.channel.cuts = false;
        self.wake();
        self.channel.reader
    }

    /// What the stream with this number has to do.
    pub fn stream(&mut self, reader: u64, waker: &Waker) -> Next {
        if self.channel.reader != reader {
            return Next::End;
        }
        if std::mem::take(&mut self.channel.cuts) {
            return Next::Cut;
        }
        if !self.queue.is_empty() {
            let messages = self.take_queue();
            let breaks = std::mem::take(&mut self.channel.breaks);
            let next = if breaks { Next::Break } else { Next::Messages };
            return next(messages);
        }
        if !self.is_up() {
            return Next::End;
        }
        self.channel.waker = Some(waker.clone());
        Next::Wait
    }

    /// Lets the stream break within its next event; whether there is one.
    pub fn break_stream(&mut self) -> bool {
        self.channel.breaks = self.channel.streaming;
        self.channel.breaks
    }

    /// Closes the connection of the stream; whether there is one.
    pub fn cut_stream(&mut self) -> bool {
        self.channel.cuts = self.channel.streaming;
        self.wake();
        self.channel.cuts
    }

    /// How many messages wait, and how many bytes they have.
    pub fn waiting(&self) -> (usize, usize) {
        (self.queue.len(), self.bytes)
    }

    /// Returns true if a poll or a stream has ever read the queue.
    pub fn has_reader(&self) -> bool {
        self.channel.reader > 0
    }

    /// The client of a stream has gone.
    pub fn close_stream(&mut self, reader: u64) {
        if self.channel.reader == reader {
            self.channel.streaming = false;
            self.channel.waker = None;
            self.touch();
        }
    }

    fn wake(&mut self) {
        if let Some(waker) = self.channel.waker.take() {
            waker.wake();
        }
    }
}
