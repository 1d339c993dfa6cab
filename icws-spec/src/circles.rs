//! Circles in a graph: which nodes lead to each other.

/// Which nodes of a graph lead to each other, directly or by way of others.
pub(crate) struct Circles {
    /// The circle of each node; one that leads nowhere back is alone in its own.
    of: Vec<usize>,
    /// Whether a circle is more than a node that leads nowhere back.
    closed: Vec<bool>,
}

impl Circles {
    /// Finds the circles of a graph, given where each node leads: first the
    /// order in which nodes are left, then against the edges from the last.
    pub fn find(edges: &[Vec<usize>]) -> Circles {
        let mut left = Vec::with_capacity(edges.len());
        let mut seen = vec![false; edges.len()];
        for node in 0..edges.len() {
            walk(edges, node, &mut seen, |node| left.push(node));
        }
        let mut back = vec![Vec::new(); edges.len()];
        for (from, targets) in edges.iter().enumerate() {
            targets.iter().for_each(|to| back[*to].push(from));
        }
        let mut circles = Circles {
            of: vec![0; edges.len()],
            closed: Vec::new(),
        };
        seen.fill(false);
        for node in left.into_iter().rev() {
            let number = circles.closed.len();
            let mut members = 0;
            walk(&back, node, &mut seen, |member| {
                circles.of[member] = number;
                members += 1;
            });
            if members > 0 {
                circles
                    .closed
                    .push(members > 1 || edges[node].contains(&node));
            }
        }
        circles
    }

    /// Whether a node leads back to itself.
    pub fn is_closed(&self, node: usize) -> bool {
        self.closed[self.of[node]]
    }
}

/// Visits what was not seen yet and can be reached from a node, each after all
/// that it leads to.
fn walk(edges: &[Vec<usize>], from: usize, seen: &mut [bool], mut leave: impl FnMut(usize)) {
    if std::mem::replace(&mut seen[from], true) {
        return;
    }
    let mut open = vec![(from, 0)];
    while let Some((node, next)) = open.last_mut() {
        match edges[*node].get(*next) {
            Some(to) => {
                *next += 1;
                if !std::mem::replace(&mut seen[*to], true) {
                    open.push((*to, 0));
                }
            }
            None => {
                leave(*node);
                open.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_that_lead_to_each_other_are_closed() {
        let circles = Circles::find(&[vec![1], vec![2], vec![0, 3], vec![4], vec![], vec![5, 3]]);
        let closed: Vec<bool> = (0..6).map(|node| circles.is_closed(node)).collect();
        assert_eq!(closed, [true, true, true, false, false, true]);
    }
}
