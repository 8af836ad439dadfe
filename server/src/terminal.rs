//! What the commands print for the person who runs them. Everything else goes to the log.

use std::io::{self, Write};

/// Prints a line to standard output. A closed pipe is the reader's wish, not our fault.
pub fn line(text: impl AsRef<str>) {
    let _ = writeln!(io::stdout().lock(), "{}", text.as_ref());
}

/// Prints rows as columns, as wide as their widest cell.
pub fn table<const N: usize>(rows: &[[String; N]]) {
    let widths: [usize; N] =
        std::array::from_fn(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0));
    for row in rows {
        let mut text = String::new();
        for (cell, wanted) in row.iter().zip(widths) {
            text.push_str(cell);
            text.extend(std::iter::repeat_n(' ', wanted - width(cell) + 2));
        }
        line(format!("  {}", text.trim_end()));
    }
}

/// Columns that a terminal gives the text: Chinese characters and full-width signs take two.
fn width(text: &str) -> usize {
    let wide = |sign: char| matches!(sign, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{1F300}'..='\u{1FAFF}');
    text.chars().map(|sign| if wide(sign) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(width("杨晓雨 · 138"), 6 + 3 + 3);
    }
}
