//! "did you mean": the nearest of the names that would be right.

/// The candidate nearest to `wrong`, if one is near enough to be what was meant.
pub(crate) fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (wrong.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(&wrong.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= limit || wrong.starts_with(candidate))
        // Two names of one letter have nothing in common.
        .filter(|(distance, candidate)| *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// "did you mean `x`?", else the list of what is valid.
pub(crate) fn did_you_mean<'a>(
    wrong: &str,
    what: &str,
    valid: impl IntoIterator<Item = &'a str> + Clone,
) -> String {
    match nearest(wrong, valid.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{what}: {}", list(valid)),
    }
}

/// `` `a`, `b` ``
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// How many letters to insert, delete, replace or swap with their neighbour (Damerau's distance, restricted).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_name() {
        let states = ["Validate", "Book", "Rejected"];
        assert_eq!(nearest("Valdate", states), Some("Validate"));
        assert_eq!(nearest("Vaildate", states), Some("Validate"));
        assert_eq!(nearest("book", states), Some("Book"));
        assert_eq!(nearest("Shipped", states), None);
        assert_eq!(nearest("D", ["A", "B"]), None);
        assert_eq!(nearest("Ba", ["A", "Bc"]), Some("Bc"));
    }

    #[test]
    fn distance_counts_letters_and_swaps() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("ab", "ba"), 1);
    }
}
