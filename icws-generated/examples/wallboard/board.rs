//! What the board looks like.

use icws_generated::client::{Change, Store};
use icws_generated::runtime::Subscription;

use crate::icws::queues::{QueueInteraction, Subscribe as SubscribeQueue};
use crate::icws::status::{SubscribeUserStatuses, UserStatus};
use crate::terminal;

/// The attributes that the board shows. Servers spell them as they like; any spelling finds them.
pub const ATTRIBUTES: [&str; 3] = ["Eic_State", "Eic_RemoteName", "Eic_ObjectType"];

type Queue = <SubscribeQueue as Subscription>::State;
type Statuses = <SubscribeUserStatuses as Subscription>::State;

pub struct Board {
    workgroup: String,
    queue: Store<Queue>,
    statuses: Store<Statuses>,
    /// The last thing that was said of the connection.
    said: String,
}

impl Board {
    pub fn new(workgroup: &str, queue: Store<Queue>, statuses: Store<Statuses>) -> Self {
        Board {
            workgroup: workgroup.to_owned(),
            queue,
            statuses,
            said: String::new(),
        }
    }

    /// What happened, where it is worth a line.
    pub fn hear<S, M>(&mut self, change: &Change<S, M>) {
        self.said = match change {
            Change::Gap(gap) => format!("not current: {gap}"),
            Change::Ended(end) => format!("ended: {end}"),
            Change::Snapshot(_) => "current".to_owned(),
            _ => return,
        }
    }

    /// Draws the board in so many rows of a terminal, or all of it.
    pub fn draw(&self, rows: Option<usize>) {
        if rows.is_some() {
            print!("\x1b[2J\x1b[H");
        }
        let (Some(queue), Some(statuses)) = (self.queue.state(), self.statuses.state()) else {
            return println!("{}: not known yet", self.workgroup);
        };
        let (waiting, served): (Vec<_>, Vec<_>) =
            queue.items.values().partition(|one| is_waiting(one));
        println!("{}   ({})", self.workgroup, self.said);
        let lists: [(_, Vec<String>); _] = [
            ("waiting", waiting.into_iter().map(interaction).collect()),
            ("served", served.into_iter().map(interaction).collect()),
            ("agents", statuses.items.values().map(agent).collect()),
        ];
        terminal::lists(&lists, rows);
    }
}

/// Whether an interaction is offered or alerts.
fn is_waiting(interaction: &QueueInteraction) -> bool {
    let state = interaction.attributes.get("Eic_State").map(String::as_str);
    matches!(state, Some("O" | "A"))
}

fn interaction(interaction: &QueueInteraction) -> String {
    let of = |name: &str| interaction.attributes.get(name).map_or("", String::as_str);
    let [state, name, medium] = ATTRIBUTES.map(of);
    format!("{state} {medium:14} {name}")
}

fn agent(status: &UserStatus) -> String {
    let notes = status.notes.as_deref().unwrap_or_default();
    format!("{:12} {} {notes}", status.user_id, status.status_id)
}
