//! Which objects hold each other: what a value has in itself, and not behind an
//! array or a map.

use super::{Arena, Record, RecordId, Type};

impl Arena<Record> {
    /// What may stand where a record is asked for: its options, or itself when
    /// nothing derives from it.
    pub fn standing_for(&self, id: RecordId) -> Vec<RecordId> {
        let options = &self[id].options;
        if options.is_empty() {
            vec![id]
        } else {
            options.clone()
        }
    }
}

/// The circles that records make by what they hold.
pub(crate) struct Circles {
    /// The number of the circle of each record; those of one number reach each
    /// other.
    circle: Vec<usize>,
    holds: Vec<Vec<usize>>,
}

impl Circles {
    /// Follows what each record holds: `held` gives it of one record.
    pub fn of(records: &Arena<Record>, held: impl Fn(&Record) -> Vec<RecordId>) -> Self {
        let index = |record: &Record| held(record).into_iter().map(RecordId::index).collect();
        let holds: Vec<Vec<usize>> = records.iter().map(index).collect();
        Circles {
            circle: circles(&holds),
            holds,
        }
    }

    /// Whether two records reach each other.
    pub fn joined(&self, one: RecordId, other: RecordId) -> bool {
        one == other || self.circle.get(one.index()) == self.circle.get(other.index())
    }

    /// Whether a record reaches itself.
    pub fn is_in_one(&self, id: RecordId) -> bool {
        let holds = self.holds.get(id.index()).into_iter().flatten();
        holds
            .into_iter()
            .any(|held| self.joined(RecordId::nth(*held), id))
    }
}

/// The records that a value of this one holds in itself. With `always`, only
/// what no value can do without.
pub(crate) fn held(records: &Arena<Record>, record: &Record, always: bool) -> Vec<RecordId> {
    let mut all = Vec::new();
    for property in &record.properties {
        let Type::Record(id) = property.ty else {
            continue;
        };
        let options = records.standing_for(id);
        // Where there is a choice, one may end.
        let must = property.required && !property.nullable && options.len() == 1;
        if must || !always {
            all.extend(options);
        }
    }
    all
}

/// The strongly connected components of a graph, by Kosaraju's two walks.
fn circles(graph: &[Vec<usize>]) -> Vec<usize> {
    let mut back = vec![Vec::new(); graph.len()];
    for (from, to) in graph.iter().enumerate() {
        for to in to {
            if let Some(back) = back.get_mut(*to) {
                back.push(from);
            }
        }
    }
    let mut seen = vec![false; graph.len()];
    let mut order = Vec::with_capacity(graph.len());
    for start in 0..graph.len() {
        walk(graph, start, &mut seen, &mut order);
    }
    let mut circle = vec![0; graph.len()];
    let mut seen = vec![false; graph.len()];
    for (number, start) in order.into_iter().rev().enumerate() {
        let mut members = Vec::new();
        walk(&back, start, &mut seen, &mut members);
        for member in members {
            if let Some(circle) = circle.get_mut(member) {
                *circle = number;
            }
        }
    }
    circle
}

/// Adds all that is reached from `start` and not yet seen, each behind what it
/// reaches.
fn walk(graph: &[Vec<usize>], start: usize, seen: &mut [bool], done: &mut Vec<usize>) {
    let mut open = vec![(start, 0)];
    let mut enter = |node: usize| {
        let seen = seen.get_mut(node);
        seen.is_some_and(|seen| !std::mem::replace(seen, true))
    };
    if !enter(start) {
        return;
    }
    while let Some((node, next)) = open.last_mut() {
        let Some(to) = graph.get(*node).and_then(|edges| edges.get(*next)) else {
            done.push(*node);
            open.pop();
            continue;
        };
        *next += 1;
        if enter(*to) {
            open.push((*to, 0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::circles;

    #[test]
    fn only_what_reaches_each_other_is_in_one_circle() {
        // 0 and 1 and 2 go round, 3 leads in, 4 is led out to and holds itself.
        let of = circles(&[vec![1], vec![2, 4], vec![0], vec![0], vec![4], vec![]]);
        assert_eq!((of[0], of[0]), (of[1], of[2]));
        for (one, other) in [(0, 3), (0, 4), (3, 4), (4, 5)] {
            assert_ne!(of[one], of[other]);
        }
    }
}
