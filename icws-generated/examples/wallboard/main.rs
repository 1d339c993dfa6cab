//! A board of a workgroup: who waits, who talks, and what its agents do. On a terminal it
//! is drawn anew with each change until Ctrl-C, as high as the terminal is, elsewhere five times.
//!
//! `cargo run --example wallboard`, or `-- cic.example ada Sales` on a real server.

mod board;
#[path = "../place/mod.rs"]
mod place;
mod terminal;

use std::error::Error;
use std::io::IsTerminal;

use icws_generated::client::ClientError;

use board::Board;
use icws::configuration::workgroups::{Get, Workgroup};
use icws::queues::{QueueId, QueueSubscriptionParameters, QueueType, Subscribe as SubscribeQueue};
use icws::status::{SubscribeUserStatuses, UserStatusSubscription};

mod icws {
    icws_generated::bindings!(shipped, only: [configuration.workgroups, queues, status]);
}

/// A session that reads the messages of these bindings.
type Session = icws_generated::client::Session<icws::Message>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = place::log_in().await?;
    let session = &place.session;
    let workgroup = place.arguments.first().map_or("Sales", String::as_str);
    let agents = agents(session, workgroup).await?;

    let queue = QueueId::new(QueueType::Workgroup, workgroup);
    let wanted = QueueSubscriptionParameters::new(vec![queue], board::ATTRIBUTES);
    let queue = SubscribeQueue::builder()
        .subscription_id("board")
        .body(wanted);
    let mut queue = session.watch(queue.build()).await?;

    let users = UserStatusSubscription::new(agents);
    let statuses = SubscribeUserStatuses::builder().body(users);
    let mut statuses = session.watch(statuses.build()).await?;

    // The stores are read when the board is drawn; the watches tell when to.
    let mut board = Board::new(workgroup, queue.store(), statuses.store());
    let is_terminal = std::io::stdout().is_terminal();
    let frames = if is_terminal { usize::MAX } else { 5 };
    for _ in 0..frames {
        tokio::select! {
            change = queue.next() => board.hear(&change.ok_or("the queue is watched no more")?),
            change = statuses.next() => board.hear(&change.ok_or("the users are watched no more")?),
            _ = tokio::signal::ctrl_c() => break,
        }
        board.draw(is_terminal.then(terminal::rows));
    }
    session.disconnect().await?;
    Ok(())
}

/// The ids of the users of a workgroup.
async fn agents(session: &Session, workgroup: &str) -> Result<Vec<String>, ClientError> {
    let get = Get::builder().id(workgroup).select([Workgroup::MEMBERS]);
    let workgroup = session.call(get.build()).await?;
    let members = workgroup.members.value().into_iter().flatten();
    Ok(members.map(|member| member.id.clone()).collect())
}
