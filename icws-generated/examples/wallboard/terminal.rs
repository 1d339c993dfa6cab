//! Lists in the rows of a terminal.

use std::process::{Command, Stdio};

/// How many rows the terminal has, as `stty` tells; where there is no such program, as many
/// as terminals have at least.
pub fn rows() -> usize {
    let mut stty = Command::new("stty");
    let told = stty.arg("size").stdin(Stdio::inherit()).output().ok();
    let told = told.and_then(|told| String::from_utf8(told.stdout).ok());
    let rows = told.and_then(|told| told.split_whitespace().next()?.parse().ok());
    rows.filter(|rows| *rows > 0).unwrap_or(24)
}

/// Shows lists under their titles, in a terminal with so many rows or all of them. There are
/// a row above and one below them, that of the cursor, and one for each title.
pub fn lists<const N: usize>(lists: &[(&str, Vec<String>); N], rows: Option<usize>) {
    let lengths = lists.each_ref().map(|(_, lines)| lines.len());
    let shares = rows.map_or(lengths, |rows| share(rows.saturating_sub(N + 3), lengths));
    for ((title, lines), share) in lists.iter().zip(shares) {
        list(title, lines, share);
    }
    println!();
}

/// How many rows each list gets: all have as many, and what one does not need is for the
/// others.
fn share<const N: usize>(mut rows: usize, lengths: [usize; N]) -> [usize; N] {
    let mut shares = [0; N];
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
