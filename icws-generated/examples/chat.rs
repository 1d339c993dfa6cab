//! Opens a chat with a user, writes a line, and prints what is written until there is an
//! answer, or Ctrl-C.
//!
//! `cargo run --example chat`, or `-- cic.example ada bob "Are you there?"` on a real server.

mod place;

use std::error::Error;

use icws_generated::client::Change;

use icws::interactions::Create;
use icws::interactions::chat::{
    ChatSendTextParameters, CreateChatParameters, SendMessage, Subscribe,
};

mod icws {
    icws_generated::bindings!(shipped, only: [interactions]);
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = place::log_in::<icws::Message>().await?;
    let given = |index: usize| place.arguments.get(index).map(String::as_str);
    let (other, text) = (
        given(0).unwrap_or("agent02"),
        given(1).unwrap_or("Are you there?"),
    );
    let session = &place.session;

    let create = Create::builder().body(CreateChatParameters::new(other));
    let id = session.call(create.build()).await?.interaction_id;
    let mut chat = session
        .watch(Subscribe::builder().interaction_id(&id).build())
        .await?;
    let line = ChatSendTextParameters::new(text, true);
    let line = SendMessage::builder().interaction_id(&id).body(line);
    session.call(line.build()).await?;

    let mut shown = 0;
    loop {
        let change = tokio::select! {
            change = chat.next() => change.ok_or("the chat is watched no more")?,
            _ = tokio::signal::ctrl_c() => break,
        };
        let (Change::Snapshot(state) | Change::Update { state, .. }) = change else {
            println!("{change:?}");
            continue;
        };
        let (_members, contents) = &*state;
        for text in contents.messages_added.iter().skip(shown) {
            println!("{}", text.text);
        }
        shown = contents.messages_added.len();
        match &place.server {
            _ if shown > 1 => break,
            Some(server) if shown == 1 => drop(server.control().write(&id, other, "Always.")),
            _ => {}
        }
    }
    session.disconnect().await?;
    Ok(())
}
