//! What arrives on a session.

use crate::runtime::MessageError;
use crate::runtime::follow::{End, Gap};

/// Something that arrived on a session.
///
/// ```no_run
/// use icws_generated::client::{Item, Session};
///
/// async fn listen(session: Session) -> Result<(), Box<dyn std::error::Error>> {
///     let mut messages = session.messages()?;
///     while let Some(item) = messages.next().await {
///         match item {
///             Item::Message(message) => println!("{message:?}"),
///             Item::Unreadable(error) => eprintln!("passed over: {error}"),
///             Item::Gap(gap) => eprintln!("{gap}: subscribe again"),
///             Item::Ended(end) => println!("{end}"),
///             _ => {}
///         }
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Item<M> {
    /// A message; one of a type that the model does not know is among them.
    Message(M),
    /// A message that cannot be read, with its text.
    Unreadable(MessageError),
    /// Messages may have been lost.
    Gap(Gap),
    /// The session has ended; nothing follows.
    Ended(End),
}
