//! How much room a text takes, before any font has drawn it.
//!
//! All text is of fixed width, 0.6 of its size in nearly every such font, so that counting is measuring.

/// Of a state's name.
const NAME_ADVANCE: f64 = 14.0 * 0.61;
/// Of a label.
const LABEL_ADVANCE: f64 = 12.0 * 0.61;
/// From one line of a label to the next.
pub(super) const LABEL_LINE: f64 = 15.0;
/// A label is broken where it would be longer.
const LABEL_COLUMNS: usize = 28;

pub(super) fn name_width(name: &str) -> f64 {
    as_f64(columns(name)) * NAME_ADVANCE
}

/// A pattern, broken into lines.
pub(super) struct Label {
    pub(super) lines: Vec<String>,
}

impl Label {
    /// Lines break at spaces, and before a guard if all does not fit into one; `{ .. }` stays whole.
    pub(super) fn new(pattern: &str) -> Self {
        let mut lines: Vec<String> = Vec::new();
        let fits = columns(pattern) <= LABEL_COLUMNS;
        for word in pattern.split_whitespace() {
            let holds_on = word.starts_with(['{', '}']) || word.starts_with("..");
            let has_room = |line: &str| word != "if" && columns(line) + 1 + columns(word) <= LABEL_COLUMNS;
            match lines.last_mut() {
                Some(line) if fits || holds_on || has_room(line) => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        Self { lines }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(super) fn width(&self) -> f64 {
        as_f64(self.lines.iter().map(|line| columns(line)).max().unwrap_or(0)) * LABEL_ADVANCE
    }

    pub(super) fn height(&self) -> f64 {
        as_f64(self.lines.len()) * LABEL_LINE
    }
}

/// The scripts of East Asia, and emoji, take two.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 2,
            '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' => 2,
            '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}' => 2,
            _ => 1,
        })
        .sum()
}

/// Of counts that no table reaches the end of.
pub(super) fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::Label;

    #[test]
    fn a_long_label_breaks_before_its_guard_and_at_spaces() {
        for (pattern, lines) in [
            ("", &[][..]),
            ("Some(n) if n > 100", &["Some(n) if n > 100"]),
            ("Total(total) if total >= REVIEWED_FROM", &["Total(total)", "if total >= REVIEWED_FROM"]),
            ("Oak | Beech | Birch | Hornbeam | Ash", &["Oak | Beech | Birch |", "Hornbeam | Ash"]),
            ("std::num::ParseIntError { .. } | Other", &["std::num::ParseIntError { .. }", "| Other"]),
            ("a_very::long::path::that::has::no_spaces", &["a_very::long::path::that::has::no_spaces"]),
        ] {
            assert_eq!(Label::new(pattern).lines, lines);
        }
    }

    #[test]
    fn wide_signs_take_twice_the_room() {
        assert!((Label::new("日本").width() - Label::new("abcd").width()).abs() < f64::EPSILON);
    }
}
