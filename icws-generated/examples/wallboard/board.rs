//! What the board looks like.

use icws_generated::client::Store;
use icws_generated::runtime::Subscription;

use crate::icws::queues::{QueueInteraction, Subscribe as SubscribeQueue};
use crate::icws::status::{SubscribeUserStatuses, UserStatus};

/// The attributes of interactions that the board shows. Servers write them in their
/// own spelling, so they are looked up in any.
pub const ATTRIBUTES: [&str; 3] = ["Eic_State", "Eic_RemoteName", "Eic_ObjectType"];

/// So many lines of each list are shown.
const LINES: usize = 8;

type Queue = <SubscribeQueue as Subscription>::State;
type Statuses = <SubscribeUserStatuses as Subscription>::State;

pub struct Board {
    workgroup: String,
    queue: Store<Queue>,
    statuses: Store<Statuses>,
    /// The last thing that was said of the connection.
    pub said: String,
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

    pub fn draw(&self, clears: bool) {
        if clears {
            print!("\x1b[2J\x1b[H");
        }
        let (Some(queue), Some(statuses)) = (self.queue.state(), self.statuses.state()) else {
            return println!("{}: not known yet", self.workgroup);
        };
        let (waiting, served): (Vec<_>, Vec<_>) =
            queue.items.values().partition(|one| is_waiting(one));
        println!("{}   ({})", self.workgroup, self.said);
        list("waiting", waiting.into_iter().map(interaction));
        list("served", served.into_iter().map(interaction));
        list("agents", statuses.items.values().map(agent));
        println!();
    }
}

fn list(title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<_> = lines.collect();
    println!("  {title}: {}", lines.len());
    for line in lines.iter().take(LINES) {
        println!("    {line}");
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
