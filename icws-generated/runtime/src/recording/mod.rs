//! Recordings of what a client and a server say to each other, as evidence that can be
//! kept and passed on: [`Entry`] is one exchange. See the example of [`Entry`].
//!
//! # The form
//!
//! A recording is text with one exchange on each line, in the order in which the
//! exchanges ended. Each line is one object, an entry of
//! [HAR 1.2](http://www.softwareishard.com/blog/har-12-spec/). Nothing stands before
//! the first line, so that files can be cut between lines and joined.
//!
//! - A response that goes on, a stream of server-sent events, has several lines, each
//!   with whole events: `"_icws": {"stream": "7", "part": 0}` tells which lines belong
//!   together, and in which order.
//! - An exchange without a response has the status 0, and a `comment` that says why.
//! - A body that was left out has its `size`, and a `comment` that says why.
//! - The names of headers are in lower case.
//!
//! # What is never in it
//!
//! Every secret is [`MASKED`], whatever wrote the entry; there is no entry with secrets
//! in it:
//!
//! - values of the headers of cookies, tokens and authorization, and of headers that
//!   neither HTTP nor ICWS documents; names of cookies and the attributes of `Set-Cookie`
//!   stay. A user and a password before a host are left out;
//! - values of parameters of queries and forms, and of properties of JSON at any depth,
//!   whose name is that of a secret: those of the shipped model and all with words such
//!   as `password`, `token` or `secret` in them. `null`, `true` and `false` stay. The
//!   same where the name is itself a value (`{"name": "password", "value": "…"}`), and
//!   all parameters of the return of a single sign-on;
//! - texts that name a secret before a `:` or `=`, in a tag of XML or as a value, such as
//!   the text of a connection, also where JSON or an address in them is encoded again; and
//!   whatever has one of the exchange's own secrets of six characters or more in it, or one
//!   of those that were met before: see [`MetSecrets`];
//! - bodies that are neither JSON nor forms nor server-sent events: nobody can say what is
//!   in them. So are bodies that only begin like JSON.
//!
//! All other bytes of a JSON body are as they were. Names, numbers and texts of people
//! are kept: a recording is not anonymous.
//!
//! # What may be in it
//!
//! What no name tells of, and no exchange before has told: a password in the prose of a
//! memo or a chat ("the password is hunter2 and the door is open"), one of fewer than six
//! characters that is repeated elsewhere, one that is repeated in other letters or in
//! pieces. Read a recording before you give it away.

mod entry;
mod events;
mod har;
mod mask;
mod met;

pub use entry::{Entry, RecordedBody};
pub use events::EventCutter;
pub use har::to_har;
pub use met::MetSecrets;

pub use icws_secrets::MASKED;
