//! What the board looks like.

use icws_generated::client::Store;
use icws_generated::runtime::Subscription;

use crate::icws::queues::{QueueInteraction, Subscribe as SubscribeQueue};
use crate::icws::status::{SubscribeUserStatuses, UserStatus};

/// The attributes of interactions that the board shows. Servers write them in their
/// own spelling, so they are looked up in any.
pub const ATTRIBUTES: [&str; 3] = ["Eic_State", "Eic_RemoteName", "Eic_ObjectType"];

/// So many lists there are.
const LISTS: usize = 3;
/// The rows around them: the title of each and of the board, one below, and that of the
/// cursor.
const AROUND: usize = LISTS + 3;

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
        let lists: [(_, Vec<String>); LISTS] = [
            ("waiting", waiting.into_iter().map(interaction).collect()),
            ("served", served.into_iter().map(interaction).collect()),
            ("agents", statuses.items.values().map(agent).collect()),
        ];
        let lengths = lists.each_ref().map(|(_, lines)| lines.len());
        let shares = match rows {
            Some(rows) => share(rows.saturating_sub(AROUND), lengths),
            None => lengths,
        };
        for ((title, lines), share) in lists.iter().zip(shares) {
            list(title, lines, share);
        }
        println!();
    }
}

/// How many rows each list gets: all have as many, and what one does not need is for the
/// others.
fn share(mut rows: usize, lengths: [usize; LISTS]) -> [usize; LISTS] {
    let mut shares = [0; LISTS];
    while rows > 0 && shares != lengths {
        for (share, length) in shares.iter_mut().zip(lengths) {
            if rows > 0 && *share < length {
                *share += 1;
                rows -= 1;
            }
        }
    }
    shares
}

/// Shows a list in so many rows; where it is longer, the last one tells how many more.
fn list(title: &str, lines: &[String], rows: usize) {
    println!("  {title}: {}", lines.len());
    let shown = match lines.len() > rows {
        true => rows.saturating_sub(1),
        false => rows,
    };
    for line in lines.iter().take(shown) {
        println!("    {line}");
    }
    if shown < lines.len() && rows > 0 {
        println!("    … and {} more", lines.len() - shown);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_list_does_not_need_is_for_the_others() {
        assert_eq!(share(18, [40, 20, 22]), [6, 6, 6]);
        assert_eq!(share(30, [2, 0, 40]), [2, 0, 28]);
        assert_eq!(share(30, [2, 3, 4]), [2, 3, 4]);
        assert_eq!(share(0, [2, 3, 4]), [0, 0, 0]);
    }
}
